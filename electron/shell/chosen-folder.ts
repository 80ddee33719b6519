/** Reads a folder that a person chose or dropped; one that a page names, only when the person says so. */
import { basename, isAbsolute, normalize } from 'node:path';
import { dialog, type BrowserWindow } from 'electron';
import { printable } from '../../shared/findings/safe-text.ts';
import type { FolderReply } from '../../shared/ipc/contract.ts';
import { linksIn, readPaths } from './read-paths.ts';

/** `path` null: the person is asked which. */
export async function readChosenFolder(
  window: BrowserWindow,
  path: string | null,
): Promise<FolderReply> {
  if (path === null) {
    const choice = await dialog.showOpenDialog(window, {
      title: 'Choose a folder with certificates and keys',
      properties: ['openDirectory'],
    });
    const [chosen] = choice.filePaths;
    if (choice.canceled || chosen === undefined) return { kind: 'left' };
    return { kind: 'read', ...(await readPaths([chosen])) };
  }
  if (!isAbsolute(path)) return { kind: 'left' };
  const folder = normalize(path);
  const links = await linksIn(folder);
  if (links.length === 0) return { kind: 'left' };
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    ...folderQuestion(folder, links),
    buttons: ['Read and follow', FOLLOW_NOT],
    // Nobody agrees by a key that was meant for the window.
    defaultId: 1,
    cancelId: 1,
    noLink: true,
  });
  if (response !== 0) return { kind: 'left' };
  return { kind: 'read', ...(await readPaths([folder])) };
}

/**
 * The page cannot be believed when it names a path: it may have been taken over by what it shows. So the
 * person sees which folder it is, that all of it is read, and where its links lead. Names may be made to
 * look like something else, or to push the rest out of sight.
 */
export function folderQuestion(
  path: string,
  links: readonly string[],
): { readonly message: string; readonly detail: string } {
  const more = links.length - SHOWN_LINKS;
  return {
    message: `Read the folder “${short(basename(path) || path)}” and follow its links?`,
    detail: [
      `All files in ${short(path)} would be read, and what these links lead to, which may lie elsewhere:`,
      '',
      ...links.slice(0, SHOWN_LINKS).map(short),
      ...(more > 0 ? [`and ${more.toLocaleString('en')} more`] : []),
      '',
      `If you did not drop this folder, choose “${FOLLOW_NOT}”.`,
    ].join('\n'),
  };
}

const FOLLOW_NOT = 'Do not follow';

/** Lines that fit into the question. */
const SHOWN_LINKS = 8;
/** Characters of a name or path; both ends tell most. */
const SHOWN_CHARACTERS = 120;

function short(text: string): string {
  const shown = printable(text);
  if (shown.length <= SHOWN_CHARACTERS) return shown;
  const half = SHOWN_CHARACTERS / 2;
  return `${shown.slice(0, half)}…${shown.slice(-half)}`;
}
