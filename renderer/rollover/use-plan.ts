/** The plan for the host at hand and how far it has come: from the last look, what was chosen, and the clock. */
import { useMemo } from 'react';
import type { HostReport } from '../../shared/inspection/report.ts';
import { comingChains } from '../../shared/publish/coming.ts';
import {
  authenticates,
  ownRecord,
  presentedBy,
  publishedTexts,
  type Chain,
  type ComingChain,
} from '../../shared/rollover/chain.ts';
import type { RolloverPlan, Scheme } from '../../shared/rollover/plan.ts';
import { progressOf, type Progress } from '../../shared/rollover/progress.ts';
import { planFor, shownAnywhere, whyNot } from '../../shared/rollover/question.ts';
import type { Refusal } from '../../shared/rollover/refusal.ts';
import { keptDigests } from '../store/publish-digests.ts';
import { useRollover, vouchKey } from '../store/rollover-store.ts';
import type { HostView } from '../store/world-store.ts';
import { arrangedTogether, type Candidate } from './candidates.ts';

/**
 * What was dropped and chosen; without that a key that only its published record tells of, or the key in
 * use where no record covers it.
 */
export type Source = 'dropped' | 'published' | 'in-use';

export type PlanState =
  | { readonly kind: 'planned'; readonly plan: RolloverPlan; readonly progress: Progress }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

export interface Coming {
  readonly chains: readonly ComingChain[];
  readonly from: Source;
}

/** What is to be installed; `host` is null while it has not been seen. */
export function useComing(
  chosen: readonly Candidate[],
  scheme: Scheme,
  name: string,
  host: HostReport | null,
): Coming {
  // Dates of issuers are judged to the hour.
  const at = useRollover((state) => Math.floor(state.now / MS_PER_HOUR) * MS_PER_HOUR);
  return useMemo(() => {
    if (chosen.length === 0) return host === null ? NOTHING : comingByItself(host);
    const published = host === null ? [] : shownAnywhere(host);
    const target = { scheme, host: name, published, at };
    return {
      chains: comingChains(arrangedTogether(chosen), target, keptDigests),
      from: 'dropped',
    };
  }, [chosen, scheme, name, host, at]);
}

/** Null while the host has not been seen. */
export function usePlan(
  view: HostView | null,
  host: HostReport | null,
  { chains }: Coming,
  scheme: Scheme,
): PlanState | null {
  const safety = useRollover((state) => state.safety);
  const key = vouchKey(view, wantedOf(chains));
  const isVouched = useRollover((state) => state.vouched[key] ?? false);
  const now = useRollover((state) => state.now);
  const sightings = view?.sightings ?? NO_SIGHTINGS;
  const seenAt = view?.seenAt ?? null;
  return useMemo(() => {
    if (host === null || seenAt === null) return null;
    const start = Math.max(now, seenAt);
    const settings = { scheme, safety, start, publishedSince: isVouched ? LONG_AGO : null };
    const planned = planFor(host, chains, sightings, settings);
    if (planned.kind === 'refused') return planned;
    return { ...planned, progress: progressOf(planned.plan, host, sightings, start, seenAt) };
  }, [host, seenAt, now, chains, sightings, scheme, safety, isVouched]);
}

/** What should be published for the keys to come. */
export function wantedOf(chains: readonly ComingChain[]): readonly string[] {
  return chains.flatMap(({ publish }) => publish);
}

/** Milliseconds since the epoch: longer than any cache holds. */
const LONG_AGO = 0;
const MS_PER_HOUR = 3_600_000;
const NO_SIGHTINGS: HostView['sightings'] = [];
const NOTHING: Coming = { chains: [], from: 'dropped' };

function comingByItself(host: HostReport): Coming {
  if (whyNot(host) !== null) return NOTHING;
  const { chains } = presentedBy(host);
  const published = publishedTexts(host);
  const uncovered = chains.filter(
    (chain) => chain.kind !== 'unreadable' && !authenticates(published, chain),
  );
  // A record that matches nothing is stale more likely than not where the key in use has none.
  if (uncovered.length > 0) return { chains: uncovered.map(asComing), from: 'in-use' };
  return { chains: publishedAsNext(published, chains), from: 'published' };
}

function asComing(chain: Chain): ComingChain {
  const own = ownRecord(chain);
  return { ...chain, records: [...chain.records, own], publish: [own], issuersKnown: false };
}

/** `3 1 1` and the digest of a key. */
const OWN_RECORD = /^3 1 1 ([0-9a-f]{64})$/;

/**
 * Keys of which only the record is known: published, and matching nothing that is presented. Of a server
 * with keys of two kinds nobody can say which one such a key takes the place of.
 */
function publishedAsNext(
  published: readonly string[],
  chains: readonly Chain[],
): readonly ComingChain[] {
  const kinds = [...new Set(chains.map(({ kind }) => kind))];
  const [kind] = kinds;
  if (kind === undefined || kinds.length > 1) return [];
  const next = published.flatMap((record): readonly ComingChain[] => {
    const key = OWN_RECORD.exec(record)?.[1];
    if (key === undefined || chains.some((chain) => chain.key === key)) return [];
    return [
      { key, certificate: null, kind, records: [record], publish: [record], issuersKnown: false },
    ];
  });
  // Of several nobody can say which one comes next: most of them were left behind.
  return next.length > 1 ? [] : next;
}
