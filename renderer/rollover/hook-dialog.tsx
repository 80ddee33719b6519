/** The hook script: a few settings, the script as it will be, and how it is taken away. */
import { Button, Modal, SegmentedControl } from '@mantine/core';
import { useId, useState, type ReactNode } from 'react';
import {
  HOOK_CLIENTS,
  HOOK_DNS,
  writeHook,
  type HookClient,
  type HookDns,
} from '../../shared/hooks/write-hook.ts';
import type { SaveReply } from '../../shared/ipc/contract.ts';
import { chooseHook, saveText, useRollover } from '../store/rollover-store.ts';
import { copyText } from '../store/settings-store.ts';
import { savedWords } from './save-words.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { Seen } from '../ui/seen.tsx';

export interface HookDialogProps extends HookPlace {
  readonly opened: boolean;
  readonly close: () => void;
}

interface HookPlace {
  readonly host: string;
  readonly port: number;
  /** Seconds. */
  readonly ttl: number;
}

export function HookDialog({ opened, close, ...place }: HookDialogProps): ReactNode {
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={`Hook script for ${place.host}, port ${place.port}`}
      size="min(960px, 92vw)"
      centered
      // Both would put style elements into the page, which the security policy forbids.
      lockScroll={false}
      transitionProps={{ duration: 0 }}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Hook {...place} />
    </Modal>
  );
}

function Hook({ host, port, ttl }: HookPlace): ReactNode {
  const hook = useRollover((state) => state.hook);
  const script = writeHook({
    client: hook.client,
    dns: hook.dns,
    places: [{ host, port }],
    zone: hook.zone.trim() === '' ? null : hook.zone.trim(),
    ttl,
    folder: hook.folder.trim(),
    reload: hook.reload.trim(),
    nameServers: null,
  });
  return (
    <div className="hook">
      <HookForm />
      <div className="hook-script">
        <textarea
          className="mono scroll"
          aria-label="The script"
          readOnly
          wrap="off"
          spellCheck={false}
          value={script}
        />
        <HookActions script={script} />
      </div>
    </div>
  );
}

const CLIENTS: Readonly<Record<HookClient, string>> = {
  certbot: 'certbot',
  'acme.sh': 'acme.sh',
  lego: 'lego',
};
const DNS: Readonly<Record<HookDns, string>> = { nsupdate: 'nsupdate', cloudflare: 'Cloudflare' };

function HookForm(): ReactNode {
  const hook = useRollover((state) => state.hook);
  return (
    <div className="hook-form">
      <SegmentedControl
        aria-label="ACME client"
        size="xs"
        fullWidth
        value={hook.client}
        data={HOOK_CLIENTS.map((value) => ({ value, label: CLIENTS[value] }))}
        onChange={(value) => {
          const client = HOOK_CLIENTS.find((each) => each === value);
          if (client !== undefined) chooseHook({ client });
        }}
      />
      <SegmentedControl
        aria-label="How records are changed"
        size="xs"
        fullWidth
        value={hook.dns}
        data={HOOK_DNS.map((value) => ({ value, label: DNS[value] }))}
        onChange={(value) => {
          const dns = HOOK_DNS.find((each) => each === value);
          if (dns !== undefined) chooseHook({ dns });
        }}
      />
      <TextField
        label="Zone"
        value={hook.zone}
        placeholder="found by itself"
        change={(zone) => {
          chooseHook({ zone });
        }}
      />
      <TextField
        label="Folder for the mail server’s key and certificate"
        value={hook.folder}
        placeholder=""
        change={(folder) => {
          chooseHook({ folder });
        }}
      />
      <TextField
        label="Command that reloads the mail server"
        value={hook.reload}
        placeholder="postfix reload"
        change={(reload) => {
          chooseHook({ reload });
        }}
      />
      <p className="dim">
        It publishes, waits, checks every name server, installs, reloads, waits, and removes only
        what it can prove stale. It stops on an error with the old state intact, and may run again.
      </p>
      <p className="dim">
        {hook.dns === 'cloudflare'
          ? 'The API token is read from the environment or a file. It is never in the script.'
          : 'The TSIG key stays in a file of its own. It is never in the script.'}{' '}
        Try it first with --dry-run.
      </p>
    </div>
  );
}

interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly placeholder: string;
  readonly change: (value: string) => void;
}

function TextField({ label, value, placeholder, change }: TextFieldProps): ReactNode {
  const id = useId();
  return (
    <div className="hook-field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="mono"
        spellCheck={false}
        autoComplete="off"
        value={value}
        placeholder={placeholder}
        onChange={(event) => {
          change(event.currentTarget.value);
        }}
      />
    </div>
  );
}

function HookActions({ script }: { readonly script: string }): ReactNode {
  const [reply, setReply] = useState<SaveReply | null>(null);
  return (
    <div className="hook-actions">
      <Button
        h={32}
        onClick={() => {
          void saveText('dane-hook', script, true).then(setReply);
        }}
      >
        Save
      </Button>
      <CopyButton text={script} copy={copyText} what="the script" label="Copy" />
      <p aria-live="polite" className={reply?.kind === 'failed' ? 'tone-err' : 'dim'}>
        {reply !== null && <Seen text={savedWords(reply)} />}
      </p>
    </div>
  );
}
