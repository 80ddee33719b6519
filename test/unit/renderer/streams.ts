/** Event streams as an inspection would send them, written by hand, for what draws and tells them. */
import type { InspectionEvent } from '../../../shared/inspection/event.ts';
import type {
  AncestorReport,
  AssociationReport,
  CertificateReport,
  LookUpReport,
  ProbeReport,
  TlsaRecordReport,
  TlsaReport,
  ZoneReport,
} from '../../../shared/inspection/report.ts';

const AT = '2026-11-24T15:03:00.000Z';

/** mx1 right in two ways and a next key; mx2 stale; mx.backup.net unsigned; one server denies `_tcp.mx1`. */
export function degraded(): readonly InspectionEvent[] {
  const chain1 = [leaf('mx1.example.org', 'a1', '2026-10-02'), R11];
  const chain2 = [leaf('mx2.example.org', 'b2', '2026-11-21'), R11];
  const records1 = [
    tlsaRecord(3, '2bb183af'),
    tlsaRecord(2, '8d02536c'),
    tlsaRecord(3, 'c9a04be1'),
  ];
  const records2 = [tlsaRecord(3, '7f31d0aa')];
  return [
    started('example.org'),
    progress('Asking for the mail hosts of example.org', 8, 240),
    { kind: 'zones', zones: [...CHAIN, UNSIGNED] },
    mxEvent('example.org', [
      [10, 'mx1.example.org'],
      [20, 'mx2.example.org'],
      [30, 'mx.backup.net'],
    ]),
    addresses('mx1.example.org', ['192.0.2.10', '2001:db8::10']),
    addresses('mx2.example.org', ['192.0.2.20', '2001:db8:1234:5678:9abc:def0:1234:20']),
    addresses('mx.backup.net', ['198.51.100.7'], 'insecure'),
    progress('Asking for TLSA records', 40, 700),
    tlsaEvent('mx1.example.org', records1),
    tlsaEvent('mx2.example.org', records2),
    tlsaEvent('mx.backup.net', [], 'insecure'),
    { kind: 'ancestors', host: 'mx1.example.org', ancestors: ANCESTORS, tlsaServers: [] },
    { kind: 'ancestors', host: 'mx2.example.org', ancestors: [], tlsaServers: [] },
    { kind: 'ancestors', host: 'mx.backup.net', ancestors: [], tlsaServers: [] },
    ...['192.0.2.10', '2001:db8::10'].map((address) =>
      probeEvent('mx1.example.org', address, chain1, [equal(0), equal(1), UNEQUAL]),
    ),
    ...['192.0.2.20', '2001:db8:1234:5678:9abc:def0:1234:20'].map((address) =>
      probeEvent('mx2.example.org', address, chain2, [UNEQUAL]),
    ),
    probeEvent('mx.backup.net', '198.51.100.7', [leaf('mx.backup.net', 'c3', '2026-09-01')], []),
    { kind: 'finished', durationMs: 1320, queries: 84 },
  ];
}

/** As many hosts as given, all right, each with one record and one address. */
export function manyHosts(count: number): readonly InspectionEvent[] {
  const names = Array.from({ length: count }, (_, index) => `mx${index + 1}.example.org`);
  return [
    started('example.org'),
    { kind: 'zones', zones: CHAIN },
    mxEvent(
      'example.org',
      names.map((name, index) => [10 * (index + 1), name] as const),
    ),
    ...names.flatMap((name, index): InspectionEvent[] => [
      addresses(name, [`192.0.2.${index + 1}`]),
      tlsaEvent(name, [tlsaRecord(3, `2bb183${String(index).padStart(2, '0')}`)]),
      { kind: 'ancestors', host: name, ancestors: [], tlsaServers: [] },
      probeEvent(name, `192.0.2.${index + 1}`, [leaf(name, `d${index}`, '2026-10-02')], [equal(0)]),
    ]),
    { kind: 'finished', durationMs: 2100, queries: 240 },
  ];
}

/** One host without STARTTLS, one that nobody can reach, one with a bogus TLSA look-up. */
export function troubled(): readonly InspectionEvent[] {
  const failed = (stage: ProbeReport['stage'], failure: ProbeReport['failure'], error: string) => ({
    ...probe([], []),
    ok: false,
    stage,
    failure,
    error,
    banner: null,
    starttls: failure === 'starttls-missing' ? ('missing' as const) : null,
    tlsVersion: null,
    cipher: null,
    keyType: null,
    verdict: null,
    transcript: [
      { from: 'note' as const, text: 'connected', atMs: 21 },
      {
        from: 'server' as const,
        text: '220 plain.example.net ESMTP \u202egnp.exe\u0007',
        atMs: 44,
      },
      { from: 'client' as const, text: 'EHLO inspector.invalid', atMs: 45 },
      { from: 'server' as const, text: '250 plain.example.net', atMs: 66 },
      { from: 'client' as const, text: 'QUIT', atMs: 67 },
    ],
  });
  return [
    started('example.net'),
    { kind: 'zones', zones: CHAIN },
    mxEvent('example.net', [
      [10, 'plain.example.net'],
      [20, 'dark.example.net'],
      [30, 'bogus.example.net'],
    ]),
    addresses('plain.example.net', ['192.0.2.30']),
    addresses('dark.example.net', ['192.0.2.40', '192.0.2.41', '192.0.2.42', '192.0.2.43']),
    addresses('bogus.example.net', ['192.0.2.50']),
    tlsaEvent('plain.example.net', [tlsaRecord(3, '11aa22bb')]),
    tlsaEvent('dark.example.net', [tlsaRecord(3, '33cc44dd')]),
    {
      kind: 'tlsa',
      host: 'bogus.example.net',
      tlsa: { ...tlsaReport('bogus.example.net', [], 'bogus'), rcode: 'SERVFAIL', failed: true },
    },
    ...['plain', 'dark', 'bogus'].map((label): InspectionEvent => ({
      kind: 'ancestors',
      host: `${label}.example.net`,
      ancestors: [],
      tlsaServers: [],
    })),
    {
      kind: 'probe',
      host: 'plain.example.net',
      address: '192.0.2.30',
      index: 0,
      probe: failed('ehlo', 'starttls-missing', 'The server does not offer STARTTLS.'),
    },
    ...[40, 41, 42, 43].map((last): InspectionEvent => ({
      kind: 'probe',
      host: 'dark.example.net',
      address: `192.0.2.${last}`,
      index: 0,
      probe: {
        ...failed('connect', 'timeout', 'Nothing answered on port 25 within 15 seconds.'),
        transcript: [],
      },
    })),
    probeEvent(
      'bogus.example.net',
      '192.0.2.50',
      [leaf('bogus.example.net', 'e5', '2026-10-02')],
      [],
    ),
    { kind: 'finished', durationMs: 15_400, queries: 61 },
  ];
}

export function started(domain: string): InspectionEvent {
  return {
    kind: 'started',
    domain,
    at: AT,
    startedAt: AT,
    version: '0.1.0',
    resolver: 'iterative',
    smtpPort: 25,
    smtp: true,
  };
}

export function progress(step: string, queries: number, elapsedMs: number): InspectionEvent {
  return { kind: 'progress', step, queries, elapsedMs };
}

export function mxEvent(
  domain: string,
  records: readonly (readonly [number, string])[],
): InspectionEvent {
  return {
    kind: 'mx',
    nonexistent: false,
    failed: false,
    mx: {
      security: 'secure',
      records: records.map(([preference, exchange]) => ({ preference, exchange })),
      implicit: false,
      null: false,
      nonexistent: false,
      failed: false,
      lookUp: lookUp(
        domain,
        'MX',
        records.map(([preference, exchange]) => `${preference} ${exchange}.`),
      ),
    },
  };
}

export function addresses(
  host: string,
  list: readonly string[],
  security: LookUpReport['security'] = 'secure',
): InspectionEvent {
  const v4 = list.filter((address) => !address.includes(':'));
  const v6 = list.filter((address) => address.includes(':'));
  return {
    kind: 'addresses',
    host,
    security,
    addresses: list.map((address) => ({
      address,
      family: address.includes(':') ? 6 : 4,
      security,
      probes: [],
    })),
    lookUps: [lookUp(host, 'A', v4, security), lookUp(host, 'AAAA', v6, security)],
    failed: { a: false, aaaa: false },
    alias: null,
  };
}

export function tlsaEvent(
  host: string,
  records: readonly TlsaRecordReport[],
  security: LookUpReport['security'] = 'secure',
): InspectionEvent {
  return { kind: 'tlsa', host, tlsa: tlsaReport(host, records, security) };
}

function tlsaReport(
  host: string,
  records: readonly TlsaRecordReport[],
  security: LookUpReport['security'],
): TlsaReport {
  const name = `_25._tcp.${host}`;
  const data = records.map(
    (record) => `${record.usage} ${record.selector} ${record.matchingType} ${record.data}`,
  );
  return {
    name,
    baseDomain: host,
    cname: [],
    security,
    rcode: records.length > 0 ? 'NOERROR' : 'NXDOMAIN',
    ttl: records.length > 0 ? 3600 : null,
    failed: false,
    records,
    rolloverScheme: 'none',
    lookUp: lookUp(name, 'TLSA', data, security),
    done: true,
    applies: true,
    zone: 'example.org',
    soaRefresh: 3600,
    negativeTtl: 3600,
    unasked: [],
    servers: [],
  };
}

export function tlsaRecord(usage: number, start: string): TlsaRecordReport {
  return {
    usage,
    selector: 1,
    matchingType: 1,
    data: start.padEnd(64, '0123456789abcdef'),
    usable: true,
    matches: false,
    matchedDepth: null,
    role: 'next-or-stale',
    identity: null,
  };
}

export function probeEvent(
  host: string,
  address: string,
  chain: readonly CertificateReport[],
  associations: readonly AssociationReport[],
  { index = 0, ...more }: Partial<ProbeReport> & { readonly index?: number } = {},
): InspectionEvent {
  return { kind: 'probe', host, address, index, probe: { ...probe(chain, associations), ...more } };
}

function probe(
  chain: readonly CertificateReport[],
  associations: readonly AssociationReport[],
): ProbeReport {
  const matched = associations.some(({ matches }) => matches);
  return {
    ok: true,
    error: null,
    stage: 'done',
    failure: null,
    banner: 'mx ESMTP',
    starttls: 'offered',
    injected: false,
    tlsVersion: 'TLSv1.3',
    cipher: 'TLS_AES_256_GCM_SHA384',
    keyType: 'ECDSA P-256',
    sni: chain[0]?.names[0] ?? null,
    chain,
    chainExact: true,
    chainShape: null,
    offer: 'usual',
    source: 'network',
    pkix: null,
    transcript: [
      { from: 'note', text: 'connected', atMs: 21 },
      { from: 'server', text: '220 mx ESMTP', atMs: 44 },
      { from: 'client', text: 'EHLO inspector.invalid', atMs: 45 },
      { from: 'server', text: '250-mx', atMs: 66 },
      { from: 'server', text: '250 STARTTLS', atMs: 66 },
      { from: 'client', text: 'STARTTLS', atMs: 67 },
      { from: 'server', text: '220 Go ahead', atMs: 88 },
      { from: 'note', text: 'TLS 1.3 agreed, TLS_AES_256_GCM_SHA384', atMs: 131 },
      { from: 'client', text: 'QUIT', atMs: 132 },
    ],
    stages: [
      { stage: 'connect', durationMs: 21 },
      { stage: 'greeting', durationMs: 23 },
      { stage: 'ehlo', durationMs: 22 },
      { stage: 'starttls', durationMs: 22 },
      { stage: 'tls', durationMs: 43 },
    ],
    associations,
    verdict: associations.length === 0 ? null : matched ? 'authenticated' : 'failed',
  };
}

export function equal(depth: number): AssociationReport {
  return {
    usable: true,
    matches: true,
    matchedDepth: depth,
    code: 'match',
    reason: depth === 0 ? 'equals the key of the server' : 'equals the key of an issuer',
  };
}

export const UNEQUAL: AssociationReport = {
  usable: true,
  matches: false,
  matchedDepth: null,
  code: 'no-match',
  reason: 'equals no certificate that was presented',
};

export function leaf(name: string, seed: string, notBefore: string): CertificateReport {
  return {
    subject: `CN=${name}`,
    issuer: 'CN=R11, O=Let\u2019s Encrypt, C=US',
    notBefore: `${notBefore}T00:00:00.000Z`,
    notAfter: '2026-12-31T00:00:00.000Z',
    names: [name],
    keyType: 'ECDSA P-256',
    isAuthority: false,
    selfSigned: false,
    serial: `03${seed}`,
    spkiSha256: seed.padEnd(64, '0'),
    certSha256: seed.padEnd(64, '1'),
    pem: `-----BEGIN CERTIFICATE-----\nMIIB${seed}\n-----END CERTIFICATE-----\n`,
  };
}

export const R11: CertificateReport = {
  ...leaf('R11', 'f0', '2024-03-13'),
  subject: 'CN=R11, O=Let\u2019s Encrypt, C=US',
  issuer: 'CN=ISRG Root X1, O=Internet Security Research Group, C=US',
  notAfter: '2027-03-12T23:59:59.000Z',
  names: [],
  keyType: 'RSA 2048',
  isAuthority: true,
};

function zone(
  name: string,
  keyTag: number,
  expiration: string,
  security: ZoneReport['security'] = 'secure',
): ZoneReport {
  const signed = security === 'secure';
  return {
    zone: name,
    security,
    reason: signed ? null : 'The parent proves that the delegation is not signed',
    ds:
      signed && name !== '.'
        ? [{ keyTag, algorithm: 13, digestType: 2, digest: 'ab'.repeat(32) }]
        : [],
    dnskeys: signed
      ? [
          { keyTag, algorithm: name === '.' ? 8 : 13, flags: 257, secureEntryPoint: true },
          { keyTag: keyTag + 7, algorithm: 13, flags: 256, secureEntryPoint: false },
        ]
      : [],
    signedBy: signed ? keyTag : null,
    signature: signed ? { inception: '2026-11-10T00:00:00.000Z', expiration } : null,
    servers: [{ name: `ns1.${name === '.' ? 'root' : name}`, address: '192.0.2.53' }],
  };
}

const CHAIN = [
  zone('.', 20326, '2026-12-01T00:00:00.000Z'),
  zone('org', 26974, '2026-12-12T00:00:00.000Z'),
  zone('example.org', 31337, '2026-11-29T00:00:00.000Z'),
];

const UNSIGNED = zone('backup.net', 0, '', 'insecure');

export function lookUp(
  name: string,
  type: string,
  data: readonly string[],
  security: LookUpReport['security'] = 'secure',
): LookUpReport {
  return {
    name,
    type,
    rcode: security === 'bogus' ? 'SERVFAIL' : 'NOERROR',
    security,
    answers: data.map((item) => ({ name, type, ttl: 3600, data: item })),
    reason:
      security === 'secure'
        ? null
        : security === 'bogus'
          ? 'The signature over the TLSA records ended on 20 November'
          : 'The delegation of backup.net is not signed',
    ede: security === 'bogus' ? 7 : null,
    chain: security === 'insecure' ? [...CHAIN.slice(0, 1), UNSIGNED] : CHAIN,
  };
}

const SERVERS = [
  { server: 'ns1.example.org', address: '192.0.2.53' },
  { server: 'ns1.example.org', address: '2001:db8::53' },
  { server: 'ns2.example.org', address: '198.51.100.53' },
];

const ANCESTORS: readonly AncestorReport[] = [
  'example.org',
  'mx1.example.org',
  '_tcp.mx1.example.org',
  '_25._tcp.mx1.example.org',
].flatMap((name, depth) =>
  SERVERS.map(({ server, address }): AncestorReport => {
    const denied = depth === 2 && server.startsWith('ns2');
    const empty = depth === 2;
    return {
      name,
      server,
      address,
      rcode: denied ? 'NXDOMAIN' : 'NOERROR',
      security: 'secure',
      ok: !denied,
      fault: denied ? 'ancestor-nxdomain' : null,
      proven: true,
      covers: denied,
      coveredNames: denied ? [name] : [],
      answer: denied ? 'nxdomain' : empty ? 'empty' : 'answer',
      reason: denied
        ? 'NXDOMAIN with an NSEC3 record that covers its hash; the signature by key 31337 is valid'
        : '',
      raw: denied ? '1f2b8183000100000001' : '',
      questions: [],
    };
  }),
);
