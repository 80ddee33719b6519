/** Mnemonics of the DNSSEC algorithms: the IANA registry as one table (RFC 4034 Appendix A.1). */

const MNEMONICS: ReadonlyMap<number, string> = new Map([
  [1, 'RSAMD5'],
  [3, 'DSA'],
  [5, 'RSASHA1'],
  [6, 'DSA-NSEC3-SHA1'],
  [7, 'RSASHA1-NSEC3-SHA1'],
  [8, 'RSASHA256'],
  [10, 'RSASHA512'],
  [12, 'ECC-GOST'],
  [13, 'ECDSAP256SHA256'],
  [14, 'ECDSAP384SHA384'],
  [15, 'ED25519'],
  [16, 'ED448'],
  [17, 'SM2SM3'],
  [23, 'ECC-GOST12'],
]);

/** Other names that are met in zone files: BIND's short one for algorithm 7. */
const ALIASES: ReadonlyMap<string, number> = new Map([
  ...[...MNEMONICS].map(([number, mnemonic]) => [mnemonic, number] as const),
  ['NSEC3RSASHA1', 7],
  ['NSEC3DSA', 6],
]);

/** The mnemonic, or null where the registry has none. */
export function securityAlgorithmToText(algorithm: number): string | null {
  return MNEMONICS.get(algorithm) ?? null;
}

/** The number of a mnemonic in either case; null for others. */
export function securityAlgorithmFromText(text: string): number | null {
  return ALIASES.get(text.toUpperCase()) ?? null;
}
