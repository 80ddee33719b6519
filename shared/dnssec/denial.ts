/** Authenticated denial of existence with NSEC and NSEC3 alike (RFC 4035 §5.4, RFC 5155 §8). */
import type { Name } from '../dns/name.ts';
import type { Nsec } from './nsec.ts';
import type { Nsec3 } from './nsec3.ts';
import type { Observation, Reason } from './reason.ts';
import type { WildcardExpansion, ZoneKeys } from './signature-verdict.ts';
import type { SignedRRset } from './signed-rrset.ts';
import type { Validation } from './work.ts';

/** The NSEC and NSEC3 records of one response whose signatures by `zone` are valid. */
export interface DenialRecords {
  readonly zone: Name;
  readonly nsec: readonly (Nsec & { readonly owner: Name })[];
  readonly nsec3: readonly (Nsec3 & { readonly ownerHash: Uint8Array })[];
  /** Why records were left out, first one first; null when none were. */
  readonly rejected: Reason | null;
  /** Smallest TTL for which they may be kept, seconds; null without records. */
  readonly ttl: number | null;
  readonly observations: readonly Observation[];
  readonly validation: Validation;
}

export type DenialVerdict =
  | { readonly status: 'secure'; readonly observations: readonly Observation[] }
  /** Rests on an opt-out span, or on more iterations than we hash. */
  | {
      readonly status: 'insecure';
      readonly reason: Reason;
      readonly observations: readonly Observation[];
    }
  | {
      readonly status: 'bogus';
      readonly reason: Reason;
      readonly observations: readonly Observation[];
    };

/** Verifies every NSEC and NSEC3 RRset of an authority section (other types are passed over). */
export function denialRecords(
  authority: readonly SignedRRset[],
  zone: ZoneKeys,
  validation: Validation,
): DenialRecords {
  throw new Error(`not built yet: ${authority.length} ${zone.zone.key} ${validation.at}`);
}

/** NOERROR without the type: the name exists (or a wildcard, or an empty non-terminal), the type does not. */
export function proveNoData(denial: DenialRecords, name: Name, type: number): DenialVerdict {
  throw new Error(`not built yet: ${denial.zone.key} ${name.key} ${type}`);
}

/** NXDOMAIN: neither the name nor a wildcard for it exists. */
export function proveNameError(denial: DenialRecords, name: Name): DenialVerdict {
  throw new Error(`not built yet: ${denial.zone.key} ${name.key}`);
}

/** A positive answer from a wildcard: nothing closer to the owner name exists. */
export function proveWildcardExpansion(
  denial: DenialRecords,
  expansion: WildcardExpansion,
): DenialVerdict {
  throw new Error(`not built yet: ${denial.zone.key} ${expansion.wildcard.key}`);
}

export type CutVerdict =
  /** A delegation without DS: what is below is unsigned (or an opt-out span says it may be). */
  | {
      readonly kind: 'insecure-delegation';
      readonly reason: Reason;
      readonly observations: readonly Observation[];
    }
  /** Proven that no zone is cut there: the name belongs to `denial.zone`, or does not exist. */
  | { readonly kind: 'no-delegation'; readonly observations: readonly Observation[] }
  | {
      readonly kind: 'bogus';
      readonly reason: Reason;
      readonly observations: readonly Observation[];
    };

/** What the denial of a DS RRset at `cut` (a referral without DS, or an answer to a DS query) says. */
export function proveNoDs(denial: DenialRecords, cut: Name): CutVerdict {
  throw new Error(`not built yet: ${denial.zone.key} ${cut.key}`);
}

/**
 * Of the names (all at or below `denial.zone`, above no cut), those that an aggressive cache
 * (RFC 8198) would take for non-existent. Not counted: an NSEC whose next name lies below the name
 * (a correct NODATA for an empty non-terminal), an opt-out span, and names whose data comes from a
 * wildcard: one that these records show, or one of `wildcards` (`*.…` names known to exist).
 */
export function covered(
  denial: DenialRecords,
  names: readonly Name[],
  wildcards: readonly Name[],
): readonly Name[] {
  throw new Error(`not built yet: ${denial.zone.key} ${names.length} ${wildcards.length}`);
}
