// The texts that put a mail server to the test are known to the real Postfix and Exim, and work at another port too.
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eximProgram } from '../../scripts/setup/packages.mjs';
import { conclude } from '../../shared/lab/conclusion.ts';
import { run, settled } from '../universe/processes.ts';
import { writeUsers } from './mail-software-rig.ts';
import { sendByExim, sendByPostfix, startRig, type Rig } from './outbound-rig.ts';

/** Another port than 25: mail for the test has to be led there, and no other. */
const PORT = 2525;
/** Milliseconds until right and wrong records are decided, on a busy machine. */
const DECIDED_MS = 120_000;

let folder: string;
const rigs: Rig[] = [];
const stops: (() => Promise<void>)[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dane-inspector-settings-'));
  chmodSync(folder, 0o755);
  for (const name of ['postfix', 'exim'])
    rigs.push(await startRig(join(folder, name), true, { smtpPort: PORT }));
});

afterAll(async () => {
  await Promise.all(stops.map((stop) => stop()));
  await Promise.all(rigs.map((rig) => rig.close()));
  rmSync(folder, { recursive: true, force: true });
});

async function verdictOf(
  index: number,
  send: (rig: Rig, testRun: ReturnType<Rig['service']['begin']>) => Promise<() => Promise<void>>,
): Promise<string> {
  const rig = rigs[index];
  if (rig === undefined) throw new Error('no rig');
  const testRun = rig.service.begin();
  stops.push(await send(rig, testRun));
  const conclusion = (): string => conclude(rig.service.standings(testRun.alias) ?? []).conclusion;
  await settled(() => conclusion() !== 'open', DECIDED_MS);
  return conclusion();
}

test('Postfix knows every setting, and is led to the other port', async () => {
  expect(await verdictOf(0, (rig, testRun) => sendByPostfix(rig, 'dane', testRun))).toBe(
    'validates',
  );
  const configuration = join(folder, 'postfix', 'etc');
  // postconf warns of names that it does not know.
  const known = await run('sh', ['-c', `postconf -c '${configuration}' -n 2>&1`]);
  expect(known).toContain('smtp_tls_security_level = dane');
  expect(known).not.toContain('unused parameter');
  expect(await run('postconf', ['-c', configuration, '-M', 'dane-test/unix'])).toContain(
    `smtp_tcp_port=${PORT}`,
  );
  const log = readFileSync(join(folder, 'postfix', 'mail.log'), 'utf8');
  expect(log).toMatch(
    /Verified TLS connection established to mx\.do\.havedane\.test\[[\d.]+\]:2525/,
  );
});

function shellLine(...args: readonly string[]): string {
  return [eximProgram() ?? 'exim4', ...args].map((word) => `'${word}'`).join(' ');
}

test('Exim knows every option, and is led to the other port for the test’s names alone', async () => {
  expect(
    await verdictOf(1, (rig, testRun) =>
      Promise.resolve(sendByExim(rig, 'hosts_try_dane = *', testRun)),
    ),
  ).toBe('validates');
  const configuration = join(folder, 'exim', 'exim.conf');
  const users = writeUsers(join(folder, 'exim'));
  const exim = (...args: readonly string[]): Promise<string> =>
    run('unshare', [
      '-m',
      'sh',
      '-c',
      [...users, shellLine('-C', configuration, ...args)].join(' && '),
    ]);
  expect(await exim('-bV')).toContain('DANE');
  const transport = await exim('-bP', 'transport', 'remote_smtp');
  expect(transport).toContain('hosts_try_dane = *');
  expect(transport).toContain('allow_localhost');
  const port = /^port = (.*)$/m.exec(transport)?.[1] ?? '';
  const portFor = (domain: string): Promise<string> => exim('-be', port.replace('$domain', domain));
  expect((await portFor('do.havedane.test')).trim()).toBe(`${PORT}`);
  expect((await portFor('example.org')).trim()).toBe('25');
});
