// The line that the window offers for a crontab, run by sh against real servers: silent while all is as it was, and telling when a zone changes or a certificate comes near its end.
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { cronLine } from '../../shared/watch/cron-line.ts';
import { universeOptions, type Run } from './command-line.ts';
import { keyDigest, presentedChain } from './renewal/mail-server.ts';
import { recordsAtBoth, setOnly } from './renewal/updates.ts';

const universe = inject('universe');
const DOMAIN = 'updated.test';
const HOST = `mx.${DOMAIN}`;
const OWNER = `_${universe.smtpPort}._tcp.${HOST}`;
/** Of no key. */
const STALE = `3 1 1 ${'0'.repeat(64)}`;

let home = '';
let before: readonly string[] = [];
let right = '';

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'dane-inspector-line-'));
  // What the line calls, wherever it is installed, with the way to this universe.
  const binary = fileURLToPath(new URL('../../out/cli/dane-inspector.cjs', import.meta.url));
  const options = universeOptions(universe).join(' ');
  const script = `#!/bin/sh\nexec '${process.execPath}' '${binary}' "$@" ${options}\n`;
  writeFileSync(join(home, 'dane-inspector'), script, { mode: 0o755 });
  [before] = await recordsAtBoth(universe, OWNER);
  const chain = join(home, 'presented.pem');
  writeFileSync(chain, await presentedChain(universe, HOST));
  right = `3 1 1 ${await keyDigest(chain)}`;
  await publish(right);
});

afterAll(async () => {
  const [record] = before;
  if (record !== undefined) await publish(record);
  rmSync(home, { recursive: true, force: true });
});

function publish(record: string): Promise<void> {
  return setOnly(universe, { zone: DOMAIN, owner: OWNER, ttl: 2, record });
}

/** As cron does with the line: the schedule is cut off, `\%` is a percent sign, and sh runs the rest. */
function runLine(expiryDays: number): Promise<Run> {
  const made = cronLine(
    [DOMAIN],
    { intervalMinutes: 60, expiryDays },
    {
      lab: false,
      resolver: '',
      proxy: '',
      ehloName: '',
      timeoutSeconds: 3,
      families: 'both',
      smtp: true,
      allowPrivate: false,
      ownRoot: false,
    },
  );
  const command = (made?.line ?? '').replace(/^(\S+ ){5}/, '').replaceAll(String.raw`\%`, '%');
  const env = { HOME: home, PATH: `${home}:/usr/bin:/bin` };
  return new Promise((settle) => {
    execFile('/bin/sh', ['-c', command], { env }, (error, stdout, stderr) =>
      settle({ exit: error === null ? 0 : Number(error.code ?? -1), stdout, stderr }),
    );
  });
}

describe('the line', () => {
  test('tells of the first look, and then nothing', async () => {
    const first = await runLine(14);
    expect(first.stdout).toMatch(/^updated\.test\n {2}First look: “secure”\./);
    expect(first.exit).toBe(0);
    expect(await runLine(14)).toEqual({ exit: 0, stdout: '', stderr: '' });
    // Neither lock nor half a file is left.
    expect(readdirSync(home).filter((name) => name.startsWith('.'))).toEqual([
      '.dane-inspector-watch.json',
    ]);
  });

  test('tells that a zone was changed, once, with the error; and that it was mended', async () => {
    await publish(STALE);
    const changed = await runLine(14);
    expect(changed.stdout).toMatch(/^updated\.test\n {2}From “secure” to “broken”\. Senders/);
    expect(changed.stdout).toContain('✗ No record matches the certificate of mx.updated.test');
    expect(changed.exit).toBe(2);
    expect(await runLine(14)).toEqual({ exit: 2, stdout: '', stderr: '' });
    await publish(right);
    const mended = await runLine(14);
    expect(mended.stdout).toMatch(/^updated\.test\n {2}From “broken” to “secure”\./);
    expect(mended.exit).toBe(0);
  });

  test('tells once that a certificate ends within the days', async () => {
    // The universe certifies for ninety days.
    const told = await runLine(90);
    expect(told.stdout).toMatch(
      /^updated\.test\n {2}Certificate of mx\.updated\.test ends in (89|90) days, on /,
    );
    expect(told.exit).toBe(0);
    expect(await runLine(90)).toEqual({ exit: 0, stdout: '', stderr: '' });
  });
});
