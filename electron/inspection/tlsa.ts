/** Finds the TLSA records that apply to a host (RFC 7672 §2.1.3 and §2.2.2, RFC 7671 §7). */
import { parseTlsa, tlsaOwnerName, type Tlsa } from '../../shared/dane/tlsa.ts';
import { usabilityOf } from '../../shared/dane/usability.ts';
import { toHex } from '../../shared/dns/bytes.ts';
import { nameFromText, type Name } from '../../shared/dns/name.ts';
import type { ResourceRecord } from '../../shared/dns/record.ts';
import { TYPE } from '../../shared/dns/record-type.ts';
import { emptyTlsa } from '../../shared/inspection/empty-report.ts';
import type { TlsaRecordReport, TlsaReport } from '../../shared/inspection/report.ts';
import type { AliasStep, LookUp } from '../resolver/resolver.ts';
import type { HostAddresses } from './addresses.ts';
import { MAX_TLSA_RECORDS } from './limits.ts';
import { hasFailed, judgedSecurity, lookUpReport } from './look-up-report.ts';
import { tellLimit, tellLookUp, type Run } from './run.ts';

export interface HostTlsa {
  /** What a sender must see satisfied; empty unless secure. */
  readonly records: readonly Tlsa[];
  /** TLSA base domain: SNI and reference name (RFC 7672 §3.2.2). */
  readonly baseDomain: Name;
  /** Where the records live: the owner name, or the end of its alias chain. */
  readonly owner: Name | null;
  /** The owner name, or its alias target, holds TLSA records. */
  readonly exists: boolean;
}

/** Asks for the records at a base domain; may be begun before it is known whether they apply. */
export async function lookUpTlsa(run: Run, baseDomain: Name): Promise<LookUp | null> {
  const owner = tlsaOwner(run, baseDomain);
  if (owner === null) return null;
  return run.ports.resolver.resolve(owner, TYPE.TLSA, run.signal);
}

/** `_25._tcp.` and the base domain; null when that is no name (longer than 255 octets). */
export function tlsaOwner(run: Run, baseDomain: Name): Name | null {
  const owner = nameFromText(tlsaOwnerName(baseDomain.key, run.query.smtpPort));
  return owner.ok ? owner.value : null;
}

/** Chooses the base domain, tells the report, and gives back what must be satisfied. */
export async function applyTlsa(
  run: Run,
  host: Name,
  { addresses, aliases, secure }: HostAddresses,
  atHost: Promise<LookUp | null>,
): Promise<HostTlsa> {
  // Without an address nobody gets as far as TLSA records.
  if (addresses.length === 0) return notApplicable(run, host, await atHost);
  const expanded = expandedName(aliases, secure);
  if (expanded !== null) {
    // RFC 7672 §2.1.3: the expanded name first; only a secure RRset or a failure ends there.
    const lookUp = await lookUpTlsa(run, expanded);
    if (lookUp !== null && (hasFailed(lookUp) || isSecureRRset(lookUp))) {
      return tell(run, host, expanded, lookUp);
    }
  }
  const lookUp = await atHost;
  if (lookUp === null) return notApplicable(run, host, null);
  // RFC 7672 §2.2.2: insecure addresses, and the host's own name is no secure alias either.
  if (!secure && !isSecureAlias(aliases)) {
    return notApplicable(run, host, lookUp);
  }
  return tell(run, host, host, lookUp);
}

/** The name at the end of an alias chain of which every step is secure; null without one. */
function expandedName(aliases: readonly AliasStep[], secure: boolean): Name | null {
  if (!secure || aliases.some((step) => step.security !== 'secure')) return null;
  return aliases.at(-1)?.to ?? null;
}

/** The first step is secure: the host's own zone is signed, and TLSA records in it can be relied on. */
function isSecureAlias(aliases: readonly AliasStep[]): boolean {
  return aliases[0]?.security === 'secure';
}

function isSecureRRset(lookUp: LookUp): boolean {
  return lookUp.security === 'secure' && lookUp.rrset !== null;
}

/** A sender would not look; what is there is shown all the same. */
function notApplicable(run: Run, host: Name, lookUp: LookUp | null): HostTlsa {
  const tlsa =
    lookUp === null ? emptyTlsa(host.key, run.query.smtpPort) : reportOf(run, host, lookUp);
  run.emit({ kind: 'tlsa', host: host.key, tlsa: { ...tlsa, failed: false, applies: false } });
  return { records: [], baseDomain: host, owner: null, exists: false };
}

function tell(run: Run, host: Name, baseDomain: Name, lookUp: LookUp): HostTlsa {
  tellLookUp(run, lookUp);
  const published = (lookUp.rrset?.records ?? []).filter(({ type }) => type === TYPE.TLSA);
  if (published.length > MAX_TLSA_RECORDS) tellLimit(run, baseDomain.key, 'MAX_TLSA_RECORDS');
  const tlsa = reportOf(run, baseDomain, lookUp);
  run.emit({ kind: 'tlsa', host: host.key, tlsa });
  const records = tlsa.failed ? [] : tlsaRecords(lookUp.rrset?.records ?? []);
  return {
    records: tlsa.security === 'secure' ? records : [],
    baseDomain,
    owner: lookUp.aliases.at(-1)?.to ?? tlsaOwner(run, baseDomain),
    exists: lookUp.aliases.length > 0 || records.length > 0,
  };
}

function reportOf(run: Run, baseDomain: Name, lookUp: LookUp): TlsaReport {
  const failed = hasFailed(lookUp);
  const records = failed ? [] : tlsaRecords(lookUp.rrset?.records ?? []);
  return {
    ...emptyTlsa(baseDomain.key, run.query.smtpPort),
    cname: lookUp.aliases.map((step) => step.to.key),
    security: judgedSecurity(lookUp),
    rcode: lookUp.rcode,
    ttl: records.length > 0 ? lookUp.ttl : null,
    failed,
    records: records.map(recordReport),
    lookUp: lookUpReport(lookUp),
  };
}

/** Records too short to have fields stay in, with empty data, so that they show as malformed. */
export function tlsaRecords(records: readonly ResourceRecord[]): readonly Tlsa[] {
  return records
    .filter(({ type }) => type === TYPE.TLSA)
    .slice(0, MAX_TLSA_RECORDS)
    .map(({ rdata }) => {
      const tlsa = parseTlsa(rdata);
      if (tlsa.ok) return tlsa.value;
      const [usage = 255, selector = 255, matchingType = 255] = rdata;
      return { usage, selector, matchingType, data: new Uint8Array(0) };
    });
}

/** Before any chain is seen: whether it could be used at all is all that is known. */
export function recordReport(record: Tlsa): TlsaRecordReport {
  return {
    usage: record.usage,
    selector: record.selector,
    matchingType: record.matchingType,
    data: toHex(record.data),
    usable: usabilityOf(record).usable,
    matches: false,
    matchedDepth: null,
    role: 'next-or-stale',
    identity: null,
  };
}
