/** Whether TLSA records match a presented chain (RFC 6698 §2.1, RFC 7671, RFC 7672 §3). */
import type { Tlsa } from './tlsa.ts';

/** What matching needs from outside; synchronous. */
export interface AssociationCrypto {
  sha256(data: Uint8Array): Uint8Array;
  sha512(data: Uint8Array): Uint8Array;
  /** Whether `signature` over `tbs` was made by the key in `spki` (DER). */
  verifyCertificate(
    spki: Uint8Array,
    algorithm: { readonly oid: string; readonly parameters: Uint8Array | null },
    signature: Uint8Array,
    tbs: Uint8Array,
  ): 'valid' | 'invalid' | 'unsupported';
}

export interface ChainQuestion {
  /** As presented, DER, leaf first as the server sent it. */
  readonly chain: readonly Uint8Array[];
  readonly records: readonly Tlsa[];
  /** RFC 7672 §2.2.2 and §3.2.2: names that count as reference identifiers under usage 2 (A-labels). */
  readonly referenceNames: readonly string[];
  /** Instant at which dates are judged under usage 2, milliseconds since the epoch. */
  readonly at: number;
}

export interface ChainVerdict {
  /** `encrypted-only`: records exist and all are unusable. */
  readonly outcome: 'authenticated' | 'encrypted-only' | 'failed';
  /** One per record, in order. */
  readonly records: readonly AssociationVerdict[];
  /** Plain sentence: what decided. */
  readonly reason: string;
}

export interface AssociationVerdict {
  readonly usable: boolean;
  /** True only when this record alone authenticates the server. */
  readonly matches: boolean;
  /** Depth of the certificate whose bytes it equals: 0 the leaf; null when none, or the anchor came from the record. */
  readonly matchedDepth: number | null;
  readonly code: AssociationCode;
  /** Plain words, for a person. */
  readonly reason: string;
}

export type AssociationCode =
  | 'match'
  | 'no-match'
  | 'unusable-usage'
  | 'malformed'
  | 'superseded-digest'
  | 'ta-missing-from-chain'
  | 'ta-name-mismatch'
  | 'ta-expired'
  | 'ta-path-invalid'
  | 'ta-matches-leaf-only';
