/** Gives the window its inspections: the command line's options, the core, and the lab. */
import type { Arguments } from './arguments.ts';
import type { Inspections } from './inspections.ts';

export interface ComposedInspections extends Inspections {
  /** What of the command line cannot be used, in plain words; null when all can. */
  readonly problem: string | null;
}

export function composeInspections(given: Arguments, _version: string): ComposedInspections {
  return {
    problem: given.problem,
    begin: () => ({ kind: 'refused', message: 'The core is not built into this window yet.' }),
    labDomains: () => [],
  };
}
