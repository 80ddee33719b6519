/** The runs that are kept on disk: one file each, and an index that is made again from them when it is damaged. */
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { printable } from '../../shared/findings/safe-text.ts';
import { historyEntry } from '../../shared/ipc/history-schema.ts';
import type { HistoryEntry, HistoryList, HistoryReply } from '../../shared/ipc/history.ts';
import { packRun, readHead, readRun, type KeptHead, type KeptRun } from './history-file.ts';
import { readReason, writeReason } from './system-reason.ts';

export interface HistoryBounds {
  readonly runs: number;
  /** Octets on disk, of all runs together. */
  readonly octets: number;
}

/** Some months of daily work; a usual run takes twenty kilobytes. */
export const HISTORY_BOUNDS: HistoryBounds = { runs: 500, octets: 128 * 1024 * 1024 };
/** Octets; five hundred entries take a quarter of it. A larger one is not ours. */
const MAX_INDEX_OCTETS = 1024 * 1024;
/** Sentences about files that are left alone; what is more is counted. */
const MAX_PROBLEMS = 5;
/** Only the user may read whom he asked about. */
const FILE_MODE = 0o600;
const FOLDER_MODE = 0o700;

const INDEX = 'index.json';
const RUN_SUFFIX = '.run.gz';
/** When it was kept, so that the names sort by age, and chance. */
const RUN_NAME = /^\d{8}T\d{9}-[0-9a-f]{8}\.run\.gz$/;
/** What is left of writing that was cut short. */
const REST_NAME = /^(?:index\.json|\d{8}T\d{9}-[0-9a-f]{8}\.run\.gz)\.\d+$/;

interface Kept {
  readonly entry: HistoryEntry;
  readonly octets: number;
}

const ownEntry = historyEntry.extend({
  id: z.string().refine((id) => RUN_NAME.test(id + RUN_SUFFIX)),
  at: z.iso.datetime(),
});
const index = z.object({
  version: z.literal(1),
  runs: z.array(z.object({ entry: ownEntry, octets: z.number().int().nonnegative() })),
});

export class HistoryFolder {
  readonly #path: string;
  readonly #bounds: HistoryBounds;
  #turn: Promise<unknown> = Promise.resolve();
  #kept: Map<string, Kept> | null = null;
  /** Why the last run is not there; null when it is. */
  #unkept: string | null = null;

  constructor(path: string, bounds = HISTORY_BOUNDS) {
    this.#path = path;
    this.#bounds = bounds;
  }

  /** `now`: milliseconds since the epoch. A disk that does not take it costs this run, and is told with the list. */
  keep(run: KeptRun, now: number): Promise<void> {
    return this.#inTurn(async () => {
      const { domain } = run.summary;
      try {
        const packed = await packRun(run);
        if (packed === null) this.#unkept = unkeptWords(domain, 'it was too large');
        else await this.#write(run, packed, now);
      } catch (error) {
        this.#unkept = unkeptWords(domain, writeReason(error));
      }
    });
  }

  list(): Promise<HistoryList> {
    return this.#inTurn(() => this.#list());
  }

  open(id: string): Promise<HistoryReply> {
    return this.#inTurn(async () => {
      const name = id + RUN_SUFFIX;
      if (!RUN_NAME.test(name)) return refused('This run', 'it is no kept run');
      const read = await readRun(join(this.#path, name));
      if (!read.ok) return refused(`The kept run ${name}`, read.reason);
      const { events, ...head } = read.value;
      return { kind: 'opened', entry: entryOf(id, head), events };
    });
  }

  /** Null forgets all, also those that cannot be read; files of others stay. */
  delete(id: string | null): Promise<HistoryList> {
    return this.#inTurn(async () => {
      const all = await readdir(this.#path).catch(() => []);
      const own = (name: string): boolean =>
        RUN_NAME.test(name) && (id === null || name === id + RUN_SUFFIX);
      const problems: string[] = [];
      for (const name of all.filter(own)) {
        try {
          await rm(join(this.#path, name), { recursive: true });
          this.#kept?.delete(idOf(name));
        } catch (error) {
          problems.push(`${name} could not be deleted: ${writeReason(error)}.`);
        }
      }
      if (id === null) this.#unkept = null;
      const { entries, problems: others } = await this.#list();
      // The list tells no more of a domain than the runs that are there.
      await this.#writeIndex().catch(() => undefined);
      return { entries, problems: [...problems.slice(0, MAX_PROBLEMS), ...others] };
    });
  }

  /** One after the other: two writers would each lose the other's run. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => undefined);
    return result;
  }

  async #write(run: KeptRun, packed: Uint8Array, now: number): Promise<void> {
    await mkdir(this.#path, { recursive: true, mode: FOLDER_MODE });
    await chmod(this.#path, FOLDER_MODE);
    const kept = await this.#known();
    const id = `${new Date(now).toISOString().replaceAll(/[-:.Z]/g, '')}-${randomBytes(4).toString('hex')}`;
    const path = join(this.#path, id + RUN_SUFFIX);
    await writeFileAtomic(path, Buffer.from(packed), { mode: FILE_MODE });
    kept.set(id, { entry: entryOf(id, run), octets: packed.length });
    this.#unkept = null;
    // It is there: what the index would say is read from the files, and what is too much goes next time.
    await this.#prune(kept).catch(() => undefined);
    await this.#writeIndex().catch(() => undefined);
  }

  /** The oldest go first. */
  async #prune(kept: Map<string, Kept>): Promise<void> {
    const oldest = [...kept.keys()].sort();
    let octets = [...kept.values()].reduce((sum, each) => sum + each.octets, 0);
    for (const id of oldest.slice(0, -1)) {
      if (kept.size <= this.#bounds.runs && octets <= this.#bounds.octets) return;
      await rm(join(this.#path, id + RUN_SUFFIX), { force: true });
      octets -= kept.get(id)?.octets ?? 0;
      kept.delete(id);
    }
  }

  async #list(): Promise<HistoryList> {
    const { names, problem } = await this.#names();
    const problems = await this.#refresh(await this.#known(), names);
    const entries = [...(this.#kept?.values() ?? [])]
      .map(({ entry }) => entry)
      .sort((a, b) => (a.id < b.id ? 1 : -1));
    const left = problems.length - MAX_PROBLEMS;
    return {
      entries,
      problems: [
        ...[this.#unkept, problem].filter((each) => each !== null),
        ...problems.slice(0, MAX_PROBLEMS),
        ...(left > 0 ? [`${left} more files in ${this.#path} are left alone.`] : []),
      ],
    };
  }

  async #names(): Promise<{ readonly names: readonly string[]; readonly problem: string | null }> {
    try {
      return { names: await readdir(this.#path), problem: null };
    } catch (error) {
      const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
      const problem = isMissing
        ? null
        : `The kept runs cannot be read: ${this.#path}: ${readReason(error)}.`;
      return { names: [], problem };
    }
  }

  /** Brings what is known into line with the files; a sentence for each file that is left alone. */
  async #refresh(kept: Map<string, Kept>, names: readonly string[]): Promise<readonly string[]> {
    const there = new Set(names);
    const lost = [...kept.keys()].filter((id) => !there.has(id + RUN_SUFFIX));
    for (const id of lost) kept.delete(id);
    const problems: string[] = [];
    let isChanged = lost.length > 0;
    for (const name of names) {
      if (name === INDEX || kept.has(idOf(name))) continue;
      if (REST_NAME.test(name)) {
        await rm(join(this.#path, name), { force: true }).catch(() => undefined);
        continue;
      }
      const problem = RUN_NAME.test(name) ? await this.#take(kept, name) : 'it is no kept run';
      if (problem === null) isChanged = true;
      else problems.push(`${printable(name)} is left alone: ${problem}.`);
    }
    // What the index would say is read from the files again where it cannot be written.
    if (isChanged) await this.#writeIndex().catch(() => undefined);
    return problems;
  }

  async #take(kept: Map<string, Kept>, name: string): Promise<string | null> {
    const path = join(this.#path, name);
    const head = await readHead(path);
    if (!head.ok) return head.reason;
    const { size } = await stat(path);
    kept.set(idOf(name), { entry: entryOf(idOf(name), head.value), octets: size });
    return null;
  }

  async #known(): Promise<Map<string, Kept>> {
    if (this.#kept !== null) return this.#kept;
    this.#kept = await readIndex(join(this.#path, INDEX));
    await this.#refresh(this.#kept, (await this.#names()).names);
    return this.#kept;
  }

  async #writeIndex(): Promise<void> {
    const runs = [...(this.#kept?.values() ?? [])];
    const text = JSON.stringify({ version: 1, runs });
    await writeFileAtomic(join(this.#path, INDEX), text, { mode: FILE_MODE });
  }
}

/** A missing, foreign or damaged index is as good as none: the files tell the same. */
async function readIndex(path: string): Promise<Map<string, Kept>> {
  try {
    if ((await stat(path)).size > MAX_INDEX_OCTETS) return new Map();
    const parsed = index.safeParse(JSON.parse(await readFile(path, 'utf8')));
    const runs = parsed.success ? parsed.data.runs : [];
    return new Map(runs.map((kept) => [kept.entry.id, kept]));
  } catch {
    return new Map();
  }
}

function idOf(name: string): string {
  return name.slice(0, -RUN_SUFFIX.length);
}

function entryOf(id: string, { network, summary }: KeptHead): HistoryEntry {
  return { id, network, ...summary };
}

function refused(what: string, reason: string): HistoryReply {
  return { kind: 'refused', message: `${what} cannot be opened: ${reason}.` };
}

function unkeptWords(domain: string, reason: string): string {
  return `The last run, of ${printable(domain)}, is not kept: ${reason}.`;
}
