/** Finds characters in text from the network that would be unseen, or turn the reading order. */

export interface TextPiece {
  readonly text: string;
  /** Stands for a character that is not meant to be seen, e.g. `U+202E`. */
  readonly odd: boolean;
}

/** C0 and C1 controls, zero-width and bidirectional marks, separators, byte-order mark, soft hyphen. */
// oxlint-disable-next-line no-control-regex -- these are the very characters to find
const ODD =
  /[\u0000-\u001f\u007f-\u00a0\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufff9-\ufffb]/u;

export function textPieces(text: string): readonly TextPiece[] {
  const pieces: TextPiece[] = [];
  let plain = '';
  for (const character of text) {
    if (!ODD.test(character)) {
      plain += character;
      continue;
    }
    if (plain !== '') pieces.push({ text: plain, odd: false });
    plain = '';
    pieces.push({ text: codePoint(character), odd: true });
  }
  if (plain !== '') pieces.push({ text: plain, odd: false });
  return pieces;
}

/** The same as one string, for titles and labels. */
export function visibleText(text: string): string {
  return textPieces(text)
    .map((piece) => (piece.odd ? `‹${piece.text}›` : piece.text))
    .join('');
}

function codePoint(character: string): string {
  const point = character.codePointAt(0) ?? 0;
  return `U+${point.toString(16).toUpperCase().padStart(4, '0')}`;
}
