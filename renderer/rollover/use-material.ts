/** What was dropped, seen from the host at hand: candidates, the ones the plan is for, and their records. */
import { useDeferredValue, useMemo } from 'react';
import type { HostReport } from '../../shared/inspection/report.ts';
import { namesOffered, wildcardsIn } from '../../shared/publish/host-names.ts';
import { useInspection } from '../store/inspection-store.ts';
import { useMaterials } from '../store/material-store.ts';
import { viewOf } from '../store/material-view.ts';
import { useRollover, type Choice } from '../store/rollover-store.ts';
import { candidatesOf, chosenOf, standingOf, type Candidate, type Standing } from './candidates.ts';
import { certificatesInUse } from './in-use.ts';
import { words } from '../words/words.ts';

export interface Dropped {
  readonly candidates: readonly Candidate[];
  readonly standings: ReadonlyMap<string, Standing>;
  readonly chosen: readonly Candidate[];
  readonly problems: readonly string[];
}

export function useDropped(host: HostReport | null): Dropped {
  // While many files are read, the window goes on, and the list follows.
  const files = useDeferredValue(useMaterials((state) => state.files));
  const leftOut = useMaterials((state) => state.problems);
  const named = useRollover((state) => state.host);
  const choices = useRollover((state) => state.chosen[state.host ?? ''] ?? NO_CHOICE);
  // Dates are told by the day: a plan that stays open need not look at every second.
  const day = useRollover((state) => Math.floor(state.now / MS_PER_DAY) * MS_PER_DAY);
  const candidates = useMemo(() => candidatesOf(files, viewOf(files).arranged), [files]);
  return useMemo(() => {
    const keysInUse =
      host === null ? [] : certificatesInUse(host).map((each) => each.certificate.spkiSha256);
    const about = host?.name ?? named;
    const standings = new Map(
      candidates.map((each) => [each.id, standingOf(each, about, keysInUse, day)]),
    );
    return {
      candidates,
      standings,
      chosen: chosenOf(candidates, standings, choices),
      problems: [
        ...leftOut,
        ...files
          .filter(({ locked }) => locked === null)
          .flatMap(({ name, problems }) =>
            problems.map((problem) => words.rollover.candidates.problem(name, problem)),
          ),
      ],
    };
  }, [candidates, host, named, choices, day, files, leftOut]);
}

const NO_CHOICE: Choice = {};
const MS_PER_DAY = 86_400_000;

export interface Offered {
  /** Those of what was dropped, those of the last inspection. */
  readonly hosts: readonly string[];
  /** `*.example.org`: stand for hosts that only the person knows. */
  readonly wildcards: readonly string[];
}

/** Hosts that the person may mean. */
export function useOfferedHosts(): Offered {
  const files = useDeferredValue(useMaterials((state) => state.files));
  const report = useInspection((state) => state.report);
  return useMemo(() => {
    const { arranged } = viewOf(files);
    const inspected = report?.hosts.map(({ name }) => name) ?? [];
    return {
      hosts: [...new Set([...namesOffered(arranged), ...inspected])],
      wildcards: wildcardsIn(arranged),
    };
  }, [files, report]);
}
