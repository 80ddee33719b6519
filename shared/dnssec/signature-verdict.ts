/** What the verification of an RRset's signatures comes to (RFC 4035 §5.3). */
import type { Name } from '../dns/name.ts';
import type { Dnskey } from './dnskey.ts';
import type { Observation, Reason } from './reason.ts';
import type { ValidityPeriod } from './rrsig.ts';

/** A zone and those of its keys that are to be believed. */
export interface ZoneKeys {
  readonly zone: Name;
  readonly keys: readonly Dnskey[];
}

export type SignatureVerdict = ValidSignature | BogusSignature;

export interface ValidSignature {
  readonly status: 'valid';
  /** The key whose signature was good. */
  readonly key: Dnskey;
  readonly period: ValidityPeriod;
  /** Seconds for which the RRset may be kept (RFC 4035 §5.3.3). */
  readonly ttl: number;
  /** Set when the data came from a wildcard: then the next closer name must be denied too. */
  readonly expansion: WildcardExpansion | null;
  readonly observations: readonly Observation[];
}

export interface BogusSignature {
  readonly status: 'bogus';
  readonly reason: Reason;
  readonly observations: readonly Observation[];
}

/** RFC 4035 §5.3.4, RFC 5155 §8.8. */
export interface WildcardExpansion {
  readonly wildcard: Name;
  readonly closestEncloser: Name;
  /** The ancestor of the owner (or itself) one label below the closest encloser. */
  readonly nextCloser: Name;
}
