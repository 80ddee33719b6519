/** Reads dropped files off the page's own thread: whatever they hold, the window goes on answering. */
import { readMaterialFile } from '../../shared/material/read-file.ts';
import type { ReadRequest } from './material-reader.ts';

self.addEventListener('message', ({ data }: MessageEvent<ReadRequest>) => {
  const { id, name, bytes, password } = data;
  const options = password === null ? {} : { password };
  self.postMessage({ id, file: readMaterialFile(name, bytes, options) }, {});
});
