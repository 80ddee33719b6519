// The promise of every plan: whoever keeps to its times never meets a certificate that some cache's records refuse.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ComingChain } from '../../../../shared/rollover/chain.ts';
import {
  planRollover,
  type RolloverPlan,
  type RolloverQuestion,
} from '../../../../shared/rollover/plan.ts';
import { accepts, cached, changes, shownBy, type Instant, type World } from './caches.ts';

const digestOf = (name: string, octets: number): string =>
  Buffer.from(name.padEnd(octets, '.'))
    .toString('hex')
    .slice(0, octets * 2);
const keyRecord = (key: string): string => `3 1 1 ${digestOf(key, 32)}`;
const strongKeyRecord = (key: string): string => `3 1 2 ${digestOf(key, 64)}`;
const certificateRecord = (name: string): string => `3 0 1 ${digestOf(`cert ${name}`, 32)}`;
const issuerRecord = (issuer: string): string => `2 1 1 ${digestOf(`ca ${issuer}`, 32)}`;

interface Server {
  readonly name: string;
  readonly key: string;
  readonly kind: string;
  readonly issuer: string;
}

function allRecords({ name, key, issuer }: Server): readonly string[] {
  return [keyRecord(key), strongKeyRecord(key), certificateRecord(name), issuerRecord(issuer)];
}

interface Scene {
  readonly scheme: RolloverQuestion['scheme'];
  readonly old: readonly Server[];
  readonly next: readonly Server[];
  /** What of the next chains is given: a bare key tells nothing of certificate and issuer. */
  readonly bare: boolean;
  readonly strong: boolean;
  readonly history: readonly { readonly before: number; readonly records: readonly string[] }[];
  readonly lags: readonly (readonly number[])[];
  readonly ttl: number;
  readonly refresh: number;
  readonly safety: number;
  readonly seen: 'all' | 'nothing';
  /** How long after the truth looks found the records everywhere; null without a memory. */
  readonly noticed: number | null;
  readonly delays: readonly [number, number, number];
  readonly rollout: number;
}

const START = 1_000_000;

function comingOf(server: Server, { bare, scheme, strong }: Scene): ComingChain {
  const own = [keyRecord(server.key), ...(strong ? [strongKeyRecord(server.key)] : [])];
  const withIssuer = scheme === 'current+issuer' ? [...own, issuerRecord(server.issuer)] : own;
  return {
    key: digestOf(server.key, 32),
    certificate: bare ? null : server.name,
    kind: server.kind,
    records: bare ? [keyRecord(server.key), strongKeyRecord(server.key)] : allRecords(server),
    publish: withIssuer,
    issuersKnown: !bare,
  };
}

function worldBefore({ history, lags, ttl }: Scene): World {
  const versions = history.map(({ before, records }) => ({ from: START - before, records }));
  return { versions: [...versions].sort((a, b) => a.from - b.from), lags: [[], ...lags], ttl };
}

function questionOf(scene: Scene, world: World): RolloverQuestion {
  const servers = world.lags.map((_lag, server) => shownBy(world, server, START));
  const published = [...new Set(servers.flat())].sort();
  const everywhere = published.filter((record) => servers.every((shown) => shown.includes(record)));
  const begun = (record: string): Instant => {
    const missing = [...changes(world), START]
      .filter((at) => at <= START)
      .filter((at) =>
        world.lags.some((_lag, server) => !shownBy(world, server, at - 1).includes(record)),
      );
    return missing.length === 0 ? 0 : Math.max(...missing);
  };
  const since = (record: string): number | null =>
    scene.noticed === null ? null : Math.min(START, begun(record) + scene.noticed) * 1000;
  return {
    scheme: scene.scheme,
    published,
    everywhere: new Map(everywhere.map((record) => [record, since(record)])),
    outlived: [],
    presented:
      scene.seen === 'nothing'
        ? null
        : scene.old.map((server) => ({
            key: digestOf(server.key, 32),
            certificate: server.name,
            kind: server.kind,
            records: allRecords(server).filter((record) => published.includes(record)),
          })),
    presentedComplete: scene.seen === 'all',
    coming: scene.next.map((server) => comingOf(server, scene)),
    ttl: scene.ttl,
    negativeTtl: scene.ttl,
    refresh: scene.refresh,
    safety: scene.safety,
    start: START * 1000,
  };
}

interface Played {
  readonly world: World;
  readonly presented: (at: Instant) => readonly Server[];
  readonly instants: readonly Instant[];
}

/** Takes each step no earlier than planned, and up to `delays` later. */
function play(scene: Scene, before: World, { steps }: RolloverPlan): Played {
  const taken = new Map<string, Instant>();
  let last = START;
  let delay = 0;
  for (const step of steps) {
    if (step.kind === 'wait' || step.kind === 'settle' || step.kind === 'prepare') continue;
    const earliest = Math.max(last + step.after, Math.ceil(step.earliest / 1000));
    last = earliest + (scene.delays[delay] ?? 0);
    delay += 1;
    taken.set(step.kind, last);
    // Addresses change over one after the other; the next step follows the last of them.
    if (step.kind === 'deploy') last += scene.rollout;
  }
  const versions = steps.flatMap(({ kind, records }) => {
    const from = kind === 'publish' || kind === 'remove' ? taken.get(kind) : undefined;
    return from === undefined ? [] : [{ from, records }];
  });
  const world = { ...before, versions: [...before.versions, ...versions] };
  const deployed = taken.get('deploy') ?? Infinity;
  const kinds = new Set(scene.next.map(({ kind }) => kind));
  const several = new Set(scene.old.map(({ kind }) => kind)).size > 1;
  // Where nothing was seen, publishing waits until nothing else is presented: the step says so.
  const staying = scene.old.filter(
    ({ kind }) => several && !kinds.has(kind) && steps[0]?.kind !== 'deploy',
  );
  return {
    world,
    presented: (at) => [
      ...(at < deployed + scene.rollout ? scene.old : staying),
      ...(at >= deployed ? scene.next : []),
    ],
    instants: [START, deployed, deployed + scene.rollout, ...changes(world)]
      .flatMap((at) => [at - 1, at, at + world.ttl, at + world.ttl + 1])
      .filter((at) => at >= START && at < Infinity),
  };
}

/** The first meeting of a presented chain with a cached record set that refuses it; null when there is none. */
function clash({ world, presented, instants }: Played) {
  for (const at of instants) {
    for (const server of presented(at)) {
      const chain = { records: allRecords(server) };
      const refusing = cached(world, at).find((records) => !accepts(records, chain));
      if (refusing !== undefined) return { after: at - START, server: server.name, refusing };
    }
  }
  return null;
}

const issuers = fc.constantFrom('R1', 'R2');

/** One or two kinds of key; what comes may be of one of them, of both, or of another. */
const servers = fc
  .record({
    kinds: fc.constantFrom<readonly string[]>(['ECDSA'], ['RSA'], ['RSA', 'ECDSA']),
    nextKinds: fc.constantFrom<readonly string[]>(['ECDSA'], ['RSA'], ['RSA', 'ECDSA']),
    sameKey: fc.boolean(),
    oldIssuer: issuers,
    nextIssuer: issuers,
  })
  .map(({ kinds, nextKinds, sameKey, oldIssuer, nextIssuer }) => ({
    old: kinds.map((kind) => ({ name: `old ${kind}`, key: `a ${kind}`, kind, issuer: oldIssuer })),
    next: nextKinds.map((kind) => ({
      name: `next ${kind}`,
      key: `${sameKey ? 'a' : 'b'} ${kind}`,
      kind,
      issuer: nextIssuer,
    })),
  }));

const scenes: fc.Arbitrary<Scene> = servers.chain(({ old, next }) => {
  const pool = [...old, ...next].flatMap(allRecords);
  const strays = ['3 1 1 ' + digestOf('stray', 32), '1 1 1 ' + digestOf('web', 32)];
  const set = fc
    .uniqueArray(fc.constantFrom(...pool, ...strays), { maxLength: 6 })
    // Before the change mail came in: whatever was published fitted what was presented.
    .filter((records) => old.every((server) => accepts(records, { records: allRecords(server) })));
  const ttl = fc.integer({ min: 1, max: 10_000 });
  return fc.tuple(ttl, fc.integer({ min: 0, max: 10_000 })).chain(([seconds, refresh]) =>
    fc.record({
      scheme: fc.constantFrom('current+next', 'current+issuer'),
      old: fc.constant(old),
      next: fc.constant(next),
      bare: fc.boolean(),
      strong: fc.boolean(),
      history: fc.array(fc.record({ before: fc.integer({ min: 0, max: 30_000 }), records: set }), {
        minLength: 1,
        maxLength: 4,
      }),
      lags: fc.array(
        fc.array(fc.integer({ min: 0, max: refresh }), { minLength: 6, maxLength: 6 }),
        {
          maxLength: 2,
        },
      ),
      ttl: fc.constant(seconds),
      refresh: fc.constant(refresh),
      safety: fc.constantFrom(1, 1.5, 2),
      seen: fc.constantFrom('all', 'nothing'),
      noticed: fc.option(fc.integer({ min: 0, max: 5000 })),
      delays: fc.tuple(fc.nat(20_000), fc.nat(20_000), fc.nat(20_000)),
      rollout: fc.nat(5000),
    }),
  );
});

function outcomeOf(scene: Scene) {
  const before = worldBefore(scene);
  const question = questionOf(scene, before);
  // Records that were taken out before anybody looked are known to nobody: the plan says so in words.
  const isForgotten = question.presented === null && question.published.length === 0;
  if (isForgotten && before.versions.some(({ records }) => records.length > 0)) {
    return { kind: 'forgotten', clash: null } as const;
  }
  const planned = planRollover(question);
  if (planned.kind === 'refused') return { kind: 'refused', clash: null } as const;
  const played = play(scene, before, planned.plan);
  return { kind: 'planned', plan: planned.plan, clash: clash(played) } as const;
}

describe('a resolver that took any record set that was ever shown, at any instant within its TTL', () => {
  test('never meets a presented chain that the set refuses', () => {
    fc.assert(
      fc.property(scenes, (scene) => {
        expect(outcomeOf(scene).clash).toBeNull();
      }),
      { numRuns: 800 },
    );
  });

  test('and most key changes can be planned', () => {
    const planned = fc.sample(scenes, 500).filter((scene) => outcomeOf(scene).kind === 'planned');
    expect(planned.length).toBeGreaterThan(250);
  });

  // The property itself must be able to fail: with any wait left out, it does.
  test.each(['deploy', 'remove', 'publish'] as const)('does, where %s comes too early', (kind) => {
    const hurried = (scene: Scene): boolean => {
      const before = worldBefore(scene);
      const planned = planRollover(questionOf(scene, before));
      if (planned.kind === 'refused') return false;
      const { plan } = planned;
      const steps =
        kind === 'publish'
          ? plan.steps.filter((step) => step.kind !== 'publish')
          : plan.steps.map((step) =>
              step.kind === 'deploy' && kind === 'deploy'
                ? { ...step, earliest: START * 1000, after: 0 }
                : step,
            );
      const order =
        kind === 'remove'
          ? [...steps].sort((a, b) => Number(b.kind === 'remove') - Number(a.kind === 'remove'))
          : steps;
      const early = order.map((step) =>
        kind === 'remove' ? { ...step, earliest: START * 1000, after: 0 } : step,
      );
      return clash(play(scene, before, { ...plan, steps: early })) !== null;
    };
    expect(fc.sample(scenes, 1000).some(hurried)).toBe(true);
  });
});
