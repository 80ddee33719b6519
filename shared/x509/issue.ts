/** Makes certificates for the lab and for tests (RFC 5280 §4); the inspection itself needs none. */
import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import {
  AlgorithmIdentifier,
  AttributeTypeAndValue,
  AttributeValue,
  BasicConstraints,
  Certificate,
  Extension,
  Extensions,
  GeneralName,
  id_ce_basicConstraints,
  id_ce_keyUsage,
  id_ce_subjectAltName,
  KeyUsage,
  KeyUsageFlags,
  Name,
  RelativeDistinguishedName,
  SubjectAlternativeName,
  SubjectPublicKeyInfo,
  TBSCertificate,
  Validity,
  Version,
} from '@peculiar/asn1-x509';

export type KeyType = 'ecdsa' | 'rsa' | 'ed25519';

export interface CertificateContent {
  /** Common name; nothing else is in the subject. */
  readonly commonName: string;
  /** DNS names of the subjectAltName extension; none means no extension. */
  readonly names: readonly string[];
  /** Milliseconds since the epoch. */
  readonly notBefore: number;
  readonly notAfter: number;
  /** May sign certificates. */
  readonly authority: boolean;
  /** Positive, big-endian. */
  readonly serial: Uint8Array;
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKeyInfo: Uint8Array;
}

export interface CertificateSigner {
  readonly commonName: string;
  readonly keyType: KeyType;
  /** A signature with the hash that `keyType` goes with here: SHA-256, or Ed25519's own. */
  sign(tbs: Uint8Array): Uint8Array;
}

/** DER. */
export function issueCertificate(
  content: CertificateContent,
  signer: CertificateSigner,
): Uint8Array {
  const signatureAlgorithm = algorithmOf(signer.keyType);
  const tbsCertificate = new TBSCertificate({
    version: Version.v3,
    serialNumber: toBuffer(content.serial),
    signature: signatureAlgorithm,
    issuer: nameOf(signer.commonName),
    validity: new Validity({
      notBefore: new Date(content.notBefore),
      notAfter: new Date(content.notAfter),
    }),
    subject: nameOf(content.commonName),
    subjectPublicKeyInfo: AsnConvert.parse(toBuffer(content.publicKeyInfo), SubjectPublicKeyInfo),
    extensions: extensionsOf(content),
  });
  const tbs = new Uint8Array(AsnConvert.serialize(tbsCertificate));
  const certificate = new Certificate({
    tbsCertificate,
    signatureAlgorithm,
    signatureValue: toBuffer(signer.sign(tbs)),
  });
  return new Uint8Array(AsnConvert.serialize(certificate));
}

/** An ASN.1 NULL, which RSA's algorithm identifiers must carry (RFC 4055 §5). */
const NULL = Uint8Array.of(5, 0);

function algorithmOf(keyType: KeyType): AlgorithmIdentifier {
  switch (keyType) {
    case 'ecdsa':
      // ecdsa-with-SHA256, without parameters (RFC 5758 §3.2).
      return new AlgorithmIdentifier({ algorithm: '1.2.840.10045.4.3.2' });
    case 'rsa':
      return new AlgorithmIdentifier({
        algorithm: '1.2.840.113549.1.1.11',
        parameters: toBuffer(NULL),
      });
    case 'ed25519':
      // RFC 8410 §3: without parameters.
      return new AlgorithmIdentifier({ algorithm: '1.3.101.112' });
  }
}

const COMMON_NAME = '2.5.4.3';

function nameOf(commonName: string): Name {
  const value = new AttributeValue({ utf8String: commonName });
  const attribute = new AttributeTypeAndValue({ type: COMMON_NAME, value });
  return new Name([new RelativeDistinguishedName([attribute])]);
}

function extensionsOf(content: CertificateContent): Extensions {
  const usage = content.authority
    ? KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign
    : KeyUsageFlags.digitalSignature;
  const names = content.names.map((dNSName) => new GeneralName({ dNSName }));
  return new Extensions([
    extension(id_ce_basicConstraints, true, new BasicConstraints({ cA: content.authority })),
    extension(id_ce_keyUsage, true, new KeyUsage(usage)),
    ...(names.length > 0
      ? [extension(id_ce_subjectAltName, false, new SubjectAlternativeName(names))]
      : []),
  ]);
}

function extension(extnID: string, critical: boolean, value: object): Extension {
  return new Extension({
    extnID,
    critical,
    extnValue: new OctetString(AsnConvert.serialize(value)),
  });
}

/** The library wants an ArrayBuffer that holds these bytes and nothing else. */
function toBuffer(bytes: Uint8Array): ArrayBuffer {
  const buffer = new ArrayBuffer(bytes.length);
  new Uint8Array(buffer).set(bytes);
  return buffer;
}
