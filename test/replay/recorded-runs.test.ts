// A recorded run, gone through again without a network, comes to the same report; altered evidence to another.
import { describe, expect, test } from 'vitest';
import { composeLabCore, DEFAULT_CORE_OPTIONS, replay } from '../../electron/compose.ts';
import { builtInDomains } from '../../electron/lab/built-in-domains.ts';
import { nameFromText, type Name } from '../../shared/dns/name.ts';
import { emptyReport } from '../../shared/inspection/empty-report.ts';
import type { InspectionEvent } from '../../shared/inspection/event.ts';
import { gather } from '../../shared/inspection/fold.ts';
import { judge } from '../../shared/inspection/judge.ts';
import type { RecordedRun } from '../../shared/inspection/recorded-run.ts';
import type { Report } from '../../shared/inspection/report.ts';

const AT = Date.parse('2026-11-24T12:00:00Z');

describe('the evidence of a run gives the same report again:', () => {
  test.each(builtInDomains.map(({ name }) => name))('%s', async (domain) => {
    const { report, run } = await record(domain);
    expect(await again(run)).toEqual(report);
  });
});

async function record(
  domain: string,
): Promise<{ readonly report: Report; readonly run: RecordedRun }> {
  const composed = await composeLabCore(
    { ...DEFAULT_CORE_OPTIONS, version: '9.9.9', at: AT },
    false,
  );
  if (!composed.ok) throw new Error(composed.message);
  const recording = composed.core.record(nameOf(domain), new AbortController().signal);
  const report = await reportOf(recording.events, domain);
  // As it would be after a file: plain data.
  return { report, run: JSON.parse(JSON.stringify(recording.run())) as RecordedRun };
}

async function again(run: RecordedRun): Promise<Report> {
  const replayed = replay(run, new AbortController().signal);
  if (!replayed.ok) throw new Error(replayed.message);
  return reportOf(replayed.events, run.settings.domain);
}

async function reportOf(events: AsyncGenerator<InspectionEvent>, domain: string): Promise<Report> {
  let report = emptyReport(domain);
  for await (const event of events) report = gather(report, event);
  return judge(report);
}

function nameOf(text: string): Name {
  const name = nameFromText(text);
  if (!name.ok) throw new Error(text);
  return name.value;
}
