/** What looks at hosts have shown, kept between two starts: one small JSON file, for each network apart. */
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import type { HostReport } from '../../shared/inspection/report.ts';
import type { NetworkChoice } from '../../shared/ipc/contract.ts';
import {
  MAX_REMEMBERED_CHARACTERS,
  MAX_REMEMBERED_RECORDS,
  remember,
  sightingsOf,
  type HostMemory,
  type Sighting,
} from '../../shared/rollover/sightings.ts';

/** Bytes; some hundred hosts. A larger file is not ours, and is not read; a larger memory loses its oldest hosts. */
const MAX_FILE_BYTES = 1024 * 1024;
/** Hosts remembered of one network. */
const MAX_HOSTS = 200;
/** Server addresses of one zone, and some to spare. */
const MAX_SERVERS = 64;

const time = z.iso.datetime();
const address = z.string().max(255);
const memory: z.ZodType<HostMemory> = z.object({
  lookedAt: time,
  servers: z.array(address).max(MAX_SERVERS),
  records: z
    .array(
      z.object({
        record: z.string().max(MAX_REMEMBERED_CHARACTERS),
        shownBy: z.array(z.object({ address, since: time })).max(MAX_SERVERS),
        missedAt: time.nullable(),
        matchedAt: time.nullable(),
      }),
    )
    .max(MAX_REMEMBERED_RECORDS),
  ttl: z
    .object({ seconds: z.number().int().nonnegative(), at: time, lowered: z.boolean() })
    .nullable(),
});
/** A host that cannot be read is forgotten; the others stay. */
const memories = z.record(z.string(), memory.nullable().catch(null)).catch({});
const schema = z.object({ internet: memories, lab: memories });

type Memories = Readonly<Record<NetworkChoice, ReadonlyMap<string, HostMemory>>>;

export class SightingsFile {
  readonly #path: string;
  #memories: Memories;
  /** The file holds what is known here; not so where the disk cannot be written. */
  #isKept = true;

  constructor(path: string) {
    this.#path = path;
    this.#memories = read(path);
  }

  /** Takes a look in, and tells what is known of the host's records then. `at`: milliseconds since the epoch. */
  remember(network: NetworkChoice, host: HostReport, at: number): readonly Sighting[] {
    // Another window of this program, open at the same time, may have seen more since.
    if (this.#isKept) this.#memories = read(this.#path);
    const known = new Map(this.#memories[network]);
    const owner = host.tlsa.name;
    const next = remember(known.get(owner) ?? null, host, at);
    // Last looked at, last forgotten.
    known.delete(owner);
    if (next !== null) known.set(owner, next);
    const kept = new Map([...known].slice(-MAX_HOSTS));
    this.#memories = { ...this.#memories, [network]: kept };
    this.#write();
    return next === null ? [] : sightingsOf(next);
  }

  /** A disk that cannot be written costs the memory of it, nothing else. */
  #write(): void {
    try {
      mkdirSync(dirname(this.#path), { recursive: true });
      writeFileAtomic.sync(this.#path, `${written(this.#memories)}\n`);
      this.#isKept = true;
    } catch (error) {
      this.#isKept = false;
      console.error(`Looks are not kept: ${error instanceof Error ? error.message : 'unknown'}`);
    }
  }
}

/** The oldest hosts go first where all of them would be more than is read again. */
function written({ internet, lab }: Memories): string {
  for (let left = 1; ; left /= 2) {
    const text = JSON.stringify({ internet: last(internet, left), lab: last(lab, left) });
    if (Buffer.byteLength(text) < MAX_FILE_BYTES) return text;
  }
}

function last(
  hosts: ReadonlyMap<string, HostMemory>,
  share: number,
): Readonly<Record<string, HostMemory>> {
  const count = Math.floor(hosts.size * share);
  return Object.fromEntries(count === 0 ? [] : [...hosts].slice(-count));
}

/** A missing, foreign or damaged file is as good as none. */
function read(path: string): Memories {
  const none: Memories = { internet: new Map(), lab: new Map() };
  try {
    if (statSync(path).size > MAX_FILE_BYTES) return none;
    const parsed = schema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    if (!parsed.success) return none;
    return { internet: toMap(parsed.data.internet), lab: toMap(parsed.data.lab) };
  } catch {
    return none;
  }
}

function toMap(
  hosts: Readonly<Record<string, HostMemory | null>>,
): ReadonlyMap<string, HostMemory> {
  return new Map(
    Object.entries(hosts).flatMap(([owner, each]) => (each === null ? [] : [[owner, each]])),
  );
}
