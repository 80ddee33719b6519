/** Says that what is shown comes out of a case file, how far that proves it, and why a file was not opened. */
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { CaseNote } from '../../shared/ipc/contract.ts';
import { inspectAgain, useInspection } from '../store/inspection-store.ts';
import { dismissProblem, showCaseRun, useOpening } from '../store/report-case.ts';
import { DismissButton } from '../ui/dismiss-button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Seen } from '../ui/seen.tsx';
import { instantText } from '../ui/time.ts';
import type { Tone } from '../ui/tone.ts';
import { TONE_ICON } from '../ui/tone.ts';
import { visibleText } from '../ui/visible-text.ts';
import { Said } from '../ui/said.tsx';
import { words } from '../words/words.ts';

const { case: said } = words.report;

export function CaseBanner(): ReactNode {
  const origin = useInspection((state) => state.origin);
  return origin?.kind === 'case' ? <Origin note={origin.note} /> : null;
}

/** On every screen: a file may be dropped on any. */
export function CaseProblem(): ReactNode {
  const { opening, problem } = useOpening();
  if (problem !== null) {
    return (
      <div className="case-banner tone-bg-warn" role="alert">
        <Icon name="triangle" tone="warn" />
        <p className="case-words">
          <Seen text={problem} />
        </p>
        <DismissButton dismiss={dismissProblem} />
      </div>
    );
  }
  return (
    <p className="case-opening" role="status">
      {opening ? said.opening : ''}
    </p>
  );
}

function Origin({ note }: { readonly note: CaseNote }): ReactNode {
  const tone = toneOf(note);
  return (
    <section className={`case-banner tone-bg-${tone}`} aria-label={said.title}>
      <Icon name={TONE_ICON[tone]} tone={tone} />
      <div className="case-words">
        <p>
          <Said
            parts={said.banner(
              <strong>
                <Said parts={said.headline(<Seen text={instantText(note.recordedAt)} />)} />
              </strong>,
              <Seen text={note.version} />,
              said.likeness[note.likeness],
            )}
          />
        </p>
        {note.differences.length > 0 && (
          <ul>
            {note.differences.map((difference, index) => (
              <li key={index}>
                <Seen text={difference} />
              </li>
            ))}
          </ul>
        )}
        {note.ownTrust && <p>{said.ownTrust}</p>}
      </div>
      {note.domains.length > 1 && <RunChoice note={note} />}
      <Button
        variant="default"
        size="xs"
        className="case-live"
        title={said.askNowHint}
        onClick={() => void inspectAgain()}
      >
        {said.askNow}
      </Button>
    </section>
  );
}

function RunChoice({ note: { domains, index } }: { readonly note: CaseNote }): ReactNode {
  return (
    <select
      className="case-run mono"
      aria-label={said.domains}
      value={index}
      onChange={({ currentTarget }) => void showCaseRun(Number(currentTarget.value))}
    >
      {domains.map((domain, each) => (
        <option key={each} value={each}>
          {visibleText(domain)}
        </option>
      ))}
    </select>
  );
}

function toneOf({ likeness, ownTrust }: CaseNote): Tone {
  if (likeness === 'different') return 'err';
  return ownTrust ? 'warn' : 'ok';
}
