/** A test that runs: the verdict so far, the steps that put a mail server to it, and what is seen of it. */
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { OutboundState } from '../../shared/ipc/outbound.ts';
import { useOutboundSetup } from '../store/outbound-setup.ts';
import { stopTest, takeNewRecipients, useOutbound } from '../store/outbound-store.ts';
import { Icon } from '../ui/icon.tsx';
import { Seen } from '../ui/seen.tsx';
import { words } from '../words/words.ts';
import { OutboundVerdict } from './outbound-verdict.tsx';
import { SetupPane } from './setup-pane.tsx';
import { SetupPath } from './setup-path.tsx';
import { SituationTable } from './situation-table.tsx';
import { TestReportMenu } from './test-report-menu.tsx';

const said = words.outbound.run;

export interface RunningTestProps {
  readonly state: Extract<OutboundState, { readonly kind: 'running' }>;
}

export function RunningTest({ state }: RunningTestProps): ReactNode {
  const step = useOutboundSetup((setup) => setup.step);
  const busy = useOutbound((view) => view.busy);
  const { report, wish } = state;
  return (
    <>
      <OutboundVerdict report={report} />
      <div className="outbound-bar">
        <SetupPath report={report} />
        <div className="outbound-buttons">
          <TestReportMenu />
          <Button
            h={30}
            variant="default"
            title={said.againHint}
            disabled={busy !== null}
            onClick={() => void takeNewRecipients()}
          >
            {said.again}
          </Button>
          <Button
            h={30}
            variant="default"
            title={said.stopHint}
            disabled={busy !== null}
            onClick={() => void stopTest()}
          >
            {said.stop}
          </Button>
        </div>
      </div>
      <div className={`outbound-panes${step === null ? ' is-folded' : ''}`}>
        {step !== null && <SetupPane step={step} report={report} wish={wish} />}
        <div className="outbound-seen scroll">
          {state.problem !== null && (
            <p className="outbound-note">
              <Icon name="triangle" tone="warn" />
              <Seen text={state.problem} />
            </p>
          )}
          {state.goesOn && (
            <p className="outbound-note">
              <Icon name="cycle" tone="none" />
              {said.goesOn}
            </p>
          )}
          <SituationTable report={report} />
        </div>
      </div>
    </>
  );
}
