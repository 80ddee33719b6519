/** Certificates from and to PEM text (RFC 7468). */

export type PemReading =
  | { readonly ok: true; readonly certificates: readonly Uint8Array[] }
  | { readonly ok: false; readonly reason: string };

/** DER of each CERTIFICATE block in order; other blocks and text between them are ignored. */
export function readPem(text: string): PemReading {
  return { ok: false, reason: `not built yet (${text.length} characters)` };
}

export function writePem(der: Uint8Array): string {
  throw new Error(`not built yet (${der.length} octets)`);
}
