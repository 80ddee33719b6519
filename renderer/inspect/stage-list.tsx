/** How far the inspection under way is: each stage with what is done and how much there is. */
import { useState, type ReactNode } from 'react';
import type { Report } from '../../shared/inspection/report.ts';
import { Icon, type IconName } from '../ui/icon.tsx';
import { words } from '../words/words.ts';
import { stagesOf, type Stage } from './stages.ts';

const said = words.inspect.stages;

export function StageList({ report }: { readonly report: Report }): ReactNode {
  const stages = stagesOf(report);
  return (
    <>
      <ul className="run-stages" aria-label={said.title}>
        {stages.map((stage) => (
          <li key={stage.name} className={`run-stage is-${stage.state}`} data-stage={stage.name}>
            <Icon name={ICONS[stage.state]} size={12} label={said[stage.state]} />
            <span>{said[stage.name]}</span>
            <span className="run-stage-count">{countOf(stage)}</span>
          </li>
        ))}
      </ul>
      <LastDone stages={stages} />
    </>
  );
}

const ICONS: Readonly<Record<Stage['state'], IconName>> = {
  waiting: 'ring',
  running: 'clock',
  done: 'tick',
};

/** Nothing is counted before it is known how much there is. */
function countOf({ name, state, done, total, isWhole }: Stage): string {
  if (state === 'waiting' || name === 'mx') return '';
  if (name === 'policy') return said.policyCount(done, total);
  const text = name === 'addresses' ? said.addressCount : said.hostCount;
  return text(done, total, isWhole);
}

/** Counts that are read out as they change would drown everything else: one sentence a stage is enough. */
function LastDone({ stages }: { readonly stages: readonly Stage[] }): ReactNode {
  const done = stages.filter(({ state }) => state === 'done').map(({ name }) => name);
  const [told, tell] = useState<{ readonly done: readonly string[]; readonly text: string }>({
    ...{ done: [], text: '' },
  });
  // What is said is worked out of what was done before: React takes it up before it paints.
  if (done.join() !== told.done.join()) {
    const fresh = done.find((name) => !told.done.includes(name));
    tell({ done, text: fresh === undefined ? told.text : said.told[fresh] });
  }
  return (
    <span className="run-stages-told" role="status">
      {told.text}
    </span>
  );
}
