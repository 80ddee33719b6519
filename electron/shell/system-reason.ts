/** Why the system could not write or read a file, in plain words without a full stop. */

export function writeReason(error: unknown): string {
  return reasonOf(error, WRITE_REASONS);
}

export function readReason(error: unknown): string {
  return reasonOf(error, READ_REASONS);
}

function reasonOf(error: unknown, reasons: ReadonlyMap<string, string>): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return reasons.get(code) ?? (code === '' ? 'unknown reason' : code);
}

const READ_REASONS: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'it does not exist'],
  ['EACCES', 'permission denied'],
  ['EPERM', 'permission denied'],
  ['EISDIR', 'it is no file'],
  ['ELOOP', 'its links lead in a circle'],
]);

const WRITE_REASONS: ReadonlyMap<string, string> = new Map([
  ['ENOSPC', 'the disk is full'],
  ['EDQUOT', 'your share of the disk is used up'],
  ['EFBIG', 'the file is larger than the disk allows'],
  ['EROFS', 'the disk can only be read'],
  ['EACCES', 'permission denied'],
  ['EPERM', 'permission denied'],
  ['ENOENT', 'its folder does not exist'],
  ['ENOTDIR', 'its folder does not exist'],
  ['EISDIR', 'it is a folder'],
  ['ENAMETOOLONG', 'the name is too long'],
  ['EIO', 'the disk failed'],
]);
