// Whoever does what each verdict says, and nothing else, never has a certificate refused; and gets done.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ComingChain } from '../../../../shared/rollover/chain.ts';
import { progressOf, type Verdict } from '../../../../shared/rollover/progress.ts';
import type { RolloverPlan } from '../../../../shared/rollover/plan.ts';
import { planFor } from '../../../../shared/rollover/question.ts';
import {
  remember,
  sightingsOf,
  type HostMemory,
  type Sighting,
} from '../../../../shared/rollover/sightings.ts';
import { accepts, cached, changes, shownBy, type World } from './caches.ts';
import { key, leaf, look, type Shown } from './looks.ts';

const START = 1_000_000;

interface Story {
  readonly old: readonly string[];
  readonly next: readonly string[];
  /** Beside the records of the old keys, the next one's may be there already. */
  readonly prepared: readonly string[];
  /** Seconds before the first look at which `prepared` was published. */
  readonly preparedBefore: number;
  readonly lags: readonly (readonly number[])[];
  readonly ttl: number;
  readonly refresh: number;
  readonly safety: number;
  /** Seconds between looks, and which servers do not answer in each. */
  readonly looks: readonly { readonly gap: number; readonly silent: readonly boolean[] }[];
  /** What earlier looks have shown is forgotten, as on the command line. */
  readonly forgetful: boolean;
}

interface State {
  readonly world: World;
  /** Of each address. */
  readonly presents: readonly (readonly string[])[];
}

interface Told {
  readonly verdict: Verdict;
  readonly plan: RolloverPlan;
}

type Follow = (state: State, told: Told, at: number, story: Story) => State;

const ADDRESSES = ['192.0.2.1', '2001:db8::1'];

function comingOf(octet: string): ComingChain {
  return {
    key: key(octet),
    certificate: `cert ${octet}`,
    kind: octet.startsWith('1') ? 'RSA' : 'ECDSA',
    records: [leaf(octet)],
    publish: [leaf(octet)],
    issuersKnown: true,
  };
}

/** The keys of an address once the new ones are in: of each kind the new one. */
function installed(before: readonly string[], next: readonly string[]): readonly string[] {
  const isRsa = (octet: string): boolean => octet.startsWith('1');
  const stays = before.filter(
    (octet) => before.length > 1 && !next.some((other) => isRsa(other) === isRsa(octet)),
  );
  return [...stays, ...next];
}

/** Obeys: publishes what is missing, installs at one address after the other, removes what is old. */
const obey: Follow = (state, { verdict, plan }, at, { next }) => {
  const publish = (kind: 'publish' | 'remove'): State => {
    const records = plan.steps.find((step) => step.kind === kind)?.records ?? [];
    const versions = [...state.world.versions, { from: at, records }];
    return { ...state, world: { ...state.world, versions } };
  };
  switch (verdict.kind) {
    case 'publish-first': {
      const last = state.world.versions.at(-1)?.records ?? [];
      const add = plan.steps.find((step) => step.kind === 'publish')?.add ?? [];
      return add.every((record) => last.includes(record)) ? state : publish('publish');
    }
    case 'deploy-now': {
      const target = installed(state.presents[0] ?? [], next);
      const index = state.presents.findIndex((keys) => !next.every((each) => keys.includes(each)));
      const change = state.presents[index];
      if (change === undefined) return state;
      const presents = state.presents.map((keys, each) =>
        each === index ? installed(keys, next) : keys,
      );
      return target.length === 0 ? state : { ...state, presents };
    }
    case 'remove-now':
      return publish('remove');
    default:
      return state;
  }
};

interface Ending {
  readonly last: Verdict['kind'];
  readonly clash: { readonly after: number; readonly key: string } | null;
}

function tell(story: Story, follow: Follow): Ending {
  const current = story.old.map(leaf);
  const versions = [
    { from: START - 10_000_000, records: current },
    {
      from: START - story.preparedBefore,
      records: [...new Set([...current, ...story.prepared.map(leaf)])],
    },
  ];
  let state: State = {
    world: { versions, lags: [[], ...story.lags], ttl: story.ttl },
    presents: ADDRESSES.map(() => story.old),
  };
  const presented: { readonly at: number; readonly keys: readonly string[] }[] = [];
  let memory: HostMemory | null = null;
  let at = START;
  let last: Verdict['kind'] = 'could-not-tell';
  for (const { gap, silent } of story.looks) {
    const host = look({
      servers: Object.fromEntries(
        state.world.lags.map((_lag, server): [string, Shown] => [
          `ns${server}`,
          silent[server] === true ? 'silent' : shownBy(state.world, server, at),
        ]),
      ),
      presents: Object.fromEntries(
        ADDRESSES.map((address, index) => [address, state.presents[index] ?? []]),
      ),
      ttl: story.ttl,
      more: { soaRefresh: story.refresh, negativeTtl: story.ttl },
    });
    memory = remember(story.forgetful ? null : memory, host, at * 1000);
    const sightings: readonly Sighting[] =
      story.forgetful || memory === null ? [] : sightingsOf(memory);
    const settings = {
      scheme: 'current+next',
      safety: story.safety,
      start: at * 1000,
      publishedSince: null,
    } as const;
    const planned = planFor(host, story.next.map(comingOf), sightings, settings);
    if (planned.kind === 'refused') throw new Error(planned.refusal.code);
    const { verdict } = progressOf(planned.plan, host, sightings, at * 1000);
    last = verdict.kind;
    state = follow(state, { verdict, plan: planned.plan }, at, story);
    presented.push({ at, keys: [...new Set(state.presents.flat())] });
    at += gap;
  }
  return { last, clash: clash(state.world, presented, at) };
}

/** Every key while it is presented against every set that some cache may hold then. */
function clash(
  world: World,
  presented: readonly { readonly at: number; readonly keys: readonly string[] }[],
  end: number,
): Ending['clash'] {
  const ends = changes(world).map((change) => change + world.ttl);
  for (const [index, { at, keys }] of presented.entries()) {
    const until = presented[index + 1]?.at ?? end;
    const instants = [at, until - 1, ...ends, ...changes(world)].filter(
      (instant) => instant >= at && instant < until,
    );
    for (const instant of instants) {
      const sets = cached(world, instant);
      const refused = keys.find((octet) =>
        sets.some((records) => !accepts(records, { records: [leaf(octet)] })),
      );
      if (refused !== undefined) return { after: instant - START, key: refused };
    }
  }
  return null;
}

const stories: fc.Arbitrary<Story> = fc
  .record({
    keys: fc.constantFrom<Pick<Story, 'old' | 'next'>>(
      { old: ['aa'], next: ['bb'] },
      { old: ['1a'], next: ['bb'] },
      { old: ['aa', '1a'], next: ['bb'] },
      { old: ['aa', '1a'], next: ['bb', '1b'] },
      { old: ['aa'], next: ['bb', '1b'] },
    ),
    ttl: fc.integer({ min: 10, max: 5000 }),
    refresh: fc.integer({ min: 0, max: 5000 }),
    safety: fc.constantFrom(1, 2),
    forgetful: fc.boolean(),
  })
  .chain(({ keys, ttl, refresh, ...rest }) =>
    fc.record({
      old: fc.constant(keys.old),
      next: fc.constant(keys.next),
      prepared: fc.subarray([...keys.next]),
      preparedBefore: fc.nat(20_000),
      lags: fc.array(fc.array(fc.nat(refresh), { minLength: 8, maxLength: 8 }), { maxLength: 2 }),
      ttl: fc.constant(ttl),
      refresh: fc.constant(refresh),
      safety: fc.constant(rest.safety),
      forgetful: fc.constant(rest.forgetful),
      looks: fc.array(
        fc.record({
          gap: fc.integer({ min: 1, max: 4 * ttl }),
          silent: fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
        }),
        { minLength: 5, maxLength: 40 },
      ),
    }),
  );

describe('whoever does what the verdict says', () => {
  test('never presents what some cache refuses', () => {
    fc.assert(
      fc.property(stories, (story) => {
        expect(tell(story, obey).clash).toBeNull();
      }),
      { numRuns: 250 },
    );
  });

  test('gets done, where looks are kept and servers answer', () => {
    fc.assert(
      fc.property(stories, (story) => {
        const looks = Array.from({ length: 40 }, () => ({
          gap: story.ttl + story.refresh,
          silent: [],
        }));
        expect(tell({ ...story, looks, forgetful: false }, obey).last).toBe('nothing-to-do');
      }),
      { numRuns: 60 },
    );
  });

  // So that the property can fail: it does for whoever does not wait.
  test('which is more than who installs as soon as the records are out can say', () => {
    const hasty: Follow = (state, { verdict, plan }, at, story) => {
      const kind = verdict.kind === 'wait' ? 'deploy-now' : verdict.kind;
      return obey(state, { verdict: { ...verdict, kind }, plan }, at, story);
    };
    expect(fc.sample(stories, 200).some((story) => tell(story, hasty).clash !== null)).toBe(true);
  });
});
