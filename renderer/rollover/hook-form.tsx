/** The settings of the hook script. */
import { SegmentedControl } from '@mantine/core';
import { useId, type ReactNode } from 'react';
import { HOOK_CLIENTS, HOOK_DNS } from '../../shared/hooks/write-hook.ts';
import { chooseHook, useRollover } from '../store/rollover-store.ts';
import { words } from '../words/words.ts';

const { hook: said } = words.rollover;

export function HookForm(): ReactNode {
  const hook = useRollover((state) => state.hook);
  return (
    <div className="hook-form">
      <SegmentedControl
        aria-label={said.client}
        size="xs"
        fullWidth
        value={hook.client}
        data={HOOK_CLIENTS.map((value) => ({ value, label: said.clients[value] }))}
        onChange={(value) => {
          const client = HOOK_CLIENTS.find((each) => each === value);
          if (client !== undefined) chooseHook({ client });
        }}
      />
      <SegmentedControl
        aria-label={said.dns}
        size="xs"
        fullWidth
        value={hook.dns}
        data={HOOK_DNS.map((value) => ({ value, label: said.dnsWays[value] }))}
        onChange={(value) => {
          const dns = HOOK_DNS.find((each) => each === value);
          if (dns !== undefined) chooseHook({ dns });
        }}
      />
      <TextField
        label={said.zone}
        value={hook.zone}
        placeholder={said.zoneHint}
        change={(zone) => {
          chooseHook({ zone });
        }}
      />
      <TextField
        label={said.folder}
        value={hook.folder}
        placeholder=""
        change={(folder) => {
          chooseHook({ folder });
        }}
      />
      <TextField
        label={said.reload}
        value={hook.reload}
        placeholder={said.reloadExample}
        change={(reload) => {
          chooseHook({ reload });
        }}
      />
      <p className="dim">{said.does}</p>
      <p className="dim">{said.secrets[hook.dns]}</p>
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
