/** One dated thing that mail to a domain hangs on, and what happens to mail when its time has come. */
import type { Mender } from '../findings/finding.ts';

export interface Deadline {
  /** Tells it from the others of one report. */
  readonly key: string;
  readonly kind: 'signature' | 'certificate' | 'cache' | 'policy';
  readonly weight: DeadlineWeight;
  /** Milliseconds since the epoch: where its time began, and where it ends. */
  readonly from: number;
  readonly at: number;
  readonly what: string;
  /** Plain words: what happens to mail then, and why. */
  readonly consequence: string;
  readonly mends: Mender;
  /** The deciding clause. */
  readonly reference: string;
  /** What it is made of, where that is more than one thing. */
  readonly parts: readonly { readonly what: string; readonly at: number }[];
}

/**
 * - `stops`: senders that check DANE defer mail then, and somebody has to act.
 * - `routine`: they would, but it is renewed as a matter of course, and there is time left for it.
 * - `some`: senders are struck that go by other things than DANE.
 * - `harmless`: nothing breaks; what was changed is known everywhere.
 */
export type DeadlineWeight = 'stops' | 'routine' | 'some' | 'harmless';
