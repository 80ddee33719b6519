/** The one place where text becomes a cell of a CSV file (RFC 4180) that no spreadsheet takes for a formula. */
import { printable } from '../findings/safe-text.ts';

/** A number stands bare, a text always in quotes; no cell holds a line break or a control character. */
export function csvCell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const shown = plain(printable(value)).slice(0, MAX_CELL);
  return `"${shown.replace(FORMULA_START, "$1'$2").replaceAll('"', '""')}"`;
}

export function csvRow(values: readonly (string | number)[]): string {
  return `${values.map(csvCell).join(',')}\r\n`;
}

/**
 * Our own words hold such quotes and dashes, which Excel misreads in a file without a byte-order mark;
 * with one, scripts would find it in the name of the first column.
 */
function plain(text: string): string {
  return text.replace(TYPOGRAPHIC, (character) => PLAIN.get(character) ?? character);
}

const PLAIN: ReadonlyMap<string, string> = new Map([
  ['‘', "'"],
  ['’', "'"],
  ['“', '"'],
  ['”', '"'],
  ['–', '-'],
  ['—', '-'],
  ['…', '...'],
  ['·', '-'],
]);
const TYPOGRAPHIC = /[‘’“”–—…·]/g;

/** Characters of a cell that Excel takes, less room for what is escaped. */
const MAX_CELL = 30_000;

/**
 * What starts a formula, at the start of a cell or behind blanks and quotes there, and behind a semicolon,
 * at which spreadsheets in many languages split; the wide forms count too. An apostrophe makes it text.
 */
const FORMULA_START = /(^|;)(["'\s]*[=+\-@＝＋－＠])/g;
