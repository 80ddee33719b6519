// A report in which nothing is left out: every optional part is there, every text that may be null is one.
import type {
  AncestorReport,
  HostReport,
  LookUpReport,
  ProbeReport,
  Report,
  ServerQuestion,
  ZoneReport,
} from '../../../../shared/inspection/report.ts';

const zone: ZoneReport = {
  zone: 'example.org',
  security: 'secure',
  reason: 'the reason of the zone',
  ds: [{ keyTag: 1, algorithm: 13, digestType: 2, digest: 'aa' }],
  dnskeys: [{ keyTag: 1, algorithm: 13, flags: 257, secureEntryPoint: true }],
  signedBy: 1,
  signature: { inception: '2026-11-01T00:00:00.000Z', expiration: '2026-12-01T00:00:00.000Z' },
  servers: [{ name: 'ns.example.org', address: '192.0.2.53' }],
};

const lookUp: LookUpReport = {
  name: 'mx.example.org',
  type: 'A',
  rcode: 'NOERROR',
  security: 'secure',
  answers: [{ name: 'mx.example.org', type: 'A', ttl: 3600, data: '192.0.2.1' }],
  reason: 'the reason of the look-up',
  ede: 0,
  chain: [zone],
};

const question: ServerQuestion = {
  name: 'example.org',
  type: 'SOA',
  transport: 'udp',
  rcode: 'NOERROR',
  answer: 'answer',
  security: 'secure',
  reason: 'the reason of the answer',
  size: 2,
  authoritative: true,
  truncated: false,
  edns: true,
  signed: true,
  records: ['ns.example.org. hostmaster.example.org. 1 2 3 4 5'],
  raw: 'abcd',
};

const ancestor: AncestorReport = {
  name: '_tcp.mx.example.org',
  server: 'ns.example.org',
  address: '192.0.2.53',
  rcode: 'NXDOMAIN',
  security: 'secure',
  ok: false,
  fault: 'ancestor-nxdomain',
  proven: true,
  covers: true,
  coveredNames: ['_tcp.mx.example.org'],
  answer: 'nxdomain',
  reason: 'the reason of the ancestor',
  raw: 'abcd',
  questions: [question],
};

const probe: ProbeReport = {
  offer: 'usual',
  source: 'network',
  ok: true,
  error: 'the error of the probe',
  stage: 'done',
  failure: 'closed',
  banner: '220 mx.example.org',
  starttls: 'offered',
  injected: true,
  tlsVersion: 'TLSv1.3',
  cipher: 'TLS_AES_256_GCM_SHA384',
  keyType: 'ECDSA P-256',
  sni: 'mx.example.org',
  chain: [
    {
      subject: 'CN=mx.example.org',
      issuer: 'CN=Issuer',
      notBefore: '2026-10-01T00:00:00Z',
      notAfter: '2027-01-01T00:00:00Z',
      names: ['mx.example.org'],
      keyType: 'ECDSA P-256',
      isAuthority: false,
      selfSigned: false,
      serial: '01',
      spkiSha256: 'aa',
      certSha256: 'cc',
      pem: '-----BEGIN CERTIFICATE-----',
    },
  ],
  chainExact: false,
  chainShape: { ordered: false, superfluous: [], duplicates: [], missingIssuer: 'CN=Root' },
  pkix: 'what the Web PKI finds',
  transcript: [{ from: 'server', text: '220 mx.example.org', atMs: 20 }],
  stages: [{ stage: 'connect', durationMs: 20 }],
  associations: [
    {
      usable: true,
      matches: true,
      matchedDepth: 0,
      code: 'match',
      reason: 'the reason of the match',
    },
  ],
  verdict: 'authenticated',
};

const host: HostReport = {
  name: 'mx.example.org',
  preference: 10,
  outcome: 'authenticated',
  because: 'the sentence about the host',
  security: 'secure',
  addresses: [{ address: '192.0.2.1', family: 4, security: 'secure', probes: [probe] }],
  tlsa: {
    name: '_25._tcp.mx.example.org',
    baseDomain: 'mx.example.org',
    cname: ['alias.example.org'],
    security: 'secure',
    rcode: 'NOERROR',
    ttl: 3600,
    failed: false,
    records: [
      {
        usage: 3,
        selector: 1,
        matchingType: 1,
        data: 'aabb',
        usable: true,
        matches: true,
        matchedDepth: 0,
        role: 'current',
        identity: {
          kind: 'key',
          algorithm: 'SHA2-256',
          host: 'mx.example.org',
          depth: 0,
          subject: 'CN=mx.example.org',
          meant: '3 1 1',
          record: '3 1 1 aabb',
        },
      },
    ],
    rolloverScheme: 'single',
    lookUp,
    done: true,
    applies: true,
    zone: 'example.org',
    soaRefresh: 3600,
    negativeTtl: 3600,
    unasked: ['ns9.example.org'],
    servers: [
      {
        server: 'ns.example.org',
        address: '192.0.2.53',
        rcode: 'NOERROR',
        security: 'secure',
        records: ['3 1 1 aabb'],
        verdict: 'authenticated',
        transport: 'udp',
      },
    ],
  },
  ancestors: [ancestor],
  lookUps: [lookUp],
  resolution: { failed: { a: false, aaaa: false }, alias: 'alias.example.org' },
  ancestorsDone: true,
};

export const FULL_REPORT: Report = {
  schemaVersion: 1,
  domain: 'example.org',
  at: '2026-11-24T12:00:00.000Z',
  startedAt: '2026-11-24T12:00:00.000Z',
  durationMs: 1200,
  queries: 84,
  outcome: 'secure',
  summary: 'the sentence about the domain',
  mx: {
    security: 'secure',
    records: [{ preference: 10, exchange: 'mx.example.org' }],
    implicit: false,
    null: false,
    nonexistent: false,
    failed: false,
    lookUp,
  },
  hosts: [host],
  findings: (['error', 'ok'] as const).map((severity) => ({
    code: 'tlsa-mismatch',
    severity,
    subject: 'mx.example.org',
    title: 'the title',
    message: 'the message',
    remedy: 'the remedy',
    mends: 'mail host',
    reference: 'RFC 7672 §2.2',
    data: { host: 'mx.example.org', list: ['a datum'] },
  })),
  policy: {
    mtaSts: {
      checked: true,
      record: 'v=STSv1; id=1',
      id: '1',
      security: 'secure',
      policy: { mode: 'enforce', maxAge: 60, mx: ['*.example.org'] },
      uncovered: ['mx.example.org'],
      problem: null,
    },
    tlsRpt: {
      checked: true,
      record: 'v=TLSRPTv1; rua=mailto:a@example.org',
      rua: ['mailto:a@example.org'],
      security: 'secure',
      problem: null,
    },
  },
  zones: [zone],
  surveys: [
    {
      zone: 'example.org',
      security: 'secure',
      servers: [{ server: 'ns.example.org', address: '192.0.2.53', questions: [question] }],
    },
  ],
  tool: {
    version: '9.9.9',
    resolver: '192.0.2.99#53',
    smtpPort: 25,
    smtp: true,
    proxy: '127.0.0.1:1080',
  },
  observations: [
    { code: 'rrsig-expired', subject: 'example.org', parameters: { reason: 'an observation' } },
  ],
  step: null,
  finished: true,
};

/** The same report with each text replaced by what `replace` makes of it and of its place. */
export function withTexts(report: Report, replace: (text: string, path: string) => string): Report {
  return walked(report, '', replace) as Report;
}

function walked(
  value: unknown,
  path: string,
  replace: (text: string, path: string) => string,
): unknown {
  if (typeof value === 'string') return replace(value, path.slice(1));
  if (Array.isArray(value)) return value.map((item) => walked(item, path, replace));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, walked(item, `${path}.${key}`, replace)]),
  );
}

/** The same with both policies found unusable. */
export function withProblems(report: Report): Report {
  const { mtaSts, tlsRpt } = report.policy;
  const problem = 'the problem';
  return { ...report, policy: { mtaSts: { ...mtaSts, problem }, tlsRpt: { ...tlsRpt, problem } } };
}
