/** Opens what is encrypted with a password: PBES2 (RFC 8018 §6.2) and the older schemes of PKCS #12 (RFC 7292 App. C). */
import { TAG } from '../x509/der.ts';
import { octetsOf, partsOf, type BerNode } from './ber.ts';
import { decrypt, type BlockCipher } from './block-cipher.ts';
import { oidOf, readRounds } from './ber-values.ts';
import {
  DIGESTS,
  PSEUDO_RANDOM_FUNCTIONS,
  PURPOSE,
  pbkdf2Key,
  pkcs12Key,
  type Stretching,
  type WorkBudget,
} from './password-key.ts';

export type Opened =
  | { readonly kind: 'open'; readonly octets: Uint8Array }
  | { readonly kind: 'wrong-password' }
  | { readonly kind: 'too-much-work' }
  /** A scheme that is not known here, or not readable. */
  | { readonly kind: 'unknown-scheme' };

/** `algorithm` is the AlgorithmIdentifier; `password` null is none at all. */
export function openWithPassword(
  algorithm: BerNode | undefined,
  octets: Uint8Array,
  password: string | null,
  budget: WorkBudget,
): Opened {
  const scheme = readScheme(algorithm);
  if (scheme === null) return { kind: 'unknown-scheme' };
  const keys = keysOf(scheme, password, budget);
  if (keys === null) return { kind: 'too-much-work' };
  const open = decrypt(scheme.cipher, keys.key, keys.iv, octets);
  keys.key.fill(0);
  return open === null ? { kind: 'wrong-password' } : { kind: 'open', octets: open };
}

interface Scheme {
  readonly cipher: BlockCipher;
  readonly keyOctets: number;
  readonly stretching: Stretching;
  /** Null where it comes from the password too. */
  readonly iv: Uint8Array | null;
}

function keysOf(
  { keyOctets, stretching, iv }: Scheme,
  password: string | null,
  budget: WorkBudget,
): { readonly key: Uint8Array; readonly iv: Uint8Array } | null {
  if (iv !== null) {
    if (!budget.spend(stretching, keyOctets)) return null;
    return { key: pbkdf2Key(password, stretching, keyOctets), iv };
  }
  if (!budget.spend(stretching, keyOctets, OLD_BLOCK_OCTETS)) return null;
  return {
    key: pkcs12Key(password, stretching, PURPOSE.key, keyOctets),
    iv: pkcs12Key(password, stretching, PURPOSE.iv, OLD_BLOCK_OCTETS),
  };
}

const OLD_BLOCK_OCTETS = 8;

function readScheme(algorithm: BerNode | undefined): Scheme | null {
  const [type, parameters] = partsOf(algorithm, TAG.sequence);
  const oid = oidOf(type) ?? '';
  if (oid === PBES2) return readPbes2(parameters);
  const old = OLD_SCHEMES[oid];
  if (old === undefined) return null;
  const [salt, rounds] = partsOf(parameters, TAG.sequence);
  const saltOctets = octetsOf(salt);
  const hash = DIGESTS[SHA1];
  if (saltOctets === null || hash === undefined) return null;
  return { ...old, stretching: { hash, salt: saltOctets, rounds: readRounds(rounds) }, iv: null };
}

/** RFC 8018 App. A.4: how the key comes about, then the cipher. */
function readPbes2(parameters: BerNode | undefined): Scheme | null {
  const [derivation, encryption] = partsOf(parameters, TAG.sequence);
  const [kind, about] = partsOf(derivation, TAG.sequence);
  const [cipherType, ivNode] = partsOf(encryption, TAG.sequence);
  const cipher = CIPHERS[oidOf(cipherType) ?? ''];
  const iv = octetsOf(ivNode);
  if (oidOf(kind) !== PBKDF2 || cipher === undefined || iv === null) return null;
  const [salt, rounds, ...optional] = partsOf(about, TAG.sequence);
  const saltOctets = octetsOf(salt);
  // RFC 8018 App. A.2: hmacWithSHA1 unless told; the key's length is the cipher's.
  const [named] = partsOf(
    optional.find(({ tag }) => tag === TAG.sequence),
    TAG.sequence,
  );
  const hash = PSEUDO_RANDOM_FUNCTIONS[named === undefined ? HMAC_SHA1 : (oidOf(named) ?? '')];
  if (saltOctets === null || hash === undefined) return null;
  return { ...cipher, stretching: { hash, salt: saltOctets, rounds: readRounds(rounds) }, iv };
}

const PBES2 = '1.2.840.113549.1.5.13';
const PBKDF2 = '1.2.840.113549.1.5.12';
const HMAC_SHA1 = '1.2.840.113549.2.7';
const SHA1 = '1.3.14.3.2.26';

type CipherKind = Pick<Scheme, 'cipher' | 'keyOctets'>;

const CIPHERS: Readonly<Record<string, CipherKind>> = {
  '2.16.840.1.101.3.4.1.2': { cipher: 'AES-CBC', keyOctets: 16 },
  '2.16.840.1.101.3.4.1.22': { cipher: 'AES-CBC', keyOctets: 24 },
  '2.16.840.1.101.3.4.1.42': { cipher: 'AES-CBC', keyOctets: 32 },
  '1.2.840.113549.3.7': { cipher: '3DES-CBC', keyOctets: 24 },
};

/** RFC 7292 App. C; the stream cipher RC4 among them is used by nobody. */
const OLD_SCHEMES: Readonly<Record<string, CipherKind>> = {
  '1.2.840.113549.1.12.1.3': { cipher: '3DES-CBC', keyOctets: 24 },
  '1.2.840.113549.1.12.1.5': { cipher: 'RC2-CBC', keyOctets: 16 },
  '1.2.840.113549.1.12.1.6': { cipher: 'RC2-CBC', keyOctets: 5 },
};
