/** The Outbound screen: does a mail server check DANE? */
import type { ReactNode } from 'react';
import { useOutbound } from '../store/outbound-store.ts';
import { Icon } from '../ui/icon.tsx';
import { Seen } from '../ui/seen.tsx';
import { words } from '../words/words.ts';
import { OpenQuestion } from './open-question.tsx';
import { RunningTest } from './running-test.tsx';
import { StoppedTest } from './stopped-test.tsx';

const { outbound } = words;

export function OutboundScreen(): ReactNode {
  const state = useOutbound((view) => view.state);
  const fault = useOutbound((view) => view.fault);
  return (
    <div className="outbound" data-state={state?.kind ?? 'reading'}>
      <h2 className="unseen">{outbound.title}</h2>
      {fault !== null && (
        <p className="outbound-fault" role="alert">
          <Icon name="triangle" tone="warn" />
          <Seen text={fault} />
        </p>
      )}
      {state === null && fault === null && (
        <p className="outbound-reading dim">{outbound.reading}</p>
      )}
      {state?.kind === 'stopped' && <StoppedTest state={state} />}
      {state?.kind === 'running' && <RunningTest state={state} />}
      <OpenQuestion />
    </div>
  );
}
