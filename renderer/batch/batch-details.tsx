/** The selected domain: what senders do, and the codes of all its findings. */
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { BatchRow } from '../../shared/batch/row.ts';
import { standingOf } from '../../shared/batch/view.ts';
import { openRow } from '../store/batch-actions.ts';
import { filterBatch, selectRow, useBatch } from '../store/batch-store.ts';
import { DismissButton } from '../ui/dismiss-button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Seen } from '../ui/seen.tsx';
import { words } from '../words/words.ts';
import { standingFace } from './standing-face.ts';

const said = words.batch;

export function BatchDetails(): ReactNode {
  const row = useBatch(({ rows, selected }) => (selected === null ? undefined : rows[selected]));
  if (row === undefined) return null;
  const { icon, tone, word } = standingFace(standingOf(row));
  return (
    <section className="batch-details" aria-label={said.details.title} aria-live="polite">
      <div className="batch-verdict">
        <p className="batch-name">
          <span className={`batch-word tone-${tone}`}>
            <Icon name={icon} size={18} />
            {word}
          </span>
          <span className="mono">
            <Seen text={row.domain} />
          </span>
        </p>
        <p>
          <Seen text={sentenceOf(row)} />
        </p>
        {row.codes.length > 0 && <Codes codes={row.codes} />}
      </div>
      <Button h={34} title={said.buttons.openHint} onClick={() => void openRow(row.index)}>
        {said.buttons.open}
      </Button>
      <DismissButton
        label={said.details.close}
        dismiss={() => {
          selectRow(null);
        }}
      />
    </section>
  );
}

function sentenceOf({ status, sentence }: BatchRow): string {
  if (status === 'waiting') return said.details.waiting;
  return status === 'running' ? said.details.running : sentence;
}

function Codes({ codes }: { readonly codes: readonly string[] }): ReactNode {
  return (
    <ul className="batch-codes" aria-label={said.details.codes}>
      {codes.map((code) => (
        <li key={code}>
          <button
            type="button"
            className="tag mono"
            title={said.details.codeHint(code)}
            onClick={() => {
              filterBatch({ code, standing: null, text: '' });
            }}
          >
            {code}
          </button>
        </li>
      ))}
    </ul>
  );
}
