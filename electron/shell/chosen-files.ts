/** Asks the person for certificates, keys and requests, on behalf of the menu. */
import { dialog, type BrowserWindow } from 'electron';

export async function chooseFiles(window: BrowserWindow): Promise<readonly string[]> {
  const choice = await dialog.showOpenDialog(window, {
    title: 'Choose certificates, keys or requests',
    properties: ['openFile', 'multiSelections'],
  });
  return choice.canceled ? [] : choice.filePaths;
}
