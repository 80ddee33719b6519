/** A finding's message as a headline and the rest: its first sentence says what, the others why. */

/** A full stop, question mark or colon ends the headline only where a capital letter or digit follows. */
const SENTENCE_END = /[.!?]\s+(?=[A-Z0-9“"_])/;

export function splitMessage(message: string): {
  readonly headline: string;
  readonly rest: string;
} {
  const end = SENTENCE_END.exec(message);
  if (end === null) return { headline: withoutFullStop(message), rest: '' };
  return {
    headline: withoutFullStop(message.slice(0, end.index + 1)),
    rest: message.slice(end.index + end[0].length),
  };
}

function withoutFullStop(sentence: string): string {
  return sentence.replace(/\.$/, '');
}
