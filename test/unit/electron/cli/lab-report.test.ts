// `lab --outbound --report`: when it is written, and that a file which cannot be costs neither verdict nor exit code.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse as parseCsv } from 'csv-parse/sync';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { until } from '../outbound/rig.ts';
import { aliasIn, LabRig } from './lab-rig.ts';
import { run } from './rig.ts';

const rig = new LabRig('127.25.205');

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dane-inspector-lab-report-'));
});
afterEach(() => rig.close());
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const documentIn = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

describe('written', () => {
  test('on Ctrl-C, in each format, and said to be unfinished', async () => {
    const files = ['html', 'md', 'csv', 'json'].map((format) => join(folder, `stopped.${format}`));
    const running = rig.start(...files.flatMap((file) => ['--report', file]));
    await until(() => aliasIn(running) !== '');
    await rig.deliver(aliasIn(running), 'wrong', 3);
    await until(() => running.lines.includes('Does not check DANE'));
    running.stop();
    expect([await running.exit, running.errors]).toEqual([0, []]);
    const [page, ticket, table, document] = files.map((file) => readFileSync(file, 'utf8'));
    expect(page).toMatch(/^<!DOCTYPE html>/);
    for (const text of [page, ticket]) expect(text).toContain('The test was not finished');
    expect(ticket).toContain('EHLO sender.example');
    const rows = parseCsv(table ?? '', { columns: true });
    expect(rows).toContainEqual(
      expect.objectContaining({ scenario: 'wrong', worth: 'unsafe', final: 'no' }),
    );
    expect(JSON.parse(document ?? '')).toMatchObject({
      ...{ kind: 'outbound-test', tool: { version: '9.9.9' }, isFinal: false, open: false },
      ...{ base: 'havedane.test', verdict: { conclusion: 'does-not-check' } },
    });
  });

  test('as soon as nothing more is waited for, while the servers stay', async () => {
    const file = join(folder, 'final.json');
    const running = rig.start('--timeout', '1', '--report', file);
    await until(() => existsSync(file));
    expect(documentIn(file)).toMatchObject({ isFinal: true });
    running.stop();
    expect(await running.exit).toBe(0);
  });

  test('with --once before it ends; what was there before is replaced, and nothing is left beside it', async () => {
    const own = join(folder, 'own');
    mkdirSync(own);
    const file = join(own, 'once.json');
    writeFileSync(file, 'an older one');
    const running = rig.start('--once', '--timeout', '1', '--report', file);
    expect(await running.exit).toBe(3);
    expect(documentIn(file)).toMatchObject({ verdict: { conclusion: 'could-not-tell' } });
    expect(readdirSync(own)).toEqual(['once.json']);
  });
});

test.each([
  ['back', -3_600_000],
  ['ahead', 3_600_000],
])('its times fit each other where the clock was set %s meanwhile', async (_, shift) => {
  const file = join(folder, 'set.json');
  const running = rig.start('--report', file);
  await until(() => aliasIn(running) !== '');
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + shift });
  try {
    running.stop();
    expect(await running.exit).toBe(0);
  } finally {
    vi.useRealTimers();
  }
  const { startedAt, at } = documentIn(file) as { readonly startedAt: string; readonly at: string };
  const tookMs = Date.parse(at) - Date.parse(startedAt);
  expect(tookMs).toBeGreaterThanOrEqual(0);
  expect(tookMs).toBeLessThan(1_800_000);
});

describe('not written', () => {
  test('is told before the test and at its end; the verdict keeps its exit code, and the others are written', async () => {
    const [lost, other] = [join(folder, 'nowhere', 'x.json'), join(folder, 'other.md')];
    const files = ['--report', lost, '--report', other];
    const running = rig.start('--once', '--timeout', '10', ...files);
    await until(() => aliasIn(running) !== '');
    expect(running.errors).toEqual([
      expect.stringMatching(/^--report \S+x\.json cannot be written \(it does not exist\)/),
    ]);
    await rig.deliver(aliasIn(running), 'wrong', 3);
    expect(await running.exit).toBe(2);
    expect(running.errors.slice(1)).toEqual([
      expect.stringMatching(/^--report \S+x\.json could not be written \(it does not exist\)/),
    ]);
    expect(running.lines).toContain('Does not check DANE');
    expect(readFileSync(other, 'utf8')).toContain('Does not check DANE');
  });

  test('where no verdict has an exit code it is 3; a full disk is said to be full, and stays a disk', async () => {
    const full = join(folder, 'full.md');
    symlinkSync('/dev/full', full);
    const running = rig.start('--report', full);
    await until(() => aliasIn(running) !== '');
    running.stop();
    expect(await running.exit).toBe(3);
    expect(running.errors).toEqual([`--report ${full} could not be written (the disk is full).\n`]);
    expect(statSync('/dev/full').isCharacterDevice()).toBe(true);
  });
});

test.each([
  ['x.pdf', 'PDF reports are made by the window, not by the command line.'],
  ['x.doc', 'the name must end in .html, .md, .csv or .json, which tells the format.'],
  ['x', 'the name must end in .html, .md, .csv or .json, which tells the format.'],
  ['x.danecase', 'the name must end in .html, .md, .csv or .json, which tells the format.'],
])('%s is refused before anything is opened', async (file, sentence) => {
  // Where it to be opened, the address of others would be refused first.
  const place = ['--dns', '127.25.205.53#1', '--smtp-port', '1'];
  const refused = await run(['lab', '--outbound', ...place, '--report', file]);
  expect(refused).toEqual({ exit: 3, stdout: '', stderr: `--report ${file}: ${sentence}\n` });
});

test('means nothing to the list of domains', async () => {
  for (const option of [
    ['--report', 'x.md'],
    ['--settings', 'unbound'],
    ['--check-resolver', '127.0.0.1'],
  ]) {
    const { exit, stderr } = await run(['lab', ...option]);
    expect([exit, stderr]).toEqual([3, `${option[0] ?? ''} goes with --outbound.\n`]);
  }
});
