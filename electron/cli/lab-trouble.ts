/** Says why the outbound test cannot listen, and each way out of it. */
import { listeningAdvice, type Advice } from '../../shared/lab/listening-words.ts';
import type { StartedTest } from '../compose.ts';
import type { OutboundRequest } from './lab-options.ts';
import type { Terminal } from './terminal.ts';
import { wrap } from './wrap.ts';

type ListenFailure = Extract<StartedTest, { readonly reason: 'listen' }>['failure'];

export function tellListening(
  { what, endpoint, failure }: ListenFailure,
  { smtpPort, addresses }: OutboundRequest,
  terminal: Terminal,
  platform: string = process.platform,
): void {
  const advice = listeningAdvice({
    ...{ asker: 'command-line', what, ...endpoint, smtpPort, platform },
    code: failure.kind === 'unreachable' ? failure.code : failure.kind,
    mailAddresses: addresses.text,
  });
  tellAdvice(advice, terminal);
}

export function tellAdvice({ trouble, ways }: Advice, terminal: Terminal): void {
  terminal.err(wrap(trouble, terminal.width, ''));
  for (const { text, commands } of ways) {
    terminal.err(wrap(text, terminal.width, ''));
    // Whole lines, however long: they are to be copied.
    for (const command of commands) terminal.err(`  ${command}`);
  }
}
