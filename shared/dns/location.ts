/** LOC RDATA in presentation form (RFC 1876 §3). */
import { readUint32 } from './bytes.ts';

/** Thousandths of a second of arc at the equator and the prime meridian (RFC 1876 §2). */
const ORIGIN = 2 ** 31;
/** Centimetres by which the reference level lies below the WGS 84 spheroid (RFC 1876 §2). */
const ALTITUDE_BASE = 10_000_000;

/** 16 octets of version 0; null for any other version or an impossible size. */
export function locationToText(bytes: Uint8Array): string | null {
  const sizes = [bytes[1], bytes[2], bytes[3]].map((octet) => sizeToText(octet ?? 0));
  if (bytes.length !== 16 || bytes[0] !== 0 || sizes.includes(null)) return null;
  const latitude = angleToText(readUint32(bytes, 4) - ORIGIN, 'N', 'S');
  const longitude = angleToText(readUint32(bytes, 8) - ORIGIN, 'E', 'W');
  const altitude = (readUint32(bytes, 12) - ALTITUDE_BASE) / 100;
  return `${latitude} ${longitude} ${altitude.toFixed(2)}m ${sizes.join(' ')}`;
}

function angleToText(thousandths: number, positive: string, negative: string): string {
  const size = Math.abs(thousandths);
  const degrees = Math.floor(size / 3_600_000);
  const minutes = Math.floor(size / 60_000) % 60;
  const seconds = ((size % 60_000) / 1000).toFixed(3);
  return `${degrees} ${minutes} ${seconds} ${thousandths < 0 ? negative : positive}`;
}

/** A decimal digit times a power of ten, in centimetres (RFC 1876 §2). */
function sizeToText(octet: number): string | null {
  const digit = octet >> 4;
  const exponent = octet & 0x0f;
  if (digit > 9 || exponent > 9) return null;
  const metres = (digit * 10 ** exponent) / 100;
  return Number.isInteger(metres) ? `${metres}m` : `${metres.toFixed(2)}m`;
}
