/** Dates of certificates (RFC 5280 §4.1.2.5). */
import type { DerNode } from './der.ts';

const UTC_TIME = 0x17;
const GENERALIZED_TIME = 0x18;

/** Milliseconds since the epoch; null when it is not a date in the form that RFC 5280 demands. */
export function readTime(node: DerNode | undefined): number | null {
  if (node === undefined) return null;
  const text = String.fromCharCode(...node.content.subarray(0, MAX_TIME_OCTETS));
  if (node.tag === UTC_TIME && /^\d{12}Z$/.test(text)) {
    // RFC 5280 §4.1.2.5.1: years 50 to 99 are 19xx.
    return fromDigits((text < '50' ? '20' : '19') + text);
  }
  return node.tag === GENERALIZED_TIME && /^\d{14}Z$/.test(text) ? fromDigits(text) : null;
}

/** One octet more than the longest form, so that longer ones do not pass. */
const MAX_TIME_OCTETS = 16;

function fromDigits(text: string): number | null {
  const iso = text.replace(/^(....)(..)(..)(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6.000Z');
  const instant = Date.parse(iso);
  // A day that does not exist comes out as another one, or not at all.
  if (Number.isNaN(instant) || new Date(instant).toISOString() !== iso) return null;
  return instant;
}
