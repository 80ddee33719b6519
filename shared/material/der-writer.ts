/** Writes the few DER values that a SubjectPublicKeyInfo is made of (X.690 §10, RFC 5280 §4.1.2.7). */
import { concatBytes } from '../dns/bytes.ts';
import { TAG } from '../x509/der.ts';

export function writeSequence(...parts: readonly Uint8Array[]): Uint8Array {
  return write(TAG.sequence, concatBytes(...parts));
}

/** `algorithm` is the DER of an AlgorithmIdentifier, `key` the octets of the BIT STRING. */
export function writeKeyInfo(algorithm: Uint8Array, key: Uint8Array): Uint8Array {
  return writeSequence(algorithm, write(TAG.bitString, concatBytes(NO_UNUSED_BITS, key)));
}

export function write(tag: number, content: Uint8Array): Uint8Array {
  return concatBytes(Uint8Array.of(tag, ...lengthOctets(content.length)), content);
}

const NO_UNUSED_BITS = Uint8Array.of(0);

/** X.690 §8.1.3: one octet below 128, else a count of the octets that follow. */
function lengthOctets(length: number): readonly number[] {
  if (length < 0x80) return [length];
  const octets: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256);
  return [0x80 | octets.length, ...octets];
}
