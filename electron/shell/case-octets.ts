/** Reads a case file from the disk, within its bound. */
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { MAX_ARCHIVE_OCTETS } from '../../shared/export/zip.ts';
import { readReason } from './system-reason.ts';

/** One octet more than allowed tells that there is more; a text says why it cannot be read. */
export async function readCaseOctets(path: string): Promise<Uint8Array | string> {
  try {
    // A pipe in the file's place must not make us wait for whoever writes to it.
    const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const about = await file.stat();
      if (!about.isFile()) return 'it is no file';
      const octets = Buffer.alloc(Math.min(about.size, MAX_ARCHIVE_OCTETS) + 1);
      let length = 0;
      for (;;) {
        const { bytesRead } = await file.read(octets, length, octets.length - length, length);
        length += bytesRead;
        if (bytesRead === 0 || length === octets.length) break;
      }
      return new Uint8Array(octets.subarray(0, length));
    } finally {
      await file.close();
    }
  } catch (error) {
    return readReason(error);
  }
}
