// `check --since`: only what is new is told; the file it goes by is never lost, and nobody else's is touched.
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { run, type Run } from './rig.ts';

const root = mkdtempSync(join(tmpdir(), 'since-'));
afterAll(() => rmSync(root, { recursive: true }));

let folder = '';
let file = '';
let count = 0;

beforeEach(() => {
  count += 1;
  folder = join(root, String(count));
  file = join(folder, 'state.json');
  mkdirSync(folder);
});

const since = (...more: readonly string[]): Promise<Run> =>
  run(['check', '--lab', '--since', file, ...more]);

interface Kept {
  domains: { domain: string; outcome: string }[];
}

/** As if the last run had found something else. */
function remember(domain: string, outcome: string): void {
  const kept = JSON.parse(readFileSync(file, 'utf8')) as Kept;
  for (const each of kept.domains) if (each.domain === domain) each.outcome = outcome;
  writeFileSync(file, JSON.stringify(kept));
}

describe('what is printed', () => {
  test('is each domain at the first look, and nothing as long as all is as it was; the exit code stays', async () => {
    const first = await since('good.lab', 'stale.lab');
    expect(first.stdout).toMatch(/^good\.lab\n {2}First look: “secure”/m);
    expect(first.stdout).toMatch(/^stale\.lab\n {2}First look: “broken”/m);
    expect(first.exit).toBe(2);
    expect(await since('good.lab', 'stale.lab')).toEqual({ exit: 2, stdout: '', stderr: '' });
    expect(await since('good.lab')).toEqual({ exit: 0, stdout: '', stderr: '' });
    expect(readdirSync(folder)).toEqual(['state.json']);
  });

  test('is what has changed, with the errors and whose they are to mend', async () => {
    await since('good.lab', 'stale.lab');
    remember('stale.lab', 'secure');
    const { stdout } = await since('good.lab', 'stale.lab');
    expect(stdout).toMatch(/^stale\.lab\n {2}From “secure” to “broken”\. Senders/);
    expect(stdout).toContain('✗ No record matches the certificate of mx.stale.lab (mail host)');
    expect(stdout).not.toContain('good.lab');
  });

  test('as JSON is one document for each domain with news', async () => {
    await since('good.lab', 'stale.lab');
    expect((await since('good.lab', 'stale.lab', '--json')).stdout).toBe('');
    remember('stale.lab', 'secure');
    const { stdout } = await since('good.lab', 'stale.lab', '--json');
    const document: unknown = JSON.parse(stdout);
    expect(document).toMatchObject({
      domain: 'stale.lab',
      schemaVersion: 1,
      news: [{ kind: 'outcome', text: expect.stringMatching(/^From “secure” to “broken”/) }],
    });
  });

  test('is what ends within the days too; the lab certifies for seventy', async () => {
    await since('good.lab');
    const { stdout } = await since('good.lab', '--expiry-days', '90');
    expect(stdout).toMatch(/^good\.lab\n {2}Certificate of mx\.good\.lab ends in 69 days, on /);
  });

  test('is nothing of domains that were watched by another run, and they are kept', async () => {
    await since('good.lab');
    await since('stale.lab');
    const kept = JSON.parse(readFileSync(file, 'utf8')) as Kept;
    expect(kept.domains.map(({ domain }) => domain)).toEqual(['good.lab', 'stale.lab']);
  });
});

describe('a file', () => {
  test.each([
    ['of somebody else', 'root:x:0:0\n', /does not hold what an earlier run has seen/],
    ['cut off', '{"format":"dane-inspector watch","ver', /does not hold/],
    [
      'damaged in part',
      '{"format":"dane-inspector watch","version":1,"settings":null,"domains":[{"domain":"a.b"}]}',
      /is damaged\. It is left as it is/,
    ],
  ])('that is %s is told and left as it is, and nobody is asked', async (_what, text, message) => {
    writeFileSync(file, text);
    const { exit, stdout, stderr } = await since('good.lab');
    expect(stderr).toMatch(message);
    expect(stdout).toBe('');
    expect(exit).toBe(3);
    expect(readFileSync(file, 'utf8')).toBe(text);
    expect(readdirSync(folder)).toEqual(['state.json']);
  });

  test('in a folder that is not there is told, and so is a folder', async () => {
    file = join(folder, 'none', 'state.json');
    expect(await since('good.lab')).toMatchObject({
      exit: 3,
      stdout: '',
      stderr: expect.stringMatching(/cannot be written \(it does not exist\)/),
    });
    file = folder;
    expect((await since('good.lab')).stderr).toMatch(/is no file/);
  });

  test('that another run holds is left to it; the lock of one that is gone is not minded', async () => {
    await since('good.lab');
    const before = readFileSync(file, 'utf8');
    writeFileSync(`${file}.lock`, `${process.ppid}\n`);
    const { exit, stderr } = await since('good.lab');
    expect(stderr).toBe(
      `--since: ${file} is in use by another run (process ${process.ppid}). Nothing was looked at.\n`,
    );
    expect(exit).toBe(3);
    expect(readFileSync(file, 'utf8')).toBe(before);
    const { pid } = spawnSync('true');
    writeFileSync(`${file}.lock`, `${pid}\n`);
    expect((await since('good.lab')).exit).toBe(0);
    expect(readdirSync(folder)).toEqual(['state.json']);
  });

  test.runIf(process.platform === 'linux')(
    'is not held by a process that began after its lock, though it has the number',
    async () => {
      writeFileSync(`${file}.lock`, `${process.pid}\n`);
      const hours = Date.now() / 1000 - 10 * 3600;
      utimesSync(`${file}.lock`, hours, hours);
      expect((await since('good.lab')).exit).toBe(0);
      expect(readdirSync(folder)).toEqual(['state.json']);
    },
  );

  test('is held while its lock is being written, and not by one that was never filled', async () => {
    writeFileSync(`${file}.lock`, '');
    expect(await since('good.lab')).toMatchObject({
      exit: 3,
      stdout: '',
      stderr: expect.stringMatching(/is in use by another run\. Nothing was looked at/),
    });
    const before = Date.now() / 1000 - 60;
    utimesSync(`${file}.lock`, before, before);
    expect((await since('good.lab')).exit).toBe(0);
  });

  test('is made where a link leads to, and the link stays', async () => {
    const target = file;
    file = join(folder, 'link.json');
    symlinkSync('state.json', file);
    await since('good.lab');
    expect(lstatSync(file).isSymbolicLink()).toBe(true);
    expect(readFileSync(target, 'utf8')).toContain('good.lab');
  });

  test('that cannot be written in the end is told, and stays as it was', async () => {
    await since('good.lab');
    remember('good.lab', 'broken');
    const before = readFileSync(file, 'utf8');
    // In the way of the new one: no right keeps root from writing.
    mkdirSync(`${file}.new-${process.pid}`);
    writeFileSync(join(`${file}.new-${process.pid}`, 'x'), '');
    const { exit, stdout, stderr } = await since('good.lab');
    expect(stdout).toContain('From “broken” to “secure”');
    expect(stderr).toMatch(/could not be written .* The next run will tell the same again/);
    expect(exit).toBe(3);
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  test('is of the owner alone, and a link to it stays one', async () => {
    const link = join(folder, 'link.json');
    await since('good.lab');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    symlinkSync(file, link);
    chmodSync(file, 0o600);
    const target = file;
    file = link;
    await since('stale.lab');
    expect(readFileSync(target, 'utf8')).toContain('stale.lab');
  });

  test('is let go when a person stops the run, with what was seen until then', async () => {
    const controller = new AbortController();
    controller.abort(new Error('stopped'));
    const stopped = run(['check', '--lab', '--since', file, 'good.lab'], {}, controller.signal);
    await expect(stopped).rejects.toThrow();
    expect(readdirSync(folder).filter((name) => name.endsWith('.lock'))).toEqual([]);
  });
});

describe('options that make no sense', () => {
  test.each([
    [['check', '--expiry-days', '3', 'good.lab', '--lab'], /--expiry-days goes with --since/],
    [['check', '--since', 'x', '--case', 'y.danecase'], /--since and --case exclude each other/],
    [['check', '--since', 'x', '--expiry-days', '91', 'a.lab', '--lab'], /from 1 to 90/],
    [['check', '--since', 'x', '--expiry-days', '-1', 'a.lab', '--lab'], /from 1 to 90|argument/],
  ])('%j is told', async (args, message) => {
    const { exit, stderr } = await run(args);
    expect(stderr).toMatch(message);
    expect(exit).toBe(3);
  });
});
