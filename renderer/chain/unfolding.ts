/** Which folds of the picture a person has opened, and which hosts were led to. */
import { useCallback, useMemo, useState } from 'react';
import { EVERY_FOLD } from '../../shared/export/picture-fold.ts';
import type { Report } from '../../shared/inspection/report.ts';
import { hostOf, type NodeId } from '../store/node-id.ts';
import type { ChainGraph, Trouble } from './graph.ts';
import { FOLDED, toGraph, UNFOLDED, type Unfolding } from './to-graph.ts';

export interface FoldedPicture {
  readonly graph: ChainGraph;
  /** Everything is drawn singly; null where there is nothing to fold. */
  readonly unfolded: boolean | null;
  readonly toggle: (fold: string) => void;
  readonly toggleAll: () => void;
}

export function useFoldedPicture(
  report: Report,
  ended: boolean,
  trouble: Trouble | null,
  selected: NodeId | null,
): FoldedPicture {
  const [unfolding, setUnfolding] = useState<Unfolding>(FOLDED);
  const graph = useMemo(
    () => toGraph(report, { ended, unfolding, trouble }),
    [report, ended, unfolding, trouble],
  );
  // Whoever is led to a host must see it, and finds it at its place later on.
  const away = foldedAway(graph, selected);
  if (away !== null && !unfolding.apart.has(away)) {
    setUnfolding({ ...unfolding, apart: new Set([...unfolding.apart, away]) });
  }
  const hasFolds =
    graph.folds.length > 0 ||
    graph.rows.some(({ addresses }) => addresses.some(({ fold }) => fold !== null));
  const { folds } = graph;
  const toggle = useCallback(
    (fold: string) => {
      setUnfolding((now) => ({ ...now, open: toggled(now.open, fold, { folds, ended }) }));
    },
    [folds, ended],
  );
  return {
    graph,
    unfolded: unfolding.hosts ? true : hasFolds ? false : null,
    toggle,
    toggleAll: () => {
      setUnfolding((now) => (now.hosts ? FOLDED : UNFOLDED));
    },
  };
}

function foldedAway(graph: ChainGraph, selected: NodeId | null): string | null {
  const host = selected === null ? null : hostOf(selected);
  const isAway = graph.folds.some(({ names, open }) => !open && names.includes(host ?? ''));
  return isAway ? host : null;
}

/** While answers come in, hosts change their kind: what a person opened must not close by itself. */
export function toggled(
  open: ReadonlySet<string>,
  fold: string,
  { folds, ended }: { readonly folds: ChainGraph['folds']; readonly ended: boolean },
): ReadonlySet<string> {
  const isOpen = open.has(fold) || open.has(EVERY_FOLD);
  const keys = folds.map(({ key }) => key);
  const next = new Set(open);
  if (!keys.includes(fold)) {
    if (!next.delete(fold)) next.add(fold);
    return next;
  }
  if (!ended && !isOpen) return next.add(EVERY_FOLD);
  // Of those that were opened together one is closed, or while they still change all of them.
  if (next.delete(EVERY_FOLD) && ended) for (const key of keys) next.add(key);
  if (isOpen) next.delete(fold);
  else next.add(fold);
  return next;
}
