/** How far a key change has come, and what may safely be done next, from one look at the host (RFC 7671 §8.1). */
import type { HostReport } from '../inspection/report.ts';
import {
  authenticates,
  isInstalled,
  ownRecord,
  presentedBy,
  type Chain,
  type ComingChain,
  type PresentedChains,
} from './chain.ts';
import type { RolloverPlan, RolloverStep } from './plan.ts';
import { shownAnywhere, whyNot } from './question.ts';
import type { Refusal } from './refusal.ts';
import { serverChecks, type ServerCheck } from './servers.ts';
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
    | 'complete'
    | 'servers-silent'
    | 'addresses-unseen'
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
  /** Addresses that present all new keys and none that they replace; the others; those that were not seen. */
  | {
      readonly kind: 'addresses';
      readonly right: readonly string[];
      readonly wrong: readonly string[];
      readonly unseen: readonly string[];
    }
  | { readonly kind: 'time'; readonly until: number | null }
  | { readonly kind: 'none' };

/** `now`: milliseconds since the epoch; `plan` was made from this look, or from an earlier one. */
export function progressOf(
  plan: RolloverPlan,
  host: HostReport,
  sightings: readonly Sighting[],
  now: number,
): Progress {
  const facts = factsOf(plan, host, sightings, now);
  return {
    verdict: verdictOf(plan, facts, now),
    steps: plan.steps.map((step) => ({ kind: step.kind, ...stepState(step, plan, facts, now) })),
  };
}

interface Facts {
  readonly refusal: Refusal | null;
  /** Publishing first is what makes installing safe. */
  readonly gated: boolean;
  readonly published: 'done' | 'missing' | 'silent';
  readonly servers: ServerCheck;
  readonly addresses: Extract<Check, { readonly kind: 'addresses' }>;
  readonly installed: 'all' | 'part' | 'none' | 'unseen';
  /** Some server shows records of which none fits a presented new chain. */
  readonly unmatched: boolean;
  readonly anyPublished: boolean;
  readonly readyAt: number;
  /** Null where it is not known when the old chain was seen last. */
  readonly settledAt: number | null;
  readonly stale: ServerCheck;
  readonly hasStale: boolean;
}

function factsOf(
  plan: RolloverPlan,
  host: HostReport,
  sightings: readonly Sighting[],
  now: number,
): Facts {
  const presented = presentedBy(host);
  const addresses = addressesOf(plan, host);
  const installed = installedState(plan, presented, addresses);
  const wanted = plan.coming.flatMap(({ publish }) => publish);
  const serving = installed === 'all' ? [] : [...plan.replaced, ...plan.staying];
  const servers = serverChecks(host.tlsa, (shown) => {
    const has = (record: string): boolean => shown.includes(record);
    return wanted.every(has) && serving.every((chain) => authenticates(shown, withOwn(chain)));
  });
  const sighted = new Set(sightings.map(({ record }) => record));
  const remembered = wanted.every((record) => sighted.has(record));
  const stale = plan.steps.find(({ kind }) => kind === 'remove')?.remove ?? [];
  const deploy = plan.steps.find(({ kind }) => kind === 'deploy');
  const isPresented = (chain: ComingChain): boolean =>
    presented.chains.some((each) => isInstalled(chain, each));
  return {
    refusal: whyNot(host),
    gated: (deploy?.after ?? 0) > 0,
    published:
      servers.wrong.length > 0
        ? 'missing'
        : servers.silent.length > 0 && !remembered
          ? 'silent'
          : 'done',
    servers,
    addresses,
    installed,
    unmatched: plan.coming.some(
      (chain) =>
        isPresented(chain) &&
        serverChecks(host.tlsa, (shown) => shown.length === 0 || authenticates(shown, chain)).wrong
          .length > 0,
    ),
    anyPublished: shownAnywhere(host).length > 0,
    readyAt: deploy?.earliest ?? now,
    settledAt: settledAt(plan, stale, sightings),
    stale: serverChecks(host.tlsa, (shown) => stale.every((record) => !shown.includes(record))),
    hasStale: stale.length > 0,
  };
}

function withOwn(chain: Chain): Chain {
  return { ...chain, records: [...chain.records, ownRecord(chain)] };
}

function addressesOf(
  { coming, replaced }: RolloverPlan,
  { addresses }: HostReport,
): Facts['addresses'] {
  const standing = addresses.map(({ address, probes }) => {
    const leaves = probes
      .filter(({ offer }) => offer !== 'no-sni')
      .flatMap(({ chain }) => chain[0] ?? []);
    const presents = (chain: Chain): boolean =>
      leaves.some(({ certSha256, spkiSha256 }) =>
        chain.certificate === null ? chain.key === spkiSha256 : chain.certificate === certSha256,
      );
    const isRight = coming.every(presents) && !replaced.some(presents);
    const stands = leaves.length === 0 ? 'unseen' : isRight ? 'right' : 'wrong';
    return { address, stands } as const;
  });
  const those = (stands: 'right' | 'wrong' | 'unseen'): readonly string[] =>
    standing.filter((each) => each.stands === stands).map(({ address }) => address);
  return {
    kind: 'addresses',
    right: those('right'),
    wrong: those('wrong'),
    unseen: those('unseen'),
  };
}

function installedState(
  { coming }: RolloverPlan,
  { chains }: PresentedChains,
  { right, wrong, unseen }: Facts['addresses'],
): Facts['installed'] {
  if (right.length + wrong.length === 0) return 'unseen';
  if (wrong.length === 0) return unseen.length === 0 ? 'all' : 'part';
  const isSome = chains.some((each) => coming.some((chain) => isInstalled(chain, each)));
  return isSome ? 'part' : 'none';
}

/** Counted from the last look at which an old record still matched what was presented. */
function settledAt(
  { settle }: RolloverPlan,
  stale: readonly string[],
  sightings: readonly Sighting[],
): number | null {
  const matched = sightings
    .filter(({ record }) => stale.includes(record))
    .map(({ matchedAt }) => (matchedAt === undefined ? null : Date.parse(matchedAt)));
  const known = matched.filter((at) => at !== null);
  return known.length === 0 ? null : Math.max(...known) + settle * 1000;
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
  if (plan.steps[0]?.kind === 'deploy' && installed !== 'all')
    return say('deploy-now', 'install-first');
  if (!facts.anyPublished && published === 'missing') return say('publish-first', 'unpublished');
  // A key that is presented may get another certificate, which not every record of before need fit.
  const isOpen = now < readyAt && plan.coming.some(({ certificate }) => certificate === null);
  if (installed === 'all' && !isOpen) return afterInstalling(plan, facts, now, say);
  if (gated && published === 'missing') return say('publish-first', 'records-missing');
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
  return plan.scheme === 'current+next' && !isPrepared(plan)
    ? say('nothing-to-do', 'no-next-key')
    : say('nothing-to-do', 'complete');
}

/** What matches nothing once all is installed stands for the key to follow, or is left over: only its owner knows. */
function isPrepared({ undecided }: RolloverPlan): boolean {
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
      if (isInstalled) return of('done', facts.addresses);
      if (isBlocked) return of('not-yet', facts.addresses);
      return now < readyAt ? of('wait', facts.addresses, readyAt) : of('now', facts.addresses);
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
      if (facts.stale.wrong.length === 0 && facts.stale.silent.length === 0) {
        return of('done', check);
      }
      return settled !== null && now < settled ? of('wait', check, settled) : of('now', check);
    }
    case 'prepare': {
      const state = isPrepared(plan) ? 'done' : 'now';
      return of(isInstalled ? state : 'not-yet', { kind: 'none' });
    }
  }
}
