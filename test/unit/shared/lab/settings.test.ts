import { expect, test } from 'vitest';
import { resolverSettings } from '../../../../shared/lab/resolver-settings.ts';
import { SCENARIOS } from '../../../../shared/lab/scenario.ts';
import { testMailFile, testMails } from '../../../../shared/lab/test-mails.ts';
import { recipientsOf } from '../../../../shared/lab/test-run.ts';

const DS = 'havedane.test. 60 IN DS 12345 13 2 ABCDEF';

function textFor(software: string, address: string, port: number, base = 'havedane.test'): string {
  const all = resolverSettings({ base, address, port, trustAnchor: DS });
  return all.find((each) => each.software === software)?.text ?? '';
}

test('Unbound is told to ask a loopback server and names under test. only where it must', () => {
  const here = textFor('Unbound', '127.25.0.53', 5353);
  expect(here).toContain('stub-addr: 127.25.0.53@5353');
  expect(here).toContain('do-not-query-localhost: no');
  expect(here).toContain('local-zone: "test." nodefault');
  const there = textFor('Unbound', '192.0.2.53', 53, 'dane.example.org');
  expect(there).not.toContain('do-not-query-localhost');
  expect(there).not.toContain('local-zone');
});

test('BIND takes the anchor in pieces, and a port only where it is another', () => {
  expect(textFor('BIND', '127.25.0.53', 5353)).toContain('{ 127.25.0.53 port 5353; }');
  expect(textFor('BIND', '127.25.0.53', 53)).toContain('{ 127.25.0.53; }');
  expect(textFor('BIND', '127.25.0.53', 53)).toContain('static-ds 12345 13 2 "ABCDEF"');
});

test('a resolver that cannot be used is said to be so, without settings', () => {
  const facts = { base: 'havedane.test', address: '127.0.0.1', port: 53, trustAnchor: DS };
  const resolved = resolverSettings(facts).find(({ software }) => software === 'systemd-resolved');
  expect(resolved).toMatchObject({ file: null, text: '' });
  expect(resolved?.notes.length).toBeGreaterThan(0);
});

const run = {
  ...{ alias: 'abc', startedAt: 0, silentAfterMs: 1 },
  scenarios: SCENARIOS.map(({ id }) => id),
};
const recipients = recipientsOf(run, 'havedane.test');

test('the mail of a test goes to all recipients at once', () => {
  for (const { label, text } of testMails(recipients, 'me@example.org'))
    for (const { address } of recipients) expect(text, label).toContain(address);
});

test('a sender’s address stays one word for the shell', () => {
  const mails = testMails(recipients, "o'brien; rm -rf /@example.org");
  const command = mails.find(({ label }) => label === 'sendmail')?.text ?? '';
  expect(command).toContain(`-f 'o'\\''brien; rm -rf /@example.org' `);
});

test('the mail as a file has lines that end in CR LF and are not too long', () => {
  const file = testMailFile(recipients, 'me@example.org', 'Sun, 29 Nov 2026 12:00:00 +0000');
  expect(file.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  for (const line of file.split('\r\n')) expect(line.length).toBeLessThan(998);
  expect(file).toContain('\r\n\r\n');
});
