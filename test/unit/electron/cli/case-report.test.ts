// Case files from the command line: written by one run, gone through again by another, and hostile ones refused.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run } from './rig.ts';

let folder = '';
let sound = '';
let two = '';
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dane-inspector-case-'));
  sound = join(folder, 'stale.danecase');
  two = join(folder, 'two.danecase');
  const at = ['--at', '2026-11-24T12:00:00Z'];
  await run(['check', '--lab', 'stale.lab', ...at, '--report', sound]);
  await run(['check', '--lab', 'good.lab', 'expired.lab', ...at, '--report', two]);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

test('a case gives the report that was recorded, and the exit code of its outcome', async () => {
  const { exit, stdout, stderr } = await run(['check', '--case', sound, '--json']);
  const recorded = unzipSync(readFileSync(sound))['1-stale.lab/report.json'];
  expect(JSON.parse(stdout)).toEqual(JSON.parse(strFromU8(recorded ?? new Uint8Array(0))));
  expect(stderr).toContain('gives the same report again, as of 2026-11-24T12:00:00.000Z.');
  // The lab has a root of its own.
  expect(stderr).toContain('nothing is proven by the root’s keys');
  expect(exit).toBe(2);
});

test('several domains are one case, and several cases one command', async () => {
  const { stdout } = await run(['check', '--case', two, '--case', sound, '--json']);
  const lines = stdout.trimEnd().split('\n');
  const outcomes = lines.map((line) => JSON.parse(line) as { domain: string; outcome: string });
  expect(outcomes.map(({ domain, outcome }) => `${domain} ${outcome}`).sort()).toEqual([
    'expired.lab broken',
    'good.lab secure',
    'stale.lab broken',
  ]);
});

test('other reports, another case too, are made of a case', async () => {
  const [page, copy] = [join(folder, 'again.html'), join(folder, 'again.danecase')];
  await run(['check', '--case', sound, '--report', page, '--report', copy]);
  expect(readFileSync(page, 'utf8')).toContain('<h2>stale.lab</h2>');
  const { stderr } = await run(['check', '--case', copy]);
  expect(stderr).toContain('gives the same report again');
});

test('a report that was made to look better than its evidence is told', async () => {
  const altered = withFile(sound, '1-stale.lab/run.json', (text) =>
    text
      .replaceAll('"verdict":"failed"', '"verdict":"authenticated"')
      .replaceAll('"matches":false', '"matches":true'),
  );
  const { exit, stdout, stderr } = await run(['check', '--case', altered, '--json']);
  expect(stderr).toContain('does not give the report that the file holds');
  expect(JSON.parse(stdout)).toMatchObject({ outcome: 'broken' });
  expect(exit).toBe(2);
});

test('another instant can be asked for, and other trust anchors', async () => {
  const later = await run(['check', '--case', two, '--at', '2027-11-24T12:00:00Z', '--json']);
  const outcomes = later.stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as object);
  expect(outcomes).toMatchObject([
    { domain: expect.any(String), outcome: 'broken', at: '2027-11-24T12:00:00.000Z' },
    { domain: expect.any(String), outcome: 'broken', at: '2027-11-24T12:00:00.000Z' },
  ]);
  expect(later.stderr).toContain('as of 2027-11-24T12:00:00.000Z');
  // The root's own keys, under which the lab's root is a fraud.
  const anchors = join(process.cwd(), 'assets', 'root-anchors.zone');
  const trusted = await run(['check', '--case', sound, '--trust-anchor', anchors, '--json']);
  expect(JSON.parse(trusted.stdout)).toMatchObject({ mx: { security: 'bogus' } });
  expect(trusted.stderr).not.toContain('nothing is proven');
});

test('it holds the messages, chains and conversations for people too', () => {
  const files = unzipSync(readFileSync(sound));
  // Which addresses they are is the lab's affair.
  const [v4 = '', v6 = ''] = Object.keys(files)
    .flatMap((name) => /chains\/mx\.stale\.lab-(.+)\.pem$/.exec(name)?.[1] ?? [])
    .sort();
  expect([v4, v6]).toEqual([
    expect.stringMatching(/^198\.51\.100\.\d+$/),
    expect.stringMatching(/^2001_db8_[0-9a-f_]+$/),
  ]);
  expect(Object.keys(files).sort()).toEqual([
    `1-stale.lab/chains/mx.stale.lab-${v4}.pem`,
    `1-stale.lab/chains/mx.stale.lab-${v6}.pem`,
    `1-stale.lab/conversations/mx.stale.lab-${v4}.txt`,
    `1-stale.lab/conversations/mx.stale.lab-${v6}.txt`,
    '1-stale.lab/dns.txt',
    '1-stale.lab/report.html',
    '1-stale.lab/report.json',
    '1-stale.lab/run.json',
    'README.txt',
    'case.json',
  ]);
  const text = (name: string): string => strFromU8(files[name] ?? new Uint8Array(0));
  expect(text(`1-stale.lab/chains/mx.stale.lab-${v4}.pem`)).toContain('BEGIN CERTIFICATE');
  expect(text(`1-stale.lab/conversations/mx.stale.lab-${v4}.txt`)).toMatch(/ms > EHLO /);
  expect(text('1-stale.lab/dns.txt')).toMatch(/^# udp to [\d.]+#53\n000000 [0-9a-f]{2} /);
});

describe('what cannot be used is told in one sentence, with exit code 3:', () => {
  const cases: readonly (readonly [string, () => string, RegExp])[] = [
    ['a file that is not there', () => join(folder, 'none.danecase'), /it does not exist/],
    ['a folder', () => folder, /it is a folder/],
    ['an endless file', () => '/dev/zero', /it is larger than 64 MiB/],
    ['an empty file', () => file('empty', new Uint8Array(0)), /it is no zip archive/],
    ['something else', () => file('text', strToU8('hello '.repeat(100))), /it is no zip archive/],
    ['another archive', () => file('zip', zipSync({ a: strToU8('a') })), /but no case/],
    ['half a file', () => file('half', cut(readFileSync(sound), 0.5)), /it is no zip archive/],
    [
      'a case of a newer program',
      () =>
        withFile(sound, 'case.json', (text) =>
          text.replace('"formatVersion": 1', '"formatVersion": 2'),
        ),
      /a newer program wrote it/,
    ],
    [
      'a run that is none',
      () => withFile(sound, '1-stale.lab/run.json', () => '{}'),
      /no inspection records/,
    ],
    [
      'a run that is no JSON',
      () => withFile(sound, '1-stale.lab/run.json', (text) => text.slice(0, -1)),
      /it is damaged/,
    ],
    [
      'JSON that is nested without end',
      () => withFile(sound, '1-stale.lab/run.json', () => '['.repeat(5_000_000)),
      /unpacks to more than 200 times|it is damaged/,
    ],
    [
      'an instant beyond time',
      () =>
        withFile(sound, '1-stale.lab/run.json', (text) => text.replace(/"at":\d+/, '"at":1e300')),
      /no inspection records/,
    ],
    [
      'octets that are none',
      () =>
        withFile(sound, '1-stale.lab/run.json', (text) =>
          text.replace(/"query":"../, '"query":"zz'),
        ),
      /no inspection records/,
    ],
  ];
  test.each(cases)('%s', async (_, make, reason) => {
    const { exit, stdout, stderr } = await run(['check', '--case', make()]);
    expect(stderr).toMatch(/^--case: .* cannot be used: [^.]*.*\.\n$/);
    expect(stderr).toMatch(reason);
    expect({ exit, stdout }).toEqual({ exit: 3, stdout: '' });
  });

  test('a domain beside a case', async () => {
    const { exit, stderr } = await run(['check', 'good.lab', '--case', sound]);
    expect(stderr).toContain('--case and domains exclude each other.');
    expect(exit).toBe(3);
    expect((await run(['check', '--lab', '--case', sound])).exit).toBe(3);
  });
});

function file(name: string, octets: Uint8Array): string {
  const path = join(folder, `${name}.danecase`);
  writeFileSync(path, octets);
  return path;
}

function cut(octets: Uint8Array, share: number): Uint8Array {
  return octets.subarray(0, Math.floor(octets.length * share));
}

/** The same archive with one file changed. */
function withFile(path: string, name: string, change: (text: string) => string): string {
  const files = unzipSync(readFileSync(path));
  const changed = change(strFromU8(files[name] ?? new Uint8Array(0)));
  return file('changed', zipSync({ ...files, [name]: strToU8(changed) }));
}
