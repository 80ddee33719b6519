/** The hook script: a few settings, the script as it will be, and how it is taken away. */
import { Button, Modal } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { writeHook } from '../../shared/hooks/write-hook.ts';
import type { SaveReply } from '../../shared/ipc/contract.ts';
import { useRollover, type HookChoice } from '../store/rollover-store.ts';
import { saveText } from '../store/save-store.ts';
import { copyText } from '../store/settings-store.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { Seen } from '../ui/seen.tsx';
import { visibleText } from '../ui/visible-text.ts';
import { HookForm } from './hook-form.tsx';
import { HookWork } from './hook-work.tsx';
import { savedWords } from './save-words.ts';
import { words } from '../words/words.ts';

const { hook: said } = words.rollover;

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
      title={said.title(visibleText(place.host), place.port)}
      size="min(960px, 92vw)"
      centered
      // Both would put style elements into the page, which the security policy forbids.
      lockScroll={false}
      transitionProps={{ duration: 0 }}
      closeButtonProps={{ 'aria-label': words.frame.close }}
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
          aria-label={said.script}
          readOnly
          wrap="off"
          spellCheck={false}
          value={script}
        />
        <HookActions script={script} fault={faultOf(hook)} />
        <HookWork client={hook.client} host={host} />
      </div>
    </div>
  );
}

/** What the script would refuse; null where it is in order. */
function faultOf({ folder, reload }: HookChoice): string | null {
  if (!folder.trim().startsWith('/')) return said.wholePath;
  return reload.trim() === '' ? said.nameReload : null;
}

interface HookActionsProps {
  readonly script: string;
  readonly fault: string | null;
}

function HookActions({ script, fault }: HookActionsProps): ReactNode {
  const [reply, setReply] = useState<SaveReply | null>(null);
  return (
    <div className="hook-actions">
      <Button
        h={32}
        disabled={fault !== null}
        onClick={() => {
          void saveText('dane-hook', script, true).then(setReply);
        }}
      >
        {said.save}
      </Button>
      <CopyButton text={script} copy={copyText} what={said.what} />
      <p
        aria-live="polite"
        className={fault !== null || reply?.kind === 'failed' ? 'tone-err' : 'dim'}
      >
        <Seen text={fault ?? (reply === null ? '' : savedWords(reply))} />
      </p>
    </div>
  );
}
