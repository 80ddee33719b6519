/** DNSSEC algorithms and DS digest types, and what is said of them (RFC 8624, RFC 9905). */

import { securityAlgorithmToText } from '../dns/security-algorithm.ts';

/** Should not be used for signing any more, validated here or not (RFC 8624 §3.1, RFC 9905). */
const DEPRECATED_ALGORITHMS: ReadonlySet<number> = new Set([1, 3, 5, 6, 7, 12]);

/** DS digest types: SHA-1 (RFC 4034), SHA-256 (RFC 4509), SHA-384 (RFC 6605). */
export const DIGEST_TYPE = { SHA1: 1, SHA256: 2, SHA384: 4 } as const;

const RSA_ALGORITHMS: ReadonlySet<number> = new Set([1, 5, 7, 8, 10]);

/** `SHA-256`, or `digest type nn`. */
export function digestTypeToText(digestType: number): string {
  switch (digestType) {
    case DIGEST_TYPE.SHA1:
      return 'SHA-1';
    case DIGEST_TYPE.SHA256:
      return 'SHA-256';
    case DIGEST_TYPE.SHA384:
      return 'SHA-384';
    default:
      return `digest type ${digestType}`;
  }
}

/** The registry's mnemonic, or `algorithm nn`. */
export function algorithmToText(algorithm: number): string {
  return securityAlgorithmToText(algorithm) ?? `algorithm ${algorithm}`;
}

export function isDeprecatedAlgorithm(algorithm: number): boolean {
  return DEPRECATED_ALGORITHMS.has(algorithm);
}

export function isRsaAlgorithm(algorithm: number): boolean {
  return RSA_ALGORITHMS.has(algorithm);
}
