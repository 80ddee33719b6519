/** Reads dropped files off the page's own thread: whatever they hold, the window goes on answering. */
import { MAX_FILE_OCTETS } from '../../shared/material/limits.ts';
import type { MaterialFile } from '../../shared/material/material.ts';
import { readMaterialFile } from '../../shared/material/read-file.ts';
import type { FileContent, ReadRequest } from './material-reader.ts';
import { words } from '../words/words.ts';

/** One after the other, in the order asked; the next ones are fetched from the disk meanwhile. */
let last = Promise.resolve();

self.addEventListener('message', ({ data }: MessageEvent<ReadRequest>) => {
  const fetched = bytesOf(data.content);
  last = last.then(async () => {
    self.postMessage({ id: data.id, file: read(data, await fetched) }, {});
  });
});

function read({ name, password }: ReadRequest, bytes: Uint8Array | null): MaterialFile {
  if (bytes !== null) return readMaterialFile(name, bytes, password === null ? {} : { password });
  return { name, items: [], problems: [words.generate.intake.unreadable], locked: null };
}

/** Null when it cannot be read; one octet more than allowed tells that there is more. */
async function bytesOf(content: FileContent): Promise<Uint8Array | null> {
  if (content instanceof Uint8Array) return content;
  try {
    return new Uint8Array(await content.slice(0, MAX_FILE_OCTETS + 1).arrayBuffer());
  } catch {
    return null;
  }
}
