/** The plan for the host at hand and how far it has come: from the last look, what was chosen, and the clock. */
import { useMemo } from 'react';
import type { HostReport } from '../../shared/inspection/report.ts';
import { comingChains } from '../../shared/publish/coming.ts';
import { digests } from '../../shared/publish/digests.ts';
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
import { planFor, shownAnywhere } from '../../shared/rollover/question.ts';
import type { Refusal } from '../../shared/rollover/refusal.ts';
import { useRollover } from '../store/rollover-store.ts';
import type { HostView } from '../store/world-store.ts';
import { arrangedTogether, type Candidate } from './candidates.ts';

/**
 * What was dropped and chosen; without that a key that only its published record tells of, or the key in
 * use where no record covers it.
 */
export type Source = 'dropped' | 'published' | 'in-use';

export type PlanState =
  | {
      readonly kind: 'planned';
      readonly plan: RolloverPlan;
      readonly progress: Progress;
      /** Where the key to come was taken from. */
      readonly from: Source;
    }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** Null while the host has not been seen. */
export function usePlan(
  view: HostView | null,
  host: HostReport | null,
  chosen: readonly Candidate[],
  scheme: Scheme,
): PlanState | null {
  const safety = useRollover((state) => state.safety);
  const now = useRollover((state) => state.now);
  const sightings = view?.sightings ?? NONE;
  const seenAt = view?.seenAt ?? null;
  const { coming, from } = useMemo((): Coming => {
    if (host === null || seenAt === null) return { coming: [], from: 'dropped' };
    if (chosen.length === 0) return comingByItself(host);
    const target = { scheme, host: host.name, published: shownAnywhere(host), at: seenAt };
    const chains = comingChains(arrangedTogether(chosen), target, digests);
    return { coming: chains, from: 'dropped' };
  }, [host, seenAt, chosen, scheme]);
  return useMemo(() => {
    if (host === null || seenAt === null) return null;
    const start = Math.max(now, seenAt);
    const settings = { scheme, safety, start, publishedSince: null };
    const planned = planFor(host, coming, sightings, settings);
    if (planned.kind === 'refused') return planned;
    const progress = progressOf(planned.plan, host, sightings, start);
    return { ...planned, progress, from };
  }, [host, seenAt, now, coming, sightings, scheme, safety, from]);
}

const NONE: HostView['sightings'] = [];

interface Coming {
  readonly coming: readonly ComingChain[];
  readonly from: Source;
}

function comingByItself(host: HostReport): Coming {
  const { chains } = presentedBy(host);
  const published = publishedTexts(host);
  if (published.length === 0) return { coming: [], from: 'published' };
  const uncovered = chains.filter((chain) => !authenticates(published, chain));
  // A record that matches nothing is stale more likely than not where the key in use has none.
  if (uncovered.length > 0) return { coming: uncovered.map(asComing), from: 'in-use' };
  return { coming: publishedAsNext(published, chains), from: 'published' };
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
  return published.flatMap((record) => {
    const key = OWN_RECORD.exec(record)?.[1];
    if (key === undefined || chains.some((chain) => chain.key === key)) return [];
    return [{ key, kind, records: [record], publish: [record], issuersKnown: false }];
  });
}
