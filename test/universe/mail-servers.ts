// Starts every mail server of the universe: Postfix, Exim, the scripted ones and the one that never accepts (RFC 5321, RFC 3207).
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { SMTP_PORT } from './address-plan.ts';
import type { Close } from './dns-transport.ts';
import { eximHindrance, startExim } from './exim.ts';
import { startFullBacklog } from './full-backlog.ts';
import type { MailListener } from './listeners.ts';
import { MAIL_FAULTS } from './mail-faults.ts';
import { postfixHindrance, startPostfix } from './postfix.ts';
import { startScriptedMailServer } from './scripted-mail-server.ts';
import type { WorkFolder } from './work-folder.ts';

/** Why there are no mail servers here, or null. */
export function mailHindrance(): string | null {
  return postfixHindrance() ?? eximHindrance();
}

/** Gives what closes those that run in this process; the others are noted in the work folder. */
export async function startMailServers(
  work: WorkFolder,
  listeners: readonly MailListener[],
  ipv6: boolean,
): Promise<Close> {
  const of = (by: MailListener['by']): readonly MailListener[] =>
    listeners.filter((listener) => listener.by === by);
  const folder = (name: string): string => {
    const path = join(work.path, name);
    mkdirSync(path, { recursive: true });
    return path;
  };
  work.noteProcess(startExim(folder('exim'), of('exim')));
  const closes: Close[] = [];
  for (const { address } of of('full-backlog')) {
    const endpoint = { address, port: SMTP_PORT };
    const full = await startFullBacklog(endpoint, join(folder('full-backlog'), `${address}.log`));
    work.noteProcess(full.process);
    closes.push(full.close);
  }
  for (const [fault, script] of Object.entries(MAIL_FAULTS)) {
    for (const { by, address, certificates } of listeners) {
      if (by !== fault) continue;
      const endpoint = { address, port: SMTP_PORT };
      closes.push(await startScriptedMailServer(endpoint, script, certificates));
    }
  }
  work.noteProcess(await startPostfix(join(work.path, 'postfix'), of('postfix'), ipv6));
  return async () => {
    await Promise.all(closes.map((close) => close()));
  };
}
