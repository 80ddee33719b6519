/** Reads names with compression pointers out of a message (RFC 1035 §4.1.4), bounded against loops. */
import { makeName, MAX_LABEL_OCTETS, MAX_NAME_OCTETS, type Name } from '../../shared/dns/name.ts';
import { WireError } from './wire-error.ts';

/** Pointers in one name: a name of 255 octets has at most 127 labels, each reached by one pointer. */
export const MAX_POINTERS_PER_NAME = 126;
/** Pointers in one message: three for each of the 5461 smallest records that 64 KiB can hold. */
export const MAX_POINTERS_PER_MESSAGE = 16_384;

export interface NameReader {
  /** The name at `offset` and the offset behind it; throws a WireError where it is not well formed. */
  read(offset: number): { readonly name: Name; readonly next: number };
}

const POINTER_BITS = 0xc0;

export function createNameReader(message: Uint8Array): NameReader {
  let pointersLeft = MAX_POINTERS_PER_MESSAGE;
  return {
    read(offset) {
      const labels: Uint8Array[] = [];
      let position = offset;
      let next: number | null = null;
      // A pointer must lead to before the place where its run of labels began: that ends every loop.
      let earliest = offset;
      let pointers = 0;
      let octets = 1;
      for (;;) {
        const length = message[position];
        if (length === undefined) throw new WireError('a name runs past the end');
        if (length === 0) return { name: makeName(labels), next: next ?? position + 1 };
        if ((length & POINTER_BITS) === POINTER_BITS) {
          const low = message[position + 1];
          if (low === undefined) throw new WireError('a compression pointer runs past the end');
          const target = ((length & ~POINTER_BITS) << 8) | low;
          if (target >= earliest)
            throw new WireError('a compression pointer does not lead backwards');
          pointers += 1;
          pointersLeft -= 1;
          if (pointers > MAX_POINTERS_PER_NAME || pointersLeft < 0) {
            throw new WireError('there are too many compression pointers');
          }
          next ??= position + 2;
          earliest = target;
          position = target;
          continue;
        }
        // RFC 1035 §4.1.4: 01 and 10 are reserved.
        if (length > MAX_LABEL_OCTETS) throw new WireError('a label is of a reserved kind');
        const end = position + 1 + length;
        if (end > message.length) throw new WireError('a label runs past the end');
        octets += 1 + length;
        if (octets > MAX_NAME_OCTETS) throw new WireError('a name is longer than 255 octets');
        labels.push(message.slice(position + 1, end));
        position = end;
      }
    },
  };
}
