/** The verdict on the sender: what it does in a word and a sentence, how far the test is, and what is best done next. */
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { TestReport } from '../../shared/lab/test-report.ts';
import { conclusionSentence } from '../../shared/lab/words.ts';
import { openStep, useOutboundSetup } from '../store/outbound-setup.ts';
import { unfoldSituation } from '../store/outbound-store.ts';
import { Icon } from '../ui/icon.tsx';
import { Seen } from '../ui/seen.tsx';
import { utcText } from '../ui/local-time.tsx';
import { words } from '../words/words.ts';
import { conclusionFace, nextStep, progressFacts, type NextStep } from './verdict-view.ts';

const { verdict: said, run } = words.outbound;

export function OutboundVerdict({ report }: { readonly report: TestReport }): ReactNode {
  const { verdict, isFinal, open, base, silentAt } = report;
  const { tone, icon, word } = conclusionFace(verdict.conclusion);
  const step = useOutboundSetup((setup) => setup.step);
  const next = nextStep(report, step);
  return (
    <section
      className="verdict outbound-verdict"
      aria-label={said.title}
      data-conclusion={verdict.conclusion}
      data-final={isFinal}
      data-alias={report.alias}
    >
      {/* Told when it changes, and not with every step. */}
      <div className="outbound-told" role="status">
        <p className={`verdict-word tone-${tone}`}>
          <Icon name={icon} size={24} />
          {word}
        </p>
        <p className="verdict-sentence">{conclusionSentence(verdict)}</p>
      </div>
      <div className="verdict-side">
        <p className="verdict-facts">
          <span title={utcText(Date.parse(silentAt))}>{progressFacts(report).join(' · ')}</span>
          <span>
            <Seen text={base} />
            <span className={open ? 'outbound-reach is-open' : 'outbound-reach'}>
              {open && <Icon name="triangle" tone="warn" size={11} />}
              {open ? run.open : run.local}
            </span>
          </span>
        </p>
      </div>
      {next !== null && (
        <Button
          h={34}
          className="verdict-fix"
          onClick={() => {
            goTo(next);
          }}
        >
          {next.label}
        </Button>
      )}
    </section>
  );
}

function goTo(next: NextStep): void {
  if (next.kind === 'step') {
    openStep(next.step);
    return;
  }
  unfoldSituation(next.id, true);
  const button = document.querySelector<HTMLElement>(`[data-situation="${next.id}"] button`);
  button?.scrollIntoView({ block: 'start' });
  button?.focus();
}
