/** What a handshake offers, for OpenSSL and for Electron's BoringSSL (RFC 8446 §4.2.3, RFC 5246 §7.4.1.4.1). */
import type { ConnectionOptions } from 'node:tls';
import type { KeyKind, TlsOptions } from './network.ts';

/** Electron links BoringSSL, which throws on OpenSSL's `@SECLEVEL` and accepts weak keys anyway. */
export const IS_BORINGSSL = 'electron' in process.versions;

export function tlsSettings(options: TlsOptions): ConnectionOptions {
  return {
    // An empty store: no certificate that the server did not send may appear in its chain.
    ca: [],
    rejectUnauthorized: false,
    minVersion: options.allowOldVersions ? 'TLSv1' : 'TLSv1.2',
    ...(options.serverName === null ? {} : { servername: options.serverName }),
    ...(IS_BORINGSSL ? boringSslOffer(options.keyTypes) : openSslOffer(options.keyTypes)),
  };
}

/** Of both libraries; a name that one does not know makes it throw. */
const SIGNATURE_ALGORITHMS: Readonly<Record<KeyKind, readonly string[]>> = {
  rsa: [
    'rsa_pss_rsae_sha256',
    'rsa_pss_rsae_sha384',
    'rsa_pss_rsae_sha512',
    'rsa_pkcs1_sha256',
    'rsa_pkcs1_sha384',
    'rsa_pkcs1_sha512',
  ],
  ecdsa: ['ecdsa_secp256r1_sha256', 'ecdsa_secp384r1_sha384', 'ecdsa_secp521r1_sha512'],
  eddsa: ['ed25519'],
};

/** BoringSSL has neither RSASSA-PSS keys nor Ed448. */
const OPENSSL_ONLY: Readonly<Record<KeyKind, readonly string[]>> = {
  rsa: ['rsa_pss_pss_sha256', 'rsa_pss_pss_sha384', 'rsa_pss_pss_sha512'],
  ecdsa: [],
  eddsa: ['ed448'],
};

/** Names Ed25519 for BoringSSL, which offers it only when told to. SHA-1 closes the list for TLS 1.2. */
const USUAL_FOR_BORINGSSL = [
  ...SIGNATURE_ALGORITHMS.ecdsa,
  ...SIGNATURE_ALGORITHMS.eddsa,
  ...SIGNATURE_ALGORITHMS.rsa,
  'rsa_pkcs1_sha1',
];

/** In TLS 1.2 the key type is bound to the cipher suite, EdDSA to that of ECDSA (RFC 5246 §7.4.3, RFC 8422 §5.10). */
const TLS12_CIPHERS_WITHOUT_RSA = [
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
];

/** In TLS 1.2 a key's curve must be among the groups (RFC 8422 §5.1.1); BoringSSL leaves P-521 out. */
const BORINGSSL_GROUPS = 'X25519:P-256:P-384:P-521';

function boringSslOffer(keyTypes: TlsOptions['keyTypes']): ConnectionOptions {
  if (keyTypes === null) {
    return { sigalgs: USUAL_FOR_BORINGSSL.join(':'), ecdhCurve: BORINGSSL_GROUPS };
  }
  return {
    ecdhCurve: BORINGSSL_GROUPS,
    sigalgs: keyTypes.flatMap((kind) => SIGNATURE_ALGORITHMS[kind]).join(':'),
    ...(keyTypes.includes('rsa') ? {} : { ciphers: TLS12_CIPHERS_WITHOUT_RSA.join(':') }),
  };
}

/** Security level 0: a small key or an old signature is something to report, not to refuse. */
const OPENSSL_CIPHERS = 'DEFAULT@SECLEVEL=0';
/** Without suites that need no signature at all: with those an RSA key could slip in unasked. */
const OPENSSL_CIPHERS_WITHOUT_RSA = 'DEFAULT:!kRSA:!aRSA@SECLEVEL=0';

function openSslOffer(keyTypes: TlsOptions['keyTypes']): ConnectionOptions {
  if (keyTypes === null) return { ciphers: OPENSSL_CIPHERS };
  const algorithms = keyTypes.flatMap((kind) => [
    ...SIGNATURE_ALGORITHMS[kind],
    ...OPENSSL_ONLY[kind],
  ]);
  return {
    sigalgs: algorithms.join(':'),
    ciphers: keyTypes.includes('rsa') ? OPENSSL_CIPHERS : OPENSSL_CIPHERS_WITHOUT_RSA,
  };
}
