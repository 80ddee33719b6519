/** Recognises files that are often taken for certificates, so that people learn what they hold instead. */

/** One plain sentence; null for what is not recognised either. */
export function whatItIsInstead(bytes: Uint8Array, text: string): string | null {
  const binary = BINARY.find(([magic]) => magic.every((octet, index) => bytes[index] === octet));
  if (binary !== undefined) return binary[1];
  const start = text.slice(0, LOOKED_AT);
  return TEXTS.find(([pattern]) => pattern.test(start))?.[1] ?? null;
}

/** Characters at the beginning of a text; what it is shows there. */
const LOOKED_AT = 16_384;

const JAVA_STORE =
  'It is a Java key store. Export from it what mail servers use: keytool -importkeystore -deststoretype PKCS12 …';
const ARCHIVE = 'It is an archive. Unpack it, and take the certificate from it.';

const BINARY: readonly (readonly [readonly number[], string])[] = [
  [[0xfe, 0xed, 0xfe, 0xed], JAVA_STORE],
  [[0xce, 0xce, 0xce, 0xce], JAVA_STORE],
  [[0x50, 0x4b, 0x03, 0x04], ARCHIVE],
  [[0x1f, 0x8b], ARCHIVE],
];

const TEXTS: readonly (readonly [RegExp, string])[] = [
  [
    /-----BEGIN OPENSSH PRIVATE KEY-----|^(ssh|ecdsa-sha2|sk-ssh)-\S+ AAAA|BEGIN SSH2 PUBLIC KEY|^PuTTY-User-Key-File/m,
    'It is a key for SSH, not for TLS; no record is made of it.',
  ],
  [/-----BEGIN PGP /, 'It is for OpenPGP, not for TLS; no record is made of it.'],
  [/-----BEGIN X509 CRL-----/, 'It is a list of revoked certificates, of which no record is made.'],
  [
    /-----BEGIN (X9\.42 )?DH PARAMETERS-----|-----BEGIN (EC|DSA) PARAMETERS-----/,
    'It holds parameters only, without a key.',
  ],
  [
    // Within one line: blanks that may span lines would be looked through once from each of them.
    /^\$(ORIGIN|TTL)[ \t]|^\S{0,255}[ \t]{1,99}(\d{1,10}[ \t]{1,99})?IN[ \t]{1,99}(SOA|NS|TLSA|MX|A|AAAA)[ \t]/m,
    'It is a zone file. Records are made of certificates and keys.',
  ],
];
