/** Digests and certificate signatures for TLSA matching (RFC 6698 §2.1.3, RFC 5280 §4.1.1.3). */
import { constants, createHash, verify, type KeyObject } from 'node:crypto';
import type { AssociationCrypto } from '../../shared/dane/association.ts';
import { assertNever } from '../../shared/failure.ts';
import { verifyEd448 } from './dnssec-crypto.ts';
import { readPssParameters, type PssParameters } from './pss-parameters.ts';
import { verifyPkcs1, type RsaHash } from './rsa.ts';
import { importSubjectKey, type SubjectKey } from './subject-key.ts';

type Scheme =
  | { readonly kind: 'pkcs1'; readonly hash: RsaHash }
  | { readonly kind: 'pss' }
  | { readonly kind: 'ecdsa'; readonly hash: RsaHash }
  | { readonly kind: 'ed25519' }
  | { readonly kind: 'ed448' };

/** Signature algorithms by object identifier (RFC 4055 §5, RFC 5758 §3.2, RFC 8410 §3). */
const SCHEMES: ReadonlyMap<string, Scheme> = new Map<string, Scheme>([
  ['1.2.840.113549.1.1.5', { kind: 'pkcs1', hash: 'sha1' }],
  ['1.2.840.113549.1.1.10', { kind: 'pss' }],
  ['1.2.840.113549.1.1.11', { kind: 'pkcs1', hash: 'sha256' }],
  ['1.2.840.113549.1.1.12', { kind: 'pkcs1', hash: 'sha384' }],
  ['1.2.840.113549.1.1.13', { kind: 'pkcs1', hash: 'sha512' }],
  ['1.2.840.113549.1.1.14', { kind: 'pkcs1', hash: 'sha224' }],
  ['1.2.840.10045.4.1', { kind: 'ecdsa', hash: 'sha1' }],
  ['1.2.840.10045.4.3.1', { kind: 'ecdsa', hash: 'sha224' }],
  ['1.2.840.10045.4.3.2', { kind: 'ecdsa', hash: 'sha256' }],
  ['1.2.840.10045.4.3.3', { kind: 'ecdsa', hash: 'sha384' }],
  ['1.2.840.10045.4.3.4', { kind: 'ecdsa', hash: 'sha512' }],
  ['1.3.101.112', { kind: 'ed25519' }],
  ['1.3.101.113', { kind: 'ed448' }],
]);

type Verification = ReturnType<AssociationCrypto['verifyCertificate']>;

export function createAssociationCrypto(): AssociationCrypto & {
  sha1(data: Uint8Array): Uint8Array;
} {
  return {
    sha1: (data) => createHash('sha1').update(data).digest(),
    sha256: (data) => createHash('sha256').update(data).digest(),
    sha512: (data) => createHash('sha512').update(data).digest(),
    verifyCertificate(spki, algorithm, signature, tbs) {
      const scheme = SCHEMES.get(algorithm.oid);
      if (scheme === undefined) return 'unsupported';
      const key = importSubjectKey(spki);
      if (key === 'malformed') return 'invalid';
      if (key === 'unsupported') return 'unsupported';
      return verifyScheme(scheme, algorithm.parameters, key, signature, tbs);
    },
  };
}

function verifyScheme(
  scheme: Scheme,
  parameters: Uint8Array | null,
  key: SubjectKey,
  signature: Uint8Array,
  tbs: Uint8Array,
): Verification {
  switch (scheme.kind) {
    case 'pkcs1':
      // RFC 4055 §1.2: a key named id-RSASSA-PSS is for nothing else.
      if (key.kind !== 'rsa' || key.pssOnly) return 'invalid';
      return verdict(verifyPkcs1(key.rsa, scheme.hash, signature, tbs));
    case 'pss':
      return key.kind === 'rsa' ? verifyPss(key, parameters, signature, tbs) : 'invalid';
    case 'ecdsa':
      return key.kind === 'ec' ? verifyEcdsa(key.key, scheme.hash, signature, tbs) : 'invalid';
    case 'ed25519':
      return verdict(key.kind === 'ed25519' && verify(null, tbs, key.key, signature));
    case 'ed448':
      return verdict(key.kind === 'ed448' && verifyEd448(key.point, signature, tbs));
    default:
      return assertNever(scheme);
  }
}

/** RFC 8017 §8.1.2. */
function verifyPss(
  key: Extract<SubjectKey, { kind: 'rsa' }>,
  parameters: Uint8Array | null,
  signature: Uint8Array,
  tbs: Uint8Array,
): Verification {
  // RFC 4055 §3.1: in a signature the parameters MUST be there.
  const pss = parameters === null ? 'malformed' : readPssParameters(parameters);
  if (pss === 'malformed') return 'invalid';
  // The library masks with the signature's own hash only.
  if (pss === 'unsupported' || pss.maskHash !== pss.hash) return 'unsupported';
  if (!allowedByKey(pss, key.pssRestriction)) return 'invalid';
  try {
    return verdict(
      verify(
        pss.hash,
        tbs,
        {
          key: key.rsa.key,
          padding: constants.RSA_PKCS1_PSS_PADDING,
          saltLength: pss.saltOctets,
        },
        signature,
      ),
    );
  } catch {
    // The runtime's policy refuses this hash or size.
    return 'unsupported';
  }
}

/** RFC 4055 §3.3: the key's parameters bind the hash, and its salt length is the least allowed. */
function allowedByKey(used: PssParameters, restriction: PssParameters | null): boolean {
  if (restriction === null) return true;
  return (
    used.hash === restriction.hash &&
    used.maskHash === restriction.maskHash &&
    used.saltOctets >= restriction.saltOctets
  );
}

function verifyEcdsa(
  key: KeyObject,
  hash: RsaHash,
  signature: Uint8Array,
  tbs: Uint8Array,
): Verification {
  try {
    return verdict(verify(hash, tbs, { key, dsaEncoding: 'der' }, signature));
  } catch {
    // The runtime's policy refuses this hash.
    return 'unsupported';
  }
}

function verdict(valid: boolean): Verification {
  return valid ? 'valid' : 'invalid';
}
