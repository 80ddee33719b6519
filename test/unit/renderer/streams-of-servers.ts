/** More event streams, written by hand: servers that differ, two kinds of keys, and policies. */
import { NO_MTA_STS, NO_TLS_RPT } from '../../../shared/inspection/empty-report.ts';
import type { InspectionEvent } from '../../../shared/inspection/event.ts';
import type {
  AncestorReport,
  CertificateReport,
  MtaStsReport,
  ServerQuestion,
  TlsRptReport,
  ZoneSurvey,
} from '../../../shared/inspection/report.ts';
import {
  addresses,
  degraded,
  equal,
  leaf,
  mxEvent,
  probeEvent,
  R11,
  started,
  tlsaEvent,
  tlsaRecord,
  UNEQUAL,
} from './streams.ts';

const DOMAIN = 'example.org';
const HOST = 'mx1.example.org';
const OWNER = `_25._tcp.${HOST}`;
const SERVERS = [
  { server: 'ns1.example.org', address: '192.0.2.53' },
  { server: 'ns1.example.org', address: '2001:db8::53' },
  { server: 'ns2.example.org', address: '198.51.100.53' },
] as const;
const LATE = '198.51.100.53';

export function question(more: Partial<ServerQuestion>): ServerQuestion {
  return {
    name: DOMAIN,
    type: 'SOA',
    transport: 'udp',
    rcode: 'NOERROR',
    answer: 'answer',
    security: 'secure',
    reason: '',
    size: 412,
    authoritative: true,
    truncated: false,
    edns: true,
    signed: true,
    records: [],
    raw: '1f2b8500000100010000000107657861',
    ...more,
  };
}

const SILENT: Partial<ServerQuestion> = {
  rcode: 'TIMEOUT',
  answer: 'none',
  security: 'indeterminate',
  reason: 'no answer within 5 seconds',
  size: null,
  authoritative: false,
  edns: false,
  signed: false,
  records: [],
  raw: '',
};

/** The last server has an old serial and an old TLSA record, and no TCP. */
export function survey(): ZoneSurvey {
  const both = (address: string, more: Partial<ServerQuestion>): readonly ServerQuestion[] => [
    question(more),
    question({ ...more, transport: 'tcp', ...(address === LATE ? SILENT : {}) }),
  ];
  return {
    zone: DOMAIN,
    security: 'secure',
    servers: SERVERS.map(({ server, address }) => ({
      server,
      address,
      questions: [
        ...both(address, {
          records: [
            `ns1.example.org. hostmaster.example.org. ${address === LATE ? 2026112301 : 2026112401} 3600 900 604800 300`,
          ],
        }),
        ...both(address, {
          type: 'DNSKEY',
          records: ['257 3 13 mdsswUyr3DPW132mOi8V9xESWE8jTo0d', '256 3 13 oJMRESz5E4gYzS2Q8cb7'],
        }),
        ...both(address, { type: 'MX', records: [`10 ${HOST}.`] }),
        ...both(address, {
          name: OWNER,
          type: 'TLSA',
          records: [`3 1 1 ${(address === LATE ? '7f' : '2b').repeat(32)}`],
        }),
      ],
    })),
  };
}

/** The same for the names above, where the last server denies `_tcp`. */
export function ancestors(): readonly AncestorReport[] {
  return [DOMAIN, HOST, `_tcp.${HOST}`, OWNER].flatMap((name, depth) =>
    SERVERS.map(({ server, address }): AncestorReport => {
      const denied = depth === 2 && address === LATE;
      const answer = denied ? 'nxdomain' : depth === 2 ? 'empty' : 'answer';
      const types = name === OWNER ? ['TLSA'] : ['A', 'NS'];
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
        answer,
        reason: denied ? `says that ${name} does not exist, though there are names below it` : '',
        raw: '',
        questions: types.map((type) =>
          question({
            name,
            type,
            answer,
            rcode: denied ? 'NXDOMAIN' : 'NOERROR',
            records:
              type === 'TLSA' ? [`3 1 1 ${(address === LATE ? '7f' : '2b').repeat(32)}`] : [],
          }),
        ),
      };
    }),
  );
}

/** The degraded domain, every server asked by itself. */
export function surveyed(): readonly InspectionEvent[] {
  const events = degraded().filter(({ kind }) => kind !== 'finished');
  return [
    ...events,
    { kind: 'ancestors', host: HOST, ancestors: ancestors(), tlsaServers: [] },
    { kind: 'survey', survey: survey() },
    policyEvent(LEAVES_OUT, REPORTS),
    FINISHED,
  ];
}

const FINISHED: InspectionEvent = { kind: 'finished', durationMs: 1840, queries: 131 };

/** One address, an RSA and an ECDSA certificate; no record covers the RSA one, which a record names wrongly. */
export function twoKeys(): readonly InspectionEvent[] {
  const ecdsa = [leaf(HOST, 'a1', '2026-10-02'), R11];
  const rsa: readonly CertificateReport[] = [
    { ...leaf(HOST, 'b7', '2026-10-05'), keyType: 'RSA 2048' },
    R11,
    { ...R11, subject: 'CN=Old Root', issuer: 'CN=Old Root', certSha256: 'e'.repeat(64) },
    R11,
  ];
  const records = [tlsaRecord(3, 'a1'), tlsaRecord(3, 'f0'), tlsaRecord(3, 'c9')];
  const list = ['192.0.2.10', '2001:db8::10'];
  const root = R11.issuer;
  return [
    started(DOMAIN),
    mxEvent(DOMAIN, [[10, HOST]]),
    addresses(HOST, list),
    tlsaEvent(HOST, records),
    {
      kind: 'ancestors',
      host: HOST,
      ancestors: ancestors().filter(({ ok }) => ok),
      tlsaServers: [],
    },
    ...list.flatMap((address) => [
      probeEvent(HOST, address, ecdsa, [equal(0), UNEQUAL, UNEQUAL], {
        chainShape: { ordered: true, superfluous: [], duplicates: [], missingIssuer: root },
      }),
      probeEvent(HOST, address, rsa, [UNEQUAL, UNEQUAL, UNEQUAL], {
        index: 1,
        offer: 'rsa',
        keyType: 'RSA 2048',
        chainShape: { ordered: false, superfluous: [2], duplicates: [3], missingIssuer: root },
      }),
      probeEvent(HOST, address, ecdsa, [equal(0), UNEQUAL, UNEQUAL], {
        index: 2,
        offer: 'no-sni',
        sni: null,
      }),
    ]),
    {
      kind: 'identities',
      host: HOST,
      identities: [
        null,
        {
          kind: 'key',
          algorithm: 'SHA2-256',
          host: HOST,
          depth: 1,
          subject: R11.subject,
          meant: '2 1 1',
          record: `2 1 1 ${'f0'.padEnd(64, '0')}`,
        },
        null,
      ],
    },
    policyEvent(IN_ORDER, NO_REPORTS),
    FINISHED,
  ];
}

/** A chain from a file in the place of two addresses. */
export function fromFile(): readonly InspectionEvent[] {
  const list = ['192.0.2.10', '2001:db8::10'];
  return [
    started(DOMAIN),
    mxEvent(DOMAIN, [[10, HOST]]),
    addresses(HOST, list),
    tlsaEvent(HOST, [tlsaRecord(3, 'a1')]),
    { kind: 'ancestors', host: HOST, ancestors: [], tlsaServers: [] },
    ...list.map((address) =>
      probeEvent(HOST, address, [leaf(HOST, 'a1', '2026-10-02'), R11], [equal(0)], {
        source: 'file',
        transcript: [],
        stages: [],
        tlsVersion: '',
        cipher: '',
        starttls: null,
        banner: null,
        sni: null,
      }),
    ),
    FINISHED,
  ];
}

export function policyEvent(mtaSts: MtaStsReport, tlsRpt: TlsRptReport): InspectionEvent {
  return { kind: 'policy', mtaSts, tlsRpt };
}

export const IN_ORDER: MtaStsReport = {
  checked: true,
  record: 'v=STSv1; id=20261101T000000',
  id: '20261101T000000',
  security: 'secure',
  policy: { mode: 'enforce', maxAge: 604_800, mx: ['mx1.example.org', '*.backup.net'] },
  uncovered: [],
  problem: null,
};
export const LEAVES_OUT: MtaStsReport = { ...IN_ORDER, uncovered: ['mx2.example.org'] };
export const REPORTS: TlsRptReport = {
  checked: true,
  record: 'v=TLSRPTv1; rua=mailto:tls-reports@example.org',
  rua: ['mailto:tls-reports@example.org'],
  security: 'secure',
  problem: null,
};
export const NO_REPORTS: TlsRptReport = { ...NO_TLS_RPT, checked: true, security: 'secure' };
export const NO_POLICY: MtaStsReport = { ...NO_MTA_STS, checked: true, security: 'secure' };
