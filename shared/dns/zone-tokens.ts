/** The lexer of zone files: comments, quotes, escapes and parentheses (RFC 1035 §5.1). */
import { fail, succeed, type Result } from '../failure.ts';

export interface Token {
  /** Escapes are left in: what they mean depends on the field. */
  readonly text: string;
  readonly quoted: boolean;
}

/** One record or directive, its continuation lines joined. */
export interface Entry {
  /** Of its first line, counted from 1. */
  readonly line: number;
  /** It starts with white space: the owner is that of the record before. */
  readonly indented: boolean;
  readonly tokens: readonly Token[];
}

const TOKEN = /[ \t\r]+|;[^\n]*|\n|[()]|"((?:[^"\\\n]|\\[^\n])*)"|((?:[^\s;()"\\]|\\[^\n])+)/y;

/** Fails as `malformed` with the line number. */
export function tokenizeZone(text: string): Result<readonly Entry[]> {
  const entries: Entry[] = [];
  let tokens: Token[] = [];
  let line = 1;
  let start = 1;
  let indented = false;
  let depth = 0;
  let lineStart = true;
  const endEntry = (): void => {
    if (tokens.length > 0) entries.push({ line: start, indented, tokens });
    tokens = [];
    lineStart = true;
  };
  TOKEN.lastIndex = 0;
  for (let position = 0; position < text.length; position = TOKEN.lastIndex) {
    TOKEN.lastIndex = position;
    const match = TOKEN.exec(text);
    if (match === null) return wrong(line, 'a quote or a backslash is not closed');
    const [whole, quoted, bare] = match;
    if (whole === '\n') {
      line += 1;
      if (depth === 0) endEntry();
      continue;
    }
    if (lineStart && depth === 0) {
      indented = /^[ \t\r]/.test(whole);
      start = line;
      lineStart = false;
    }
    if (whole === '(') depth += 1;
    else if (whole === ')') depth -= 1;
    else if (quoted !== undefined) tokens.push({ text: quoted, quoted: true });
    else if (bare !== undefined) tokens.push({ text: bare, quoted: false });
    if (depth < 0) return wrong(line, 'a parenthesis is closed that was not opened');
  }
  if (depth > 0) return wrong(start, 'a parenthesis is not closed');
  endEntry();
  return succeed(entries);
}

function wrong(line: number, why: string): Result<never> {
  return fail({ kind: 'malformed', detail: `line ${line}: ${why}` });
}
