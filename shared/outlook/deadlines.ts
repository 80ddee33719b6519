/** What breaks next: every dated thing that mail to a domain hangs on, in the order of time. */
import type { Report } from '../inspection/report.ts';
import { cacheDeadlines } from './cache-deadlines.ts';
import { certificateDeadlines } from './certificate-deadlines.ts';
import type { Deadline, DeadlineWeight } from './deadline.ts';
import { signatureDeadlines } from './signature-deadlines.ts';

/** `at`, milliseconds since the epoch: the present of whoever asks. What has ended by then comes first. */
export function deadlinesOf(report: Report, at: number): readonly Deadline[] {
  return [
    ...signatureDeadlines(report, at),
    ...certificateDeadlines(report),
    ...cacheDeadlines(report, at),
  ].sort((a, b) => a.at - b.at || WEIGHTS.indexOf(a.weight) - WEIGHTS.indexOf(b.weight));
}

const WEIGHTS: readonly DeadlineWeight[] = ['stops', 'some', 'routine', 'harmless'];

/**
 * What to look at first: the earliest of what stops mail unless somebody acts, then of the signatures
 * that those who run the zones have to renew; null where nothing can break.
 */
export function nextToBreak(deadlines: readonly Deadline[]): Deadline | null {
  return (
    deadlines.find(({ weight }) => weight === 'stops') ??
    deadlines.find(({ weight, mends }) => weight === 'routine' && mends !== 'nobody') ??
    deadlines.find(({ weight }) => weight === 'some') ??
    deadlines.find(({ weight }) => weight === 'routine') ??
    null
  );
}
