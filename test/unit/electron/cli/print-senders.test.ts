// The table of senders on a terminal and in JSON.
import { expect, test } from 'vitest';
import { printSenders } from '../../../../electron/cli/print-senders.ts';
import { createTerminal } from '../../../../electron/cli/terminal.ts';
import { sendersTable } from '../../../../shared/mail-software/senders.ts';
import { ancestor, denies, host, judged, noTlsa } from '../../shared/inspection/evidence.ts';

const terminal = createTerminal({
  stdout: { write: () => true },
  stderr: { write: () => true },
  environment: {},
});

test('what is the same behind every resolver is said once', () => {
  const text = printSenders(judged([host()]), terminal);
  expect(text.match(/Delivered over verified TLS/g)).toHaveLength(
    sendersTable(judged([host()])).length,
  );
  expect(text).not.toContain('Behind');
  expect(text).toContain('Exim, DANE demanded  hosts_require_dane = *');
});

test('what differs is said by resolver', () => {
  const text = printSenders(judged([host({ ancestors: [denies()] })]), terminal);
  const [postfix = ''] = text.split('\n\n').filter((part) => part.startsWith('Postfix'));
  expect(postfix.replaceAll(/\s+/g, ' ')).toContain(
    '✓ Behind a plain resolver: Delivered over verified TLS',
  );
  expect(postfix.replaceAll(/\s+/g, ' ')).toContain(
    '· Behind a minimising or strictly minimising resolver: Delivered as if there were no DANE',
  );
});

test('what may strike any resolver stands below, and a hostile name steers no terminal', () => {
  const text = printSenders(
    judged([
      host({
        name: '\u001B[2Jmx.example.org',
        tlsa: noTlsa(),
        ancestors: [ancestor({ covers: true })],
      }),
    ]),
    terminal,
  );
  expect(text).toContain('RFC 8198');
  expect(text).not.toContain('\u001B');
});
