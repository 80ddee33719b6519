// Takes a free block of addresses and its work folder, and clears up what a crashed universe left behind.
import { existsSync, lstatSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BLOCKS, DNS_PORT, serverAddress } from './address-plan.ts';
import { identify, isAlive, run, stopProcess, type ProcessIdentity } from './processes.ts';

/** What must be undone, written down before it is done, so that a later start can undo it. */
interface Journal {
  readonly owner: ProcessIdentity;
  readonly processes: readonly ProcessIdentity[];
  /** Addresses added to the loopback interface, with their prefix length. */
  readonly addresses: readonly string[];
}

export interface WorkFolder {
  readonly block: number;
  readonly path: string;
  noteProcess(process_: ProcessIdentity): void;
  noteAddress(address: string): void;
  /** Ends the processes, takes the addresses away, deletes the folder. */
  clear(): Promise<void>;
}

/** The first block that nobody uses; blocks whose owner has died are cleared on the way. */
export async function takeWorkFolder(): Promise<WorkFolder> {
  for (const block of BLOCKS) await clearAbandoned(folderPath(block));
  for (const block of BLOCKS) {
    const path = folderPath(block);
    if (existsSync(path) || !(await isFree(serverAddress(block, 'root-a')))) continue;
    try {
      mkdirSync(path, { mode: 0o755 });
    } catch {
      continue;
    }
    return openFolder(block, path);
  }
  throw new Error(
    `no free block of loopback addresses: ${BLOCKS.length} universes run already, or port ${DNS_PORT} is taken`,
  );
}

function openFolder(block: number, path: string): WorkFolder {
  let journal: Journal = {
    owner: identify(process.pid) ?? { pid: process.pid, startTime: '' },
    processes: [],
    addresses: [],
  };
  const write = (change: Partial<Journal>): void => {
    journal = { ...journal, ...change };
    writeFileSync(join(path, 'journal.json'), JSON.stringify(journal));
  };
  write({});
  return {
    block,
    path,
    noteProcess: (process_) => write({ processes: [...journal.processes, process_] }),
    noteAddress: (address) => write({ addresses: [...journal.addresses, address] }),
    clear: () => undo(path, journal),
  };
}

async function clearAbandoned(path: string): Promise<void> {
  const folder = lstatSync(path, { throwIfNoEntry: false });
  // Another user's folder, or a link put there by one, is not ours to touch.
  if (folder === undefined || !folder.isDirectory() || folder.uid !== process.getuid?.()) return;
  const journal = readJournal(path);
  // Between making the folder and writing the journal its owner needs a moment.
  if (journal === null && Date.now() - folder.mtimeMs < 10_000) return;
  if (journal !== null && isAlive(journal.owner)) return;
  await undo(path, journal);
}

async function undo(path: string, journal: Journal | null): Promise<void> {
  await Promise.all((journal?.processes ?? []).map(stopProcess));
  for (const address of journal?.addresses ?? []) {
    await run('ip', ['addr', 'del', address, 'dev', 'lo']).catch(() => undefined);
  }
  rmSync(path, { recursive: true, force: true, maxRetries: 5 });
}

function readJournal(path: string): Journal | null {
  try {
    return JSON.parse(readFileSync(join(path, 'journal.json'), 'utf8')) as Journal;
  } catch {
    return null;
  }
}

function folderPath(block: number): string {
  return join(tmpdir(), `dane-inspector-universe-${block}`);
}

function isFree(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(DNS_PORT, address, () => probe.close(() => resolve(true)));
  });
}
