/** The one place where text becomes Markdown that GitHub, GitLab and plain CommonMark render as that same text. */
import { printable } from '../findings/safe-text.ts';

/** Markdown that this file has made, and nothing else can. */
export interface Markdown {
  readonly [SOURCE]: string;
}

const SOURCE = Symbol('source');

/** The literal pieces are ours and stay; whatever text is put between them is escaped. */
export function marked(
  pieces: TemplateStringsArray,
  ...parts: readonly (string | number | Markdown)[]
): Markdown {
  const [first = '', ...rest] = pieces;
  const source = rest.reduce(
    (text, piece, index) => text + sourceOf(parts[index] ?? '') + piece,
    first,
  );
  return { [SOURCE]: source };
}

export function sourceOf(part: string | number | Markdown): string {
  if (typeof part === 'string') return escaped(part);
  return typeof part === 'number' ? String(part) : part[SOURCE];
}

export function joined(parts: readonly (string | Markdown)[], separator: ', ' | '\n'): Markdown {
  return { [SOURCE]: parts.map(sourceOf).join(separator) };
}

/** A name, a record or a digest, as code. */
export function code(text: string): Markdown {
  return { [SOURCE]: codeSource(printable(text)) };
}

/** In a table, where even in code a bar would end the cell. */
export function cellCode(text: string): Markdown {
  return { [SOURCE]: codeSource(printable(text).replaceAll('|', String.raw`\x7c`)) };
}

/** Text in a table, where even in code a bar would end the cell. */
export function cellText(text: string): Markdown {
  return { [SOURCE]: escaped(printable(text).replaceAll('|', String.raw`\x7c`)) };
}

/** Lines that are shown as they are; no text can close the block from inside. */
export function fenced(text: string): Markdown {
  const fence = '`'.repeat(Math.max(longestRun(text) + 1, MIN_FENCE));
  return { [SOURCE]: [`${fence}text`, ...text.split('\n').map(printable), fence].join('\n') };
}

const MIN_FENCE = 3;

/**
 * Text inside a line. Words that a renderer would link or take for a mention, an issue, an emoji or
 * mathematics become code, in which nothing is markup; in the others punctuation is escaped.
 */
function escaped(text: string): string {
  const words = printable(text).trim().split(/ +/);
  return words
    .map((word, index) => (LINKED.test(word) ? codeSource(word) : escapedWord(word, index === 0)))
    .join(' ');
}

/** GFM's autolinks, and what GitHub and GitLab look for in rendered text: `@name`, `#1`, `!1`, `$1`, `~label`, `%milestone`, `&epic`, `:emoji:`. */
const LINKED = /[@#$!~%&^]["\w-]|:\S|\/\/|\bwww\.|^gh-\d/i;

function escapedWord(word: string, first: boolean): string {
  const safe = word.replaceAll(/[\\`*_{}[\]<>#|!~&$^]/g, String.raw`\$&`);
  // At the start of a line such a word makes a list, a heading or a rule.
  return first ? safe.replace(/^(\d{0,9})([.)]|[-+=]+)$/, String.raw`$1\$2`) : safe;
}

function codeSource(shown: string): string {
  const fence = '`'.repeat(longestRun(shown) + 1);
  // CommonMark §6.1: a space is stripped from either end when both have one.
  const pad = /^[` ]|[` ]$/.test(shown) || shown === '' ? ' ' : '';
  return `${fence}${pad}${shown}${pad}${fence}`;
}

function longestRun(text: string): number {
  return (text.match(/`+/g) ?? []).reduce((most, { length }) => Math.max(most, length), 0);
}
