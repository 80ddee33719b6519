/** The cryptography that validation needs, as types only; `electron/crypto` implements it. */

export interface CryptoPort {
  /**
   * Verifies a signature with a DNSKEY's public key field (RFC 3110, 6605, 8080 wire forms).
   * `unsupported`: the algorithm is not implemented. `unusable`: the key or signature is not well formed
   * or outside our limits (RSA above 4096 bits, exponent outside [3, 2^32+1]).
   */
  verify(
    algorithm: number,
    publicKey: Uint8Array,
    signature: Uint8Array,
    data: Uint8Array,
  ): 'valid' | 'invalid' | 'unusable' | 'unsupported';
  /** DNSKEY algorithms `verify` knows: 5, 7, 8, 10, 13, 14, 15, 16. */
  supportsAlgorithm(algorithm: number): boolean;
  /** DS digest types: 1, 2, 4 (RFC 4034, 4509, 6605); undefined for others. */
  digest(digestType: number, data: Uint8Array): Uint8Array | undefined;
  /** NSEC3 hashing and DS type 1. */
  sha1(data: Uint8Array): Uint8Array;
}
