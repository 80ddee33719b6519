/** Files the system hands over: read to bounds, told in words when they cannot be, and handed over once. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readArguments } from '../../../../electron/shell/arguments.ts';
import {
  handedOver,
  handOver,
  onDisk,
  withoutFileUrl,
  type Start,
} from '../../../../electron/shell/hand-over.ts';
import type { LockHolder } from '../../../../electron/shell/lock-holder.ts';
import { OpenedFilesQueue } from '../../../../electron/shell/opened-files.ts';
import { linksIn, readPaths } from '../../../../electron/shell/read-paths.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dane-inspector-opened-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');

describe('paths', () => {
  it('are read whole, and one that is missing loses no other', async () => {
    writeFileSync(join(folder, 'a.pem'), 'first');
    const { files, problems } = await readPaths([join(folder, 'b.pem'), join(folder, 'a.pem')]);
    expect(files.map(({ name, bytes }) => [name, textOf(bytes)])).toEqual([['a.pem', 'first']]);
    expect(problems).toEqual(['b.pem cannot be read (it does not exist).']);
  });

  it('of folders are read with what their links lead to, and lead in no circle', async () => {
    mkdirSync(join(folder, 'archive'));
    mkdirSync(join(folder, 'live', 'mx'), { recursive: true });
    writeFileSync(join(folder, 'archive', 'cert1.pem'), 'certificate');
    symlinkSync('../../archive/cert1.pem', join(folder, 'live', 'mx', 'cert.pem'));
    symlinkSync('..', join(folder, 'live', 'mx', 'up'));
    const { files } = await readPaths([join(folder, 'live')]);
    expect(files.map(({ name, bytes }) => [name, textOf(bytes)])).toEqual([
      ['live/mx/cert.pem', 'certificate'],
    ]);
    expect([...(await linksIn(join(folder, 'live')))].sort()).toEqual([
      'mx/cert.pem → ../../archive/cert1.pem',
      'mx/up → ..',
    ]);
  });

  it('of folders with very many entries are looked at so far, and that is told', async () => {
    for (let index = 0; index < 10_001; index += 1) {
      symlinkSync('nowhere', join(folder, `link${index}`));
    }
    const { problems } = await readPaths([folder]);
    expect(problems).toContain('Only the first 10,000 entries of the folders were looked at.');
    expect(await linksIn(folder)).toHaveLength(10_000);
  });

  it('are read to one octet more than allowed, however long the file is', async () => {
    writeFileSync(join(folder, 'long.pem'), '');
    truncateSync(join(folder, 'long.pem'), 1024 * 1024 * 1024);
    const { files } = await readPaths([join(folder, 'long.pem')]);
    expect(files[0]?.bytes.length).toBe(1024 * 1024 + 1);
  });

  it('that name a device or a pipe are not waited for', async () => {
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    const { files, problems } = await readPaths([join(folder, 'pipe'), '/dev/zero']);
    expect(files).toEqual([]);
    expect(problems).toEqual([
      'pipe is neither a file nor a folder.',
      'zero is neither a file nor a folder.',
    ]);
  });

  it('in number beyond the bound are told', async () => {
    writeFileSync(join(folder, 'a.pem'), 'x');
    const { files, problems } = await readPaths(
      Array.from({ length: 2001 }, () => join(folder, 'a.pem')),
    );
    expect(files).toHaveLength(2000);
    expect(problems).toEqual(['Only the first 2,000 files were read.']);
  });

  it('to more octets than are kept at a time are told', async () => {
    writeFileSync(join(folder, 'long.pem'), '');
    truncateSync(join(folder, 'long.pem'), 2 * 1024 * 1024);
    const { files, problems } = await readPaths(
      Array.from({ length: 70 }, () => join(folder, 'long.pem')),
    );
    expect(files).toHaveLength(64);
    expect(problems).toEqual(['Only the first 64 MiB of the files were read.']);
  });
});

describe('the queue', () => {
  it('hands over what waits once', async () => {
    writeFileSync(join(folder, 'a.pem'), 'first');
    const queue = new OpenedFilesQueue();
    queue.add([join(folder, 'a.pem')]);
    queue.add([join(folder, 'missing.pem')]);
    const { files, problems } = await queue.take();
    expect(files.map(({ name }) => name)).toEqual(['a.pem']);
    expect(problems).toHaveLength(1);
    expect(await queue.take()).toEqual({ files: [], problems: [] });
  });

  it('keeps a bounded number of paths, and counts the others', async () => {
    writeFileSync(join(folder, 'a.pem'), 'x');
    const queue = new OpenedFilesQueue();
    queue.add(Array.from({ length: 2003 }, () => join(folder, 'a.pem')));
    expect((await queue.take()).problems).toEqual(['3 files more were not opened.']);
  });
});

describe('words of the command line', () => {
  it('are files where they name one, and domains where they do not', () => {
    writeFileSync(join(folder, 'cert.pem'), 'x');
    mkdirSync(join(folder, 'example.org'));
    const given = readArguments(
      ['/app', join(folder, 'cert.pem'), join(folder, 'example.org'), 'example.org'],
      '/app',
      (word) => onDisk(join('/', word)),
    );
    expect(given.files).toEqual([join(folder, 'cert.pem'), join(folder, 'example.org')]);
    expect(given.domain).toBe('example.org');
  });

  it('may be the URLs of files, as desktops hand them over', () => {
    expect(withoutFileUrl('file:///srv/my%20cert.pem')).toBe('/srv/my cert.pem');
    for (const word of ['file://elsewhere/x', 'file://%', 'https://example.org/', '--lab']) {
      expect(withoutFileUrl(word)).toBe(word);
    }
  });

  it('that can only be paths are files even where nothing is there, and nothing is looked up', () => {
    const gone = [
      '/srv/gone.pem',
      './gone.pem',
      '../gone',
      'C:\\gone.pem',
      'file://srv/x',
      '\\\\srv\\x',
    ];
    expect(readArguments(['/app', ...gone], '/app')).toMatchObject({ domain: null, files: gone });
    expect(readArguments(['/app', 'https://example.org/'], '/app').domain).toBe(
      'https://example.org/',
    );
  });

  it('are a domain where a folder beside us happens to have that name', () => {
    const given = readArguments(['/app', 'example.org'], '/app', () => 'folder');
    expect(given).toMatchObject({ domain: 'example.org', files: [] });
  });
});

describe('a second start', () => {
  const start = (
    words: readonly string[],
    isFirst = false,
    holder: LockHolder = { kind: 'window' },
  ): readonly [Start, unknown] => {
    let data: unknown = null;
    const app = {
      requestSingleInstanceLock: (handed?: unknown) => ((data = handed), isFirst),
    };
    const given = readArguments(words, '/app', (word) => (word.startsWith('/') ? 'file' : null));
    return [handOver(app, given, () => holder, ['electron', ...words]), data];
  };
  const nothing = { files: [], domain: null, link: null, own: false };

  it('hands over what it names: files, a domain, a link, or that there is nothing but the wish for the window', () => {
    expect(start(['/srv/a.pem'])).toEqual(['handed-over', { ...nothing, files: ['/srv/a.pem'] }]);
    expect(start(['example.org'])).toEqual(['handed-over', { ...nothing, domain: 'example.org' }]);
    const link = 'dane-inspector://example.org';
    expect(start([link])).toEqual(['handed-over', { ...nothing, link }]);
    expect(start([])).toEqual(['handed-over', nothing]);
  });

  it.each([
    '--lab',
    '--allow-private',
    '--resolver=192.0.2.53',
    '--no-smtp',
    '--dns-port=0',
    '--x',
  ])('with %s has a window of its own, and the open one is not concerned', (option) => {
    expect(start([option, 'example.org'])).toMatchObject(['guest', { own: true }]);
  });

  it('that is the first is a guest of nobody', () => {
    expect(start(['--lab'], true)[0]).toBe('first');
    expect(start(['example.org'], true)[0]).toBe('first');
  });

  it('does not end where nobody was told of it', () => {
    const nobody: LockHolder = { kind: 'nobody', why: 'The disk is full.' };
    expect(start([], false, nobody)[0]).toBe('unkept');
    expect(start(['--lab'], false, nobody)[0]).toBe('unkept');
    expect(start([], true, nobody)[0]).toBe('first');
  });

  it('asks nothing where the other window would end of it', () => {
    const paths = (count: number, letter: string): readonly string[] =>
      Array.from({ length: count }, (_, index) => `/srv/${letter.repeat(80)}${index}.pem`);
    expect(start(paths(100, 'x'))[0]).toBe('handed-over');
    expect(start(paths(300, 'x'))).toEqual(['guest', null]);
    expect(start(paths(100, 'ü'))).toEqual(['guest', null]);
  });

  it('is taken for what it says, and nothing else of it', () => {
    expect(handedOver({ files: ['/a.pem', 7, null], domain: 7, link: {}, own: 'yes' })).toEqual({
      ...nothing,
      files: ['/a.pem'],
    });
    for (const other of [null, 'x', {}, { files: '/a.pem' }]) {
      expect(handedOver(other)).toEqual(nothing);
    }
  });
});
