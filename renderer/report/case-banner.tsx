/** Says that what is shown comes out of a case file, how far that proves it, and why a file was not opened. */
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { CaseNote } from '../../shared/ipc/contract.ts';
import { inspectAgain, useInspection } from '../store/inspection-store.ts';
import { dismissProblem, showCaseRun, useOpening } from '../store/report-case.ts';
import { Icon } from '../ui/icon.tsx';
import { Seen } from '../ui/seen.tsx';
import { instantText } from '../ui/time.ts';
import type { Tone } from '../ui/tone.ts';
import { TONE_ICON } from '../ui/tone.ts';
import { visibleText } from '../ui/visible-text.ts';

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
        <button
          type="button"
          className="report-close"
          aria-label="Dismiss"
          onClick={dismissProblem}
        >
          <Icon name="close" size={10} />
        </button>
      </div>
    );
  }
  return (
    <p className="case-opening" role="status">
      {opening ? 'A case is being opened' : ''}
    </p>
  );
}

function Origin({ note }: { readonly note: CaseNote }): ReactNode {
  const { tone, sentence } = verdictOf(note);
  return (
    <section className={`case-banner tone-bg-${tone}`} aria-label="Case file">
      <Icon name={TONE_ICON[tone]} tone={tone} />
      <div className="case-words">
        <p>
          <strong>
            Case of <Seen text={instantText(note.recordedAt)} />
          </strong>
          , recorded by version <Seen text={note.version} />: nobody was asked now. The evidence was
          validated again, as of its own time: {sentence}
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
        {note.ownTrust && (
          <p>
            It brings its own trust anchors: nothing in it is proven by the keys of the real root.
          </p>
        )}
      </div>
      {note.domains.length > 1 && <RunChoice note={note} />}
      <Button
        variant="default"
        size="xs"
        className="case-live"
        title="Ask the domain’s servers as they are now (F5)"
        onClick={() => void inspectAgain()}
      >
        Ask now…
      </Button>
    </section>
  );
}

function RunChoice({ note: { domains, index } }: { readonly note: CaseNote }): ReactNode {
  return (
    <select
      className="case-run mono"
      aria-label="Domains in this case"
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

function verdictOf({ likeness, ownTrust }: CaseNote): {
  readonly tone: Tone;
  readonly sentence: string;
} {
  const tone = ownTrust ? 'warn' : 'ok';
  switch (likeness) {
    case 'same':
      return { tone, sentence: 'it comes to the same report.' };
    case 'same findings':
      return {
        tone,
        sentence: 'it comes to the same outcomes and findings, if not in every particular.',
      };
    case 'different':
      return {
        tone: 'err',
        sentence:
          'it does not come to the report that the file holds. Shown is what the evidence gives.',
      };
  }
}
