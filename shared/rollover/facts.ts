/** What a look shows of a plan: who has the records, who presents the chain, and when caches and old sessions are through. */
import type { HostReport } from '../inspection/report.ts';
import {
  authenticates,
  isInstalled,
  ownRecord,
  presentedBy,
  publishedTexts,
  unaskedAddresses,
  type Chain,
  type ComingChain,
  type PresentedChains,
} from './chain.ts';
import type { RolloverPlan } from './plan.ts';
import { shownAnywhere, whyNot } from './question.ts';
import type { Refusal } from './refusal.ts';
import { serverChecks, type ServerCheck } from './servers.ts';
import type { Sighting } from './sightings.ts';

/** Addresses that present all new keys and none that they replace; the others; those that were not seen. */
export interface AddressCheck {
  readonly right: readonly string[];
  readonly wrong: readonly string[];
  readonly unseen: readonly string[];
}

export interface Facts {
  readonly refusal: Refusal | null;
  /** Publishing first is what makes installing safe. */
  readonly gated: boolean;
  readonly published: 'done' | 'missing' | 'silent';
  readonly servers: ServerCheck;
  readonly addresses: AddressCheck;
  readonly installed: 'all' | 'part' | 'none' | 'unseen';
  /** Some server shows records of which none fits a presented new chain. */
  readonly unmatched: boolean;
  readonly anyPublished: boolean;
  readonly readyAt: number;
  /** Until then caches may hold the set of before, which does not fit what is presented; null where that is not known. */
  readonly earlyUntil: number | null;
  /** Null where it is not known when the old chain was seen last. */
  readonly settledAt: number | null;
  readonly stale: ServerCheck;
  readonly hasStale: boolean;
}

export function factsOf(
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
  const looked = publishedTexts(host);
  const servers = serverChecks(host.tlsa, (shown) => {
    const has = (record: string): boolean => shown.includes(record);
    return wanted.every(has) && serving.every((chain) => authenticates(shown, withOwn(chain)));
  });
  const sighted = new Set(sightings.map(({ record }) => record));
  const remembered = wanted.every((record) => sighted.has(record));
  const stale = plan.steps.find(({ kind }) => kind === 'remove')?.remove ?? [];
  const deploy = plan.steps.find(({ kind }) => kind === 'deploy');
  const heard = servers.right.length + servers.wrong.length > 0;
  // Where no server could be asked by itself, the look-up tells what lacks, and not that nothing does.
  const isMissing = heard
    ? servers.wrong.length > 0
    : !wanted.every((each) => looked.includes(each));
  return {
    refusal: whyNot(host),
    gated: (deploy?.after ?? 0) > 0,
    published: isMissing
      ? 'missing'
      : (servers.silent.length > 0 || !heard) && !remembered
        ? 'silent'
        : 'done',
    servers,
    addresses,
    installed,
    unmatched: plan.coming.some((chain) =>
      presented.chains.some((each) => isInstalled(chain, each) && isRefused(chain, each, host)),
    ),
    anyPublished: shownAnywhere(host).length > 0,
    readyAt: deploy?.earliest ?? now,
    earlyUntil: earlyUntil(plan, presented, sightings),
    settledAt: settledAt(plan, stale, sightings),
    stale: serverChecks(host.tlsa, (shown) => stale.every((record) => !shown.includes(record))),
    hasStale: stale.length > 0,
  };
}

/** By what some server shows or, where none could be asked, by what the look-up gave. */
function isRefused(chain: ComingChain, presented: Chain, host: HostReport): boolean {
  // What the chain was seen to match counts too: a leaf may be dropped without its issuers.
  const both = { ...chain, records: [...chain.records, ...presented.records] };
  const fits = (shown: readonly string[]): boolean =>
    shown.length === 0 || authenticates(shown, both);
  const { right, wrong } = serverChecks(host.tlsa, fits);
  return wrong.length > 0 || (right.length === 0 && !fits(publishedTexts(host)));
}

function withOwn(chain: Chain): Chain {
  return { ...chain, records: [...chain.records, ownRecord(chain)] };
}

function addressesOf({ coming, replaced }: RolloverPlan, host: HostReport): AddressCheck {
  const standing = host.addresses.map(({ address, probes }) => {
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
    right: those('right'),
    wrong: those('wrong'),
    unseen: [...those('unseen'), ...unaskedAddresses(host)],
  };
}

function installedState(
  { coming }: RolloverPlan,
  { chains }: PresentedChains,
  { right, wrong, unseen }: AddressCheck,
): Facts['installed'] {
  if (right.length + wrong.length === 0) return 'unseen';
  if (wrong.length === 0) return unseen.length === 0 ? 'all' : 'part';
  const isSome = chains.some((each) => coming.some((chain) => isInstalled(chain, each)));
  return isSome ? 'part' : 'none';
}

/** Known only of records that looks have seen come, and beside others that stood before. */
function earlyUntil(
  { coming, settle }: RolloverPlan,
  { chains }: PresentedChains,
  sightings: readonly Sighting[],
): number | null {
  const until = coming.flatMap((chain) => {
    const records = chains
      .filter((each) => isInstalled(chain, each))
      .flatMap((each) => [...each.records, ...chain.records]);
    const fitting = sightings.filter(({ record }) => records.includes(record));
    const missed = fitting.flatMap(({ missedAt }) => (missedAt === undefined ? [] : [missedAt]));
    const isNew = fitting.length > 0 && missed.length === fitting.length;
    const stoodBefore = sightings.some(
      ({ record, since }) => !records.includes(record) && missed.some((at) => since <= at),
    );
    if (!isNew || !stoodBefore) return [];
    return [Math.min(...fitting.map(({ since }) => Date.parse(since))) + settle * 1000];
  });
  return until.length === 0 ? null : Math.max(...until);
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
