/** From a DS RRset or a trust anchor to a zone's validated keys (RFC 4035 §5.2, RFC 4509 §3). */
import type { Name } from '../dns/name.ts';
import type { Observation, Reason } from './reason.ts';
import type { ValidityPeriod } from './rrsig.ts';
import type { ZoneKeys } from './signature-verdict.ts';
import type { SignedRRset } from './signed-rrset.ts';
import type { EntryPoints } from './trust-anchor.ts';
import type { Validation } from './work.ts';

export type DelegationVerdict = DelegationFacts &
  (
    | { readonly status: 'secure'; readonly zoneKeys: ZoneKeys }
    | { readonly status: 'insecure'; readonly reason: Reason }
    | { readonly status: 'bogus'; readonly reason: Reason }
  );

/** For display, in the shape of a resolver's `ZoneTrust`. */
export interface DelegationFacts {
  readonly ds: readonly DsFact[];
  readonly dnskeys: readonly DnskeyFact[];
  /** Tag of the key whose signature over the DNSKEY RRset was valid; null when none. */
  readonly signedBy: number | null;
  readonly signature: ValidityPeriod | null;
  readonly observations: readonly Observation[];
}

export interface DsFact {
  readonly keyTag: number;
  readonly algorithm: number;
  readonly digestType: number;
  /** Lower-case hexadecimal. */
  readonly digest: string;
}

export interface DnskeyFact {
  readonly keyTag: number;
  readonly algorithm: number;
  readonly flags: number;
  readonly secureEntryPoint: boolean;
}

/**
 * Whether the entry points can be used at all: null when they can, else why the zone is insecure.
 * Ask before fetching the DNSKEY RRset: an insecure zone need not have one (RFC 4035 §5.2).
 */
export function unsupportedEntryPoints(
  zone: Name,
  entryPoints: EntryPoints,
  validation: Validation,
): Reason | null {
  void entryPoints;
  void validation;
  throw new Error(`not built yet: ${zone.key}`);
}

/** `dnskeys` null: the zone's servers gave no DNSKEY RRset, which is bogus unless insecure anyway. */
export function verifyDelegation(
  zone: Name,
  entryPoints: EntryPoints,
  dnskeys: SignedRRset | null,
  validation: Validation,
): DelegationVerdict {
  void entryPoints;
  void dnskeys;
  void validation;
  throw new Error(`not built yet: ${zone.key}`);
}
