/** How far a key change has come, and what may safely be done next, from one look at the host (RFC 7671 §8.1). */
import type { HostReport } from '../inspection/report.ts';
import { factsOf, type AddressCheck, type Facts } from './facts.ts';
import type { RolloverPlan, RolloverStep } from './plan.ts';
import type { Refusal } from './refusal.ts';
import type { ServerCheck } from './servers.ts';
import type { Sighting } from './sightings.ts';

export interface Progress {
  readonly verdict: Verdict;
  /** One for each step of the plan, in its order. */
  readonly steps: readonly StepProgress[];
}

export interface Verdict {
  readonly kind:
    'publish-first' | 'wait' | 'deploy-now' | 'remove-now' | 'nothing-to-do' | 'could-not-tell';
  /** Milliseconds since the epoch, with `wait`; else null. */
  readonly until: number | null;
  readonly because:
    /** Some server lacks the records to come; nothing is installed yet. */
    | 'records-missing'
    /** …and the certificate in use has no record either: senders keep mail back now. */
    | 'uncovered-now'
    /** No server shows any record: senders do not authenticate the host, whatever it presents. */
    | 'unpublished'
    /** The new certificate is presented and its records are missing: senders keep mail back. */
    | 'installed-unpublished'
    /** Nothing is broken, but the key’s own record is missing. */
    | 'records-incomplete'
    | 'caches'
    /** Installed before caches had the records. */
    | 'installed-early'
    | 'installed-in-part'
    | 'settling'
    | 'ready'
    /** The key to come is in use: only the certificate changes. */
    | 'same-key'
    /** Nothing is published, so that the certificate comes first. */
    | 'install-first'
    | 'old-records'
    /** All is done but the record of the following key. */
    | 'no-next-key'
    /** …which a record that matches nothing may be, or that is left over. */
    | 'maybe-next-key'
    | 'complete'
    | 'servers-silent'
    | 'addresses-unseen'
    /** By the last look it would be safe, but much may have changed since then. */
    | 'look-old'
    | 'look-failed';
  /** With `look-failed`. */
  readonly refusal: Refusal | null;
}

export interface StepProgress {
  readonly kind: RolloverStep['kind'];
  /** `wait`: its time has not come; `not-yet`: steps before it are not done; `unknown`: the look does not tell. */
  readonly state: 'done' | 'now' | 'wait' | 'not-yet' | 'unknown';
  /** Milliseconds since the epoch, where time is what it waits for; else null. */
  readonly until: number | null;
  readonly check: Check;
}

export type Check =
  /** Name servers that are as the step wants them; those that are not, and those that did not say. */
  | ({ readonly kind: 'servers' } & ServerCheck)
  | ({ readonly kind: 'addresses' } & AddressCheck)
  | { readonly kind: 'time'; readonly until: number | null }
  | { readonly kind: 'none' };

/** Milliseconds after which a look is too old for “now”: time enough to read it, and to act upon it. */
const LOOK_COUNTS_FOR = 10 * 60_000;

/** Milliseconds since the epoch: `now`, and when the look ended; `plan` was made from this look, or from an earlier one. */
export function progressOf(
  plan: RolloverPlan,
  host: HostReport,
  sightings: readonly Sighting[],
  now: number,
  seenAt = now,
): Progress {
  const facts = factsOf(plan, host, sightings, now);
  const verdict = verdictOf(plan, facts, now);
  const isAct = verdict.kind === 'deploy-now' || verdict.kind === 'remove-now';
  return {
    verdict:
      isAct && now - seenAt > LOOK_COUNTS_FOR
        ? { ...verdict, kind: 'could-not-tell', because: 'look-old' }
        : verdict,
    steps: plan.steps.map((step) => ({ kind: step.kind, ...stepState(step, plan, facts, now) })),
  };
}

function verdictOf(plan: RolloverPlan, facts: Facts, now: number): Verdict {
  const say = (
    kind: Verdict['kind'],
    because: Verdict['because'],
    until: number | null = null,
  ): Verdict => ({ kind, because, until, refusal: facts.refusal });
  const { published, installed, gated, readyAt } = facts;
  if (facts.refusal !== null) return say('could-not-tell', 'look-failed');
  if (facts.unmatched) return say('publish-first', 'installed-unpublished');
  if (plan.steps[0]?.kind === 'deploy' && installed !== 'all') {
    // A server that did not say may lag behind, with records that somebody took out.
    return facts.servers.silent.length > 0
      ? say('could-not-tell', 'servers-silent')
      : say('deploy-now', 'install-first');
  }
  if (!facts.anyPublished && published === 'missing') return say('publish-first', 'unpublished');
  // A key that is presented may get another certificate, which not every record of before need fit.
  const isOpen = now < readyAt && plan.coming.some(({ certificate }) => certificate === null);
  if (installed === 'all' && !isOpen) {
    const { earlyUntil } = facts;
    if (earlyUntil !== null && now < earlyUntil) return say('wait', 'installed-early', earlyUntil);
    return afterInstalling(plan, facts, now, say);
  }
  if (gated && published === 'missing') {
    const isUncovered = plan.notes.some(({ code }) => code === 'uncovered-now');
    return say('publish-first', isUncovered ? 'uncovered-now' : 'records-missing');
  }
  if (gated && published === 'silent') return say('could-not-tell', 'servers-silent');
  if (now < readyAt) {
    return say('wait', installed === 'part' ? 'installed-early' : 'caches', readyAt);
  }
  if (plan.notes.some(({ code }) => code === 'same-key')) return say('deploy-now', 'same-key');
  if (installed === 'part') return say('deploy-now', 'installed-in-part');
  return say('deploy-now', installed === 'unseen' ? 'addresses-unseen' : 'ready');
}

function afterInstalling(
  plan: RolloverPlan,
  { published, hasStale, settledAt: settled }: Facts,
  now: number,
  say: (kind: Verdict['kind'], because: Verdict['because'], until?: number | null) => Verdict,
): Verdict {
  if (published === 'missing') return say('publish-first', 'records-incomplete');
  if (hasStale) {
    if (settled !== null && now < settled) return say('wait', 'settling', settled);
    return say('remove-now', 'old-records');
  }
  if (plan.scheme !== 'current+next') return say('nothing-to-do', 'complete');
  return say('nothing-to-do', maybePrepared(plan) ? 'maybe-next-key' : 'no-next-key');
}

/** What matches nothing once all is installed stands for the key to follow, or is left over: only its owner knows. */
function maybePrepared({ undecided }: RolloverPlan): boolean {
  return undecided.some((record) => record.startsWith('3 '));
}

function stepState(
  step: RolloverStep,
  plan: RolloverPlan,
  facts: Facts,
  now: number,
): Omit<StepProgress, 'kind'> {
  const of = (
    state: StepProgress['state'],
    check: Check,
    until: number | null = null,
  ): Omit<StepProgress, 'kind'> => ({ state, check, until });
  if (facts.refusal !== null) return of('unknown', { kind: 'none' });
  const { published, installed, gated, readyAt, settledAt: settled } = facts;
  const isInstalled = installed === 'all';
  const isBlocked = gated && published !== 'done';
  const ofServers: Check = { kind: 'servers', ...facts.servers };
  switch (step.kind) {
    case 'publish': {
      const states = { done: 'done', missing: 'now', silent: 'unknown' } as const;
      const waitsForInstalling = plan.steps[0]?.kind === 'deploy' && !isInstalled;
      return of(waitsForInstalling ? 'not-yet' : states[published], ofServers);
    }
    case 'wait': {
      if (isInstalled) return of('done', { kind: 'time', until: null });
      if (isBlocked) return of('not-yet', { kind: 'time', until: null });
      const check: Check = { kind: 'time', until: readyAt };
      return now < readyAt ? of('wait', check, readyAt) : of('done', check);
    }
    case 'deploy': {
      const ofAddresses: Check = { kind: 'addresses', ...facts.addresses };
      if (isInstalled) return of('done', ofAddresses);
      if (isBlocked) return of('not-yet', ofAddresses);
      return now < readyAt ? of('wait', ofAddresses, readyAt) : of('now', ofAddresses);
    }
    case 'settle': {
      if (!isInstalled) return of('not-yet', { kind: 'time', until: null });
      if (settled === null) return of('unknown', { kind: 'time', until: null });
      const check: Check = { kind: 'time', until: settled };
      return now < settled ? of('wait', check, settled) : of('done', check);
    }
    case 'remove': {
      const check: Check = { kind: 'servers', ...facts.stale };
      if (!isInstalled) return of('not-yet', { kind: 'none' });
      const { right, wrong, silent } = facts.stale;
      if (right.length > 0 && wrong.length + silent.length === 0) return of('done', check);
      return settled !== null && now < settled ? of('wait', check, settled) : of('now', check);
    }
    case 'prepare': {
      const state = maybePrepared(plan) ? 'unknown' : 'now';
      return of(isInstalled ? state : 'not-yet', { kind: 'none' });
    }
  }
}
