/** Says why the outbound test cannot listen, and each way out of it. */
import { listeningAdvice, type Advice } from '../../shared/lab/listening-words.ts';
import type { StartedTest } from '../compose.ts';
import type { OutboundRequest } from './lab-options.ts';
import type { Terminal } from './terminal.ts';
import { wrap } from './wrap.ts';

/** Usual at providers, and seen by nobody who only knows the published address. */
const TRANSLATED =
  'Or the provider translates addresses: “ip address” shows those that this machine has, and --nat PUBLIC=OWN says which of them is behind which published one.';

/** Behind the sentence that says why the file is not used: of a command it is a choice. */
export const OTHER_FILE = 'Or name another file with --state.';

type ListenFailure = Extract<StartedTest, { readonly reason: 'listen' }>['failure'];

export function tellListening(
  { what, endpoint, failure }: ListenFailure,
  { smtpPort, addresses, open }: OutboundRequest,
  terminal: Terminal,
  platform: string = process.platform,
): void {
  const code = failure.kind === 'unreachable' ? failure.code : failure.kind;
  const advice = listeningAdvice({
    ...{ asker: 'command-line', what, ...endpoint, smtpPort, platform, code },
    mailAddresses: addresses.text,
  });
  tellAdvice(advice, terminal);
  if (open && code === 'EADDRNOTAVAIL') terminal.err(wrap(TRANSLATED, terminal.width, ''));
}

export function tellAdvice({ trouble, ways }: Advice, terminal: Terminal): void {
  terminal.err(wrap(trouble, terminal.width, ''));
  for (const { text, commands } of ways) {
    terminal.err(wrap(text, terminal.width, ''));
    // Whole lines, however long: they are to be copied.
    for (const command of commands) terminal.err(`  ${command}`);
  }
}
