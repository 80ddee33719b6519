/** Saves a text as a file, whichever screen it is from. */
import type { SaveReply } from '../../shared/ipc/contract.ts';
import { bridge } from '../bridge/bridge.ts';
import { words } from '../words/words.ts';

/** Where the person says; a fault on the way is told like one of the disk. */
export async function saveText(
  name: string,
  text: string,
  executable: boolean,
): Promise<SaveReply> {
  try {
    return await bridge.saveFile({ name, text, executable });
  } catch (error) {
    const what = error instanceof Error ? error.message : words.frame.unknownFault;
    return { kind: 'failed', message: words.frame.couldNotSave(what) };
  }
}
