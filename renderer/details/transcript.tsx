/** A conversation stage by stage: how long each took, and what was said in it. */
import { Fragment, type ReactNode } from 'react';
import type { ProbeReport } from '../../shared/inspection/report.ts';
import { Seen } from '../ui/seen.tsx';
import { words } from '../words/words.ts';
import { MARKS } from './smtp-copies.ts';
import { stagesOf, type Stage } from './smtp-stages.ts';

const said = words.details.smtp;

export function Transcript({ probe }: { readonly probe: ProbeReport }): ReactNode {
  const stages = stagesOf(probe);
  const silent = probe.transcript.length === 0;
  if (silent && stages.length === 0) {
    return <p className="dim">{probe.source === 'file' ? said.fromFile : said.silence}</p>;
  }
  return (
    <>
      <StageBar stages={stages} />
      {silent ? (
        <p className="dim">{said.silence}</p>
      ) : (
        <table>
          <caption className="unseen">{said.caption}</caption>
          <tbody className="mono">
            {stages.length === 0 ? (
              <Lines lines={probe.transcript} />
            ) : (
              stages.map((stage) => (
                <Fragment key={stage.stage}>
                  <tr className="stage-head">
                    <td className="number">{said.milliseconds(Math.round(stage.durationMs))}</td>
                    <th scope="rowgroup" colSpan={2}>
                      {said.stageNames[stage.stage]}
                    </th>
                  </tr>
                  <Lines lines={stage.lines} />
                </Fragment>
              ))
            )}
          </tbody>
        </table>
      )}
    </>
  );
}

function Lines({ lines }: { readonly lines: Stage['lines'] }): ReactNode {
  return lines.map(({ from, text, atMs }, index) => (
    <tr key={index} className={`said-by-${from}`}>
      <td className="number">{said.milliseconds(Math.round(atMs))}</td>
      <td className="mark">
        <span className="unseen">{said.speakers[from]}</span>
        <span aria-hidden>{MARKS[from]}</span>
      </td>
      <td className="data">
        <Seen text={text} />
      </td>
    </tr>
  ));
}

/** The whole conversation as one bar; the longest stages are seen at a glance. */
function StageBar({ stages }: { readonly stages: readonly Stage[] }): ReactNode {
  if (stages.length === 0) return null;
  return (
    <ul className="stages" aria-label={said.stages}>
      {stages.map(({ stage, durationMs, share }) => {
        const text = said.stage(said.stageNames[stage], Math.round(durationMs));
        return (
          <li key={stage} title={text} style={{ flexGrow: Math.max(share, MIN_SHARE) }}>
            <span className="unseen">{text}</span>
          </li>
        );
      })}
    </ul>
  );
}

/** Share of the bar: a stage of no length is seen too. */
const MIN_SHARE = 0.01;
