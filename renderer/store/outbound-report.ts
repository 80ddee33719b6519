/** What the report of an outbound test tells the window beyond its own words. */
import { SCENARIOS } from '../../shared/lab/scenario.ts';
import type { TestReport } from '../../shared/lab/test-report.ts';
import type { Recipient } from '../../shared/lab/test-run.ts';

/** Only the mail names a recipient: a question may come of a check of the resolver, a connection of anybody. */
export function wasMailSeen({ situations }: TestReport): boolean {
  return situations.some(
    ({ deed, seen }) =>
      // Of very many steps the first are left out.
      (deed !== null && deed !== 'refused') ||
      seen.some(({ what }) => what.kind === 'smtp' && what.step.name === 'recipient'),
  );
}

/** The sender, or somebody else. */
export function wasSomebodySeen({ situations }: TestReport): boolean {
  return situations.some(({ seen }) => seen.some(({ what }) => what.kind === 'smtp'));
}

/** In the order of the table; those of situations that this program does not know are left out. */
export function recipientsOfReport({ situations }: TestReport): readonly Recipient[] {
  return situations.flatMap(({ id, recipient }) => {
    const scenario = SCENARIOS.find((each) => each.id === id);
    return scenario === undefined ? [] : [{ scenario, address: recipient }];
  });
}
