/** What the TXT records of MTA-STS and TLS reporting have in common: `v=VERSION` and fields (RFC 8461 §3.1, RFC 8460 §3). */
import { withoutWhiteSpaceAround } from './white-space.ts';

export interface RecordField {
  readonly name: string;
  readonly value: string;
}

/** `none`: no record of this kind is there. */
export type TextRecord =
  | { readonly kind: 'none' }
  | { readonly kind: 'one'; readonly text: string; readonly fields: readonly RecordField[] }
  /** `text` is one of those found, as published. */
  | { readonly kind: 'unusable'; readonly text: string; readonly reason: string };

/** `texts`: each TXT record at the name, its strings joined without spaces. */
export function readTextRecord(texts: readonly string[], version: string): TextRecord {
  const opening = `v=${version}`;
  // RFC 8461 §3.1, RFC 8460 §3: records that do not begin with the version and `;` are passed over.
  const counted = texts.filter((text) => /^[ \t]*;/.test(behind(text, opening)));
  const [first, second] = counted;
  if (first === undefined) return readAlmost(texts, opening);
  if (second !== undefined) {
    return unusable(first, `there are ${counted.length} such records, and only one may be`);
  }
  return readFields(first, behind(first, opening));
}

/** Fields a record may have; RFC 1035 §3.3's strings hold far more, nobody needs them. */
const MAX_FIELDS = 100;

function readFields(text: string, rest: string): TextRecord {
  const parts = rest.split(';').map(withoutWhiteSpaceAround);
  // The first part is what stands before the first `;`; the last is empty where a `;` ends the record.
  const written = parts.slice(1, parts.at(-1) === '' ? -1 : undefined);
  if (written.length === 0) return unusable(text, 'there is nothing behind the version');
  if (written.length > MAX_FIELDS) return unusable(text, `it has more than ${MAX_FIELDS} fields`);
  const fields: RecordField[] = [];
  for (const part of written) {
    const [, name, value] = FIELD.exec(part) ?? [];
    if (name === undefined || value === undefined) {
      return unusable(text, part === '' ? 'a field is empty' : `“${part}” is not name=value`);
    }
    fields.push({ name, value });
  }
  return { kind: 'one', text, fields };
}

/** RFC 8461 §3.1 `sts-ext-name`; values are looked at by whoever knows the field. */
const FIELD = /^([A-Za-z0-9][A-Za-z0-9_.-]{0,31})=([\x21-\x3a\x3c-\x7e][\x20-\x3a\x3c-\x7e]*)$/;

/** A record that was clearly meant to be one is told instead of called absent. */
function readAlmost(texts: readonly string[], opening: string): TextRecord {
  const meant = texts.find((text) => {
    const shown = text.replace(/^[\s"]+/, '').slice(0, opening.length);
    return (
      shown.toLowerCase() === opening.toLowerCase() && !/^[A-Za-z0-9]/.test(after(text, shown))
    );
  });
  if (meant === undefined) return { kind: 'none' };
  return unusable(meant, `a record must begin with exactly “${opening};”`);
}

function after(text: string, start: string): string {
  return text.slice(text.indexOf(start) + start.length);
}

/** What follows the opening; empty where the text does not begin with it. */
function behind(text: string, opening: string): string {
  return text.startsWith(opening) ? text.slice(opening.length) : '';
}

function unusable(text: string, reason: string): TextRecord {
  return { kind: 'unusable', text, reason };
}

/** The first counts (RFC 8461 §3.2 says so of the policy; of the record nothing else is said). */
export function fieldOf(fields: readonly RecordField[], name: string): string | null {
  return fields.find((field) => field.name === name)?.value ?? null;
}
