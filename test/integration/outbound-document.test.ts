// A real Postfix behind a real Unbound, set up by what the command line prints: its verdict, its exit code, its reports.
import {
  appendFileSync,
  chmodSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse as parseCsv } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { runProgram } from '../../electron/cli/program.ts';
import { createTerminal } from '../../electron/cli/terminal.ts';
import { run, settled, stopProcess, type ProcessIdentity } from '../universe/processes.ts';
import { freeNetwork, startResolver } from './outbound-resolvers.ts';
import { writePostfixSender } from './sending-rig.ts';

const STARTED = z.looseObject({
  event: z.literal('started'),
  recipients: z.array(z.looseObject({ address: z.string() })),
  resolvers: z.array(z.looseObject({ software: z.string(), text: z.string() })),
  mailServers: z.array(
    z.looseObject({
      software: z.string(),
      parts: z.array(z.looseObject({ where: z.string(), text: z.string() })),
    }),
  ),
});

const FORMATS = ['html', 'md', 'csv', 'json'] as const;
const SMTP_PORT = 2525;
/** Milliseconds: sending, and waiting for those that do not come. */
const ALL_DECIDED_MS = 200_000;

let folder: string;
let exit: number;
let lines: readonly string[];
let errors: readonly string[];
let unbound: ProcessIdentity | null = null;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dane-inspector-document-'));
  chmodSync(folder, 0o755);
  const network = await freeNetwork();
  const resolver = `${network}.1`;
  const command = startCommand(network, resolver);
  expect(await settled(() => command.lines.length > 0, ALL_DECIDED_MS)).toBe(true);
  const started = STARTED.parse(JSON.parse(command.lines[0] ?? ''));
  unbound = await startResolver(
    'Unbound',
    { folder: join(folder, 'unbound'), address: resolver, port: 53, nowhere: `${network}.9` },
    started.resolvers.find(({ software }) => software === 'Unbound')?.text ?? '',
  );
  const stop = await sendByPostfix(started);
  try {
    exit = await command.exit;
  } finally {
    await stop();
  }
  ({ lines, errors } = command);
}, ALL_DECIDED_MS);

afterAll(async () => {
  if (unbound !== null) await stopProcess(unbound);
  rmSync(folder, { recursive: true, force: true });
});

function startCommand(network: string, resolver: string) {
  const out: string[] = [];
  const err: string[] = [];
  const terminal = createTerminal({
    stdout: { write: (text) => out.push(...text.trimEnd().split('\n')) },
    stderr: { write: (text) => err.push(text) },
    environment: {},
  });
  const args = [
    ...['lab', '--outbound', '--once', '--json', '--smtp-port', `${SMTP_PORT}`],
    ...['--dns', `${network}.53#5353`, '--addresses', `${network}.100-${network}.119`],
    // Nothing answers there yet: it is named for the settings.
    ...['--check-resolver', resolver, '--timeout', '150'],
    ...FORMATS.flatMap((format) => ['--report', fileOf(format)]),
  ];
  return {
    ...{ lines: out, errors: err },
    exit: runProgram(args, '9.9.9', terminal, new AbortController().signal),
  };
}

function fileOf(format: (typeof FORMATS)[number]): string {
  return join(folder, `report.${format}`);
}

async function sendByPostfix({
  mailServers,
  recipients,
}: z.infer<typeof STARTED>): Promise<() => Promise<void>> {
  const parts = mailServers.find(({ software }) => software === 'Postfix')?.parts ?? [];
  const textFor = (file: string): string =>
    parts
      .filter(({ where }) => where.startsWith(file))
      .map(({ text }) => `${text}\n`)
      .join('');
  const configuration = await writePostfixSender(folder, { ipv6: false, smtpPort: 25 }, [
    ['dane', []],
  ]);
  for (const name of ['main.cf', 'master.cf'])
    appendFileSync(join(configuration, name), textFor(`/etc/postfix/${name}`));
  const resolvConf = join(folder, 'resolv.conf');
  writeFileSync(resolvConf, textFor('/etc/resolv.conf'));
  const to = recipients.map(({ address }) => address).join(' ');
  const commands = [
    `mount --bind '${resolvConf}' /etc/resolv.conf`,
    `{ postfix -c '${configuration}' start; sendmail -C '${configuration}' -f dane@rig.test ${to} </dev/null; }`,
  ];
  await run('unshare', ['-m', 'sh', '-c', commands.join(' && ')]);
  return async () => {
    await run('postfix', ['-c', configuration, 'stop']).catch(() => undefined);
  };
}

test('the exit code is that of a sender that checks DANE, and nothing went wrong on the way', () => {
  expect([exit, errors]).toEqual([0, []]);
  expect(lines.map((line): unknown => JSON.parse(line)).at(-1)).toMatchObject({
    ...{ event: 'verdict', conclusion: 'validates', final: true },
  });
});

test('the table has what Postfix does with each (postconf(5), smtp_tls_security_level = dane)', () => {
  const rows: readonly Readonly<Record<string, string>>[] = parseCsv(
    readFileSync(fileOf('csv'), 'utf8'),
    { columns: true },
  );
  const deeds = Object.fromEntries(rows.map(({ scenario = '', deed }) => [scenario, deed]));
  expect(deeds).toMatchObject({
    ...{ do: 'delivered-tls', dont: 'delivered-tls', wrong: 'refused', strip: 'refused' },
    ...{ bogus: 'refused', servfail: 'refused', fallback: 'delivered-tls', ta: 'delivered-tls' },
  });
  expect(rows.map(({ worth }) => worth)).not.toContain('unsafe');
  expect(rows.find(({ scenario }) => scenario === 'do')).toMatchObject({
    ...{ greeting: 'sender.rig.test', tls_version: 'TLSv1.3', final: 'yes', version: '9.9.9' },
  });
});

test('page, ticket and document say the same', () => {
  const [page, ticket, document] = (['html', 'md', 'json'] as const).map((format) =>
    readFileSync(fileOf(format), 'utf8'),
  );
  expect(page).toMatch(/<strong>Checks DANE<\/strong>/);
  expect(page).not.toContain('tone-err');
  expect(ticket).toMatch(/^# Outbound test havedane\.test: Checks DANE\n/);
  expect(JSON.parse(document ?? '')).toMatchObject({
    ...{ kind: 'outbound-test', isFinal: true, verdict: { conclusion: 'validates' } },
  });
});
