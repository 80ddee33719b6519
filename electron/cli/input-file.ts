/** Reads the files that options name; what cannot be read is refused in one sentence. */
import { readFile, stat } from 'node:fs/promises';

/** A refusal that is shown as it is, without a stack. */
export class UsageError extends Error {}

/** The file's text; null when no file was named. */
export async function readTextFile(
  option: string,
  path: string | undefined,
): Promise<string | null> {
  if (path === undefined) return null;
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new UsageError(`${option}: ${path} cannot be read (${systemReason(error)}).`, {
      cause: error,
    });
  }
}

/** The same for a file that must not be larger than `most` octets; octets that are no text stay apart. */
export async function readBoundedFile(option: string, path: string, most: number): Promise<string> {
  try {
    const { size } = await stat(path);
    if (size > most) throw new UsageError(`${option}: ${path} is larger than ${most} octets.`);
    const octets = await readFile(path);
    if (octets.length > most)
      throw new UsageError(`${option}: ${path} is larger than ${most} octets.`);
    return octets.toString('latin1');
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const reason = systemReason(error);
    throw new UsageError(`${option}: ${path} cannot be read (${reason}).`, { cause: error });
  }
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
