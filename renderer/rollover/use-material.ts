/** What was dropped, seen from the host at hand: candidates, the ones the plan is for, and their records. */
import { useMemo } from 'react';
import type { HostReport } from '../../shared/inspection/report.ts';
import { digests } from '../../shared/publish/digests.ts';
import { namesOffered } from '../../shared/publish/host-names.ts';
import {
  ADVISED_ISSUER,
  ADVISED_LEAF,
  wantedRecords,
  type Wanted,
} from '../../shared/publish/wanted.ts';
import type { Scheme } from '../../shared/rollover/plan.ts';
import { useInspection } from '../store/inspection-store.ts';
import { useMaterials } from '../store/material-store.ts';
import { viewOf } from '../store/material-view.ts';
import { useRollover, type Choice } from '../store/rollover-store.ts';
import {
  arrangedTogether,
  candidatesOf,
  chosenOf,
  standingOf,
  type Candidate,
  type Standing,
} from './candidates.ts';
import { certificatesInUse } from './in-use.ts';

export interface Dropped {
  readonly candidates: readonly Candidate[];
  readonly standings: ReadonlyMap<string, Standing>;
  readonly chosen: readonly Candidate[];
  readonly problems: readonly string[];
}

export function useDropped(host: HostReport | null): Dropped {
  const files = useMaterials((state) => state.files);
  const leftOut = useMaterials((state) => state.problems);
  const named = useRollover((state) => state.host);
  const choices = useRollover((state) => state.chosen[state.host ?? ''] ?? NO_CHOICE);
  // Dates are told by the day: a plan that stays open need not look at every second.
  const day = useRollover((state) => Math.floor(state.now / MS_PER_DAY) * MS_PER_DAY);
  const candidates = useMemo(() => candidatesOf(files), [files]);
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
        ...files.flatMap(({ name, problems, phase }) =>
          phase === 'locked'
            ? [`${name} asks for a password: give it on the Generate screen.`]
            : problems.map((problem) => `${name}: ${problem}`),
        ),
      ],
    };
  }, [candidates, host, named, choices, day, files, leftOut]);
}

const NO_CHOICE: Choice = {};
const MS_PER_DAY = 86_400_000;

export interface RecordsPlace {
  readonly host: string;
  readonly port: number;
  readonly ttl: number;
  readonly zone: string | null;
}

/** RFC 7671 §8.1 and §8.4: the key's own record, and with an issuer its record too. */
export function useWanted(
  chosen: readonly Candidate[],
  scheme: Scheme,
  { host, port, ttl, zone }: RecordsPlace,
): Wanted {
  return useMemo(() => {
    if (chosen.length === 0) return { records: [], problems: [] };
    const kinds = scheme === 'current+next' ? [ADVISED_LEAF] : [ADVISED_LEAF, ADVISED_ISSUER];
    const place = { hosts: [host], ports: [port], ttl, zone };
    return wantedRecords(arrangedTogether(chosen), kinds, place, digests);
  }, [chosen, scheme, host, port, ttl, zone]);
}

/** Hosts that the person may mean: those of what was dropped, those of the last inspection. */
export function useOfferedHosts(): readonly string[] {
  const files = useMaterials((state) => state.files);
  const report = useInspection((state) => state.report);
  return useMemo(() => {
    const inspected = report?.hosts.map(({ name }) => name) ?? [];
    return [...new Set([...namesOffered(viewOf(files).arranged), ...inspected])];
  }, [files, report]);
}
