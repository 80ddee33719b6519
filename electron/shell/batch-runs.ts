/** What the inspections of a list were told, compressed on disk, so that each can be opened again; bounded. */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { z } from 'zod';
import type { InspectionEvent } from '../../shared/inspection/event.ts';
import { inspectionEvent } from '../../shared/ipc/event-schema.ts';

export interface RunLimits {
  /** Octets on disk, of all runs together. */
  readonly octets: number;
  readonly count: number;
}

export type OpenedRun =
  | { readonly kind: 'opened'; readonly events: readonly InspectionEvent[] }
  /** Why not, as half a sentence. */
  | { readonly kind: 'gone'; readonly reason: string };

/** Some 25 KiB each: all of a list of ten thousand, in the usual case. */
const LIMITS: RunLimits = { octets: 256 * 1024 * 1024, count: 10_000 };
/** Octets of one run, not compressed; the largest that an inspection's bounds allow is less. */
const MAX_RUN_OCTETS = 64 * 1024 * 1024;
const MAX_RUN_EVENTS = 20_000;

const PREFIX = 'runs-';

const compress = promisify(gzip);
const expand = promisify(gunzip);

export class BatchRuns {
  readonly #folder: string;
  readonly #limits: RunLimits;
  #list = '';
  /** By place, oldest first. */
  #octets = new Map<number, number>();
  #sum = 0;

  constructor(folder: string, limits = LIMITS) {
    this.#folder = folder;
    this.#limits = limits;
  }

  /** Octets of each, by its place in the list, oldest first. */
  get octets(): ReadonlyMap<number, number> {
    return this.#octets;
  }

  /** Goes on with what is kept of this list; whatever there is of others goes. Empty: no list. */
  async use(list: string, octets: ReadonlyMap<number, number> = new Map()): Promise<void> {
    this.#list = list;
    this.#octets = new Map();
    this.#sum = 0;
    for (const [index, size] of octets) this.#count(index, size);
    const entries = await readdir(this.#folder).catch(() => []);
    const others = entries.filter((name) => name.startsWith(PREFIX) && name !== PREFIX + list);
    for (const name of others) await rm(join(this.#folder, name), REMOVED);
  }

  /** How many octets it takes now. A disk that takes it not rejects. */
  async keep(index: number, domain: string, events: readonly InspectionEvent[]): Promise<number> {
    const list = this.#list;
    const packed = await compress(JSON.stringify({ version: 1, domain, events }));
    if (list !== this.#list || packed.length > this.#limits.octets) return 0;
    await mkdir(this.#path(), { recursive: true });
    try {
      await writeFile(this.#path(index), packed);
    } catch (error) {
      // Half a file is of no use, and a full disk needs the room.
      await this.forget(index).catch(() => undefined);
      throw error;
    }
    for (const old of this.#count(index, packed.length)) await rm(this.#path(old), REMOVED);
    return packed.length;
  }

  async open(index: number, domain: string): Promise<OpenedRun> {
    if (!this.#octets.has(index)) {
      return { kind: 'gone', reason: 'what was found out about it is not kept any more' };
    }
    try {
      const packed = await readFile(this.#path(index));
      const text = await expand(packed, { maxOutputLength: MAX_RUN_OCTETS });
      const run = schema.parse(JSON.parse(text.toString()));
      if (run.domain === domain) return { kind: 'opened', events: run.events };
    } catch {
      // Told below: whatever is wrong with the file, there is no run in it.
    }
    return { kind: 'gone', reason: 'the file with what was found out about it cannot be read' };
  }

  async forget(index: number): Promise<void> {
    this.#drop(index);
    await rm(this.#path(index), REMOVED);
  }

  #path(index?: number): string {
    const folder = join(this.#folder, PREFIX + this.#list);
    return index === undefined ? folder : join(folder, `${index}.gz`);
  }

  /** Those that must go for it. */
  #count(index: number, size: number): readonly number[] {
    this.#drop(index);
    this.#octets.set(index, size);
    this.#sum += size;
    const gone: number[] = [];
    for (const old of this.#octets.keys()) {
      if (this.#sum <= this.#limits.octets && this.#octets.size <= this.#limits.count) break;
      this.#drop(old);
      gone.push(old);
    }
    return gone;
  }

  #drop(index: number): void {
    this.#sum -= this.#octets.get(index) ?? 0;
    this.#octets.delete(index);
  }
}

const REMOVED = { recursive: true, force: true };

const schema = z.object({
  version: z.literal(1),
  domain: z.string(),
  events: z.array(inspectionEvent).max(MAX_RUN_EVENTS),
});
