/** What was dropped, chosen or pasted: each file with what it holds, in the order it came. */
import { create } from 'zustand';
import { MAX_ITEMS } from '../../shared/material/limits.ts';
import type { Fingerprint, Material, MaterialFile } from '../../shared/material/material.ts';
import { bridge } from '../bridge/bridge.ts';
import { foundBytes, foundFiles, foundIn, type Found, type FoundFile } from './material-intake.ts';
import {
  MaterialReader,
  type MakeWorker,
  type ReadReply,
  type WorkerPort,
} from './material-reader.ts';
import { words } from '../words/words.ts';

const { intake: said } = words.generate;

export interface DroppedFile {
  readonly id: number;
  readonly name: string;
  /** `locked`: it wants a password. */
  readonly phase: 'waiting' | 'locked' | 'read';
  readonly items: readonly Material[];
  /** One plain sentence each. */
  readonly problems: readonly string[];
  readonly inFolder: boolean;
  readonly locked: MaterialFile['locked'];
}

export interface MaterialsState {
  readonly files: readonly DroppedFile[];
  /** What was left out altogether: one plain sentence each. */
  readonly problems: readonly string[];
}

export const useMaterials = create<MaterialsState>(() => ({ files: [], problems: [] }));

/** Files kept at a time, over all drops. */
const MAX_KEPT_FILES = 5000;
/** Milliseconds between two paintings of what was read: a thousand files are not a thousand pictures. */
const PAINT_INTERVAL_MS = 60;
/** Each painting sorts all that there is: the more, the rarer. Milliseconds a file. */
const PAINT_INTERVAL_PER_FILE_MS = 0.1;

let lastId = 0;
let arrived = new Map<number, MaterialFile>();
let painting: ReturnType<typeof setTimeout> | null = null;
/** How to read once more a file that wants a password; forgotten when it has been read. */
const sources = new Map<number, FoundFile>();

const reader = new MaterialReader(
  (tell, fail) => startWorker(tell, fail),
  (id, file) => {
    arrived.set(id, file);
    painting ??= setTimeout(paint, paintInterval());
  },
);

export function takeFiles(files: readonly File[]): void {
  take(foundFiles(files));
}

/** Something is held over the window. */
export function expectFiles(): void {
  reader.warm();
}

/** Of a drop or a paste; must be called while that is told. */
export async function takeTransfer(transfer: DataTransfer): Promise<void> {
  take(await foundIn(transfer));
}

/** Of a folder that the person is asked for. */
export async function chooseFolder(): Promise<void> {
  const reply = await bridge.readFolder(null).catch(() => null);
  if (reply === null) take({ files: [], problems: [said.folderFailed] });
  else if (reply.kind === 'read') take(foundBytes(reply));
}

/** What the system asked the program to open; true when there was anything. */
export async function takeOpened(): Promise<boolean> {
  const opened = await bridge.takeFiles();
  const some = opened.files.length + opened.problems.length > 0;
  if (some) take(foundBytes(opened));
  return some;
}

/** Goes to the worker that opens the file, and is not kept. */
export function givePassword(id: number, password: string): void {
  const found = sources.get(id);
  if (found === undefined) return;
  change(id, (file) => ({ ...file, phase: 'waiting', problems: [] }));
  reader.add([{ id, name: found.name, load: found.load, password }]);
}

export function removeFile(id: number): void {
  sources.delete(id);
  useMaterials.setState(({ files }) => ({ files: files.filter((file) => file.id !== id) }));
}

/** Takes one thing away, from every file that holds it; a file that held nothing else goes with it. */
export function removeItem(fingerprint: Fingerprint): void {
  useMaterials.setState(({ files }) => ({
    files: files.flatMap((file) => {
      const items = file.items.filter((item) => item.fingerprint !== fingerprint);
      if (items.length === file.items.length) return [file];
      return items.length === 0 && file.problems.length === 0 ? [] : [{ ...file, items }];
    }),
  }));
}

export function clearMaterials(): void {
  reader.forgetAll();
  sources.clear();
  arrived.clear();
  useMaterials.setState({ files: [], problems: [] });
}

function take({ files, problems }: Found): void {
  const { files: before } = useMaterials.getState();
  const room = Math.max(0, MAX_KEPT_FILES - before.length);
  const taken = files.slice(0, room).map((found) => ({ found, id: (lastId += 1) }));
  const full = files.length > room ? [said.mostFiles(MAX_KEPT_FILES)] : [];
  const added = taken.map(({ found: { name, inFolder }, id }): DroppedFile => {
    const nothing = { items: [], problems: [], locked: null };
    return { id, name, inFolder, phase: 'waiting', ...nothing };
  });
  useMaterials.setState({ files: [...before, ...added], problems: [...problems, ...full] });
  for (const { found, id } of taken) sources.set(id, found);
  reader.add(
    taken.map(({ found, id }) => ({ id, name: found.name, load: found.load, password: null })),
  );
}

function paintInterval(): number {
  return PAINT_INTERVAL_MS + useMaterials.getState().files.length * PAINT_INTERVAL_PER_FILE_MS;
}

function paint(): void {
  painting = null;
  const read = arrived;
  arrived = new Map();
  useMaterials.setState(({ files }) => {
    let room = MAX_ITEMS - files.reduce((sum, { items }) => sum + items.length, 0);
    return {
      files: files.map((file) => {
        const reading = read.get(file.id);
        if (reading === undefined) return file;
        const kept = withinRoom(reading, Math.max(0, room));
        room -= kept.items.length;
        return afterReading(file, kept);
      }),
    };
  });
}

/** Two thousand bundles of a thousand would fill the memory. */
function withinRoom(reading: MaterialFile, room: number): MaterialFile {
  const { items, problems } = reading;
  if (items.length <= room) return reading;
  const full = said.mostItems(MAX_ITEMS, items.length - room);
  return { ...reading, items: items.slice(0, room), problems: [...problems, full] };
}

/** What is locked may hold readable parts too; it can be read once more, with a password. */
function afterReading(file: DroppedFile, reading: MaterialFile): DroppedFile {
  const { items, problems, locked } = reading;
  if (locked === null) sources.delete(file.id);
  return { ...file, phase: locked === null ? 'read' : 'locked', items, problems, locked };
}

function change(id: number, to: (file: DroppedFile) => DroppedFile): void {
  useMaterials.setState(({ files }) => ({
    files: files.map((file) => (file.id === id ? to(file) : file)),
  }));
}

function startWorker(tell: Parameters<MakeWorker>[0], fail: () => void): WorkerPort {
  const worker = new Worker(new URL('./material-worker.ts', import.meta.url), { type: 'module' });
  worker.addEventListener('message', ({ data }: MessageEvent<ReadReply>) => {
    tell(data);
  });
  worker.addEventListener('error', fail);
  worker.addEventListener('messageerror', fail);
  return {
    send: (request) => {
      worker.postMessage(request, []);
    },
    end: () => {
      worker.terminate();
    },
  };
}
