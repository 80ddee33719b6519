/** Makes certificates for the lab and for tests (RFC 5280 §4); nothing the inspection itself needs. */
import {
  BasicConstraintsExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
  type Extension,
} from '@peculiar/x509';

/**
 * A WebCrypto implementation; comes as a parameter since pure code has none of its own. Node and
 * browsers type theirs differently, so only the library's view of it counts.
 */
export interface CryptoProvider {
  readonly subtle: object;
}

type LibraryCrypto = NonNullable<Parameters<typeof X509CertificateGenerator.create>[1]>;

type KeyPair = Parameters<typeof X509CertificateGenerator.createSelfSigned>[0]['keys'];

export type KeyType = 'ecdsa' | 'rsa' | 'ed25519';

export interface CertificateRequest {
  /** Common name; nothing else is in the subject. */
  readonly commonName: string;
  /** DNS names of the subjectAltName extension; none means no extension. */
  readonly names: readonly string[];
  /** Milliseconds since the epoch. */
  readonly notBefore: number;
  readonly notAfter: number;
  /** May sign certificates. */
  readonly authority: boolean;
  readonly keyType: KeyType;
  /** Serial number in hex. */
  readonly serial: string;
  /** Null signs it with its own key. */
  readonly issuer: IssuedCertificate | null;
  /** The certificate whose key is used again (a renewal); null makes a new key. */
  readonly sameKeyAs: IssuedCertificate | null;
}

export interface IssuedCertificate {
  readonly commonName: string;
  readonly keyType: KeyType;
  /** DER. */
  readonly certificate: Uint8Array;
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKeyInfo: Uint8Array;
  /** PKCS #8, DER. */
  readonly privateKey: Uint8Array;
  readonly keys: KeyPair;
}

export async function issueCertificate(
  request: CertificateRequest,
  provider: CryptoProvider,
): Promise<IssuedCertificate> {
  const crypto = provider as LibraryCrypto;
  const keys = request.sameKeyAs?.keys ?? (await makeKeys(request.keyType, crypto));
  const issuer = request.issuer ?? { ...request, keys };
  const certificate = await X509CertificateGenerator.create(
    {
      serialNumber: request.serial,
      subject: `CN=${request.commonName}`,
      issuer: `CN=${issuer.commonName}`,
      notBefore: new Date(request.notBefore),
      notAfter: new Date(request.notAfter),
      publicKey: keys.publicKey,
      signingKey: issuer.keys.privateKey,
      signingAlgorithm: SIGNING_ALGORITHMS[issuer.keyType],
      extensions: extensionsOf(request),
    },
    crypto,
  );
  return {
    commonName: request.commonName,
    keyType: request.keyType,
    certificate: new Uint8Array(certificate.rawData),
    publicKeyInfo: new Uint8Array(certificate.publicKey.rawData),
    privateKey: new Uint8Array(await crypto.subtle.exportKey('pkcs8', keys.privateKey)),
    keys,
  };
}

const RSA_PUBLIC_EXPONENT = new Uint8Array([1, 0, 1]);

const KEY_ALGORITHMS = {
  ecdsa: { name: 'ECDSA', namedCurve: 'P-256' },
  rsa: {
    name: 'RSASSA-PKCS1-v1_5',
    hash: 'SHA-256',
    modulusLength: 2048,
    publicExponent: RSA_PUBLIC_EXPONENT,
  },
  ed25519: { name: 'Ed25519' },
} as const;

const SIGNING_ALGORITHMS = {
  ecdsa: { name: 'ECDSA', hash: 'SHA-256' },
  rsa: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
  ed25519: { name: 'Ed25519' },
} as const;

async function makeKeys(keyType: KeyType, crypto: LibraryCrypto): Promise<KeyPair> {
  const keys = await crypto.subtle.generateKey(KEY_ALGORITHMS[keyType], true, ['sign', 'verify']);
  if (!('privateKey' in keys)) throw new Error(`no key pair came of ${keyType}`);
  return keys;
}

function extensionsOf(request: CertificateRequest): Extension[] {
  const usage = request.authority
    ? KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign
    : KeyUsageFlags.digitalSignature;
  const alternativeNames = request.names.map((value) => ({ type: 'dns' as const, value }));
  return [
    new BasicConstraintsExtension(request.authority, undefined, true),
    new KeyUsagesExtension(usage, true),
    ...(alternativeNames.length > 0 ? [new SubjectAlternativeNameExtension(alternativeNames)] : []),
  ];
}
