/** The last run of each watched domain, so that its notification can open it: one compressed file each. */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import type { InspectionEvent } from '../../shared/inspection/event.ts';
import { inspectionEvent } from '../../shared/ipc/event-schema.ts';
import { readReason, writeReason } from './system-reason.ts';

/** Octets of one run before compression: thirty hosts with six addresses each have a third of it. */
const MAX_RUN_OCTETS = 32 * 1024 * 1024;
/** Octets of one file, so that a full list stays below a gigabyte whatever servers send. */
const MAX_FILE_OCTETS = 4 * 1024 * 1024;
/** Events of one run; the largest that an inspection's bounds allow is a quarter of it. */
const MAX_RUN_EVENTS = 20_000;

export interface KeptWatchRun {
  readonly domain: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly events: readonly InspectionEvent[];
}

const schema: z.ZodType<KeptWatchRun> = z.object({
  domain: z.string(),
  at: z.iso.datetime(),
  events: z.array(inspectionEvent).max(MAX_RUN_EVENTS),
});

export class WatchRuns {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** A sentence when it could not be kept; then there is none, rather than an older one. */
  keep(run: KeptWatchRun): string | null {
    const left = this.forget(run.domain);
    if (left !== null) return left;
    const text = JSON.stringify(run);
    const octets = Buffer.byteLength(text) > MAX_RUN_OCTETS ? null : gzipSync(text);
    if (octets === null || octets.length > MAX_FILE_OCTETS) return null;
    try {
      mkdirSync(this.#folder, { recursive: true });
      writeFileAtomic.sync(this.#path(run.domain), octets, { mode: 0o600 });
      return null;
    } catch (error) {
      return `The last run of ${run.domain} could not be kept (${writeReason(error)}).`;
    }
  }

  /** Or a sentence that says why there is none. */
  read(domain: string): KeptWatchRun | string {
    const again = 'Look again to see how things are.';
    let packed: Buffer;
    try {
      packed = readFileSync(this.#path(domain));
    } catch (error) {
      return error instanceof Error && 'code' in error && error.code === 'ENOENT'
        ? `No run of ${domain} is kept. ${again}`
        : `The last run of ${domain} cannot be read (${readReason(error)}). ${again}`;
    }
    const run = unpacked(packed);
    if (run?.domain === domain) return run;
    return `The last run of ${domain} is damaged on the disk. ${again}`;
  }

  /** A sentence when it could not be taken away. */
  forget(domain: string): string | null {
    try {
      rmSync(this.#path(domain), { force: true });
      return null;
    } catch (error) {
      return `The last run of ${domain} could not be taken off the disk (${writeReason(error)}).`;
    }
  }

  /** Runs of domains that are watched no more, or that a crash left behind. */
  keepOnly(domains: readonly string[]): void {
    const kept = new Set(domains.map(fileName));
    try {
      for (const name of readdirSync(this.#folder)) {
        if (!kept.has(name)) rmSync(join(this.#folder, name), { force: true });
      }
    } catch {
      // No folder, no runs.
    }
  }

  #path(domain: string): string {
    return join(this.#folder, fileName(domain));
  }
}

/** Null where it is not what was kept, or more than was. */
function unpacked(packed: Buffer): KeptWatchRun | null {
  if (packed.length > MAX_FILE_OCTETS) return null;
  try {
    const text = gunzipSync(packed, { maxOutputLength: MAX_RUN_OCTETS }).toString('utf8');
    const parsed = schema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** File systems differ in what a name may hold and how long it may be. */
function fileName(domain: string): string {
  return `${createHash('sha256').update(domain).digest('hex').slice(0, 32)}.json.gz`;
}
