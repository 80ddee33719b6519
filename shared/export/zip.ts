/** Zip archives of text files: written plainly, read as if a stranger had made them (APPNOTE.TXT 6.3, RFC 1951). */
import { Inflate, strFromU8, strToU8, zipSync } from 'fflate';
import { crc32 } from './crc32.ts';

export interface TextFile {
  readonly name: string;
  readonly text: string;
}

export type Unzipped =
  | { readonly ok: true; read(name: string): string | null; readonly names: readonly string[] }
  /** Plain words, without a full stop. */
  | { readonly ok: false; readonly reason: string };

/** Octets of an archive, and of all its files together: a run of thirty hosts has some ten million. */
export const MAX_ARCHIVE_OCTETS = 64 * 1024 * 1024;
export const MAX_UNPACKED_OCTETS = 256 * 1024 * 1024;
export const MAX_FILES = 5000;
/** Text of this kind shrinks to a tenth; deflate goes to a thousandth, with nothing inside. */
export const MAX_RATIO = 200;

/** `at`: milliseconds since the epoch, for the files' dates. */
export function zipFiles(files: readonly TextFile[], at: number): Uint8Array {
  // The format knows no year before 1980, and none after 2099.
  const mtime = new Date(Math.min(Math.max(at, EARLIEST), LATEST));
  return zipSync(Object.fromEntries(files.map(({ name, text }) => [name, strToU8(text)])), {
    mtime,
  });
}

const EARLIEST = Date.UTC(1980, 0, 2);
const LATEST = Date.UTC(2099, 11, 30);

/** Looks at the directory only; `read` unpacks one file, within what the directory promised. */
export function unzipFiles(archive: Uint8Array): Unzipped {
  if (archive.length > MAX_ARCHIVE_OCTETS) {
    return refuse(`it is larger than ${MAX_ARCHIVE_OCTETS / 1024 / 1024} MiB`);
  }
  const directory = readDirectory(archive);
  if (typeof directory === 'string') return refuse(directory);
  const entries = new Map<string, Entry>();
  let total = 0;
  for (const entry of directory) {
    total += entry.size;
    if (!NAME.test(entry.name)) return refuse(`it holds a file named “${entry.name}”`);
    if (entries.has(entry.name)) return refuse(`it holds two files named “${entry.name}”`);
    if (entry.size > entry.packedSize * MAX_RATIO + SMALL) {
      return refuse(`its file “${entry.name}” unpacks to more than ${MAX_RATIO} times its size`);
    }
    entries.set(entry.name, entry);
  }
  if (total > MAX_UNPACKED_OCTETS) {
    return refuse(`it unpacks to more than ${MAX_UNPACKED_OCTETS / 1024 / 1024} MiB`);
  }
  return {
    ok: true,
    names: [...entries.keys()],
    read(name) {
      const entry = entries.get(name);
      return entry === undefined ? null : unpack(archive, entry);
    },
  };
}

/** Folders and names as this program writes them: nothing absolute, nothing upwards. */
const NAME = /^(?:[A-Za-z0-9_-][A-Za-z0-9._-]{0,120}\/){0,3}[A-Za-z0-9_-][A-Za-z0-9._-]{0,120}$/;
/** Octets below which the ratio tells nothing. */
const SMALL = 4096;

function refuse(reason: string): Unzipped {
  return { ok: false, reason };
}

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  readonly packedSize: number;
  readonly size: number;
  readonly offset: number;
}

const END_SIGNATURE = 0x06054b50;
const ENTRY_SIGNATURE = 0x02014b50;
const LOCAL_SIGNATURE = 0x04034b50;
const END_OCTETS = 22;
const ENTRY_OCTETS = 46;
const LOCAL_OCTETS = 30;
const MAX_COMMENT_OCTETS = 65_535;
const STORED = 0;
const DEFLATED = 8;
const ENCRYPTED_FLAG = 1;

/** Words for what is wrong with it, or what it lists. */
function readDirectory(archive: Uint8Array): readonly Entry[] | string {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.length);
  const end = findEnd(view);
  if (end === null) return 'it is no zip archive, or its end is missing';
  const count = view.getUint16(end + 10, true);
  const start = view.getUint32(end + 16, true);
  if (count > MAX_FILES) return `it holds more than ${MAX_FILES} files`;
  const entries: Entry[] = [];
  let at = start;
  for (let index = 0; index < count; index++) {
    if (at + ENTRY_OCTETS > end || view.getUint32(at, true) !== ENTRY_SIGNATURE) return DAMAGED;
    const nameOctets = view.getUint16(at + 28, true);
    const next =
      at +
      ENTRY_OCTETS +
      nameOctets +
      view.getUint16(at + 30, true) +
      view.getUint16(at + 32, true);
    if (next > end) return DAMAGED;
    const method = view.getUint16(at + 10, true);
    if (method !== STORED && method !== DEFLATED) return 'it is packed in a way that no case is';
    if ((view.getUint16(at + 8, true) & ENCRYPTED_FLAG) !== 0) return 'it is encrypted';
    const nameAt = at + ENTRY_OCTETS;
    entries.push({
      name: strFromU8(archive.subarray(nameAt, nameAt + nameOctets)),
      method,
      crc: view.getUint32(at + 16, true),
      packedSize: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      offset: view.getUint32(at + 42, true),
    });
    at = next;
  }
  return entries;
}

const DAMAGED = 'it is damaged';

/** The last place where an end record fits; a comment may stand behind it. */
function findEnd(view: DataView): number | null {
  const last = view.byteLength - END_OCTETS;
  const first = Math.max(0, last - MAX_COMMENT_OCTETS);
  for (let at = last; at >= first; at--) {
    if (view.getUint32(at, true) === END_SIGNATURE) return at;
  }
  return null;
}

/** Null when it is damaged. */
function unpack(
  archive: Uint8Array,
  { method, crc, packedSize, size, offset }: Entry,
): string | null {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.length);
  if (offset + LOCAL_OCTETS > archive.length) return null;
  if (view.getUint32(offset, true) !== LOCAL_SIGNATURE) return null;
  const start =
    offset + LOCAL_OCTETS + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  if (start + packedSize > archive.length) return null;
  const packed = archive.subarray(start, start + packedSize);
  const octets = method === STORED ? packed : inflate(packed, size);
  if (octets === null || octets.length !== size || crc32(octets) !== crc) return null;
  return strFromU8(octets);
}

/** Octets put in at a time: each may swell a thousandfold before anyone can say stop. */
const SLICE = 4096;

function inflate(packed: Uint8Array, size: number): Uint8Array | null {
  const octets = new Uint8Array(size);
  const got = { length: 0 };
  const stream = new Inflate((chunk) => {
    if (got.length + chunk.length <= size) octets.set(chunk, got.length);
    got.length += chunk.length;
  });
  try {
    for (let at = 0; at < packed.length && got.length <= size; at += SLICE) {
      stream.push(packed.subarray(at, at + SLICE), at + SLICE >= packed.length);
    }
  } catch {
    // It throws what its stream is at fault with.
    return null;
  }
  return got.length === size ? octets : null;
}
