/** `verify`: does a saved chain satisfy these TLSA records? Nothing is asked of any network. */
import { domainToASCII } from 'node:url';
import { printable } from '../../shared/findings/safe-text.ts';
import { readDomainInput } from '../../shared/inspection/domain-input.ts';
import { MAX_PEM_CHARACTERS } from '../../shared/x509/limits.ts';
import { verifyOffline } from '../compose.ts';
import { exitCodeOfVerify, type ExitCode } from './exit-code.ts';
import { readBoundedFile, UsageError } from './input-file.ts';
import type { Terminal } from './terminal.ts';

export interface VerifyOptions {
  readonly host: string;
  readonly domain?: string;
  readonly chain: string;
  readonly tlsa: readonly string[];
  readonly at: number | null;
  readonly json?: boolean;
}

export async function verify(options: VerifyOptions, terminal: Terminal): Promise<ExitCode> {
  const chainText = await readBoundedFile('--chain', options.chain, MAX_PEM_CHARACTERS);
  const answer = verifyOffline({
    chainText,
    tlsa: options.tlsa,
    host: readDomain(options.host),
    domain: options.domain === undefined ? null : readDomain(options.domain),
    at: options.at ?? Date.now(),
  });
  if (answer.kind === 'unreadable') throw new UsageError(answer.message);
  const { document } = answer;
  if (options.json === true) {
    terminal.out(JSON.stringify(document));
  } else {
    terminal.out(`${document.outcome}: ${printable(document.reason)}`);
    for (const record of document.records) {
      const mark = record.matches ? terminal.paint('good', '✓') : terminal.paint('quiet', '·');
      const numbers = `${record.usage} ${record.selector} ${record.matchingType}`;
      terminal.out(`${mark} ${numbers} ${printable(record.data)}\n    ${printable(record.reason)}`);
    }
  }
  return exitCodeOfVerify(document.outcome);
}

function readDomain(text: string): string {
  const input = readDomainInput(text, domainToASCII);
  if (!input.ok) throw new UsageError(input.message);
  return input.domain.key;
}
