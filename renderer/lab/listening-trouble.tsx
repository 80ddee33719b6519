/** Why the test could not start, and each way out with its commands. */
import type { ReactNode } from 'react';
import type { Advice } from '../../shared/lab/listening-words.ts';
import { showPlace, useOutbound } from '../store/outbound-store.ts';
import { Icon } from '../ui/icon.tsx';
import { Seen } from '../ui/seen.tsx';
import { words } from '../words/words.ts';
import { CopyText } from './copy-text.tsx';

const said = words.outbound.trouble;

export function ListeningTrouble(): ReactNode {
  const trouble = useOutbound((view) => view.trouble);
  switch (trouble?.kind) {
    case 'cannot-listen':
      return <Trouble sentence={trouble.advice.trouble} ways={trouble.advice.ways} />;
    case 'failed':
      return <Trouble sentence={trouble.message} ways={[]} />;
    case 'refused':
      // What belongs to no field of the form.
      return trouble.field === 'open' ? <Trouble sentence={trouble.message} ways={[]} /> : null;
    default:
      return null;
  }
}

interface TroubleProps {
  readonly sentence: string;
  readonly ways: Advice['ways'];
}

function Trouble({ sentence, ways }: TroubleProps): ReactNode {
  return (
    <section className="outbound-trouble" role="alert" aria-label={said.title}>
      <p className="outbound-trouble-sentence">
        <Icon name="triangle" tone="warn" />
        <strong>
          <Seen text={sentence} />
        </strong>
      </p>
      <ul>
        {ways.map(({ text, commands }) => (
          <li key={text}>
            <p>
              <Seen text={text} />
            </p>
            {commands.length > 0 && <CopyText text={commands.join('\n')} what={said.command} />}
          </li>
        ))}
      </ul>
      <p>
        <button
          type="button"
          className="text-link"
          onClick={() => {
            showPlace(true);
            document.querySelector<HTMLElement>('.outbound-place')?.focus();
          }}
        >
          {said.change}
        </button>
      </p>
    </section>
  );
}
