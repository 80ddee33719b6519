/** The step that is open, with a way to the next one. */
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { OutboundWish } from '../../shared/ipc/outbound.ts';
import type { TestReport } from '../../shared/lab/test-report.ts';
import { openStep, type SetupStep } from '../store/outbound-setup.ts';
import { DismissButton } from '../ui/dismiss-button.tsx';
import { words } from '../words/words.ts';
import { MailServerStep } from './mail-server-step.tsx';
import { ResolverStep } from './resolver-step.tsx';
import { SendStep } from './send-step.tsx';

const said = words.outbound.setup;

export interface SetupPaneProps {
  readonly step: SetupStep;
  readonly report: TestReport;
  readonly wish: OutboundWish;
}

export function SetupPane({ step, report, wish }: SetupPaneProps): ReactNode {
  const title = titleOf(step);
  return (
    <section className="outbound-pane scroll" aria-label={title} data-step={step}>
      <div className="outbound-pane-head">
        <h3>{title}</h3>
        <DismissButton
          label={said.fold}
          dismiss={() => {
            openStep(null);
          }}
        />
      </div>
      {step === 'resolver' && <ResolverStep report={report} />}
      {step === 'mail-server' && <MailServerStep report={report} addresses={wish.addresses} />}
      {step === 'send' && <SendStep report={report} />}
      {step !== 'send' && <Next step={step === 'resolver' ? 'mail-server' : 'send'} />}
    </section>
  );
}

function Next({ step }: { readonly step: SetupStep }): ReactNode {
  return (
    <p>
      <Button
        h={30}
        variant="default"
        onClick={() => {
          openStep(step);
        }}
      >
        {said.next(titleOf(step))}
      </Button>
    </p>
  );
}

function titleOf(step: SetupStep): string {
  switch (step) {
    case 'resolver':
      return said.resolver.title;
    case 'mail-server':
      return said.mailServer.title;
    case 'send':
      return said.send.title;
  }
}
