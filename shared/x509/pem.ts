/** Certificates from and to PEM text (RFC 7468). */
import { base64ToBytes, bytesToBase64 } from './encoding.ts';
import { MAX_CHAIN_CERTIFICATES, MAX_CHAIN_OCTETS, MAX_PEM_CHARACTERS } from './limits.ts';

export type PemReading =
  | { readonly ok: true; readonly certificates: readonly Uint8Array[] }
  | { readonly ok: false; readonly reason: string };

/**
 * DER of each CERTIFICATE block in order. Other blocks, private keys among them, and text between
 * the blocks are passed over and not kept. At least one certificate, at most what a chain may hold.
 */
export function readPem(text: string): PemReading {
  if (text.length > MAX_PEM_CHARACTERS) {
    return failed(`the text is longer than ${MAX_PEM_CHARACTERS} characters`);
  }
  const certificates: Uint8Array[] = [];
  let octets = 0;
  for (const [ordinal, part] of text.split(BEGIN).slice(1).entries()) {
    if (ordinal === MAX_CHAIN_CERTIFICATES) {
      return failed(`there are more than ${MAX_CHAIN_CERTIFICATES} certificates`);
    }
    const end = part.search(END);
    if (end < 0) return failed(`certificate ${ordinal + 1} has no end line`);
    const der = base64ToBytes(part.slice(0, end));
    if (der === null || der.length === 0) {
      return failed(`certificate ${ordinal + 1} is not base64 text`);
    }
    octets += der.length;
    if (octets > MAX_CHAIN_OCTETS)
      return failed(`the certificates exceed ${MAX_CHAIN_OCTETS} octets`);
    certificates.push(der);
  }
  if (certificates.length === 0) return failed('there is no certificate in PEM form');
  return { ok: true, certificates };
}

/** RFC 7468 §2: 64 characters a line; ends with a line feed. */
export function writePem(der: Uint8Array): string {
  const lines = bytesToBase64(der).match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

/** The labels in use: RFC 7468 §5.1, and those that OpenSSL also writes. */
const BEGIN = /-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----/;
const END = /-----END (?:X509 |TRUSTED )?CERTIFICATE-----/;

function failed(reason: string): PemReading {
  return { ok: false, reason };
}
