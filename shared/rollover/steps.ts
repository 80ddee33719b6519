/** The steps of a key change in their order, each with its earliest time (RFC 7671 §8.1). */
import { authenticates, effectiveRecords, isKeyInUse, type ComingChain } from './chain.ts';
import type { PlanNote, RolloverPlan, RolloverQuestion, RolloverStep } from './plan.ts';
import type { Parts } from './record-sets.ts';

export function stepsOf(question: RolloverQuestion, parts: Parts): RolloverPlan {
  const { coming, scheme } = question;
  const { replaced, staying, undecided } = parts;
  const readiness = coming.map((chain) => readinessOf(chain, question, parts));
  const installFirst = question.published.length === 0 && question.presented === null;
  // A bare key may get another certificate than the one that it has now.
  const isDone = parts.deployed && coming.every(({ certificate }) => certificate !== null);
  const noWait = isDone || installFirst;
  const deployAt = noWait
    ? question.start
    : Math.max(question.start, ...readiness.map(({ at }) => at));
  const after = noWait
    ? 0
    : Math.max(0, ...readiness.map(({ afterPublishing }) => afterPublishing));
  return {
    scheme,
    steps: installFirst
      ? installThenPublish(question, parts)
      : publishThenInstall(question, parts, deployAt, after),
    wait: Math.ceil((deployAt - question.start) / 1000),
    settled: settledAfter(question),
    settle: settleTime(question),
    covered: [...new Set(readiness.flatMap(({ covered }) => covered))].sort(),
    coming,
    replaced,
    staying,
    inForce: question.published.length > 0,
    undecided,
    notes: notesOf(question, parts, installFirst, noWait ? [] : readiness),
  };
}

interface Readiness {
  /** Milliseconds since the epoch: no cache holds a set any more that does not fit the chain. */
  readonly at: number;
  /** Seconds from publishing on, where a record must be published for it. */
  readonly afterPublishing: number;
  /** Records that every server shows already, and that fit the chain. */
  readonly covered: readonly string[];
  readonly sinceUnknown: boolean;
}

/** The first of its records to be in every cache is enough. */
function readinessOf(chain: ComingChain, question: RolloverQuestion, { both }: Parts): Readiness {
  const { everywhere, start, ttl, safety } = question;
  const effective = effectiveRecords(both, chain);
  const covered = effective.filter((record) => everywhere.has(record));
  const standing = covered.map((record) => everywhere.get(record) ?? null);
  const untilSettled = Math.ceil(safety * ttl) * 1000;
  const published = standing.map((since) => (since ?? start) + untilSettled);
  const publishing = settledAfter(question);
  const fresh = start + publishing * 1000;
  const at = Math.min(fresh, ...published);
  return {
    at: effective.length === 0 ? Infinity : at,
    afterPublishing: covered.length > 0 ? 0 : publishing,
    covered,
    sinceUnknown: standing.length > 0 && standing.every((since) => since === null),
  };
}

/**
 * RFC 7671 §8.1: published two TTLs or longer before the new chain is deployed; before that the slowest
 * secondary has to fetch the zone (RFC 1035 §3.3.13). Where nothing is published, what caches may hold is
 * its absence (RFC 2308 §5), or records that were taken out lately.
 */
function settledAfter({ published, ttl, negativeTtl, refresh, safety }: RolloverQuestion): number {
  const cached = published.length > 0 ? ttl : Math.max(ttl, negativeTtl);
  return Math.ceil(refresh + safety * cached);
}

/**
 * No cache asks for it: what caches hold by now fits the new chain, with the old records or without
 * (RFC 7671 §8.1 has the old ones removed once the new chain is verified). It keeps the way back open.
 */
function settleTime({ ttl, safety }: RolloverQuestion): number {
  return Math.ceil(safety * ttl);
}

function publishThenInstall(
  question: RolloverQuestion,
  { both, stale, final, undecided, deployed }: Parts,
  deployAt: number,
  after: number,
): readonly RolloverStep[] {
  const { start, everywhere, scheme, coming } = question;
  const settle = settleTime(question);
  const unchanged = { add: [], remove: [] };
  // What a person has to decide on is left alone, and what is on its way out is not put back.
  const wanted = deployed ? coming.flatMap(({ publish }) => publish) : both;
  const add = wanted.filter((record) => !everywhere.has(record) && !undecided.includes(record));
  const removeAt = deployAt + settle * 1000;
  const steps: readonly (RolloverStep | null)[] = [
    { kind: 'publish', earliest: start, after: 0, records: both, add, remove: [] },
    deployAt > start
      ? { kind: 'wait', earliest: start, after: 0, records: both, ...unchanged }
      : null,
    { kind: 'deploy', earliest: deployAt, after, records: both, ...unchanged },
    ...(stale.length === 0
      ? []
      : ([
          { kind: 'settle', earliest: deployAt, after: 0, records: both, ...unchanged },
          {
            kind: 'remove',
            earliest: removeAt,
            after: settle,
            records: final,
            add: [],
            remove: stale,
          },
        ] as const)),
    stale.length === 0 && scheme === 'current+next'
      ? { kind: 'prepare', earliest: deployAt, after: 0, records: final, ...unchanged }
      : null,
  ];
  return steps.filter((step) => step !== null);
}

/** A sender that finds no records takes any certificate: published before it is presented, they would refuse the one in use. */
function installThenPublish(
  { start, scheme }: RolloverQuestion,
  { both }: Parts,
): readonly RolloverStep[] {
  const common = { earliest: start, after: 0, remove: [] };
  return [
    { kind: 'deploy', records: [], add: [], ...common },
    { kind: 'publish', records: both, add: both, ...common },
    ...(scheme === 'current+next'
      ? ([{ kind: 'prepare', records: both, add: [], ...common }] as const)
      : []),
  ];
}

function notesOf(
  { presented, presentedComplete, published, coming }: RolloverQuestion,
  { staying, undecided }: Parts,
  installFirst: boolean,
  readiness: readonly Readiness[],
): readonly PlanNote[] {
  const kindsOf = (chains: readonly { readonly kind: string }[]): readonly string[] => [
    ...new Set(chains.map(({ kind }) => kind)),
  ];
  const uncovered = (presented ?? []).filter((chain) => !authenticates(published, chain));
  const unknown = readiness
    .filter(({ sinceUnknown }) => sinceUnknown)
    .flatMap(({ covered }) => covered);
  const sameKey =
    readiness.length > 0 &&
    readiness.every(({ covered }) => covered.length > 0) &&
    coming.every((chain) => isKeyInUse(chain, presented ?? []));
  const inUse = new Set((presented ?? []).flatMap(({ records }) => records));
  const issuers = undecided.filter((record) => inUse.has(record));
  const leftovers = undecided.filter((record) => !inUse.has(record));
  const notes: readonly (PlanNote | false)[] = [
    installFirst && { code: 'deploy-first' },
    presented === null && !installFirst && { code: 'presented-unknown' },
    presented !== null && !presentedComplete && { code: 'presented-in-part' },
    published.length > 0 &&
      uncovered.length > 0 && { code: 'uncovered-now', kinds: kindsOf(uncovered) },
    staying.length > 0 && { code: 'other-keys-stay', kinds: kindsOf(staying) },
    sameKey && { code: 'same-key' },
    unknown.length > 0 && { code: 'since-unknown', records: [...new Set(unknown)].sort() },
    leftovers.length > 0 && { code: 'undecided', records: leftovers },
    issuers.length > 0 && { code: 'issuers-undecided', records: issuers },
  ];
  return notes.filter((note) => note !== false);
}
