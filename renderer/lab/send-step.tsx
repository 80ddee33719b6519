/** Step 3: the recipients, and one mail to all of them in the forms in which people send one. */
import { Button } from '@mantine/core';
import { useEffect, useState, type ReactNode } from 'react';
import type { SaveReply } from '../../shared/ipc/contract.ts';
import { testMails } from '../../shared/lab/test-mails.ts';
import type { TestReport } from '../../shared/lab/test-report.ts';
import { recipientsOfReport } from '../store/outbound-report.ts';
import { changeSetup, isSender, saveTestMail, useOutboundSetup } from '../store/outbound-setup.ts';
import { copyText } from '../store/settings-store.ts';
import { Icon } from '../ui/icon.tsx';
import { Seen } from '../ui/seen.tsx';
import { words } from '../words/words.ts';
import { CopyText } from './copy-text.tsx';

const said = words.outbound.setup.send;

export function SendStep({ report }: { readonly report: TestReport }): ReactNode {
  const sender = useOutboundSetup((setup) => setup.sender);
  const saved = useOutboundSetup((setup) => setup.saved);
  const recipients = recipientsOfReport(report);
  const isUsable = isSender(sender.trim());
  // The first is the list of recipients, which has a button of its own.
  const [, ...commands] = testMails(recipients, isUsable ? sender.trim() : '');
  return (
    <>
      <p className="dim">{recipients.length === 1 ? said.leadOne : said.lead(recipients.length)}</p>
      <div className="outbound-save">
        <CopyAll text={recipients.map(({ address }) => address).join(', ')} />
        <Button
          h={34}
          variant="default"
          title={said.saveHint}
          disabled={!isUsable}
          onClick={() => void saveTestMail(report, new Date())}
        >
          {said.save}
        </Button>
        <p role="status">{saved !== null && <Saved saved={saved} />}</p>
      </div>
      <SenderField sender={sender} isUsable={isUsable} />
      {isUsable &&
        commands.map(({ label, text }) => (
          <CopyText
            key={label}
            text={text}
            where={said.command(label)}
            what={said.commandFor(label)}
          />
        ))}
      <p className="dim outbound-hint">{said.retry}</p>
      <h4>{said.recipients}</h4>
      <ul className="outbound-recipients mono">
        {recipients.map(({ address }) => (
          <li key={address}>
            <Seen text={address} />
          </li>
        ))}
      </ul>
    </>
  );
}

/** Milliseconds for which “Copied” stays, as of other texts. */
const SAID_MS = 1600;

/** What is needed most, so not as small as other buttons that copy. */
function CopyAll({ text }: { readonly text: string }): ReactNode {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => {
      setCopied(false);
    }, SAID_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [copied]);
  return (
    <Button
      h={34}
      onClick={() => {
        void copyText(text).then(() => {
          setCopied(true);
        });
      }}
    >
      <span aria-live="polite">{copied ? said.copied : said.copyAll}</span>
    </Button>
  );
}

interface SenderFieldProps {
  readonly sender: string;
  readonly isUsable: boolean;
}

function SenderField({ sender, isUsable }: SenderFieldProps): ReactNode {
  return (
    <div className="outbound-field">
      <label htmlFor="outbound-sender">{said.sender}</label>
      <input
        id="outbound-sender"
        className="mono"
        spellCheck={false}
        autoComplete="off"
        aria-invalid={!isUsable}
        aria-describedby="outbound-sender-hint"
        value={sender}
        onChange={(event) => {
          changeSetup({ sender: event.currentTarget.value });
        }}
      />
      <span
        id="outbound-sender-hint"
        className={isUsable ? 'dim outbound-hint' : 'outbound-refusal'}
        role="status"
      >
        {isUsable ? (
          said.senderHint
        ) : (
          <>
            <Icon name="triangle" tone="warn" size={12} />
            {said.senderRefused}
          </>
        )}
      </span>
    </div>
  );
}

function Saved({ saved }: { readonly saved: SaveReply }): ReactNode {
  if (saved.kind === 'cancelled') return null;
  const isSaved = saved.kind === 'saved';
  return (
    <span className="outbound-saved">
      <Icon name={isSaved ? 'tick' : 'triangle'} tone={isSaved ? 'ok' : 'warn'} size={12} />
      <Seen text={isSaved ? words.frame.savedAs(saved.path) : saved.message} />
    </span>
  );
}
