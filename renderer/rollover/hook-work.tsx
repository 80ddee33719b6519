/** How the saved script is put to work: where it goes, what calls it. */
import type { ReactNode } from 'react';
import { shellWord } from '../../shared/findings/safe-text.ts';
import type { HookClient } from '../../shared/hooks/write-hook.ts';
import { copyText } from '../store/settings-store.ts';
import { CopyButton } from '../ui/copy-button.tsx';

export interface HookWorkProps {
  readonly client: HookClient;
  readonly host: string;
}

const PLACE = '/usr/local/sbin/dane-hook';
const CRON = `*/5 * * * * root ${PLACE} run`;

export function HookWork({ client, host }: HookWorkProps): ReactNode {
  return (
    <ol className="hook-work" aria-label="How it is put to work">
      <li>
        Save it as <code className="mono">{PLACE}</code>; settings and the place of the secret go
        into <code className="mono">/etc/dane-hook.conf</code>.
      </li>
      <li>
        Tell {client}: <Command text={commandFor(client, host)} />
      </li>
      <li>
        Let cron go on with it, in <code className="mono">/etc/cron.d/dane-hook</code>:{' '}
        <Command text={CRON} />
      </li>
    </ol>
  );
}

/** As docs/hooks.md has it. */
function commandFor(client: HookClient, host: string): string {
  switch (client) {
    case 'certbot':
      return `ln -s ${PLACE} /etc/letsencrypt/renewal-hooks/deploy/`;
    case 'acme.sh':
      return `acme.sh --install-cert -d ${shellWord(host)} --reloadcmd ${PLACE}`;
    case 'lego':
      return `lego … --deploy-hook ${PLACE}`;
  }
}

function Command({ text }: { readonly text: string }): ReactNode {
  return (
    <>
      <code className="mono">{text}</code>{' '}
      <CopyButton text={text} copy={copyText} what={`“${text}”`} />
    </>
  );
}
