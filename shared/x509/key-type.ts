/** What kind of public key a SubjectPublicKeyInfo holds (RFC 3279, 5480, 8410, 4055). */
import {
  TAG,
  childrenOf,
  readNode,
  readOctetBits,
  readOid,
  readWhole,
  type DerNode,
} from './der.ts';

/** E.g. `RSA 2048`, `ECDSA P-256`, `Ed25519`; `unknown (OID)` for others. */
export function keyTypeOf(spki: Uint8Array): string {
  const parts = readPublicKeyInfo(spki);
  if (parts === null) return 'unreadable';
  const { oid, parameters, key } = parts;
  if (oid === RSA || oid === RSA_PSS) return `${oid === RSA ? 'RSA' : 'RSA-PSS'} ${rsaBits(key)}`;
  if (oid === EC) {
    const curve = readOid(parameters);
    return `ECDSA ${curve === null ? 'explicit curve' : (CURVES[curve] ?? curve)}`;
  }
  return OTHER_KEYS[oid] ?? `unknown (${oid})`;
}

/** Whether the bytes are one SubjectPublicKeyInfo and nothing else. */
export function isPublicKeyInfo(bytes: Uint8Array): boolean {
  return readPublicKeyInfo(bytes) !== null;
}

const RSA = '1.2.840.113549.1.1.1';
const RSA_PSS = '1.2.840.113549.1.1.10';
const EC = '1.2.840.10045.2.1';

const CURVES: Readonly<Record<string, string>> = {
  '1.2.840.10045.3.1.1': 'P-192',
  '1.3.132.0.33': 'P-224',
  '1.2.840.10045.3.1.7': 'P-256',
  '1.3.132.0.34': 'P-384',
  '1.3.132.0.35': 'P-521',
  '1.3.132.0.10': 'secp256k1',
  '1.3.36.3.3.2.8.1.1.7': 'brainpoolP256r1',
  '1.3.36.3.3.2.8.1.1.11': 'brainpoolP384r1',
  '1.3.36.3.3.2.8.1.1.13': 'brainpoolP512r1',
};

const OTHER_KEYS: Readonly<Record<string, string>> = {
  '1.3.101.112': 'Ed25519',
  '1.3.101.113': 'Ed448',
  '1.2.840.10040.4.1': 'DSA',
  '2.16.840.1.101.3.4.3.17': 'ML-DSA-44',
  '2.16.840.1.101.3.4.3.18': 'ML-DSA-65',
  '2.16.840.1.101.3.4.3.19': 'ML-DSA-87',
};

interface PublicKeyInfo {
  readonly oid: string;
  readonly parameters: DerNode | undefined;
  readonly key: Uint8Array;
}

function readPublicKeyInfo(spki: Uint8Array): PublicKeyInfo | null {
  const [algorithm, bits, ...rest] = childrenOf(readWhole(spki), TAG.sequence) ?? [];
  const [type, parameters] = childrenOf(algorithm, TAG.sequence) ?? [];
  const oid = readOid(type);
  const key = readOctetBits(bits);
  if (oid === null || key === null || rest.length > 0) return null;
  return { oid, parameters, key };
}

function rsaBits(key: Uint8Array): string {
  const [modulus] = childrenOf(readNode(key), TAG.sequence) ?? [];
  if (modulus?.tag !== TAG.integer) return 'unreadable';
  const first = modulus.content.findIndex((octet) => octet !== 0);
  if (first < 0) return '0';
  const leading = 32 - Math.clz32(modulus.content[first] ?? 0);
  return String((modulus.content.length - first - 1) * 8 + leading);
}
