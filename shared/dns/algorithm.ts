/** The registry of DNSSEC algorithms: number ↔ mnemonic (IANA DNS Security Algorithm Numbers). */

const mnemonics: ReadonlyMap<number, string> = new Map([
  [1, 'RSAMD5'],
  [2, 'DH'],
  [3, 'DSA'],
  [5, 'RSASHA1'],
  [6, 'NSEC3DSA'],
  [7, 'NSEC3RSASHA1'],
  [8, 'RSASHA256'],
  [10, 'RSASHA512'],
  [12, 'ECCGOST'],
  [13, 'ECDSAP256SHA256'],
  [14, 'ECDSAP384SHA384'],
  [15, 'ED25519'],
  [16, 'ED448'],
  [17, 'SM2SM3'],
  [23, 'ECC-GOST12'],
  [252, 'INDIRECT'],
  [253, 'PRIVATEDNS'],
  [254, 'PRIVATEOID'],
]);

/** The mnemonic, or the number where there is none (RFC 4034 appendix A.1). */
export function algorithmToText(algorithm: number): string {
  return mnemonics.get(algorithm) ?? String(algorithm);
}

/** In either case; null when it is no mnemonic. */
export function algorithmFromText(text: string): number | null {
  const upper = text.toUpperCase();
  for (const [number, mnemonic] of mnemonics) if (mnemonic === upper) return number;
  return null;
}
