/** White space of ABNF: spaces and tabs (RFC 5234 appendix B.1). */

/** In one pass: a regular expression would take quadratic time on a hostile line. */
export function withoutWhiteSpaceBehind(text: string): string {
  let end = text.length;
  while (end > 0 && isWhiteSpace(text, end - 1)) end -= 1;
  return text.slice(0, end);
}

export function withoutWhiteSpaceAround(text: string): string {
  let start = 0;
  while (start < text.length && isWhiteSpace(text, start)) start += 1;
  return withoutWhiteSpaceBehind(text.slice(start));
}

function isWhiteSpace(text: string, at: number): boolean {
  return text[at] === ' ' || text[at] === '\t';
}
