/** One cell of the table of senders opened: its sentence, host by host, with the sources of the rules. */
import type { ReactNode } from 'react';
import type { SenderCell, SenderHost, SenderRow } from '../../shared/mail-software/senders.ts';
import { Icon } from '../ui/icon.tsx';
import { Seen } from '../ui/seen.tsx';
import { possibleWords, VERDICT_FACE } from './sender-face.ts';
import { words } from '../words/words.ts';

const { senders: said } = words.outlook;

export interface SenderDetailsProps {
  readonly row: SenderRow;
  readonly cell: SenderCell;
}

export function SenderDetails({ row, cell }: SenderDetailsProps): ReactNode {
  const { tone, icon } = VERDICT_FACE[cell.verdict];
  const { title, note } = said.resolvers[cell.resolver];
  const possible = possibleWords(cell.possible);
  const hosts = cell.hosts.filter(
    (host) => cell.hosts.length > 1 || host.sentence !== cell.sentence,
  );
  const sources = [...new Set(cell.hosts.flatMap((host) => host.sources))];
  return (
    <section className="outlook-aside" aria-live="polite" aria-label={said.title}>
      <h3>
        <span className={`tone-${tone}`}>
          <Icon name={icon} />
        </span>
        {said.heading(row.sender, title)}
      </h3>
      <p className="mono outlook-setting">{row.setting}</p>
      <p>
        <Seen text={cell.sentence} />
      </p>
      {possible !== '' && <p className="dim">{said.possible(possible)}</p>}
      {hosts.length > 0 && (
        <ul className="outlook-hosts">
          {hosts.map((host) => (
            <Host key={host.host} host={host} />
          ))}
        </ul>
      )}
      {sources.length > 0 && (
        <>
          <h4>{said.sources}</h4>
          <ul className="outlook-sources dim">
            {sources.map((source) => (
              <li key={source}>{source}</li>
            ))}
          </ul>
        </>
      )}
      <p className="dim">{note}</p>
    </section>
  );
}

function Host({ host }: { readonly host: SenderHost }): ReactNode {
  const { tone, icon, word } = VERDICT_FACE[host.verdict];
  return (
    <li>
      <h4>
        <span className="mono">
          <Seen text={host.host} />
        </span>
        <span className={`tag tone-${tone}`}>
          <Icon name={icon} size={11} />
          {word}
        </span>
      </h4>
      <p>
        <Seen text={host.sentence} />
      </p>
    </li>
  );
}
