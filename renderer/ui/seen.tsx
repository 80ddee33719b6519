/** Text from the network, with what would be unseen made visible. */
import type { ReactNode } from 'react';
import { textPieces } from './visible-text.ts';
import { words } from '../words/words.ts';

export function Seen({ text }: { readonly text: string }): ReactNode {
  const pieces = textPieces(text);
  if (pieces.every((piece) => !piece.odd)) return text;
  return pieces.map((piece, index) =>
    piece.odd ? (
      <span key={index} className="odd-character" title={words.frame.oddCharacter}>
        {piece.text}
      </span>
    ) : (
      piece.text
    ),
  );
}
