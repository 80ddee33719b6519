/** What a list of runs tells of each. */
import { expect, it } from 'vitest';
import { summaryOf } from '../../../../shared/history/run-summary.ts';
import { emptyReport } from '../../../../shared/inspection/empty-report.ts';
import { gather } from '../../../../shared/inspection/fold.ts';
import { judge } from '../../../../shared/inspection/judge.ts';
import { degraded } from '../../renderer/streams.ts';

it('is the outcome, the time, and how many errors and warnings there are', () => {
  const report = judge(degraded().reduce(gather, emptyReport('example.org')));
  const [error, warning, notice] = ['error', 'warning', 'notice'] as const;
  const severities = [error, error, warning, notice, warning, error];
  const [first] = report.findings;
  if (first === undefined) throw new Error('no finding');
  const findings = severities.map((severity) => ({ ...first, severity }));
  expect(summaryOf({ ...report, findings })).toEqual({
    ...{ domain: 'example.org', at: '2026-11-24T15:03:00.000Z', outcome: 'degraded' },
    ...{ durationMs: 1320, errors: 3, warnings: 2, ownTrust: false },
  });
  const tool = { ...report.tool, ownTrust: true };
  expect(summaryOf({ ...report, tool }).ownTrust).toBe(true);
});
