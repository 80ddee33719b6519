/** A place to paste a chain that was saved elsewhere, for networks that block port 25. */
import { Button } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { giveChain } from '../store/inspection-store.ts';
import { copyText } from '../store/settings-store.ts';
import { useChainDrop } from '../ui/chain-drop.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { Icon } from '../ui/icon.tsx';

export interface ChainInputProps {
  readonly host: string;
  /** What is shown was given already. */
  readonly given: boolean;
}

export function ChainInput({ host, given }: ChainInputProps): ReactNode {
  const [open, setOpen] = useState(false);
  const [text, setText] = useState('');
  const drop = useChainDrop(setText);
  const command = `openssl s_client -starttls smtp -showcerts -connect ${host}:25 -servername ${host} </dev/null`;
  return (
    <section className="chain-input" aria-label="A saved chain">
      {given && (
        <Button size="xs" variant="default" onClick={() => void giveChain(host, null)}>
          Ask the server itself
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
        {given ? 'Judge another saved chain' : 'Judge a saved chain instead'}
      </button>
      {open && (
        <>
          <p className="dim">
            Where this network blocks port 25, save the chain on another machine, then paste it or
            drop the file here, or on the host in the picture.
          </p>
          <p className="explanation-buttons">
            <CopyButton
              text={command}
              copy={copyText}
              what="the command that saves the chain"
              label="Copy command"
            />
          </p>
          <textarea
            className="mono"
            rows={4}
            spellCheck={false}
            aria-label={`Certificate chain of ${host} in PEM`}
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
            Judge this chain
          </Button>
        </>
      )}
    </section>
  );
}
