/** A place to paste a chain that was saved elsewhere, for networks that block port 25. */
import { Button } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { servedChainCommand } from '../../shared/elsewhere/command-mail.ts';
import { giveChain } from '../store/inspection-store.ts';
import { copyText } from '../store/settings-store.ts';
import { useChainDrop } from '../ui/chain-drop.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { Icon } from '../ui/icon.tsx';
import { words } from '../words/words.ts';

const said = words.details.smtp.saved;

/** Where other machines reach the host, whatever port was chosen here. */
const SMTP_PORT = 25;

export interface ChainInputProps {
  readonly host: string;
  /** What is shown was given already. */
  readonly given: boolean;
}

export function ChainInput({ host, given }: ChainInputProps): ReactNode {
  const [open, setOpen] = useState(false);
  const [text, setText] = useState('');
  const drop = useChainDrop(setText);
  const command = servedChainCommand({ host, address: host, port: SMTP_PORT, sni: host });
  return (
    <section className="chain-input" aria-label={said.title}>
      {given && (
        <Button size="xs" variant="default" onClick={() => void giveChain(host, null)}>
          {said.askServer}
        </Button>
      )}
      <button
        type="button"
        className="message-fold"
        aria-expanded={open}
        onClick={() => {
          setOpen(!open);
        }}
      >
        <Icon name={open ? 'down' : 'right'} size={10} />
        {given ? said.another : said.instead}
      </button>
      {open && (
        <>
          <p className="dim">{said.hint}</p>
          <p className="explanation-buttons">
            <CopyButton
              text={command}
              copy={copyText}
              what={said.whatCommand}
              label={said.copyCommand}
            />
          </p>
          <textarea
            className="mono"
            rows={4}
            spellCheck={false}
            aria-label={said.field(host)}
            placeholder="-----BEGIN CERTIFICATE-----"
            value={text}
            onDragOver={drop.handlers.onDragOver}
            onDrop={drop.handlers.onDrop}
            onChange={(event) => {
              setText(event.currentTarget.value);
            }}
          />
          <Button
            size="xs"
            disabled={text.trim() === ''}
            onClick={() => void giveChain(host, text)}
          >
            {said.judge}
          </Button>
        </>
      )}
    </section>
  );
}
