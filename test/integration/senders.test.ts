// A real Postfix and a real Exim send mail to the universe; the table of senders must have foretold what they do with it.
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { z } from 'zod';
import { emptyReport } from '../../shared/inspection/empty-report.ts';
import type { HostReport, Report } from '../../shared/inspection/report.ts';
import { address, ancestor, lookUp, mx, security, tlsa } from '../../shared/ipc/report-schema.ts';
import {
  RESOLVERS,
  sendersTable,
  type SenderCell,
  type SenderVerdict,
} from '../../shared/mail-software/senders.ts';
import { EXPECTATIONS } from '../universe/expectations.ts';
import { MAIL_SERVER_EXPECTATIONS } from '../universe/expectations/mail-servers.ts';
import { runCommandLine, universeOptions } from './command-line.ts';
import { findTlsa, type Found } from './judges/minimising-unbound.ts';
import { sendWithExim, sendWithPostfix, type Fate, type Fates } from './sending-rig.ts';

const universe = inject('universe');

/** They keep a sender waiting until it gives up, and nothing is foretold of them. */
const TOO_SLOW = /^(drip|long-greeting|stall-[a-z]+)\.post$/;

const domains = [...EXPECTATIONS, ...MAIL_SERVER_EXPECTATIONS]
  .filter(({ needs }) => universe.ipv6 || needs !== 'ipv6')
  .map(({ domain }) => domain)
  .filter((domain, index, all) => !TOO_SLOW.test(domain) && all.indexOf(domain) === index);

const HOST: z.ZodType<HostReport> = z.object({
  name: z.string(),
  preference: z.number(),
  outcome: z.enum([
    'pending',
    'authenticated',
    'encrypted-only',
    'opportunistic',
    'deferred',
    'unreachable',
    'gone',
  ]),
  because: z.string(),
  security,
  addresses: z.array(address),
  tlsa,
  ancestors: z.array(ancestor),
  lookUps: z.array(lookUp),
  resolution: z
    .object({
      failed: z.object({ a: z.boolean(), aaaa: z.boolean() }),
      alias: z.string().nullable(),
    })
    .nullable(),
  ancestorsDone: z.boolean(),
});

/** What the table reads of a report. */
const REPORT = z
  .object({ domain: z.string(), mx, hosts: z.array(HOST) })
  .transform((read): Report => ({ ...emptyReport(read.domain), ...read, finished: true }));

/** So many domains fit into the time that one run of the command line is given. */
const DOMAINS_A_RUN = 12;

async function inspectAll(): Promise<ReadonlyMap<string, Report>> {
  const reports = new Map<string, Report>();
  for (let from = 0; from < domains.length; from += DOMAINS_A_RUN) {
    const some = domains.slice(from, from + DOMAINS_A_RUN);
    const options = ['--json', '--concurrency', '6', ...universeOptions(universe)];
    const { stdout } = await runCommandLine(['check', ...some, ...options]);
    for (const line of stdout.split('\n').filter((text) => text !== '')) {
      const report = REPORT.parse(JSON.parse(line));
      reports.set(report.domain, report);
    }
  }
  return reports;
}

/** Rows of the table that real software is at hand for, in its order. */
const ROWS = [
  'Postfix, dane, dane',
  'Postfix, dane, encrypt',
  'Postfix, dane, may',
  'Postfix, dane-only',
  'Exim, try',
  'Exim, require',
] as const;

let reports: ReadonlyMap<string, Report>;
let fates: readonly Fates[];
const folder = mkdtempSync(join(tmpdir(), 'dane-inspector-senders-'));

function subFolder(name: string): string {
  const path = join(folder, name);
  mkdirSync(path);
  for (const each of [folder, path]) chmodSync(each, 0o755);
  return path;
}

beforeAll(async () => {
  const { validating } = universe;
  if (validating === null) throw new Error('the senders need a resolver on port 53');
  reports = await inspectAll();
  const postfix = await sendWithPostfix(subFolder('postfix'), universe, validating, domains);
  const exim = (demanded: boolean): Fates =>
    sendWithExim(
      subFolder(demanded ? 'exim-require' : 'exim-try'),
      universe,
      validating,
      domains,
      demanded,
    );
  fates = [...postfix, exim(false), exim(true)];
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function cellOf(domain: string, row: number, resolver: (typeof RESOLVERS)[number]): SenderCell {
  const report = reports.get(domain);
  const cell =
    report === undefined
      ? undefined
      : sendersTable(report)[row]?.cells[RESOLVERS.indexOf(resolver)];
  if (cell === undefined) throw new Error(`no cell for ${domain}`);
  return cell;
}

/** TLS that nobody verified may have been a must or not: the log does not tell. */
function fits({ deed }: Fate, { possible }: SenderCell): boolean {
  if (deed === 'unverified') return possible.includes('encrypted') || possible.includes('no-dane');
  return possible.includes(deed);
}

describe.each(ROWS.map((name, row) => [name, row] as const))('%s', (_name, row) => {
  test('does what was foretold, wherever anything was', () => {
    const wrong: unknown[] = [];
    let certain = 0;
    for (const domain of domains) {
      const cell = cellOf(domain, row, 'plain');
      if (cell.verdict === 'unknown') continue;
      if (cell.verdict !== 'depends') certain += 1;
      const fate = fates[row]?.get(domain);
      if (fate === undefined || !fits(fate, cell)) {
        wrong.push({ domain, foretold: cell.sentence, possible: cell.possible, fate });
      }
    }
    expect(wrong).toEqual([]);
    // A table that could not tell anything would be right too.
    expect(certain).toBeGreaterThan(0.75 * domains.length);
  });

  test('meets each kind of end at least once, save those that its setting rules out', () => {
    const met = new Set([...(fates[row]?.values() ?? [])].map(({ deed }) => deed));
    expect(met).toContain('authenticated');
    expect(met).toContain('deferred');
    expect(met).toContain('returned');
    const mayGoWithout = !['Postfix, dane-only', 'Exim, require'].includes(ROWS[row] ?? '');
    expect(met.has('no-dane')).toBe(mayGoWithout);
  });
});

/** What Postfix makes of what the resolver finds. */
const AFTER: Readonly<Record<Found, SenderVerdict>> = {
  found: 'authenticated',
  lost: 'no-dane',
  failed: 'deferred',
};

test.each([
  'right-311.test',
  'ancestor-nxdomain.test',
  'ancestor-nxdomain-proven.test',
  'no-tlsa.test',
  'bogus-tlsa.test',
])('a real minimising resolver finds for %s what the table takes it to find', async (domain) => {
  // A sender has asked for these before, so the resolver knows that the zone is signed.
  const host = `mx.${domain}`;
  const found = await findTlsa(universe, host, [
    [domain, 'MX'],
    [host, 'A'],
    [host, 'AAAA'],
  ]);
  expect(cellOf(domain, 0, 'minimising').verdict).toBe(AFTER[found]);
});
