// `--settings` and `--check-resolver`: what a person reads before a test, in the width of a terminal.
import { afterEach, describe, expect, test } from 'vitest';
import {
  MAIL_SERVER_NAMES,
  RESOLVER_NAMES,
  takeSettings,
} from '../../../../electron/cli/lab-settings.ts';
import { tellResolver } from '../../../../electron/cli/print-outbound-start.ts';
import { createTerminal } from '../../../../electron/cli/terminal.ts';
import {
  judgeResolver,
  type ResolverReply,
  type SelfCheck,
} from '../../../../shared/lab/self-check.ts';
import { until } from '../outbound/rig.ts';
import { aliasIn, LabRig, told } from './lab-rig.ts';
import { run } from './rig.ts';

const NETWORK = '127.25.206';
const rig = new LabRig(NETWORK);
afterEach(() => rig.close());

const ALL = [...RESOLVER_NAMES, ...MAIL_SERVER_NAMES];

describe('names of settings', () => {
  test('may stand in a list, in any case, again and again', () => {
    expect(takeSettings('Unbound, POSTFIX,unbound', ['bind'])).toEqual([
      ...['bind', 'unbound', 'postfix'],
    ]);
  });

  test.each(['sendmail', '', 'unbound,', 'constructor', '__proto__'])(
    '“%s” is told which there are',
    async (name) => {
      const { exit, stderr } = await run(['lab', '--outbound', '--settings', name]);
      expect(exit).toBe(3);
      for (const known of ALL) expect(stderr).toContain(known);
    },
  );
});

test('the start is short without them, and fits 80 columns but for the anchor, which is copied whole', async () => {
  const running = rig.startAt(80);
  await until(() => running.lines.includes('What it does'));
  const { lines } = running;
  expect(lines.filter((line) => line.length > 80)).toEqual([
    expect.stringMatching(/^Trust anchor {2}havedane\.test\. /),
  ]);
  const steps = lines.filter((line) => /^\d\. /.test(line));
  expect(steps).toHaveLength(3);
  const text = lines.join('\n');
  for (const name of ALL) expect(text).toContain(name);
  expect(text).toContain('The next start has another trust anchor, unless --state FILE keeps it.');
  const recipients = lines.filter((line) => /^[a-z2-9]{18}@[a-z-]+\.havedane\.test$/.test(line));
  expect(new Set(recipients).size).toBe(19);
});

test('those that are asked for are whole, with where they go, what to run and what to mind', async () => {
  const address = `${NETWORK}.99`;
  const names = ['--settings', 'unbound,kumomta', '--settings', 'Postfix'];
  const running = rig.startAt(80, ...names, '--check-resolver', address);
  await until(() => running.lines.includes('What it does'));
  const text = running.lines.join('\n');
  const headings = running.lines.filter((line) => line.startsWith('Settings for '));
  expect(headings).toEqual([
    'Settings for Unbound',
    'Settings for Postfix',
    'Settings for KumoMTA (from its documentation)',
  ]);
  expect(text).toContain('Into /etc/unbound/unbound.conf.d/dane-test.conf:\n  server:\n');
  expect(text).toContain(`    stub-addr: ${NETWORK}.53@45353`);
  expect(text).toContain('Then run:\n  unbound-checkconf && systemctl restart unbound\n');
  // The mail server is told to ask the resolver that was named.
  expect(text).toContain(`  nameserver ${address}\n  options edns0 trust-ad\n`);
  expect(text).toContain('\n    -o smtp_tcp_port=42526\n');
  expect(text).toContain('\n- Where relayhost is set,');
  // Debian’s main.cf has smtp_tls_security_level already.
  expect(text).toContain(
    '\n- In main.cf the last line for a setting wins, and Postfix warns of each older',
  );
  expect(text).toContain('   What to paste stands above.\n');
  for (const line of running.lines) expect(line).not.toMatch(/\s$/);
});

test('a resolver that is not there is told before the recipients, and ends nothing', async () => {
  const running = rig.start('--check-resolver', `${NETWORK}.99#45353`);
  await until(() => aliasIn(running) !== '');
  const place = running.lines.indexOf(`Resolver ${NETWORK}.99#45353: no answer`);
  const recipient = running.lines.findIndex((line) => line.includes('@do.havedane.test'));
  expect(place).toBeGreaterThan(0);
  expect(recipient).toBeGreaterThan(place);
  running.stop();
  expect([await running.exit, running.errors]).toEqual([0, []]);
});

test('programs are given the same as an event, and the settings of all', async () => {
  const running = rig.start('--json', '--check-resolver', `${NETWORK}.99`);
  await until(() => told(running).some(({ event }) => event === 'resolver'));
  const [started, resolver] = told(running);
  expect(resolver).toEqual({
    ...{ event: 'resolver', resolver: `${NETWORK}.99#53`, state: 'no-answer' },
    ...{ sentence: expect.any(String), advice: expect.any(String) },
  });
  const softwareIn = (list: unknown): readonly unknown[] =>
    Array.isArray(list) ? list.map((each: { readonly software: unknown }) => each.software) : [];
  expect(softwareIn(started?.['resolvers'])).toHaveLength(RESOLVER_NAMES.length);
  expect(softwareIn(started?.['mailServers'])).toEqual([
    ...['Postfix', 'Exim', 'Halon', 'PowerMTA', 'KumoMTA'],
  ]);
});

test('stopped while a resolver is waited for, it ends as it always does', async () => {
  const running = rig.start('--json', '--check-resolver', `${NETWORK}.99`);
  await until(() => running.lines.length > 0);
  running.stop();
  expect([await running.exit, running.errors]).toEqual([0, []]);
});

describe('what is said of a resolver', () => {
  const answer = (rcode: number, authentic: boolean, found: boolean): ResolverReply => ({
    ...{ kind: 'answer', rcode, authentic, found },
  });
  const [secure, insecure] = [answer(0, true, true), answer(0, false, true)];
  const [failed, missing] = [answer(2, false, false), answer(3, false, false)];
  const none: ResolverReply = { kind: 'none' };

  const toldOf = (check: SelfCheck): string => {
    const written: string[] = [];
    const stream = { columns: 80, write: (text: string) => written.push(text) };
    const terminal = createTerminal({ stdout: stream, stderr: stream, environment: {} });
    tellResolver({ resolver: { address: '127.0.0.1', port: 53 }, ...check }, terminal);
    return written.join('');
  };

  test.each([
    ['ready', secure, failed],
    ['no answer', none, none],
    ['does not find the zone', missing, missing],
    ['fails', failed, failed],
    ['does not trust the zone', insecure, insecure],
    ['does not say what it knows', insecure, failed],
    ['takes what is forged', secure, secure],
  ])('%s: with what to do, in 80 columns', (word, base, forged) => {
    const check = judgeResolver({ base, forged });
    const text = toldOf(check);
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    const advice = check.advice === null ? '' : ` ${check.advice}`;
    expect(text.replaceAll(/\s+/g, ' ').trim()).toBe(
      `Resolver 127.0.0.1#53: ${word} ${check.sentence}${advice}`,
    );
  });
});
