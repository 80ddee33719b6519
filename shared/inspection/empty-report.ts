/** The report before anything is known: what `fold` starts from. */
import type {
  HostReport,
  MtaStsReport,
  MxReport,
  Report,
  TlsaReport,
  TlsRptReport,
} from './report.ts';

export function emptyReport(domain: string): Report {
  return {
    schemaVersion: 1,
    domain,
    at: '',
    startedAt: '',
    durationMs: 0,
    queries: 0,
    outcome: 'pending',
    summary: '',
    mx: EMPTY_MX,
    hosts: [],
    findings: [],
    policy: { mtaSts: NO_MTA_STS, tlsRpt: NO_TLS_RPT },
    zones: [],
    surveys: [],
    tool: { version: '', resolver: '', smtpPort: 25, smtp: true },
    observations: [],
    step: null,
    finished: false,
  };
}

export const NO_MTA_STS: MtaStsReport = {
  checked: false,
  record: null,
  id: null,
  security: null,
  policy: null,
  uncovered: [],
  problem: null,
};

export const NO_TLS_RPT: TlsRptReport = {
  checked: false,
  record: null,
  rua: [],
  security: null,
  problem: null,
};

const EMPTY_MX: MxReport = {
  security: 'indeterminate',
  records: [],
  implicit: false,
  null: false,
  nonexistent: false,
  failed: false,
  lookUp: null,
};

export function emptyHost(name: string, preference: number, smtpPort: number): HostReport {
  return {
    name,
    preference,
    outcome: 'pending',
    because: '',
    security: 'indeterminate',
    addresses: [],
    tlsa: emptyTlsa(name, smtpPort),
    ancestors: [],
    lookUps: [],
    resolution: null,
    ancestorsDone: false,
  };
}

/** RFC 6698 §3: the owner is `_port._tcp.` and the base domain. */
export function emptyTlsa(baseDomain: string, smtpPort: number): TlsaReport {
  return {
    name: `_${smtpPort}._tcp.${baseDomain}`,
    baseDomain,
    cname: [],
    security: null,
    rcode: null,
    ttl: null,
    failed: false,
    records: [],
    rolloverScheme: 'none',
    lookUp: null,
    done: false,
    applies: true,
    zone: null,
    soaRefresh: null,
    negativeTtl: null,
    unasked: [],
    servers: [],
  };
}
