/** Whether an issuer may vouch for a certificate's names (RFC 5280 §4.2.1.10). */
export interface NameConstraints {
  readonly permitted: readonly GeneralSubtree[];
  readonly excluded: readonly GeneralSubtree[];
}

export interface GeneralSubtree {
  /** Context tag of the GeneralName: 2 is dNSName. */
  readonly tag: number;
  readonly value: Uint8Array;
}
