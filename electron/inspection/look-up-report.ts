/** Turns the resolver's look-ups into plain data for the report, and says whether they failed. */
import { rdataToText } from '../../shared/dns/presentation.ts';
import { typeToText } from '../../shared/dns/record-type.ts';
import { reasonToText } from '../../shared/dnssec/reason.ts';
import type { LookUpReport, Security, ZoneReport } from '../../shared/inspection/report.ts';
import type { LookUp, ZoneTrust } from '../resolver/resolver.ts';

/** The document of `resolve --json`. */
export function lookUpReport(lookUp: LookUp): LookUpReport {
  return {
    name: lookUp.name.key,
    type: typeToText(lookUp.type),
    rcode: lookUp.rcode,
    security: lookUp.security,
    answers: lookUp.answers.map((record) => ({
      name: record.name.key,
      type: typeToText(record.type),
      ttl: record.ttl,
      data: rdataToText(record.type, record.rdata),
    })),
    reason: lookUp.reason && reasonToText(lookUp.reason),
    ede: lookUp.reason?.ede ?? null,
    chain: zoneReports(lookUp.zones),
  };
}

export function zoneReports(zones: readonly ZoneTrust[]): readonly ZoneReport[] {
  return zones.map((trust) => ({
    zone: trust.zone.key,
    security: trust.security,
    reason: trust.reason && reasonToText(trust.reason),
    ds: trust.ds,
    dnskeys: trust.dnskeys,
    signedBy: trust.signedBy,
    signature: trust.signature && {
      inception: isoTime(trust.signature.inception),
      expiration: isoTime(trust.signature.expiration),
    },
    servers: trust.servers,
  }));
}

/** No answer a sender could use: bogus, an error RCODE, or nobody answered. RFC 7672 §2.1.2. */
export function hasFailed(lookUp: LookUp): boolean {
  if (lookUp.security === 'bogus' || lookUp.failure !== null) return true;
  return lookUp.rcode !== 'NOERROR' && lookUp.rcode !== 'NXDOMAIN';
}

/** For judging mail, a name that no trust anchor covers is as good as unsigned. */
export function judgedSecurity(lookUp: LookUp): Security {
  return lookUp.security === 'indeterminate' && !hasFailed(lookUp) ? 'insecure' : lookUp.security;
}

/** Weakest first: one weak link decides. */
const WEAKEST_FIRST: readonly Security[] = ['bogus', 'indeterminate', 'insecure', 'secure'];

export function weakest(securities: readonly Security[]): Security {
  return WEAKEST_FIRST.find((security) => securities.includes(security)) ?? 'indeterminate';
}

function isoTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
