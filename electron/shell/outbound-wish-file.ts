/** What was filled in on the Outbound screen last, kept between two starts: one small JSON file, written whole or not at all. */
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { OutboundWish } from '../../shared/ipc/outbound.ts';
import { outboundPayloads } from '../../shared/ipc/outbound-schema.ts';
import { readReason, writeReason } from './system-reason.ts';

/** Octets: twice what the fields can hold. A larger file is not ours, and is not read. */
const MAX_FILE_OCTETS = 64 * 1024;
/** Addresses of a person’s own machines are nobody else’s business. */
const FILE_MODE = 0o600;

/** The wish is null where there is none; `problem` is a sentence where there should have been one. */
export function readKeptWish(path: string): {
  readonly wish: OutboundWish | null;
  readonly problem: string | null;
} {
  try {
    const found = statSync(path);
    if (!found.isFile() || found.size > MAX_FILE_OCTETS) return { wish: null, problem: DAMAGED };
    const parsed = schema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    // To be reached by others is asked for at each start anew.
    if (parsed.success) return { wish: { ...parsed.data, open: false }, problem: null };
    return { wish: null, problem: DAMAGED };
  } catch (error) {
    if (error instanceof SyntaxError) return { wish: null, problem: DAMAGED };
    if (isMissing(error)) return { wish: null, problem: null };
    const problem = `What was filled in here last cannot be read (${readReason(error)}): the usual is shown.`;
    return { wish: null, problem };
  }
}

/** A sentence when it could not be kept. */
export function keepWish(path: string, wish: OutboundWish): string | null {
  try {
    mkdirSync(dirname(path), { recursive: true });
    const kept = JSON.stringify({ ...wish, open: false });
    writeFileAtomic.sync(path, `${kept}\n`, { mode: FILE_MODE });
    return null;
  } catch (error) {
    return `What is filled in here could not be kept (${writeReason(error)}).`;
  }
}

const schema = outboundPayloads['outbound:start'];
const DAMAGED = 'What was filled in here last is damaged: the usual is shown.';

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
