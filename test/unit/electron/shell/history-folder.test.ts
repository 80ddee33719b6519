// Kept runs outlive the program, are bounded, belong to the user alone, and one damaged file costs no other.
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { HistoryFolder } from '../../../../electron/shell/history-folder.ts';
import { HistoryHost } from '../../../../electron/shell/history-host.ts';
import type { KeptRun } from '../../../../electron/shell/history-file.ts';
import type { InspectionEvent } from '../../../../shared/inspection/event.ts';
import { degraded } from '../../renderer/streams.ts';

const AT = Date.UTC(2026, 10, 24, 15, 3);
const MINUTE = 60_000;
const EVENTS = degraded().filter(({ kind }) => kind !== 'progress');

let parent = '';
let path = '';
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'history-'));
  path = join(parent, 'history');
});
afterEach(() => {
  rmSync(parent, { recursive: true, force: true });
});

function run(domain = 'example.org', network: KeptRun['network'] = 'internet'): KeptRun {
  const at = '2026-11-24T15:03:00.000Z';
  const counts = { durationMs: 1320, errors: 1, warnings: 2, ownTrust: false };
  return { network, summary: { domain, at, outcome: 'degraded', ...counts }, events: EVENTS };
}

/** Keeps one of each domain, a minute apart. */
async function keepAll(folder: HistoryFolder, ...domains: readonly string[]): Promise<void> {
  for (const [index, domain] of domains.entries()) {
    await folder.keep(run(domain), AT + index * MINUTE);
  }
}

async function domains(folder = new HistoryFolder(path)): Promise<readonly string[]> {
  return (await folder.list()).entries.map(({ domain }) => domain);
}

const files = (): readonly string[] => readdirSync(path).filter((name) => name.endsWith('.gz'));
const only = (): string => join(path, files()[0] ?? '');

describe('a kept run', () => {
  test('is there at the next start, with all that it told', async () => {
    await new HistoryFolder(path).keep(run('example.org', 'lab'), AT);
    const folder = new HistoryFolder(path);
    const { entries, problems } = await folder.list();
    expect(problems).toEqual([]);
    expect(entries).toMatchObject([
      {
        ...{ domain: 'example.org', network: 'lab', at: '2026-11-24T15:03:00.000Z' },
        ...{ outcome: 'degraded', durationMs: 1320, errors: 1, warnings: 2 },
      },
    ]);
    const reply = await folder.open(entries[0]?.id ?? '');
    expect(reply).toMatchObject({ kind: 'opened', entry: entries[0] });
    expect(reply.kind === 'opened' && reply.events).toEqual(EVENTS);
  });

  test('is one gzip file that other programs read', async () => {
    await new HistoryFolder(path).keep(run(), AT);
    const text = execFileSync('gzip', ['-dc', only()]).toString();
    const [, events = ''] = text.split('\n');
    expect(JSON.parse(events)).toEqual(EVENTS);
  });

  test('can be read by nobody but the user', async () => {
    mkdirSync(path, { mode: 0o755 });
    await new HistoryFolder(path).keep(run(), AT);
    expect(statSync(path).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(path)) {
      expect(statSync(join(path, name)).mode & 0o777, name).toBe(0o600);
    }
  });

  test('is listed newest first', async () => {
    const folder = new HistoryFolder(path);
    await keepAll(folder, 'a.example', 'b.example', 'c.example');
    expect(await domains(folder)).toEqual(['c.example', 'b.example', 'a.example']);
  });

  test('of two that end at once, both are kept', async () => {
    const folder = new HistoryFolder(path);
    await Promise.all([folder.keep(run('a.example'), AT), folder.keep(run('b.example'), AT)]);
    expect([...(await domains())].sort()).toEqual(['a.example', 'b.example']);
  });
});

describe('the bounds', () => {
  test('the oldest goes when there are too many', async () => {
    const folder = new HistoryFolder(path, { runs: 2, octets: 1e9 });
    await keepAll(folder, 'a.example', 'b.example', 'c.example');
    expect(await domains(folder)).toEqual(['c.example', 'b.example']);
    expect(files()).toHaveLength(2);
  });

  test('the oldest go when they take too much room, but never the newest', async () => {
    const folder = new HistoryFolder(path, { runs: 100, octets: 1 });
    await keepAll(folder, 'a.example', 'b.example');
    expect(await domains(folder)).toEqual(['b.example']);
  });

  test('leave what has room', async () => {
    await keepAll(new HistoryFolder(path), 'a.example');
    const { size } = statSync(only());
    const folder = new HistoryFolder(path, { runs: 100, octets: 3.5 * size });
    await keepAll(folder, 'b.example', 'c.example', 'd.example');
    // The first one, of the same minute as b, may be taken for the older of the two, or b.
    expect((await domains(folder)).slice(0, 2)).toEqual(['d.example', 'c.example']);
    expect(files()).toHaveLength(3);
  });

  test('count runs of which the index knows nothing', async () => {
    await keepAll(new HistoryFolder(path), 'a.example', 'b.example');
    rmSync(join(path, 'index.json'));
    await new HistoryFolder(path, { runs: 2, octets: 1e9 }).keep(run('c.example'), AT + 9 * MINUTE);
    expect(await domains()).toEqual(['c.example', 'b.example']);
  });
});

describe('deleting', () => {
  test('takes one run, and no other', async () => {
    const folder = new HistoryFolder(path);
    await keepAll(folder, 'a.example', 'b.example');
    const [newest] = (await folder.list()).entries;
    const left = await folder.delete(newest?.id ?? '');
    expect(left.entries.map(({ domain }) => domain)).toEqual(['a.example']);
    expect(await domains()).toEqual(['a.example']);
    expect(readFileSync(join(path, 'index.json'), 'utf8')).not.toContain('b.example');
  });

  test('takes all, damaged ones too, and leaves what belongs to others', async () => {
    const folder = new HistoryFolder(path);
    await keepAll(folder, 'a.example', 'b.example');
    writeFileSync(join(path, files()[0] ?? ''), 'junk');
    writeFileSync(join(path, 'letter.txt'), 'dear');
    expect((await folder.delete(null)).entries).toEqual([]);
    expect(files()).toEqual([]);
    expect(existsSync(join(path, 'letter.txt'))).toBe(true);
    expect(readFileSync(join(path, 'index.json'), 'utf8')).not.toContain('example');
  });

  test('reaches nothing outside its folder', async () => {
    const folder = new HistoryFolder(path);
    await keepAll(folder, 'a.example');
    const outside = join(parent, '20261124T150300000-00000000.run.gz');
    writeFileSync(outside, packed(HEAD));
    await folder.delete('../20261124T150300000-00000000');
    expect(existsSync(outside)).toBe(true);
    expect(await folder.open('../20261124T150300000-00000000')).toMatchObject({ kind: 'refused' });
  });
});

describe('a damaged index', () => {
  test.each([
    ['is missing', null],
    ['is empty', ''],
    ['is cut short', '{"version":1,"runs":[{"entry":'],
    ['is something else', '[1,2]'],
    ['is of another version', '{"version":2,"runs":[]}'],
    ['is far too large', ' '.repeat(1024 * 1024 + 1)],
    [
      'names files elsewhere',
      `{"version":1,"runs":[{"octets":1,"entry":{"id":"../../x","domain":"x","network":"lab","at":"2026-11-24T15:03:00.000Z","outcome":"secure","durationMs":1,"errors":0,"warnings":0,"ownTrust":false}}]}`,
    ],
  ])('that %s is made again from the runs', async (_how, text) => {
    await keepAll(new HistoryFolder(path), 'a.example', 'b.example');
    const index = join(path, 'index.json');
    const before = JSON.parse(readFileSync(index, 'utf8')) as unknown;
    if (text === null) rmSync(index);
    else writeFileSync(index, text);
    const { entries, problems } = await new HistoryFolder(path).list();
    expect(entries.map(({ domain }) => domain)).toEqual(['b.example', 'a.example']);
    expect(problems).toEqual([]);
    expect(sortedRuns(JSON.parse(readFileSync(index, 'utf8')))).toEqual(sortedRuns(before));
  });

  test('whose entries are no runs of ours, or of no time, is not believed', async () => {
    await keepAll(new HistoryFolder(path), 'a.example');
    const index = join(path, 'index.json');
    const text = readFileSync(index, 'utf8');
    const [name = ''] = files();
    writeFileSync(join(path, 'foreign.run.gz'), '');
    for (const other of [
      text.replaceAll(name.slice(0, -7), 'foreign'),
      text.replace('2026-11-24T15:03:00.000Z', 'junk'),
    ]) {
      writeFileSync(index, other);
      const { entries } = await new HistoryFolder(path).list();
      expect(entries).toMatchObject([{ domain: 'a.example', at: '2026-11-24T15:03:00.000Z' }]);
      expect(entries[0]?.id).toBe(name.slice(0, -7));
    }
  });

  function sortedRuns(index: unknown): readonly string[] {
    const { runs } = index as { readonly runs: readonly unknown[] };
    return runs.map((each) => JSON.stringify(each)).sort();
  }
});

const NAME = '20261124T150300000-00000000.run.gz';
const packed = (head: object, events: unknown = EVENTS): Uint8Array =>
  gzipSync(`${JSON.stringify(head)}\n${JSON.stringify(events)}`);
const HEAD = {
  ...{ format: 'dane-inspector run', version: 1, network: 'internet' },
  summary: run('hostile.example').summary,
};

describe('a file that is no kept run', () => {
  test.each<[string, (file: string) => void, RegExp]>([
    ['damaged', (file) => writeFileSync(file, 'junk'), /is damaged/],
    ['empty', (file) => writeFileSync(file, ''), /is damaged/],
    ['foreign', (file) => writeFileSync(file, gzipSync('{"a":1}\n[]')), /is no kept run/],
    ['one line', (file) => writeFileSync(file, gzipSync('hello')), /is damaged/],
    [
      'of a newer version',
      (file) => writeFileSync(file, packed({ ...HEAD, version: 2 })),
      /newer version of this program/,
    ],
    [
      'of no outcome',
      (file) =>
        writeFileSync(file, packed({ ...HEAD, summary: { ...HEAD.summary, outcome: 'fine' } })),
      /is damaged/,
    ],
    [
      'far too large',
      (file) => {
        writeFileSync(file, packed(HEAD));
        truncateSync(file, 16 * 1024 * 1024 + 1);
      },
      /larger than 16 MiB/,
    ],
    ['a folder', (file) => mkdirSync(file), /is no file/],
    ['a link', (file) => symlinkSync('/dev/zero', file), /is no file/],
    ['a pipe', (file) => execFileSync('mkfifo', [file]), /is no file/],
  ])('that is %s is told and left alone, and the others are there', async (_how, make, words) => {
    await keepAll(new HistoryFolder(path), 'good.example');
    make(join(path, NAME));
    const { entries, problems } = await new HistoryFolder(path).list();
    expect(entries.map(({ domain }) => domain)).toEqual(['good.example']);
    expect(problems).toEqual([expect.stringMatching(words)]);
    expect(problems[0]).toContain(NAME);
    expect(existsSync(join(path, NAME)) || _how === 'a link').toBe(true);
  });

  test.each<[string, Uint8Array, RegExp]>([
    ['cut short', packed(HEAD).subarray(0, -40), /is damaged/],
    ['of other events', packed(HEAD, [{ kind: 'party' }]), /no inspection tells/],
    ['without its end', packed(HEAD, EVENTS.slice(0, -1)), /its end is missing/],
    ['without events', packed(HEAD, []), /its end is missing/],
    [
      'that unpacks to far too much',
      gzipSync(`${JSON.stringify(HEAD)}\n[${' '.repeat(65 * 1024 * 1024)}]`),
      /larger than what is read/,
    ],
  ])('%s is told when it is opened', async (_how, octets, words) => {
    mkdirSync(path);
    writeFileSync(join(path, NAME), octets);
    const folder = new HistoryFolder(path);
    expect(await domains(folder)).toEqual(['hostile.example']);
    expect(await folder.open(NAME.slice(0, -7))).toEqual({
      ...{ kind: 'refused', message: expect.stringMatching(words) },
    });
  });

  test('is told with what it hides made visible, and at most five are named', async () => {
    await keepAll(new HistoryFolder(path), 'good.example');
    for (let count = 0; count < 8; count += 1) writeFileSync(join(path, `x\u202e${count}`), '');
    const { entries, problems } = await new HistoryFolder(path).list();
    expect(entries).toHaveLength(1);
    expect(problems).toHaveLength(6);
    expect(problems.join('')).not.toContain('\u202e');
    expect(problems.at(-1)).toMatch(/^3 more files/);
  });

  test('is swept away where it is only what writing left behind', async () => {
    await keepAll(new HistoryFolder(path), 'good.example');
    const rest = join(path, `${NAME}.1234567890`);
    writeFileSync(rest, 'half');
    const { problems } = await new HistoryFolder(path).list();
    expect(problems).toEqual([]);
    expect(existsSync(rest)).toBe(false);
  });
});

describe('a disk that does not take it', () => {
  test('is told until a run is kept again', async () => {
    const folder = new HistoryFolder(path);
    // A file stands where the folder would be.
    writeFileSync(path, '');
    await folder.keep(run('lost.example'), AT);
    const { entries, problems } = await folder.list();
    expect(entries).toEqual([]);
    expect(problems[0]).toMatch(/^The last run, of lost\.example, is not kept: /);
    rmSync(path);
    await folder.keep(run('kept.example'), AT);
    expect((await folder.list()).problems).toEqual([]);
  });

  test('for the index alone costs nothing: the run is there, and nothing else is said', async () => {
    mkdirSync(join(path, 'index.json'), { recursive: true });
    const folder = new HistoryFolder(path);
    await folder.keep(run('kept.example'), AT);
    const { entries, problems } = await folder.list();
    expect(entries.map(({ domain }) => domain)).toEqual(['kept.example']);
    expect(problems).toEqual([]);
  });

  test.skipIf(process.platform !== 'linux' || process.getuid?.() !== 0)(
    'that is full or can only be read loses nothing that is kept',
    async () => {
      mkdirSync(path);
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', path]);
      try {
        const folder = new HistoryFolder(path);
        await keepAll(folder, 'first.example');
        writeFileSync(join(path, 'filler'), Buffer.alloc(200_000), { flag: 'a' });
      } catch {
        // Full now, as it should be.
      }
      try {
        const folder = new HistoryFolder(path);
        await folder.keep(run('second.example'), AT + MINUTE);
        const full = await folder.list();
        expect(full.entries.map(({ domain }) => domain)).toEqual(['first.example']);
        expect(full.problems[0]).toMatch(/second\.example, is not kept: the disk is full\./);
        execFileSync('mount', ['-o', 'remount,ro', path]);
        await folder.keep(run('third.example'), AT + 2 * MINUTE);
        const [first] = full.entries;
        const after = await folder.delete(first?.id ?? '');
        expect(after.entries.map(({ domain }) => domain)).toEqual(['first.example']);
        expect(after.problems.join('\n')).toMatch(
          /could not be deleted: the disk can only be read/,
        );
        expect(after.problems.join('\n')).toMatch(/third\.example, is not kept: the disk can only/);
        expect(await folder.open(first?.id ?? '')).toMatchObject({ kind: 'opened' });
      } finally {
        execFileSync('umount', [path]);
      }
    },
  );

  test('that cannot be read is told', async () => {
    // A link that leads to itself: nobody, whoever it is, can read that.
    symlinkSync(path, path);
    const { entries, problems } = await new HistoryFolder(path).list();
    rmSync(path);
    expect(entries).toEqual([]);
    expect(problems[0]).toMatch(/cannot be read: /);
  });
});

describe('which runs are kept', () => {
  async function follow(
    events: readonly InspectionEvent[],
    { isWanted = true, stop = new AbortController(), stopAt = -1 } = {},
  ): Promise<readonly string[]> {
    const folder = new HistoryFolder(path);
    const host = new HistoryHost(folder, { isWanted: () => isWanted, now: () => AT });
    async function* source(): AsyncGenerator<InspectionEvent, void, void> {
      yield* events;
    }
    let count = 0;
    for await (const event of host.follow('lab', source(), stop.signal)) {
      expect(event).toBe(events[count]);
      count += 1;
      if (count === stopAt) stop.abort();
    }
    expect(count).toBe(events.length);
    return domains(folder);
  }

  test('those that came to their end, judged as the window judges them', async () => {
    expect(await follow(degraded())).toEqual(['example.org']);
    const [entry] = (await new HistoryFolder(path).list()).entries;
    // Of the three hosts of that stream one is deferred: contract §3, domain outcome.
    expect(entry).toMatchObject({ outcome: 'degraded', network: 'lab', durationMs: 1320 });
    expect(gunzipSync(readFileSync(only())).toString()).not.toContain('"progress"');
  });

  test('not those that were cancelled, or that broke off', async () => {
    expect(await follow(degraded(), { stopAt: 5 })).toEqual([]);
    expect(await follow(degraded().slice(0, -1))).toEqual([]);
  });

  test('none where the person wants none', async () => {
    expect(await follow(degraded(), { isWanted: false })).toEqual([]);
  });
});
