/** Plans a key change: which records stand when, and how long each step must wait (RFC 7671 §8.1, §8.4). */
import type { Chain, ComingChain } from './chain.ts';
import { faultOf, partsOf } from './record-sets.ts';
import type { Refusal } from './refusal.ts';
import { stepsOf } from './steps.ts';

export type Scheme = 'current+next' | 'current+issuer';

export interface RolloverQuestion {
  readonly scheme: Scheme;
  /** Every record that some server shows, in presentation form; empty when there is none. */
  readonly published: readonly string[];
  /** Those that every authoritative server shows, and since when in milliseconds since the epoch; null where that is not known. */
  readonly everywhere: ReadonlyMap<string, number | null>;
  /** Records that matched what the host presented at an earlier look, and match nothing that is presented or to come. */
  readonly outlived: readonly string[];
  /** What the host presents now; null where nothing of it was seen. */
  readonly presented: readonly Chain[] | null;
  /** All its addresses were seen. */
  readonly presentedComplete: boolean;
  readonly coming: readonly ComingChain[];
  /** Seconds that a cache may keep the RRset. */
  readonly ttl: number;
  /** Seconds that a cache may keep its absence (RFC 2308 §5); counts where nothing is published yet. */
  readonly negativeTtl: number;
  /** Seconds that a secondary may lag behind the primary: SOA REFRESH (RFC 1035 §3.3.13). */
  readonly refresh: number;
  /** How many TTLs to wait: 2 is what operators are advised, as caches may hold on a little longer. */
  readonly safety: number;
  /** Milliseconds since the epoch: when the first step may be taken. */
  readonly start: number;
}

export interface RolloverStep {
  /** `wait`: for caches. `settle`: with both records, so that the way back stays open. */
  readonly kind: 'publish' | 'wait' | 'deploy' | 'settle' | 'remove' | 'prepare';
  /** Milliseconds since the epoch: not before then, if the steps before were taken as early as they may be. */
  readonly earliest: number;
  /** Seconds that must lie between the end of the step before, checked, and this one. */
  readonly after: number;
  /** The whole RRset from this step on, in presentation form, sorted. */
  readonly records: readonly string[];
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

export interface RolloverPlan {
  readonly scheme: Scheme;
  readonly steps: readonly RolloverStep[];
  /** Seconds between publishing and deploying; 0 where the new chain is covered already. */
  readonly wait: number;
  /** Seconds after which a published record has reached every cache. */
  readonly settled: number;
  /** Seconds after deploying in which the old records stay. */
  readonly settle: number;
  /** Published records that the new chain will match: they are why nothing need be waited for. */
  readonly covered: readonly string[];
  readonly coming: readonly ComingChain[];
  /** Chains that the host presents now and that the coming ones take the place of. */
  readonly replaced: readonly Chain[];
  /** Chains that it goes on presenting: keys of another kind, for which nothing new was given. */
  readonly staying: readonly Chain[];
  /** Some server shows a record, so that senders authenticate the host already. */
  readonly inForce: boolean;
  /** Published records that nothing known matches: kept keys for later, or left over; a person has to say. */
  readonly undecided: readonly string[];
  readonly notes: readonly PlanNote[];
}

export type PlanNote =
  /** What the host presents could not be seen, so nothing is known to be old. */
  | { readonly code: 'presented-unknown' }
  /** Some address could not be seen. */
  | { readonly code: 'presented-in-part' }
  /** Keys of these kinds stay as they are: a server with two keys needs records for both. */
  | { readonly code: 'other-keys-stay'; readonly kinds: readonly string[] }
  /** The host presents keys now that no record covers: its mail is being kept back. */
  | { readonly code: 'uncovered-now'; readonly kinds: readonly string[] }
  /** Published everywhere, but not known for how long: counted from now on. */
  | { readonly code: 'since-unknown'; readonly records: readonly string[] }
  | { readonly code: 'undecided'; readonly records: readonly string[] }
  /** Records of issuers that a key’s chain, not known yet, may turn out to fit. */
  | { readonly code: 'issuers-undecided'; readonly records: readonly string[] }
  /** The key to come is the key in use. */
  | { readonly code: 'same-key' }
  /** The records live elsewhere, and every name that leads there shares them. */
  | { readonly code: 'alias'; readonly name: string; readonly owner: string }
  /** Nothing is published: installing comes first, since nobody can refuse the certificate. */
  | { readonly code: 'deploy-first' };

export type Planned =
  | { readonly kind: 'planned'; readonly plan: RolloverPlan }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

export function planRollover(question: RolloverQuestion): Planned {
  if (question.coming.length === 0) return refused({ code: 'nothing-to-come' });
  const parts = partsOf(question);
  const fault = faultOf(question, parts);
  return fault === null ? { kind: 'planned', plan: stepsOf(question, parts) } : refused(fault);
}

function refused(refusal: Refusal): Planned {
  return { kind: 'refused', refusal };
}
