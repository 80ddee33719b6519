/** Reads the files that options name; what cannot be read is refused in one sentence. */
import { createReadStream } from 'node:fs';

/** A refusal that is shown as it is, without a stack. */
export class UsageError extends Error {}

/** Octets of a zone file that is read whole: the whole root zone has two million. */
const MAX_ZONE_FILE_OCTETS = 16 * 1024 * 1024;

/** The text of a zone file; null when no file was named. */
export async function readTextFile(
  option: string,
  path: string | undefined,
): Promise<string | null> {
  return path === undefined ? null : readBoundedFile(option, path, MAX_ZONE_FILE_OCTETS);
}

/** The text of a file, a pipe or a device of `most` octets at most; each octet is one character. */
export async function readBoundedFile(option: string, path: string, most: number): Promise<string> {
  let octets: Buffer;
  try {
    octets = await readUpTo(createReadStream(path), most);
  } catch (error) {
    const reason = systemReason(error);
    throw new UsageError(`${option}: ${path} cannot be read (${reason}).`, { cause: error });
  }
  if (octets.length > most) {
    throw new UsageError(`${option}: ${path} is larger than ${most} octets.`);
  }
  return octets.toString('latin1');
}

/** The first line, as OpenSSL takes it from `-passin file:`; null when no file was named. */
export async function readPassword(
  option: string,
  path: string | undefined,
): Promise<string | null> {
  if (path === undefined) return null;
  const text = Buffer.from(await readBoundedFile(option, path, MAX_PASSWORD_FILE_OCTETS), 'latin1');
  return (
    text
      .toString('utf8')
      .replace(/^\ufeff/, '')
      .split('\n', 1)[0] ?? ''
  ).replace(/\r$/, '');
}

/** Octets: a line is read of it. */
const MAX_PASSWORD_FILE_OCTETS = 4096;

/** All octets, or of a longer stream the first `most` and one that tells so; the stream ends with it. */
export async function readUpTo(stream: NodeJS.ReadableStream, most: number): Promise<Buffer> {
  const octets: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    if (!Buffer.isBuffer(chunk)) continue;
    octets.push(chunk);
    length += chunk.length;
    if (length > most) break;
  }
  return Buffer.concat(octets).subarray(0, most + 1);
}

/** The system's own word for what went wrong with a file. */
export function systemReason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return REASONS.get(code) ?? (code === '' ? 'unknown reason' : code);
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'it does not exist'],
  ['EACCES', 'permission denied'],
  ['EISDIR', 'it is a folder'],
  ['ENOTDIR', 'a part of its path is not a folder'],
  ['ENOSPC', 'the disk is full'],
  ['EROFS', 'the disk is read-only'],
]);
