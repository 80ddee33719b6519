/** A raw message as text: its fields, indented as they are parts of one another, or its octets. */
import { acronyms } from '../../shared/dane/tlsa.ts';
import type { MessageField } from '../../shared/dns/message-view-fields.ts';
import { digestTypeToText } from '../../shared/dnssec/algorithm.ts';
import { edeToText } from '../../shared/dnssec/ede.ts';
import { printable } from '../../shared/findings/safe-text.ts';
import { words } from '../words/words.ts';

const said = words.details.raw;

/** `0012–0018  QNAME  mx.example.org.`, a line for each field. */
export function fieldsText(fields: readonly MessageField[]): string {
  return fields
    .map((field) => {
      const indent = '  '.repeat(field.depth);
      const value = printable(valueOf(field));
      return `${octetsText(field)}  ${indent}${labelOf(field)}${value === '' ? '' : `: ${value}`}\n`;
    })
    .join('');
}

/** First and last octet, as in the dump. */
export function octetsText({ from, to }: Pick<MessageField, 'from' | 'to'>): string {
  const first = from.toString(16).padStart(4, '0');
  return to - from <= 1 ? first.padEnd(9) : `${first}–${(to - 1).toString(16).padStart(4, '0')}`;
}

export function labelOf({ fault, label }: MessageField): string {
  return fault === null ? label : said.unread;
}

/** With what its number stands for, where a registry says so; for octets that could not be read, why. */
export function valueOf({ label, value, fault }: MessageField): string {
  if (fault !== null) return said.faults[fault];
  const meaning = /^\d+$/.test(value) ? meaningOf(label, Number(value)) : null;
  return meaning === null ? value : `${value} (${meaning})`;
}

function meaningOf(label: string, number: number): string | null {
  switch (label) {
    case 'certificate usage':
      return acronymOf(0, number);
    case 'selector':
      return acronymOf(1, number);
    case 'matching type':
      return acronymOf(2, number);
    case 'digest type':
      return unless(digestTypeToText(number), `digest type ${number}`);
    case 'INFO-CODE':
      return unless(edeToText(number).replace(/^\d+ ?/, ''), '');
    default:
      return null;
  }
}

/** RFC 7218; null where the registry has no acronym. */
function acronymOf(place: 0 | 1 | 2, number: number): string | null {
  const fields = { usage: number, selector: number, matchingType: number };
  return unless(acronyms(fields).split(' ')[place] ?? '', String(number));
}

function unless(text: string, nothing: string): string | null {
  return text === nothing || text === '' ? null : text;
}
