/** How the saved script is put to work: where it goes, what calls it. */
import type { ReactNode } from 'react';
import { shellWord } from '../../shared/findings/safe-text.ts';
import type { HookClient } from '../../shared/hooks/write-hook.ts';
import { copyText } from '../store/settings-store.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { Said } from '../ui/said.tsx';
import { words } from '../words/words.ts';

const { hook: said } = words.rollover;

export interface HookWorkProps {
  readonly client: HookClient;
  readonly host: string;
}

const PLACE = '/usr/local/sbin/dane-hook';
const SETTINGS = '/etc/dane-hook.conf';
const CRON_FILE = '/etc/cron.d/dane-hook';
const CRON = `*/5 * * * * root ${PLACE} run`;

export function HookWork({ client, host }: HookWorkProps): ReactNode {
  return (
    <ol className="hook-work" aria-label={said.work}>
      <li>
        <Said
          parts={said.saveAs(
            <code className="mono">{PLACE}</code>,
            <code className="mono">{SETTINGS}</code>,
          )}
        />
      </li>
      <li>
        <Said
          parts={said.tell(
            client,
            commandsFor(client, host).map(({ of, command }) => (
              <span key={command} className="hook-command">
                <Said
                  parts={
                    of === ''
                      ? [<Command key={command} text={command} />]
                      : said.forVersion(of, <Command text={command} />)
                  }
                />{' '}
              </span>
            )),
          )}
        />
      </li>
      <li>
        <Said
          parts={said.cron(<code className="mono">{CRON_FILE}</code>, <Command text={CRON} />)}
        />
      </li>
    </ol>
  );
}

interface ClientCommand {
  /** Whose command it is, where versions differ. */
  readonly of: string;
  readonly command: string;
}

/** As docs/hooks.md has it. */
function commandsFor(client: HookClient, host: string): readonly ClientCommand[] {
  switch (client) {
    case 'certbot':
      return [{ of: '', command: `ln -s ${PLACE} /etc/letsencrypt/renewal-hooks/deploy/` }];
    case 'acme.sh':
      return [
        { of: '', command: `acme.sh --install-cert -d ${shellWord(host)} --reloadcmd ${PLACE}` },
      ];
    case 'lego':
      return [
        { of: said.versions.five, command: `lego … --deploy-hook ${PLACE}` },
        { of: said.versions.fourFirst, command: `lego … run --run-hook ${PLACE}` },
        { of: said.versions.fourThen, command: `lego … renew --renew-hook ${PLACE}` },
      ];
  }
}

function Command({ text }: { readonly text: string }): ReactNode {
  return (
    <>
      <code className="mono">{text}</code>{' '}
      <CopyButton text={text} copy={copyText} what={said.command(text)} />
    </>
  );
}
