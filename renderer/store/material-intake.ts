/** Finds the files in what a person dropped, chose or pasted: within bounds, folders included. */
import type { OpenedFiles } from '../../shared/ipc/contract.ts';
import { MAX_FILE_OCTETS, MAX_FILES } from '../../shared/material/limits.ts';
import { bridge } from '../bridge/bridge.ts';
import { packedLoaders } from './material-pack.ts';
import type { FileContent } from './material-reader.ts';
import { words } from '../words/words.ts';

const { intake: said } = words.generate;

/** One file that could be read; nothing of it has been. */
export interface FoundFile {
  /** As the person knows it: with the folder that was dropped in front. */
  readonly name: string;
  /** Came with a folder: other things lie there too, and are no mistake. */
  readonly inFolder: boolean;
  readonly load: () => Promise<FileContent>;
}

export interface Found {
  readonly files: readonly FoundFile[];
  /** One plain sentence for each thing that was left out. */
  readonly problems: readonly string[];
}

/** Folders inside a dropped folder that are looked into, one in the other. */
const MAX_DEPTH = 4;
/** Entries of folders that are looked at in one drop: a whole disk may have been dropped. */
const MAX_ENTRIES = 10_000;

/** From a file dialog, of files or of a folder. */
export function foundFiles(files: readonly File[]): Found {
  const taken = files.slice(0, MAX_FILES);
  const loaders = packedLoaders(taken);
  const found = taken.map((file, index) => {
    const path = file.webkitRelativePath;
    return ofFile(file, loaders[index], path === '' ? file.name : path, path !== '');
  });
  return bounded(found, files.length, []);
}

export function foundText(text: string): Found {
  const bytes = new TextEncoder().encode(text.slice(0, MAX_FILE_OCTETS + 1));
  return {
    files: [{ name: said.pasted, inFolder: false, load: () => Promise.resolve(bytes) }],
    problems: [],
  };
}

/** Read by the process behind the window: a name with a folder in front came with that folder. */
export function foundBytes({ files, problems }: OpenedFiles): Found {
  return {
    files: files.map(({ name, bytes }) => ({
      name,
      inFolder: name.includes('/'),
      load: () => Promise.resolve(bytes),
    })),
    problems,
  };
}

/** Must be called while the drop or paste is told: what it holds is gone afterwards. */
export function foundIn(transfer: DataTransfer): Promise<Found> {
  const items = [...transfer.items].filter(({ kind }) => kind === 'file');
  // To look at each of a hundred thousand would hold the page up for as long as it takes.
  const entries = items.slice(0, MAX_FILES).map((item) => {
    const file = item.getAsFile();
    // To ask for an entry takes a fifth of a millisecond: a thousand would hold the page up.
    const entry =
      file !== null && ENDINGS_OF_FILES.test(file.name) ? null : item.webkitGetAsEntry();
    return { entry, file };
  });
  if (entries.length > 0) return walk(entries, items.length - entries.length);
  const text = transfer.getData('text');
  return Promise.resolve(text.trim() === '' ? { files: [], problems: [] } : foundText(text));
}

/** Names that no folder has. */
const ENDINGS_OF_FILES = /\.(pem|crt|cer|der|key|pub|csr|req|p7b|p7c|p12|pfx|txt)$/i;

interface DroppedItem {
  readonly entry: FileSystemEntry | null;
  readonly file: File | null;
}

/** `beyond`: how many more there were. */
async function walk(items: readonly DroppedItem[], beyond: number): Promise<Found> {
  const visit: Visit = { files: [], problems: [], entries: 0 };
  const single = items.flatMap(({ entry, file }) =>
    entry?.isDirectory === true || file === null ? [] : [file],
  );
  visit.files.push(...foundFiles(single).files);
  for (const { entry, file } of items) {
    if (entry?.isDirectory === true) await takeFolder(entry, file, visit);
  }
  return bounded(visit.files, visit.files.length + beyond, visit.problems);
}

/**
 * Chromium passes over symbolic links in folders, and `/etc/letsencrypt/live/NAME` holds nothing else: the
 * process behind the window reads such a folder when the person agrees.
 */
async function takeFolder(entry: FileSystemEntry, file: File | null, visit: Visit): Promise<void> {
  // Where that fails, the folder is still what the page can see of it.
  const reply = file === null ? null : await bridge.readFolder(file).catch(() => null);
  if (reply?.kind !== 'read') return lookInto(entry, 0, visit);
  const { files, problems } = foundBytes(reply);
  visit.files.push(...files);
  visit.problems.push(...problems);
}

interface Visit {
  readonly files: FoundFile[];
  readonly problems: string[];
  entries: number;
}

async function lookInto(entry: FileSystemEntry, depth: number, visit: Visit): Promise<void> {
  if (visit.entries > MAX_ENTRIES) return;
  const path = entry.fullPath.replace(/^\//, '');
  if (depth >= MAX_DEPTH) {
    visit.problems.push(said.tooDeep(path, MAX_DEPTH));
    return;
  }
  for (const child of await entriesOf(entry, visit)) {
    if (child.isDirectory) await lookInto(child, depth + 1, visit);
    else if (isFileEntry(child)) {
      const name = child.fullPath.replace(/^\//, '');
      visit.files.push({ name, inFolder: true, load: () => fileOf(child) });
    }
  }
}

/** A reader hands over a hundred at a time, and none when it is done. */
async function entriesOf(
  folder: FileSystemEntry,
  visit: Visit,
): Promise<readonly FileSystemEntry[]> {
  if (!isFolderEntry(folder)) return [];
  const reader = folder.createReader();
  const entries: FileSystemEntry[] = [];
  try {
    for (;;) {
      const some = await new Promise<FileSystemEntry[]>((resolve, reject) => {
        reader.readEntries(resolve, reject);
      });
      if (some.length === 0) break;
      entries.push(...some);
      visit.entries += some.length;
      if (visit.entries > MAX_ENTRIES) {
        visit.problems.push(said.firstEntries(MAX_ENTRIES));
        break;
      }
    }
  } catch {
    visit.problems.push(said.unreadableFolder(folder.fullPath.replace(/^\//, '')));
  }
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function isFolderEntry(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

function isFileEntry(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => {
    entry.file(resolve, reject);
  });
}

function ofFile(
  file: File,
  load: FoundFile['load'] | undefined,
  name: string,
  inFolder: boolean,
): FoundFile {
  return { name, inFolder, load: load ?? (() => Promise.resolve(file)) };
}

/** `count`: how many there were. */
function bounded(files: readonly FoundFile[], count: number, problems: readonly string[]): Found {
  if (count <= MAX_FILES) return { files, problems };
  return {
    files: files.slice(0, MAX_FILES),
    problems: [...problems, said.firstFiles(MAX_FILES, count)],
  };
}
