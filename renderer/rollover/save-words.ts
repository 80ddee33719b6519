/** What became of saving a file, in words. */
import type { SaveReply } from '../../shared/ipc/contract.ts';
import { words } from '../words/words.ts';

/** Empty where the person thought better of it. */
export function savedWords(reply: SaveReply): string {
  switch (reply.kind) {
    case 'saved':
      return words.frame.savedAs(reply.path);
    case 'cancelled':
      return '';
    case 'failed':
      return reply.message;
  }
}
