/** DNS messages in a stream, each with the two octets of its length in front (RFC 1035 §4.2.2). */
import { readUint16 } from '../../shared/dns/bytes.ts';

export interface StreamFrames {
  /** Length octets included. */
  readonly whole: readonly Uint8Array[];
  /** The beginning of the next one. */
  readonly rest: Uint8Array<ArrayBuffer>;
}

export function framesOf(bytes: Uint8Array): StreamFrames {
  const whole: Uint8Array[] = [];
  let start = 0;
  while (start + 2 <= bytes.length) {
    const end = start + 2 + readUint16(bytes, start);
    if (end > bytes.length) break;
    whole.push(bytes.slice(start, end));
    start = end;
  }
  return { whole, rest: new Uint8Array(bytes.slice(start)) };
}
