/** One kept run as one file: a line that tells what it is, and its events, compressed (RFC 1952). */
import { open, lstat } from 'node:fs/promises';
import { constants, gunzip, gzip } from 'node:zlib';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { RunSummary } from '../../shared/history/run-summary.ts';
import type { InspectionEvent } from '../../shared/inspection/event.ts';
import type { NetworkChoice } from '../../shared/ipc/contract.ts';
import { inspectionEvent } from '../../shared/ipc/event-schema.ts';
import { domainOutcome } from '../../shared/ipc/report-schema.ts';
import { readReason } from './system-reason.ts';

export interface KeptHead {
  readonly network: NetworkChoice;
  readonly summary: RunSummary;
}

export interface KeptRun extends KeptHead {
  readonly events: readonly InspectionEvent[];
}

/** Why not: in plain words without a full stop, after the name of the file. */
export type Read<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: string };

/** Octets of one file; thirty mail hosts have a tenth of a megabyte. */
export const MAX_FILE_OCTETS = 16 * 1024 * 1024;
/** Octets of one run when it is unpacked; thirty mail hosts have six megabytes. */
export const MAX_RUN_OCTETS = 64 * 1024 * 1024;
/** Events of one run; the largest that an inspection's bounds allow is a quarter of it. */
export const MAX_RUN_EVENTS = 20_000;
/** Octets at the start of a file in which its first line surely ends. */
const HEAD_OCTETS = 8 * 1024;
/** Octets that so few may unpack to (RFC 1951 packs no more than a thousand into one). */
const MAX_HEAD_OCTETS = 16 * 1024 * 1024;

const FORMAT = 'dane-inspector run';
const VERSION = 1;

const compress = promisify(gzip);
const expand = promisify(gunzip);

const MAX_NAME = 1024;
const head = z.object({
  network: z.enum(['internet', 'lab']),
  summary: z.object({
    domain: z.string().max(MAX_NAME),
    at: z.iso.datetime(),
    outcome: domainOutcome,
    durationMs: z.number().nonnegative(),
    errors: z.number().int().nonnegative(),
    warnings: z.number().int().nonnegative(),
    ownTrust: z.boolean(),
  }),
});
const stamp = z.object({ format: z.literal(FORMAT), version: z.number() });
const allEvents = z.array(inspectionEvent).max(MAX_RUN_EVENTS);

/** Null when it is larger than what is read again. */
export async function packRun({ network, summary, events }: KeptRun): Promise<Uint8Array | null> {
  const first = JSON.stringify({ format: FORMAT, version: VERSION, network, summary });
  const octets = Buffer.from(`${first}\n${JSON.stringify(events)}`);
  if (octets.length > MAX_RUN_OCTETS) return null;
  const packed = await compress(octets);
  return packed.length > MAX_FILE_OCTETS ? null : packed;
}

/** What it is, without reading all of it. */
export function readHead(path: string): Promise<Read<KeptHead>> {
  return reading(async () => {
    const options = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: MAX_HEAD_OCTETS };
    const text = (await expand(await octetsOf(path, HEAD_OCTETS), options)).toString();
    return headOf(text);
  });
}

export function readRun(path: string): Promise<Read<KeptRun>> {
  return reading(async () => {
    const packed = await octetsOf(path, MAX_FILE_OCTETS);
    const text = (await expand(packed, { maxOutputLength: MAX_RUN_OCTETS })).toString();
    const kept = headOf(text);
    const events = allEvents.safeParse(JSON.parse(text.slice(text.indexOf('\n') + 1)));
    if (!events.success) throw new Unreadable('it holds what no inspection tells');
    if (events.data.at(-1)?.kind !== 'finished') throw new Unreadable('its end is missing');
    return { ...kept, events: events.data };
  });
}

class Unreadable extends Error {}

function headOf(text: string): KeptHead {
  const end = text.indexOf('\n');
  if (end < 0) throw new Unreadable('it is damaged');
  const first: unknown = JSON.parse(text.slice(0, end));
  const stamped = stamp.safeParse(first);
  if (!stamped.success) throw new Unreadable('it is no kept run');
  if (stamped.data.version > VERSION) {
    throw new Unreadable('a newer version of this program wrote it');
  }
  const parsed = head.safeParse(first);
  if (!parsed.success) throw new Unreadable('it is damaged');
  return parsed.data;
}

/** A file of its own; neither a link nor a pipe, from which reading might never end. */
async function octetsOf(path: string, most: number): Promise<Uint8Array> {
  const found = await lstat(path);
  if (!found.isFile()) throw new Unreadable('it is no file');
  if (found.size > MAX_FILE_OCTETS) {
    throw new Unreadable(`it is larger than ${MAX_FILE_OCTETS / 1024 / 1024} MiB`);
  }
  const file = await open(path, 'r');
  try {
    const octets = new Uint8Array(Math.min(found.size, most));
    const { bytesRead } = await file.read(octets, 0, octets.length, 0);
    return octets.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

async function reading<T>(read: () => Promise<T>): Promise<Read<T>> {
  try {
    return { ok: true, value: await read() };
  } catch (error) {
    return { ok: false, reason: reasonOf(error) };
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof Unreadable) return error.message;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ERR_BUFFER_TOO_LARGE') return 'it is larger than what is read';
  // What zlib and JSON complain of is damage; the rest is the system's.
  if (error instanceof SyntaxError || code === '' || code.startsWith('Z_')) return 'it is damaged';
  return readReason(error);
}
