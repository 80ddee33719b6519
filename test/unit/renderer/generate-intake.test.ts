/** Which files a drop, a dialog or a paste comes to: within bounds, folders included, links by consent. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { FolderReply } from '../../../shared/ipc/contract.ts';
import { MAX_FILES } from '../../../shared/material/limits.ts';

type Intake = typeof import('../../../renderer/store/material-intake.ts');

let intake: Intake;
let folderReply: FolderReply | Error;

beforeEach(async () => {
  vi.resetModules();
  folderReply = { kind: 'left' };
  vi.stubGlobal('window', {
    daneInspector: {
      readFolder: () =>
        folderReply instanceof Error ? Promise.reject(folderReply) : Promise.resolve(folderReply),
    },
  });
  intake = await import('../../../renderer/store/material-intake.ts');
  return () => {
    vi.unstubAllGlobals();
  };
});

type Tree = { readonly [name: string]: Tree | string };

/** As Chromium shows a folder to a page: a hundred entries at a time. */
function entry(path: string, content: Tree | string): FileSystemEntry {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const shared = { name, fullPath: path };
  if (typeof content === 'string') {
    return Object.assign(
      { isFile: true, isDirectory: false, ...shared },
      {
        file: (take: (file: File) => void) => take(new File([content], name)),
      },
    ) as unknown as FileSystemEntry;
  }
  return Object.assign(
    { isFile: false, isDirectory: true, ...shared },
    {
      createReader: () => {
        const rest = Object.entries(content).map(([child, inside]) =>
          entry(`${path}/${child}`, inside),
        );
        return {
          readEntries: (take: (some: FileSystemEntry[]) => void) => take(rest.splice(0, 100)),
        };
      },
    },
  ) as unknown as FileSystemEntry;
}

function transfer(...dropped: { file: File; entry: FileSystemEntry }[]): DataTransfer {
  return {
    items: dropped.map(({ file, entry }) => ({
      kind: 'file',
      getAsFile: () => file,
      webkitGetAsEntry: () => entry,
    })),
    getData: () => '',
  } as unknown as DataTransfer;
}

/** As in a page: one that came without a folder has an empty path. */
const fileOf = (name: string, content: string): File =>
  Object.assign(new File([content], name), { webkitRelativePath: '' });

const folder = (name: string, content: Tree): { file: File; entry: FileSystemEntry } => ({
  file: fileOf(name, ''),
  entry: entry(`/${name}`, content),
});

const single = (name: string): { file: File; entry: FileSystemEntry } => ({
  file: fileOf(name, 'x'),
  entry: entry(`/${name}`, 'x'),
});

describe('a drop', () => {
  it('of files and a folder is all of their files, named with their folder', async () => {
    const found = await intake.foundIn(
      transfer(single('a.pem'), folder('live', { mx: { 'cert.pem': 'one' }, README: 'two' })),
    );
    expect(found.files.map(({ name, inFolder }) => [name, inFolder])).toEqual([
      ['a.pem', false],
      ['live/README', true],
      ['live/mx/cert.pem', true],
    ]);
    const content = await found.files[2]?.load();
    expect(content instanceof Blob && (await content.text())).toBe('one');
  });

  it('of a folder with links is what the process behind the window read', async () => {
    folderReply = {
      kind: 'read',
      files: [{ name: 'live/cert.pem', bytes: Uint8Array.of(1) }],
      problems: ['live/x cannot be read.'],
    };
    const found = await intake.foundIn(transfer(folder('live', { README: 'two' })));
    expect(found.files.map(({ name }) => name)).toEqual(['live/cert.pem']);
    expect(found.problems).toEqual(['live/x cannot be read.']);
  });

  it('of a deep folder is looked into so far, and that is told', async () => {
    const deep = { '1': { '2': { '3': { '4': { 'cert.pem': 'x' } }, 'near.pem': 'x' } } };
    const found = await intake.foundIn(transfer(folder('d', deep)));
    expect(found.files.map(({ name }) => name)).toEqual(['d/1/2/near.pem']);
    expect(found.problems).toEqual(['d/1/2/3/4 was not looked into: it lies 4 folders deep.']);
  });

  it('of more files than are taken at a time leaves the rest, and says how many', async () => {
    const names = Array.from({ length: MAX_FILES + 1 }, (_, index) => `${index}.pem`);
    const content = Object.fromEntries(names.map((name) => [name, 'x']));
    const found = await intake.foundIn(transfer(folder('many', content)));
    expect(found.files).toHaveLength(MAX_FILES);
    expect(found.problems).toEqual(['Only the first 2,000 of 2,001 files were taken.']);
  });

  it('of a whole disk ends after so many entries', async () => {
    const content = Object.fromEntries(
      Array.from({ length: 12_000 }, (_, index) => [`${index}.txt`, 'x']),
    );
    const found = await intake.foundIn(transfer(folder('disk', content)));
    expect(found.problems[0]).toContain('Only the first 10,000 entries');
  });

  it('of a whole disk of folders ends there too, and says so once', async () => {
    const full = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`${index}`, 'x']));
    const content = Object.fromEntries(
      Array.from({ length: 300 }, (_, index) => [`f${index}`, full]),
    );
    const found = await intake.foundIn(transfer(folder('disk', content)));
    expect(found.problems).toHaveLength(2);
    expect(found.problems[1]).toMatch(/^Only the first 2,000 of (9|10),\d\d\d files were taken/);
  });

  it('of very many files looks at no more than are taken', async () => {
    let looked = 0;
    const item = {
      kind: 'file',
      getAsFile: () => fileOf(`${(looked += 1)}.pem`, 'x'),
      webkitGetAsEntry: () => null,
    };
    const items = Array.from({ length: 100_000 }, () => item);
    const found = await intake.foundIn({ items, getData: () => '' } as unknown as DataTransfer);
    expect(found.files).toHaveLength(MAX_FILES);
    expect(found.problems).toEqual(['Only the first 2,000 of 100,000 files were taken.']);
    expect(looked).toBe(MAX_FILES);
  });

  it('of a folder that the process behind the window fails at is what the page sees of it', async () => {
    folderReply = new Error('no answer');
    const found = await intake.foundIn(transfer(folder('live', { README: 'two' })));
    expect(found.files.map(({ name }) => name)).toEqual(['live/README']);
  });

  it('of text is that text', async () => {
    const text = { items: [], getData: () => 'pasted' } as unknown as DataTransfer;
    const [file] = (await intake.foundIn(text)).files;
    expect(file?.name).toBe('pasted text');
    expect(await file?.load()).toEqual(new TextEncoder().encode('pasted'));
    const blank = { items: [], getData: () => ' \n' } as unknown as DataTransfer;
    expect((await intake.foundIn(blank)).files).toEqual([]);
  });
});

describe('files that are loaded together', () => {
  const load = async (files: readonly File[]): Promise<readonly unknown[]> =>
    Promise.all(intake.foundFiles(files).files.map((found) => found.load()));
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

  it('are each what it is by itself, across packs', async () => {
    const files = Array.from({ length: 120 }, (_, index) =>
      fileOf(`${index}.pem`, 'x'.repeat(index % 7) + index),
    );
    const wanted = files.map((_, index) => bytes('x'.repeat(index % 7) + index));
    expect(await load(files)).toEqual(wanted);
  });

  it('leave a large one to be read by itself', async () => {
    const large = fileOf('large.pem', 'x'.repeat(64 * 1024 + 1));
    const loaded = await load([fileOf('a', 'one'), large, fileOf('b', 'two')]);
    expect(loaded).toEqual([bytes('one'), large, bytes('two')]);
    expect(loaded[1]).toBe(large);
  });

  it('leave all to be read by themselves where one cannot be', async () => {
    const files = [fileOf('a', 'one'), fileOf('b', 'two')];
    vi.stubGlobal('Blob', function Unreadable(): never {
      throw new Error('one of them is gone');
    });
    const loaded = await load(files);
    expect(loaded[0]).toBe(files[0]);
    expect(loaded[1]).toBe(files[1]);
  });

  it('are handed over once, and then read again from the disk', async () => {
    const files = [fileOf('a', 'one'), fileOf('b', 'two')];
    const [first] = intake.foundFiles(files).files;
    expect(await first?.load()).toEqual(bytes('one'));
    expect(await first?.load()).toBe(files[0]);
  });
});

it('a pasted text of any length is cut where the reader would refuse it', async () => {
  const [file] = intake.foundText('x'.repeat(3_000_000)).files;
  const bytes = await file?.load();
  expect(bytes instanceof Uint8Array && bytes.length).toBe(1024 * 1024 + 1);
});
