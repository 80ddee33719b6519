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
        Tell {client}:{' '}
        {commandsFor(client, host).map(({ of, text }) => (
          <span key={text} className="hook-command">
            {of !== '' && `${of}: `}
            <Command text={text} />{' '}
          </span>
        ))}
      </li>
      <li>
        Let cron go on with it, in <code className="mono">/etc/cron.d/dane-hook</code>:{' '}
        <Command text={CRON} />
      </li>
    </ol>
  );
}

interface ClientCommand {
  /** Whose command it is, where versions differ. */
  readonly of: string;
  readonly text: string;
}

/** As docs/hooks.md has it. */
function commandsFor(client: HookClient, host: string): readonly ClientCommand[] {
  switch (client) {
    case 'certbot':
      return [{ of: '', text: `ln -s ${PLACE} /etc/letsencrypt/renewal-hooks/deploy/` }];
    case 'acme.sh':
      return [
        { of: '', text: `acme.sh --install-cert -d ${shellWord(host)} --reloadcmd ${PLACE}` },
      ];
    case 'lego':
      return [
        { of: 'version 5', text: `lego … --deploy-hook ${PLACE}` },
        { of: 'version 4, first', text: `lego … run --run-hook ${PLACE}` },
        { of: 'version 4, then', text: `lego … renew --renew-hook ${PLACE}` },
      ];
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
