/** Small files come from the disk together: Chromium takes a millisecond for each reading, whatever its size. */
import type { FileContent } from './material-reader.ts';

/** Files that are read at once. */
const PACK_FILES = 50;
/** Octets of a file that is read with others; a chain of ten certificates in PEM is smaller. */
const PACKED_OCTETS = 64 * 1024;

/** How to load each; what cannot be read together is left to be read by itself. */
export function packedLoaders(files: readonly File[]): readonly (() => Promise<FileContent>)[] {
  const packs = new Map<number, Promise<Map<File, Uint8Array>>>();
  return files.map((file, index) => async () => {
    const start = index - (index % PACK_FILES);
    const reading = packs.get(start) ?? readPack(files.slice(start, start + PACK_FILES));
    packs.set(start, reading);
    const pack = await reading;
    const bytes = pack.get(file);
    // Handed over once: what of it is secret is not kept.
    pack.delete(file);
    return bytes ?? file;
  });
}

async function readPack(files: readonly File[]): Promise<Map<File, Uint8Array>> {
  const small = files.filter(({ size }) => size <= PACKED_OCTETS);
  const pack = new Map<File, Uint8Array>();
  if (small.length < 2) return pack;
  try {
    const bytes = new Uint8Array(await new Blob(small).arrayBuffer());
    let offset = 0;
    for (const file of small) {
      pack.set(file, bytes.slice(offset, offset + file.size));
      offset += file.size;
    }
    return pack;
  } catch {
    // One of them cannot be read, or has changed: each by itself tells which.
    return new Map();
  }
}
