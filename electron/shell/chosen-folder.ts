/** Reads a folder that a person chose or dropped; links out of it are followed only when the person says so. */
import { basename } from 'node:path';
import { dialog, type BrowserWindow } from 'electron';
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
  const links = await linksOf(path);
  if (links.length === 0) return { kind: 'left' };
  return (await mayFollow(window, path, links))
    ? { kind: 'read', ...(await readPaths([path])) }
    : { kind: 'left' };
}

/** A folder that cannot be listed from here holds no links to ask about. */
async function linksOf(path: string): Promise<readonly string[]> {
  try {
    return await linksIn(path);
  } catch {
    return [];
  }
}

/**
 * The page cannot be believed when it names a path: it may have been taken over by what it shows. So the
 * person sees which folder it is, and where its links lead.
 */
async function mayFollow(
  window: BrowserWindow,
  path: string,
  links: readonly string[],
): Promise<boolean> {
  const shown = links.slice(0, SHOWN_LINKS);
  const more = links.length - shown.length;
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message: `Follow the links in “${basename(path)}”?`,
    detail: [
      `${path} holds links to files that may lie elsewhere:`,
      '',
      ...shown,
      ...(more > 0 ? [`and ${more} more`] : []),
    ].join('\n'),
    buttons: ['Follow them', 'Leave them'],
    defaultId: 0,
    cancelId: 1,
  });
  return response === 0;
}

/** Lines that fit into the question. */
const SHOWN_LINKS = 8;
