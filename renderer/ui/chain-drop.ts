/** Takes certificate chains that are dropped on something: files, or text. */
import { useState, type DragEvent } from 'react';
import { words } from '../words/words.ts';

export interface ChainDrop {
  /** Something that could be dropped is over it. */
  readonly over: boolean;
  readonly handlers: {
    readonly onDragOver: (event: DragEvent) => void;
    readonly onDragLeave: () => void;
    readonly onDrop: (event: DragEvent) => void;
  };
}

export function useChainDrop(take: (text: string) => void): ChainDrop {
  const [over, setOver] = useState(false);
  return {
    over,
    handlers: {
      onDragOver: (event) => {
        // Without this the page would not be told of the drop.
        event.preventDefault();
        setOver(true);
      },
      onDragLeave: () => {
        setOver(false);
      },
      onDrop: (event) => {
        setOver(false);
        // A case is for the whole window.
        if ([...event.dataTransfer.files].some(({ name }) => /\.danecase$/i.test(name))) return;
        event.preventDefault();
        void textOf(event.dataTransfer).then((text) => {
          if (text !== '') take(text);
        });
      },
    },
  };
}

/** Octets of dropped files that are read; a chain of a hundred certificates in PEM is smaller. */
const MAX_FILE_OCTETS = 1024 * 1024;

/** Several files (a certificate, its issuers) are one chain, in the order given. */
async function textOf(transfer: DataTransfer): Promise<string> {
  const files = [...transfer.files];
  const octets = files.reduce((sum, { size }) => sum + size, 0);
  if (octets > MAX_FILE_OCTETS) return words.frame.tooLargeChain;
  const texts = await Promise.all(files.map((file) => file.text()));
  return files.length > 0 ? texts.join('\n') : transfer.getData('text');
}
