/** A certificate's public key, imported from its SPKI (RFC 5280 §4.1.2.7) without X509Certificate.publicKey. */
import type { KeyObject } from 'node:crypto';
import { oidToText, readSequence, TAG, type Element } from './der.ts';
import { readPssParameters, type PssParameters } from './pss-parameters.ts';
import { importRsaKey, importSpki, type RsaKey } from './rsa.ts';

export type SubjectKey =
  | {
      readonly kind: 'rsa';
      readonly rsa: RsaKey;
      /** The key says of itself that it makes PSS signatures only. */
      readonly pssOnly: boolean;
      readonly pssRestriction: PssParameters | null;
    }
  | { readonly kind: 'ec'; readonly key: KeyObject }
  | { readonly kind: 'ed25519'; readonly key: KeyObject }
  | { readonly kind: 'ed448'; readonly point: Uint8Array };

/** Bits of a certificate's RSA modulus: what BoringSSL takes; some roots have 8192. */
const MAX_CERTIFICATE_MODULUS_BITS = 8192;
/** Octets (RFC 8410 §4). */
const ED448_KEY_OCTETS = 57;

/** Named curves that both runtimes know (RFC 5480 §2.1.1.1). */
const CURVES: ReadonlySet<string> = new Set([
  '1.2.840.10045.3.1.7',
  '1.3.132.0.34',
  '1.3.132.0.35',
]);

/** `unsupported`: a kind or size of key that we do not verify with. */
export function importSubjectKey(spki: Uint8Array): SubjectKey | 'malformed' | 'unsupported' {
  const [algorithm, bits, ...more] = readSequence(spki) ?? [];
  if (algorithm === undefined || bits?.tag !== TAG.BIT_STRING || more.length > 0) {
    return 'malformed';
  }
  const [identifier, parameters] = readSequence(algorithm.whole) ?? [];
  // A BIT STRING starts with the number of unused bits: none in a key.
  if (identifier?.tag !== TAG.OBJECT_IDENTIFIER || bits.content[0] !== 0) return 'malformed';
  const key = bits.content.slice(1);
  switch (oidToText(identifier.content)) {
    case '1.2.840.113549.1.1.1':
      return rsaKey(key, false, null);
    case '1.2.840.113549.1.1.10':
      return pssKey(key, parameters);
    case '1.2.840.10045.2.1':
      return ecKey(spki, parameters);
    case '1.3.101.112':
      return edwardsKey(spki);
    case '1.3.101.113':
      return key.length === ED448_KEY_OCTETS ? { kind: 'ed448', point: key } : 'malformed';
    default:
      return 'unsupported';
  }
}

/** RFC 4055 §1.2: without parameters the key is not bound to any. */
function pssKey(
  key: Uint8Array,
  parameters: Element | undefined,
): SubjectKey | 'malformed' | 'unsupported' {
  if (parameters === undefined) return rsaKey(key, true, null);
  const restriction = readPssParameters(parameters.whole);
  return typeof restriction === 'string' ? restriction : rsaKey(key, true, restriction);
}

function rsaKey(
  key: Uint8Array,
  pssOnly: boolean,
  pssRestriction: PssParameters | null,
): SubjectKey | 'malformed' | 'unsupported' {
  const [modulus, exponent, ...more] = readSequence(key) ?? [];
  if (modulus?.tag !== TAG.INTEGER || exponent?.tag !== TAG.INTEGER || more.length > 0) {
    return 'malformed';
  }
  const rsa = importRsaKey(
    { modulus: modulus.content.slice(), exponent: exponent.content.slice() },
    MAX_CERTIFICATE_MODULUS_BITS,
  );
  return rsa === null ? 'unsupported' : { kind: 'rsa', rsa, pssOnly, pssRestriction };
}

function ecKey(
  spki: Uint8Array,
  parameters: Element | undefined,
): SubjectKey | 'malformed' | 'unsupported' {
  if (parameters?.tag !== TAG.OBJECT_IDENTIFIER) return 'unsupported';
  if (!CURVES.has(oidToText(parameters.content) ?? '')) return 'unsupported';
  const key = importSpki(spki);
  return key === null ? 'malformed' : { kind: 'ec', key };
}

function edwardsKey(spki: Uint8Array): SubjectKey | 'malformed' {
  const key = importSpki(spki);
  return key === null ? 'malformed' : { kind: 'ed25519', key };
}
