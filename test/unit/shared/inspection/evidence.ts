// Builds reports as an inspection leaves them, before they are judged: one sound host, and what differs.
import { emptyHost, emptyReport } from '../../../../shared/inspection/empty-report.ts';
import { judge } from '../../../../shared/inspection/judge.ts';
import type {
  AddressReport,
  AncestorReport,
  AssociationReport,
  CertificateReport,
  HostReport,
  LookUpReport,
  MxReport,
  ProbeReport,
  Report,
  Security,
  TlsaRecordReport,
  TlsaReport,
  TlsaServerReport,
} from '../../../../shared/inspection/report.ts';

export const AT = '2026-11-24T12:00:00.000Z';
export const KEY = 'aa'.repeat(32);
export const OTHER_KEY = 'bb'.repeat(32);

export function certificate(more: Partial<CertificateReport> = {}): CertificateReport {
  return {
    subject: 'CN=mx.example.org',
    issuer: 'CN=Issuer',
    notBefore: '2026-10-01T00:00:00.000Z',
    notAfter: '2027-01-01T00:00:00.000Z',
    names: ['mx.example.org'],
    keyType: 'ECDSA P-256',
    isAuthority: false,
    selfSigned: false,
    serial: '01',
    spkiSha256: KEY,
    certSha256: 'cc'.repeat(32),
    pem: '',
    ...more,
  };
}

export const MATCH: AssociationReport = {
  usable: true,
  matches: true,
  matchedDepth: 0,
  code: 'match',
  reason: '',
};
export const NO_MATCH: AssociationReport = {
  ...MATCH,
  matches: false,
  matchedDepth: null,
  code: 'no-match',
};

/** TLS came about, and every record matches. */
export function probe(more: Partial<ProbeReport> = {}): ProbeReport {
  return {
    ok: true,
    error: null,
    stage: 'done',
    failure: null,
    banner: '220 mx.example.org ESMTP',
    starttls: 'offered',
    injected: false,
    tlsVersion: 'TLSv1.3',
    cipher: 'TLS_AES_256_GCM_SHA384',
    keyType: 'ECDSA P-256',
    sni: 'mx.example.org',
    chain: [certificate(), certificate({ subject: 'CN=Issuer', certSha256: 'dd'.repeat(32) })],
    chainExact: true,
    chainShape: null,
    offer: 'usual',
    source: 'network',
    pkix: null,
    transcript: [],
    stages: [],
    associations: [MATCH],
    verdict: 'authenticated',
    ...more,
  };
}

/** A probe whose chain no record matches. */
export function mismatch(more: Partial<ProbeReport> = {}): ProbeReport {
  return probe({ associations: [NO_MATCH], verdict: 'failed', ...more });
}

/** A probe that ended before TLS. */
export function ended(
  failure: NonNullable<ProbeReport['failure']>,
  stage: ProbeReport['stage'],
  more: Partial<ProbeReport> = {},
): ProbeReport {
  return probe({
    ok: false,
    error: failure,
    failure,
    stage,
    starttls: null,
    tlsVersion: null,
    cipher: null,
    keyType: null,
    chain: [],
    associations: [],
    verdict: null,
    ...more,
  });
}

export function address(
  text: string,
  probes: readonly ProbeReport[],
  security: Security = 'secure',
): AddressReport {
  return { address: text, family: text.includes(':') ? 6 : 4, security, probes };
}

export function record(more: Partial<TlsaRecordReport> = {}): TlsaRecordReport {
  return {
    usage: 3,
    selector: 1,
    matchingType: 1,
    data: KEY,
    usable: true,
    matches: false,
    matchedDepth: null,
    role: 'next-or-stale',
    identity: null,
    ...more,
  };
}

export function tlsa(more: Partial<TlsaReport> = {}): TlsaReport {
  return {
    ...emptyHost('mx.example.org', 10, 25).tlsa,
    security: 'secure',
    rcode: 'NOERROR',
    ttl: 3600,
    records: [record()],
    done: true,
    ...more,
  };
}

/** The look-up is done and there are no records. */
export function noTlsa(more: Partial<TlsaReport> = {}): TlsaReport {
  return tlsa({ rcode: 'NXDOMAIN', ttl: null, records: [], ...more });
}

export function lookUp(type: string, more: Partial<LookUpReport> = {}): LookUpReport {
  return {
    name: 'mx.example.org',
    type,
    rcode: 'NOERROR',
    security: 'secure',
    answers: [],
    reason: null,
    ede: null,
    chain: [],
    ...more,
  };
}

export function host(more: Partial<HostReport> = {}): HostReport {
  return {
    ...emptyHost('mx.example.org', 10, 25),
    security: 'secure',
    addresses: [address('192.0.2.1', [probe()])],
    tlsa: tlsa(),
    lookUps: [lookUp('A'), lookUp('AAAA')],
    resolution: { failed: { a: false, aaaa: false }, alias: null },
    ancestorsDone: true,
    ...more,
  };
}

/** A host of another name, sound like the first unless told otherwise. */
export function hostNamed(name: string, more: Partial<HostReport> = {}): HostReport {
  return host({ ...more, name });
}

export function mx(more: Partial<MxReport> = {}): MxReport {
  return {
    security: 'secure',
    records: [{ preference: 10, exchange: 'mx.example.org' }],
    implicit: false,
    null: false,
    nonexistent: false,
    failed: false,
    lookUp: lookUp('MX', { name: 'example.org' }),
    ...more,
  };
}

export function server(more: Partial<TlsaServerReport> = {}): TlsaServerReport {
  return {
    server: 'ns1.example.org',
    address: '192.0.2.53',
    rcode: 'NOERROR',
    security: 'secure',
    records: [`3 1 1 ${KEY}`],
    verdict: 'authenticated',
    ...more,
  };
}

export function ancestor(more: Partial<AncestorReport> = {}): AncestorReport {
  return {
    name: '_tcp.mx.example.org',
    server: 'ns1.example.org',
    address: '192.0.2.53',
    rcode: 'NOERROR',
    security: 'secure',
    ok: true,
    fault: null,
    proven: true,
    covers: false,
    coveredNames: [],
    answer: 'empty',
    reason: '',
    raw: '',
    questions: [],
    ...more,
  };
}

/** NXDOMAIN where the name must exist. */
export function denies(more: Partial<AncestorReport> = {}): AncestorReport {
  return ancestor({
    rcode: 'NXDOMAIN',
    ok: false,
    fault: 'ancestor-nxdomain',
    answer: 'nxdomain',
    ...more,
  });
}

/** Judged, with nothing more to come. */
export function judged(hosts: readonly HostReport[], more: Partial<Report> = {}): Report {
  const empty = emptyReport('example.org');
  return judge({
    ...empty,
    at: AT,
    startedAt: AT,
    tool: { ...empty.tool, resolver: 'iterative' },
    mx: mx(),
    hosts,
    finished: true,
    ...more,
  });
}

/** `code severity subject` of each finding, for tables of expectations. */
export function told(report: Report): readonly string[] {
  return report.findings.map(({ code, severity, subject }) => `${severity} ${code} ${subject}`);
}

export function codes(report: Report): readonly string[] {
  return report.findings.map(({ code }) => code);
}
