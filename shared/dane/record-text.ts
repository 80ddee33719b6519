/** TLSA records as people type them: `USAGE SELECTOR MATCHING HEX` (RFC 6698 §2.2). */
import { fromHex } from '../dns/bytes.ts';
import type { Tlsa } from './tlsa.ts';

export interface TypedRecord {
  readonly usage: number;
  readonly selector: number;
  readonly matchingType: number;
  /** The association data as typed, white space taken out, lower case. */
  readonly text: string;
  /** Null when the text is no RDATA: a number above 255, or data that is not hexadecimal. */
  readonly record: Tlsa | null;
  /** Why `record` is null, in plain words. */
  readonly fault: string | null;
}

/** Characters of one record: the longest RDATA in hex. */
const MAX_RECORD_CHARACTERS = 2 * 65_535;
const MAX_OCTET = 255;

/** Null when there are no three numbers to begin with, so that it is no record at all. */
export function readTypedRecord(text: string): TypedRecord | null {
  if (text.length > MAX_RECORD_CHARACTERS) return null;
  const [usageText = '', selectorText = '', matchingText = '', ...rest] = text.trim().split(/\s+/);
  const numbers = [usageText, selectorText, matchingText];
  if (!numbers.every((number) => /^\d{1,5}$/.test(number))) return null;
  // RFC 6698 §2.2: white space is allowed within the hexadecimal digits.
  const data = rest.join('').toLowerCase();
  const fields = {
    usage: Number(usageText),
    selector: Number(selectorText),
    matchingType: Number(matchingText),
  };
  const bytes = fromHex(data);
  const tooLarge = Object.values(fields).find((number) => number > MAX_OCTET);
  if (tooLarge !== undefined) {
    return { ...fields, text: data, record: null, fault: `${tooLarge} does not fit in an octet` };
  }
  if (bytes === null) {
    return { ...fields, text: data, record: null, fault: 'its data is not hexadecimal' };
  }
  return { ...fields, text: data, record: { ...fields, data: bytes }, fault: null };
}
