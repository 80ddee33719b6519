/** Makes keys and certificates with Node's cryptography, for the lab's mail servers and for tests. */
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  type KeyObject,
} from 'node:crypto';
import {
  issueCertificate,
  type CertificateContent,
  type CertificateSigner,
  type KeyType,
} from '../../shared/x509/issue.ts';

export interface CertificateRequest extends Omit<CertificateContent, 'publicKeyInfo' | 'serial'> {
  readonly keyType: KeyType;
  readonly serial: number;
  /** Null signs it with its own key. */
  readonly issuer: CertificateSigner | null;
  /** The certificate whose key is used again (a renewal), or a key that was kept; null makes a new key. */
  readonly sameKeyAs: CertificateKeys | null;
}

export interface IssuedCertificate extends CertificateSigner {
  /** DER. */
  readonly certificate: Uint8Array;
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKeyInfo: Uint8Array;
  /** PKCS #8, DER. */
  readonly privateKey: Uint8Array;
}

export function issue(request: CertificateRequest): IssuedCertificate {
  const { commonName } = request;
  const keys = request.sameKeyAs ?? makeKeys(request.keyType);
  const own: CertificateSigner = {
    commonName,
    keyType: keys.keyType,
    sign: (tbs) => signWith(keys.keyType, keys.privateKey, tbs),
  };
  const certificate = issueCertificate(
    { ...request, serial: serialBytes(request.serial), publicKeyInfo: keys.publicKeyInfo },
    request.issuer ?? own,
  );
  return {
    ...own,
    certificate,
    publicKeyInfo: keys.publicKeyInfo,
    privateKey: keys.privateKey,
  };
}

export type CertificateKeys = Pick<IssuedCertificate, 'keyType' | 'publicKeyInfo' | 'privateKey'>;

const RSA_BITS = 2048;

export function makeKeys(keyType: KeyType): CertificateKeys {
  const { publicKey, privateKey } = generate(keyType);
  return keysOf(keyType, publicKey, privateKey);
}

/** The same P-256 keys again, from their `privateKey` (PKCS #8, DER); null when that is none. */
export function restoreEcdsaKeys(pkcs8: Uint8Array): CertificateKeys | null {
  try {
    const key = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });
    if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') return null;
    return keysOf('ecdsa', createPublicKey(key), key);
  } catch {
    // What cannot be read is no key.
    return null;
  }
}

function keysOf(keyType: KeyType, publicKey: KeyObject, privateKey: KeyObject): CertificateKeys {
  return {
    keyType,
    publicKeyInfo: new Uint8Array(publicKey.export({ format: 'der', type: 'spki' })),
    privateKey: new Uint8Array(privateKey.export({ format: 'der', type: 'pkcs8' })),
  };
}

function generate(keyType: KeyType): {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
} {
  switch (keyType) {
    case 'ecdsa':
      return generateKeyPairSync('ec', { namedCurve: 'P-256' });
    case 'rsa':
      return generateKeyPairSync('rsa', { modulusLength: RSA_BITS });
    case 'ed25519':
      return generateKeyPairSync('ed25519');
  }
}

function signWith(keyType: KeyType, pkcs8: Uint8Array, tbs: Uint8Array): Uint8Array {
  const key = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });
  return new Uint8Array(sign(keyType === 'ed25519' ? null : 'sha256', tbs, key));
}

/** Eight octets, the first of which keeps the number positive and the length as it is. */
function serialBytes(serial: number): Uint8Array {
  const bytes = new Uint8Array(8);
  bytes[0] = 0x1a;
  new DataView(bytes.buffer).setUint32(4, serial);
  return bytes;
}
