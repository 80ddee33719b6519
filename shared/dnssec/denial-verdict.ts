/** What a denial of existence comes to, and the records it is made from (RFC 4035 §5.4, RFC 5155 §8). */
import type { Name } from '../dns/name.ts';
import type { Nsec } from './nsec.ts';
import type { Nsec3 } from './nsec3.ts';
import type { Observation, Reason } from './reason.ts';
import type { Validation } from './work.ts';

export interface OwnedNsec extends Nsec {
  readonly owner: Name;
}

export interface OwnedNsec3 extends Nsec3 {
  /** What the left-most label of the owner name stands for. */
  readonly ownerHash: Uint8Array;
}

/** The NSEC and NSEC3 records of one response whose signatures by `zone` are valid. */
export interface DenialRecords {
  readonly zone: Name;
  readonly nsec: readonly OwnedNsec[];
  /** Those that may be used: SHA-1, known flags, iterations within our limit. */
  readonly nsec3: readonly OwnedNsec3[];
  /** Iterations of an NSEC3 that was left out for having too many; null when none was. */
  readonly excessIterations: number | null;
  /** Why records were left out as bogus, first one first; null when none were. */
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

/** What records of one kind show; null when they do not show it. */
export type Proof = 'proven' | 'opt-out' | null;
