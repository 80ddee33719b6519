/** Makes text from the network safe to show on a terminal, to paste into a shell and to put into a zone file. */

/**
 * Control characters, invisible direction marks and line separators become visible escapes, so that
 * a name or a banner can neither steer a terminal nor disguise itself.
 */
export function printable(text: string): string {
  return text.replace(UNSAFE, (character) => {
    const code = (character.codePointAt(0) ?? 0).toString(16);
    return code.length <= 2 ? `\\x${code.padStart(2, '0')}` : `\\u{${code}}`;
  });
}

/**
 * One word of a POSIX shell: as it is when every character is harmless, else in single quotes. Quotes
 * do not keep a program from reading `-x` as an option, so a leading hyphen is spelt as DNS tools do.
 */
export function shellWord(text: string): string {
  const shown = printable(text).replace(/^-/, String.raw`\045`);
  if (HARMLESS_WORD.test(shown)) return shown;
  return `'${shown.replaceAll("'", String.raw`'\''`)}'`;
}

/**
 * A name as one word of a `dig` or `delv` line, which take a word that starts with `+`, `@`, `-` or `%` for
 * something else than a name, and `any` for a type.
 */
export function dnsNameWord(key: string): string {
  const absolute = LIKE_A_TYPE.test(key) ? `${key}.` : key;
  return shellWord(absolute.replace(LIKE_AN_OPTION, decimalEscape));
}

const LIKE_A_TYPE = /^[\w-]+$/;
const LIKE_AN_OPTION = /^(?![A-Za-z0-9_*.\\])[!-~]/;

/** `\DDD` (RFC 1035 §5.1). */
function decimalEscape(character: string): string {
  return `\\${String(character.charCodeAt(0)).padStart(3, '0')}`;
}

/** A name's key as it stands in a zone file: absolute, with the characters that mean something there escaped. */
export function zoneFileName(key: string): string {
  if (key === '.') return '.';
  return `${printable(key).replace(ZONE_FILE_SPECIALS, (special) => `\\${special}`)}.`;
}

/** C0, DEL, C1, soft hyphen, direction marks and overrides, line separators, BOM, tags, lone surrogates. */
const UNSAFE =
  // oxlint-disable-next-line no-control-regex -- finding control characters is what it is for
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]|\p{Surrogate}/gu;

const HARMLESS_WORD = /^[A-Za-z0-9_.:/@%+=,-]+$/;

/** RFC 1035 §5.1: quote, comment, parentheses, `@` and `$` have a meaning of their own. */
const ZONE_FILE_SPECIALS = /[";()@$]/g;
