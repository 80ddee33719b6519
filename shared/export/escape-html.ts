/** The one place where text becomes HTML or SVG: a template that escapes whatever is put into it. */
import { printable } from '../findings/safe-text.ts';

/** Markup that `html` has made, and nothing else can. */
export interface Html {
  readonly [MARKUP]: string;
}

/** A text, or markup; of a list each one. */
export type Part = string | number | Html | readonly Part[];

const MARKUP = Symbol('markup');

/**
 * The literal pieces are ours and stay; texts are shown as they are, in elements and in quoted attributes:
 * no character opens a tag, ends an attribute, steers a terminal or turns the reading order.
 */
export function html(pieces: TemplateStringsArray, ...parts: readonly Part[]): Html {
  // How our sources are indented is no part of the page.
  const [first = '', ...more] = pieces.map((piece) => piece.replaceAll(/\n\s+/g, '\n'));
  const markup = more.reduce(
    (text, piece, index) => text + markupOf(parts[index] ?? '') + piece,
    first,
  );
  return { [MARKUP]: markup };
}

/** Text of this program itself, never of anyone else: it becomes part of the page as it is. */
export function ours(text: string): Html {
  return { [MARKUP]: text };
}

export const NOTHING: Html = html``;

export function markupOf(part: Part): string {
  if (typeof part === 'string') return escaped(part);
  if (typeof part === 'number') return String(part);
  return isHtml(part) ? part[MARKUP] : part.map(markupOf).join('');
}

/** A text of several lines; all other control characters are shown. */
export function lines(text: string, most: number = MAX_BLOCK): Html {
  const { shown, left } = cut(text, most);
  const rows = shown.split('\n').map((row) => row.replace(/\r$/, ''));
  const markup = rows.map((row) => markupOf(row)).join('\n');
  return left === 0 ? { [MARKUP]: markup } : html`${{ [MARKUP]: markup }}${rest(left)}`;
}

function isHtml(part: Html | readonly Part[]): part is Html {
  return !Array.isArray(part);
}

/** Characters of one text in a sentence or a table; the longest that is of use is a large record. */
const MAX_TEXT = 8_000;
/** Characters of one block: a transcript, a certificate, a message in hex. */
const MAX_BLOCK = 64_000;

function escaped(text: string): string {
  const { shown, left } = cut(text, MAX_TEXT);
  const safe = printable(shown).replace(SPECIAL, (character) => ENTITIES.get(character) ?? '');
  return left === 0 ? safe : safe + markupOf(rest(left));
}

function rest(left: number): Html {
  return html` … (${left} more characters)`;
}

function cut(text: string, most: number): { readonly shown: string; readonly left: number } {
  return { shown: text.slice(0, most), left: Math.max(text.length - most, 0) };
}

const SPECIAL = /[&<>"'`]/g;

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
  // Some browsers once took it for a quote.
  ['`', '&#96;'],
]);
