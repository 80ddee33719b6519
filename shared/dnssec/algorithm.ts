/** DNSSEC algorithms and DS digest types: the IANA registries as one table each (RFC 8624, RFC 9905). */

export interface AlgorithmEntry {
  readonly number: number;
  readonly mnemonic: string;
  /** Validated here, but should not be used for signing any more (RFC 8624 §3.1, RFC 9905). */
  readonly deprecated: boolean;
}

const algorithms: readonly AlgorithmEntry[] = [
  { number: 1, mnemonic: 'RSAMD5', deprecated: true },
  { number: 3, mnemonic: 'DSA', deprecated: true },
  { number: 5, mnemonic: 'RSASHA1', deprecated: true },
  { number: 6, mnemonic: 'DSA-NSEC3-SHA1', deprecated: true },
  { number: 7, mnemonic: 'RSASHA1-NSEC3-SHA1', deprecated: true },
  { number: 8, mnemonic: 'RSASHA256', deprecated: false },
  { number: 10, mnemonic: 'RSASHA512', deprecated: false },
  { number: 12, mnemonic: 'ECC-GOST', deprecated: true },
  { number: 13, mnemonic: 'ECDSAP256SHA256', deprecated: false },
  { number: 14, mnemonic: 'ECDSAP384SHA384', deprecated: false },
  { number: 15, mnemonic: 'ED25519', deprecated: false },
  { number: 16, mnemonic: 'ED448', deprecated: false },
  { number: 17, mnemonic: 'SM2SM3', deprecated: false },
  { number: 23, mnemonic: 'ECC-GOST12', deprecated: false },
];

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
  return entryOf(algorithm)?.mnemonic ?? `algorithm ${algorithm}`;
}

export function isDeprecatedAlgorithm(algorithm: number): boolean {
  return entryOf(algorithm)?.deprecated ?? false;
}

export function isRsaAlgorithm(algorithm: number): boolean {
  return RSA_ALGORITHMS.has(algorithm);
}

function entryOf(algorithm: number): AlgorithmEntry | undefined {
  return algorithms.find((entry) => entry.number === algorithm);
}
