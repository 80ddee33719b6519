// The commands in a ticket, put to the universe's broken name servers by a real dig, show what the ticket says.
import { execFile } from 'node:child_process';
import { describe, expect, inject, test } from 'vitest';
import { z } from 'zod';
import { ticketForZone, ticketsOf } from '../../shared/elsewhere/ticket.ts';
import type { Report } from '../../shared/inspection/report.ts';
import { SERVER_FAULT_EXPECTATIONS } from '../universe/expectations/server-faults.ts';
import { run } from '../universe/processes.ts';
import { check } from './command-line.ts';

const universe = inject('universe');

const FAULTY = [
  'ancestor-nxdomain.test',
  'ancestor-nxdomain-proven.test',
  ...SERVER_FAULT_EXPECTATIONS.filter(({ tells }) =>
    tells.some(({ code }) => code.startsWith('ancestor-')),
  ).map(({ domain }) => domain),
];

const REPORT = z.custom<Report>((value) => typeof value === 'object' && value !== null);

describe.concurrent('each dig line of the ticket shows what is said beside it', () => {
  test.each(FAULTY)('%s', async (domain) => {
    const proofs = proofsOf(await ticketText(domain));
    expect(proofs.filter(({ right }) => right !== null).length).toBeGreaterThan(0);
    for (const proof of proofs) await expectShown(proof);
    await expectOneCovers(proofs.filter(({ now }) => now.includes('of one of these answers')));
  });
});

test('the server beside it that is in order shows what the ticket calls right', async () => {
  const proofs = proofsOf(await ticketText('ancestor-nxdomain-one-server.test'));
  const [first] = proofs;
  if (first === undefined) throw new Error('no command');
  expect(first.right).toContain('status: NOERROR, ANSWER: 0,');
  const sound = first.command.replace(/@\S+/, `@${universe.servers['host-a']}`);
  const output = await dig(sound);
  expect(output).toContain('status: NOERROR');
  expect(output).toContain('ANSWER: 0,');
  const name = first.command.split(' ').at(-2) ?? '';
  // RFC 5155 §7.2.3: an NSEC3 record of its hash; RFC 4035 §5.4: an NSEC that leads on below it.
  const proves = await Promise.all(
    denials(output).map(async ({ owner, type, data }) =>
      type === 'NSEC'
        ? (data[0] ?? '').endsWith(`.${name}.`)
        : owner.split('.')[0] === (await hashOf(name, data)),
    ),
  );
  expect(proves).toContain(true);
});

async function ticketText(domain: string): Promise<string> {
  const { run: told } = await check(universe, domain);
  const report = REPORT.parse(JSON.parse(told.stdout));
  const ticket = ticketForZone(ticketsOf(report), domain);
  if (ticket === null) throw new Error(`no ticket for the name servers of ${domain}`);
  return ticket.text;
}

interface Shown {
  readonly command: string;
  readonly now: string;
  readonly right: string | null;
}

/** Every command with the lines that stand below it, or below those that follow at once. */
function proofsOf(text: string): readonly Shown[] {
  return [...text.matchAll(/((?: {2}dig .+\n)+)((?: {6}.+\n)+)/g)].flatMap(
    ([, commands = '', said = '']) => {
      const [, now = '', right = null] =
        /^now: (.*?)(?: right: (.*))?$/.exec(said.trim().replaceAll(/\s+/g, ' ')) ?? [];
      return commands
        .trimEnd()
        .split('\n')
        .map((command) => ({ command: command.trim(), now, right }));
    },
  );
}

async function expectShown({ command, now, right }: Shown): Promise<void> {
  const output = await dig(command);
  if (now.startsWith('no reply')) {
    expect(output, command).toMatch(/no servers could be reached|timed out|Got bad packet/);
    return;
  }
  const [, status = ''] = /^status: ([A-Z]+)/.exec(now) ?? [];
  expect(output, command).toContain(`status: ${status},`);
  if (now.includes('with the TLSA records')) {
    expect(output, command).toMatch(/\sIN\s+TLSA\s/);
    return;
  }
  if (now.includes('of one of these answers')) return;
  const [, covered] = /whose range covers (\S+)$/.exec(now) ?? [];
  if (covered !== undefined) {
    const ranges = await Promise.all(denials(output).map((each) => isCovered(covered, each)));
    expect(ranges, `${command}\n${output}`).toContain(true);
    return;
  }
  // What is called right is not what is there: another status, or not the proof that it speaks of.
  expect(right, command).not.toBeNull();
  if (status === 'NOERROR') expect(now, command).toContain('does not validate');
}

/** By name and server: which of several answers it is in, only a hash can tell. */
async function expectOneCovers(proofs: readonly Shown[]): Promise<void> {
  const ranges = new Map<string, boolean[]>();
  for (const { command, now } of proofs) {
    const [, covered = ''] = /whose range covers (\S+)$/.exec(now) ?? [];
    const [, server = ''] = / @(\S+)/.exec(command) ?? [];
    const found = await Promise.all(
      denials(await dig(command)).map((each) => isCovered(covered, each)),
    );
    const key = `${server} ${covered}`;
    ranges.set(key, [...(ranges.get(key) ?? []), ...found]);
  }
  for (const [key, found] of ranges) expect(found, key).toContain(true);
}

/** Of the universe's own port; one try, for some servers never answer. */
function dig(command: string): Promise<string> {
  const [tool, ...args] = command.split(' ');
  expect(tool).toBe('dig');
  const options = ['-p', String(universe.dnsPort), '+tries=1', '+time=2'];
  return new Promise((settle) => {
    // Without an answer it ends with 9, having said so.
    execFile('dig', [...options, ...args], (_error, stdout) => settle(stdout));
  });
}

interface Denial {
  readonly owner: string;
  readonly type: string;
  readonly data: readonly string[];
}

function denials(output: string): readonly Denial[] {
  return [...output.matchAll(/^(\S+)\.\s+\d+\s+IN\s+(NSEC3?)\s+(.+)$/gm)].map(
    ([, owner = '', type = '', data = '']) => ({
      owner: owner.toLowerCase(),
      type,
      data: data.split(' '),
    }),
  );
}

async function isCovered(name: string, { owner, type, data }: Denial): Promise<boolean> {
  if (type === 'NSEC') {
    const next = (data[0] ?? '').replace(/\.$/, '');
    return isBetween(canonical(owner), canonical(name), canonical(next));
  }
  const [label = ''] = owner.split('.');
  return isBetween(label, await hashOf(name, data), (data[4] ?? '').toLowerCase());
}

/** RFC 4034 §6.1: compared label by label from the right. */
function canonical(name: string): string {
  return name.split('.').reverse().join('\u0000');
}

/** The last of a chain leads back to its beginning. */
function isBetween(from: string, at: string, to: string): boolean {
  return from < to ? from < at && at < to : from < at || at < to;
}

/** As BIND reckons it; `data` is that of an NSEC3 record. */
async function hashOf(name: string, data: readonly string[]): Promise<string> {
  const [algorithm = '1', , iterations = '0', salt = '-'] = data;
  const told = await run('nsec3hash', [salt, algorithm, iterations, name]);
  return (told.split(' ')[0] ?? '').toLowerCase();
}
