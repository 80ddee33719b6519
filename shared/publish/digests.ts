/** The digests of matching types 1 and 2 (RFC 6698 §2.1.3), at once and the same in window and command line. */
import { sha256, sha512 } from '@noble/hashes/sha2.js';

export interface Digests {
  sha256(data: Uint8Array): Uint8Array;
  sha512(data: Uint8Array): Uint8Array;
}

export const digests: Digests = { sha256, sha512 };
