/** Saves a list of domains where the person says, piece by piece; what was there before stays whole until the new file is. */
import { randomUUID } from 'node:crypto';
import { createWriteStream, existsSync } from 'node:fs';
import { realpath, rename, rm } from 'node:fs/promises';
import { extname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { exportRows, type BatchFormat } from '../../shared/batch/export.ts';
import type { BatchRow } from '../../shared/batch/row.ts';
import type { Report } from '../../shared/inspection/report.ts';
import type { SaveReply } from '../../shared/ipc/contract.ts';
import type { PathSuggestion } from './report-file.ts';
import { writeReason } from './system-reason.ts';

export interface BatchFilePorts {
  /** Asks where to; null when the person thinks better of it. */
  choosePath(suggestion: PathSuggestion): Promise<string | null>;
  /** Null where only the line of the table is left. */
  reportOf(row: BatchRow): Promise<Report | null>;
}

/** `at`: milliseconds since the epoch, for the name of the file. */
export async function saveBatch(
  format: BatchFormat,
  rows: readonly BatchRow[],
  at: number,
  ports: BatchFilePorts,
): Promise<SaveReply> {
  const { name, extensions } = KINDS[format];
  const [extension = ''] = extensions;
  const date = new Date(at).toISOString().slice(0, ISO_DATE);
  const chosen = await ports.choosePath({
    name: `domains-dane-${date}.${extension}`,
    kind: { name, extensions },
  });
  if (chosen === null) return { kind: 'cancelled' };
  // Some dialogs leave it out. Nobody was asked whether a file of the longer name may be replaced.
  const longer = `${chosen}.${extension}`;
  const path = extname(chosen) === '' && !existsSync(longer) ? longer : chosen;
  try {
    await writeWhole(path, exportRows(format, rows, ports.reportOf));
    return { kind: 'saved', path };
  } catch (error) {
    const message = `${path} could not be written: ${writeReason(error)}. Nothing is lost; save it again somewhere else.`;
    return { kind: 'failed', message };
  }
}

const KINDS: Readonly<Record<BatchFormat, PathSuggestion['kind']>> = {
  html: { name: 'Web page', extensions: ['html', 'htm'] },
  markdown: { name: 'Markdown', extensions: ['md'] },
  csv: { name: 'Table', extensions: ['csv'] },
  json: { name: 'JSON', extensions: ['json'] },
};

/** `2026-11-29` of an instant. */
const ISO_DATE = 10;

/** Whole or not at all, however much it is. */
async function writeWhole(path: string, pieces: AsyncIterable<string>): Promise<void> {
  // A link goes on pointing to what it pointed to.
  const target = await realpath(path).catch(() => path);
  const fresh = `${target}.${randomUUID()}.part`;
  try {
    await pipeline(Readable.from(pieces), createWriteStream(fresh, { flags: 'wx' }));
    await rename(fresh, target);
  } catch (error) {
    await rm(fresh, { force: true }).catch(() => undefined);
    throw error;
  }
}
