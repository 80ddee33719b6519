/** TLSA RDATA (RFC 6698 §2.1) with the acronyms of RFC 7218. */
import { toHex } from '../dns/bytes.ts';
import { fail, succeed, type Result } from '../failure.ts';

export interface Tlsa {
  readonly usage: number;
  readonly selector: number;
  readonly matchingType: number;
  /** Certificate association data. */
  readonly data: Uint8Array;
}

/** Octets before the association data (RFC 6698 §2.1). */
const FIXED_OCTETS = 3;

/** RDATA to fields; `malformed` when it is too short to hold the three numbers. */
export function parseTlsa(rdata: Uint8Array): Result<Tlsa> {
  const [usage, selector, matchingType] = rdata;
  if (usage === undefined || selector === undefined || matchingType === undefined) {
    return fail({ kind: 'malformed', detail: `TLSA record of ${rdata.length} octets` });
  }
  return succeed({ usage, selector, matchingType, data: rdata.slice(FIXED_OCTETS) });
}

/** RFC 6698 §3: where the records of a service live, e.g. `_25._tcp.mx.example.org`. */
export function tlsaOwnerName(baseDomain: string, port: number): string {
  return baseDomain === '.' ? `_${port}._tcp` : `_${port}._tcp.${baseDomain}`;
}

/** Presentation form: numbers and lower-case hex. */
export function formatTlsa(tlsa: Tlsa): string {
  return `${formatParameters(tlsa)} ${toHex(tlsa.data)}`;
}

/** `3 1 1`: how people name a kind of record. */
export function formatParameters(tlsa: Omit<Tlsa, 'data'>): string {
  return `${tlsa.usage} ${tlsa.selector} ${tlsa.matchingType}`;
}

/** RFC 7218 §2.1. */
const USAGES: readonly string[] = ['PKIX-TA', 'PKIX-EE', 'DANE-TA', 'DANE-EE'];
/** RFC 7218 §2.2. */
const SELECTORS: readonly string[] = ['Cert', 'SPKI'];
/** RFC 7218 §2.3. */
const MATCHING_TYPES: readonly string[] = ['Full', 'SHA2-256', 'SHA2-512'];
/** The value each registry keeps for private use (RFC 7218 §2). */
const PRIVATE_USE = 255;
const PRIVATE_ACRONYMS = {
  usage: 'PrivCert',
  selector: 'PrivSel',
  matchingType: 'PrivMatch',
} as const;

/** E.g. `DANE-EE SPKI SHA2-256`; numbers where the registries have no acronym. */
export function acronyms(tlsa: Omit<Tlsa, 'data'>): string {
  return [
    acronym(USAGES, 'usage', tlsa.usage),
    acronym(SELECTORS, 'selector', tlsa.selector),
    acronym(MATCHING_TYPES, 'matchingType', tlsa.matchingType),
  ].join(' ');
}

function acronym(
  registry: readonly string[],
  field: keyof typeof PRIVATE_ACRONYMS,
  value: number,
): string {
  if (value === PRIVATE_USE) return PRIVATE_ACRONYMS[field];
  return registry[value] ?? String(value);
}
