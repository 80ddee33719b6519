/** The mail of a test, in the forms in which people send one: to copy, as a command, as a file. */
import type { Recipient } from './test-run.ts';

export interface TestMail {
  readonly label: string;
  readonly text: string;
}

/** One mail to all: each goes its own way from there. */
export function testMails(recipients: readonly Recipient[], sender: string): readonly TestMail[] {
  const addresses = recipients.map(({ address }) => address);
  return [
    { label: 'Recipients', text: addresses.join(', ') },
    {
      label: 'sendmail',
      text: `printf 'Subject: DANE test\\n\\nDANE test\\n' | sendmail -i -f ${quoted(sender)} ${addresses.join(' ')}`,
    },
    {
      label: 'swaks',
      text: `swaks --server localhost --from ${quoted(sender)} --to ${addresses.join(',')} --header 'Subject: DANE test'`,
    },
  ];
}

/** RFC 5322 §2.1: lines end in CR LF. `date` as in §3.3. */
export function testMailFile(
  recipients: readonly Recipient[],
  sender: string,
  date: string,
): string {
  return [
    `From: <${sender}>`,
    `To: ${recipients.map(({ address }) => `<${address}>`).join(',\r\n ')}`,
    'Subject: DANE test',
    `Date: ${date}`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=us-ascii',
    '',
    'A test of whether this sender checks DANE. Nothing of it is kept.',
    '',
  ].join('\r\n');
}

/** For a shell: whatever stands in it is one word. */
function quoted(word: string): string {
  return /^[\w.@+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
