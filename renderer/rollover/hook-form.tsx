/** The settings of the hook script. */
import { SegmentedControl } from '@mantine/core';
import { useId, type ReactNode } from 'react';
import {
  HOOK_CLIENTS,
  HOOK_DNS,
  type HookClient,
  type HookDns,
} from '../../shared/hooks/write-hook.ts';
import { chooseHook, useRollover } from '../store/rollover-store.ts';

const CLIENTS: Readonly<Record<HookClient, string>> = {
  certbot: 'certbot',
  'acme.sh': 'acme.sh',
  lego: 'lego',
};
const DNS: Readonly<Record<HookDns, string>> = { nsupdate: 'nsupdate', cloudflare: 'Cloudflare' };

export function HookForm(): ReactNode {
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
