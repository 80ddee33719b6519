/** What breaks next: every dated thing on one time line, the first opened, and the same evidence judged at another time. */
import { useState, type ReactNode } from 'react';
import type { Report } from '../../shared/inspection/report.ts';
import { nextToBreak } from '../../shared/outlook/deadlines.ts';
import type { Deadline } from '../../shared/outlook/deadline.ts';
import { useInspection } from '../store/inspection-store.ts';
import { deadlinesOfRun, judgeAt, useOutlook } from '../store/outlook-store.ts';
import { DeadlineDetails } from './deadline-details.tsx';
import { distanceWords } from './deadline-face.ts';
import { DeadlineTable } from './deadline-table.tsx';
import { JudgeForm } from './judge-form.tsx';
import { Judgement } from './judgement.tsx';
import { timeScale } from './time-scale.ts';
import { words } from '../words/words.ts';

const { headline: said } = words.outlook;

export function OutlookTab(): ReactNode {
  const report = useInspection((state) => state.report);
  const runId = useInspection((state) => state.runId);
  const other = useOutlook();
  const [chosen, setChosen] = useState<string | null>(null);
  if (report === null) return null;
  const now = Date.parse(report.at);
  const deadlines = deadlinesOfRun(report);
  const next = nextToBreak(deadlines);
  const shown = deadlines.find(({ key }) => key === chosen) ?? next ?? deadlines[0] ?? null;
  const judgedAt = other.runId === runId ? other.at : null;
  const instants = deadlines.flatMap(({ from, at }) => [from, at]);
  const scale = timeScale(now, judgedAt === null ? instants : [...instants, judgedAt]);
  return (
    <div className="outlook-panes">
      <div className="outlook-main">
        <p className="outlook-sentence">{headline(report, next, now)}</p>
        {report.finished && <JudgeForm report={report} />}
        {deadlines.length > 0 && (
          <DeadlineTable
            deadlines={deadlines}
            now={now}
            scale={scale}
            judgedAt={judgedAt}
            shown={shown?.key ?? null}
            choose={setChosen}
          />
        )}
      </div>
      <div className="outlook-aside">
        {report.finished && <Judgement report={report} deadlines={deadlines} />}
        {shown !== null && (
          <DeadlineDetails
            key={shown.key}
            deadline={shown}
            now={now}
            judgeThen={report.finished ? () => void judgeAt(justAfter(shown)) : null}
          />
        )}
      </div>
    </div>
  );
}

const MINUTE_MS = 60_000;

/** The first whole minute at which it has ended. */
function justAfter({ at }: Deadline): number {
  return (Math.floor(at / MINUTE_MS) + 1) * MINUTE_MS;
}

function headline({ finished, outcome }: Report, next: Deadline | null, now: number): string {
  if (!finished) return said.unfinished;
  const isBroken = outcome === 'broken' || outcome === 'degraded';
  const sentence = dateSentence(next, now);
  return isBroken ? said.already(sentence) : sentence;
}

function dateSentence(next: Deadline | null, now: number): string {
  if (next === null) return said.nothing;
  const when = distanceWords(next.at, now);
  switch (next.weight) {
    case 'stops':
      return next.at < now ? said.passed(next.what, when) : said.stops(next.what, when);
    case 'routine':
      return said.routine(next.what, when);
    case 'some':
    case 'harmless':
      return said.others(next.what, when);
  }
}
