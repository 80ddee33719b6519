/** Saves a text where the person says; what was there before stays whole until the new file is. */
import { basename } from 'node:path';
import { dialog, type BrowserWindow } from 'electron';
import writeFileAtomic from 'write-file-atomic';
import type { SaveReply, SaveRequest } from '../../shared/ipc/contract.ts';

export async function saveFile(
  window: BrowserWindow,
  { name, text, executable }: SaveRequest,
): Promise<SaveReply> {
  const choice = await dialog.showSaveDialog(window, { defaultPath: proposedName(name) });
  const path = choice.filePath ?? '';
  if (choice.canceled || path === '') return { kind: 'cancelled' };
  try {
    await writeFileAtomic(path, text, executable ? { mode: EXECUTABLE } : {});
    return { kind: 'saved', path };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
    return { kind: 'failed', message: `${path} could not be written (${code}).` };
  }
}

/** A name and no path, of characters that show what it is: it may hold a host's name. */
export function proposedName(name: string): string {
  const plain = basename(name)
    .replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')
    .replace(/^[.-]+/, '');
  return plain === '' ? 'untitled' : plain;
}

/** Others may read it: secrets are never part of what is saved. */
const EXECUTABLE = 0o755;
