// `check --chain HOST=FILE`: a chain that was saved elsewhere in the place of the mail server.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { composeLabCore, DEFAULT_CORE_OPTIONS } from '../../../../electron/compose.ts';
import { nameFromText } from '../../../../shared/dns/name.ts';
import { emptyReport } from '../../../../shared/inspection/empty-report.ts';
import { gather } from '../../../../shared/inspection/fold.ts';
import { readGivenChains } from '../../../../shared/inspection/given-chains.ts';
import { judge } from '../../../../shared/inspection/judge.ts';
import type { Report } from '../../../../shared/inspection/report.ts';
import { run } from './rig.ts';

const REPORT = z.object({
  outcome: z.string(),
  findings: z.array(z.object({ code: z.string() })),
  hosts: z.array(
    z.object({
      name: z.string(),
      outcome: z.string(),
      addresses: z.array(
        z.object({
          probes: z.array(
            z.object({ source: z.string(), chain: z.array(z.object({ pem: z.string() })) }),
          ),
        }),
      ),
    }),
  ),
});

let folder = '';
let own = '';
let foreign = '';

async function report(...args: readonly string[]) {
  const { stdout, stderr, exit } = await run(['check', '--lab', '--json', ...args]);
  return { ...REPORT.parse(JSON.parse(stdout)), stderr, exit };
}

async function saveChainOf(domain: string): Promise<string> {
  const { hosts } = await report(domain);
  const chain = hosts[0]?.addresses[0]?.probes[0]?.chain ?? [];
  const file = join(folder, `${domain}.txt`);
  const noise = (pem: string, depth: number): string => ` ${depth} s:CN=x\n   i:CN=y\n${pem}---\n`;
  writeFileSync(file, chain.map(({ pem }, depth) => noise(pem, depth)).join(''));
  return file;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dane-inspector-chain-'));
  own = await saveChainOf('good.lab');
  foreign = await saveChainOf('stale.lab');
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

test('a chain of another key fails, whatever the host itself presents', async () => {
  const told = await report('good.lab', '--chain', `mx.good.lab=${foreign}`);
  expect(told).toMatchObject({ outcome: 'broken', exit: 2, stderr: '' });
  expect(told.hosts[0]?.addresses[0]?.probes.map(({ source }) => source)).toEqual(['file']);
  expect(told.findings.map(({ code }) => code)).toContain('chain-from-file');
  const twice = ['--chain', `MX.good.lab.=${own}`, '--chain', `mx.good.lab=${foreign}`];
  const both = await report('good.lab', '--no-smtp', ...twice);
  expect(both.hosts[0]?.addresses[0]?.probes).toHaveLength(2);
});

test('the host’s own chain is as good as the host itself, and of two chains each must match', async () => {
  const composed = await composeLabCore({ ...DEFAULT_CORE_OPTIONS, version: '0' }, false);
  if (!composed.ok) throw new Error(composed.message);
  const inspect = async (...texts: readonly string[]): Promise<Report> => {
    const reading = readGivenChains(texts.map((text) => ({ host: 'mx.good.lab', text })));
    const name = nameFromText('good.lab');
    if (!reading.ok || !name.ok) throw new Error('no input');
    let folded = emptyReport('good.lab');
    const { signal } = new AbortController();
    for await (const event of composed.core.inspect(name.value, signal, reading.chains)) {
      folded = gather(folded, event);
    }
    return judge(folded);
  };
  const usual = await inspect();
  const chain = usual.hosts[0]?.addresses[0]?.probes[0]?.chain ?? [];
  const text = chain.map(({ pem }) => pem).join('');
  const given = await inspect(text);
  expect(given.outcome).toBe('secure');
  const sources = given.hosts.flatMap(({ addresses }) =>
    addresses.flatMap(({ probes }) => probes.map(({ source }) => source)),
  );
  expect(new Set(sources)).toEqual(new Set(['file']));
  const both = await inspect(text, readFileSync(foreign, 'utf8'));
  expect(both.outcome).toBe('broken');
  expect(both.findings.map(({ code }) => code)).toContain('key-types-disagree');
});

test('a host that nobody names is said to be none, and changes nothing', async () => {
  const told = await report('good.lab', '--chain', `mx.goood.lab=${foreign}`);
  expect(told).toMatchObject({ outcome: 'secure', exit: 0 });
  expect(told.stderr).toBe('mx.goood.lab is no MX host here: its chain was not judged.\n');
});

test('a person reads where the chain comes from', async () => {
  const { stdout } = await run(['check', '--lab', 'good.lab', '--chain', `mx.good.lab=${own}`]);
  expect(stdout).toMatch(/ from a file, ECDSA P-256/);
  expect(stdout).toMatch(/is judged by a chain from a file/);
});
