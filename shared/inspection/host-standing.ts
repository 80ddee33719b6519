/** What a DANE-validating sender does with one MX host, and which fact decides (RFC 7672 §2.2). */
import { addressStanding, type AddressStanding } from './address-standing.ts';
import { erasureOf } from './ancestor-standing.ts';
import type { HostOutcome, HostReport, Report } from './report.ts';

export interface HostStanding {
  readonly outcome: HostOutcome;
  readonly cause: HostCause;
  /**
   * `binding`: secure TLSA records that every sender with DANE must see satisfied. `optional`: the
   * same behind an insecure MX, where senders may apply them (RFC 7672 §2.2.1). `none`: no DANE here.
   */
  readonly dane: 'binding' | 'optional' | 'none';
}

export type HostCause =
  | 'pending'
  | 'unfinished'
  | 'no-address'
  | 'address-look-up'
  | 'mx-insecure'
  | 'host-insecure'
  | 'tlsa-bogus'
  | 'tlsa-look-up'
  | 'tlsa-insecure'
  | 'tlsa-none'
  | 'ancestors-bogus'
  | 'ancestors-silent'
  | 'servers-mismatch'
  | 'servers-absent'
  | 'servers-unusable'
  | 'not-probed'
  | 'failed'
  | 'authenticated'
  | 'encrypted-only'
  | 'unreached';

export function standingOf(report: Report, host: HostReport): HostStanding {
  const dane = daneOf(report, host);
  const { outcome, cause } = addressVerdict(host) ?? daneVerdict(report, host) ?? UNDECIDED;
  if (outcome === 'pending' && report.finished) {
    // Honest: the bound on an inspection's time ended it before this host was settled.
    return { outcome: 'unreachable', cause: 'unfinished', dane };
  }
  return { outcome, cause, dane };
}

type Verdict = Pick<HostStanding, 'outcome' | 'cause'>;

const UNDECIDED: Verdict = { outcome: 'pending', cause: 'pending' };

function daneOf(report: Report, host: HostReport): HostStanding['dane'] {
  if (!hasSecureRecords(host)) return 'none';
  return report.mx.security === 'secure' ? 'binding' : 'optional';
}

/** Records at the look-up, or at any server that was asked by itself. */
function hasSecureRecords(host: HostReport): boolean {
  const { tlsa } = host;
  return (
    (tlsa.applies && tlsa.security === 'secure' && !tlsa.failed && tlsa.records.length > 0) ||
    tlsa.servers.some((server) => server.security === 'secure' && server.records.length > 0)
  );
}

/** What the address look-ups decide alone; null when the host has an address. */
function addressVerdict(host: HostReport): Verdict | null {
  const { resolution } = host;
  if (resolution === null) return UNDECIDED;
  if (host.addresses.length > 0) return null;
  // RFC 7672 §2.1.2: a failed look-up is not "no address"; the host is skipped, the mail kept.
  return resolution.failed.a || resolution.failed.aaaa
    ? { outcome: 'deferred', cause: 'address-look-up' }
    : { outcome: 'gone', cause: 'no-address' };
}

function daneVerdict(report: Report, host: HostReport): Verdict | null {
  const { tlsa } = host;
  // RFC 7672 §2.2.1: without a secure MX the names of the hosts themselves can be forged.
  if (report.mx.security !== 'secure') return { outcome: 'opportunistic', cause: 'mx-insecure' };
  if (!tlsa.done) return null;
  if (!tlsa.applies) return { outcome: 'opportunistic', cause: 'host-insecure' };
  if (tlsa.security === 'bogus') return { outcome: 'deferred', cause: 'tlsa-bogus' };
  if (tlsa.failed) return { outcome: 'deferred', cause: 'tlsa-look-up' };
  // RFC 7672 §2.1.1: an insecure answer, a denial too, means no DANE and is no failure.
  if (tlsa.security !== 'secure') {
    return {
      outcome: 'opportunistic',
      cause: tlsa.records.length > 0 ? 'tlsa-insecure' : 'tlsa-none',
    };
  }
  if (!hasSecureRecords(host)) {
    // The servers' own answers may still show records that this look-up did not see.
    return host.ancestorsDone || report.finished
      ? { outcome: 'opportunistic', cause: 'tlsa-none' }
      : null;
  }
  return satisfied(report, host);
}

/** Secure records exist: what the servers present decides, unless DNS hides the records again. */
function satisfied(report: Report, host: HostReport): Verdict | null {
  // A chain from a file is judged even where nobody is spoken to.
  const looked = report.tool.smtp || host.addresses.some(({ probes }) => probes.length > 0);
  const smtp = looked ? smtpVerdict(host) : NOT_PROBED;
  if (smtp?.outcome === 'deferred') return smtp;
  const erasure = erasureOf(host);
  if (erasure === 'bogus') return { outcome: 'deferred', cause: 'ancestors-bogus' };
  const servers = serversVerdict(host);
  if (servers?.outcome === 'deferred') return servers;
  if (erasure === 'silent') return { outcome: 'opportunistic', cause: 'ancestors-silent' };
  if (servers !== null) return servers;
  if (host.tlsa.records.length === 0) return { outcome: 'opportunistic', cause: 'tlsa-none' };
  return smtp;
}

const NOT_PROBED: Verdict = { outcome: 'unreachable', cause: 'not-probed' };

function smtpVerdict(host: HostReport): Verdict | null {
  const hasRecords = host.tlsa.records.length > 0;
  const standings = host.addresses.map((address) => addressStanding(address, hasRecords));
  const some = (standing: AddressStanding): boolean => standings.includes(standing);
  if (some('failed')) return { outcome: 'deferred', cause: 'failed' };
  if (some('pending')) return null;
  if (some('authenticated')) return { outcome: 'authenticated', cause: 'authenticated' };
  if (some('encrypted-only')) return { outcome: 'encrypted-only', cause: 'encrypted-only' };
  return { outcome: 'unreachable', cause: 'unreached' };
}

/** Servers that serve different RRsets: a sender may get any of them, and the worst of them counts. */
function serversVerdict(host: HostReport): Verdict | null {
  if (!serversDisagree(host)) return null;
  const secure = host.tlsa.servers.filter((server) => server.security === 'secure');
  if (secure.some((server) => server.verdict === 'failed')) {
    return { outcome: 'deferred', cause: 'servers-mismatch' };
  }
  if (secure.some((server) => server.records.length === 0)) {
    return { outcome: 'opportunistic', cause: 'servers-absent' };
  }
  // RFC 7672 §2.2: a sender that gets these delivers over TLS, to whomever it is.
  return secure.some((server) => server.verdict === 'encrypted-only')
    ? { outcome: 'encrypted-only', cause: 'servers-unusable' }
    : null;
}

/** Only answers that a validating sender would take are compared. */
export function serversDisagree(host: HostReport): boolean {
  const sets = host.tlsa.servers
    .filter((server) => server.security === 'secure')
    .map((server) => server.records.join('\n'));
  return new Set(sets).size > 1;
}
