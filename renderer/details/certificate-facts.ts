/** What a certificate says beyond its report: its digests, its algorithm, the extensions that matter (RFC 5280 §4.2). */
import { toHex } from '../../shared/dns/bytes.ts';
import { digests } from '../../shared/publish/digests.ts';
import { readCertificate, type Certificate } from '../../shared/x509/certificate.ts';
import { readPem } from '../../shared/x509/pem.ts';
import { words } from '../words/words.ts';

export interface CertificateFacts {
  readonly signatureAlgorithm: string;
  /** Lower-case hex. */
  readonly spkiSha256: string;
  readonly spkiSha512: string;
  readonly certSha256: string;
  readonly certSha512: string;
  /** Name and what it says, in the order of people's interest. */
  readonly extensions: readonly (readonly [string, string])[];
  /** Why it cannot be trusted though its bytes can be compared; null when in order. */
  readonly fault: string | null;
}

const said = words.details.certificates;

/** Null where the text holds no certificate that can be read. */
export function certificateFacts(pem: string): CertificateFacts | null {
  const reading = readPem(pem);
  const [der] = reading.ok ? reading.certificates : [];
  const read = der === undefined ? null : readCertificate(der);
  if (read === null || !read.ok) return null;
  const { certificate } = read;
  return {
    signatureAlgorithm: algorithmName(certificate.signatureAlgorithm.oid),
    spkiSha256: toHex(digests.sha256(certificate.spki)),
    spkiSha512: toHex(digests.sha512(certificate.spki)),
    certSha256: toHex(digests.sha256(certificate.der)),
    certSha512: toHex(digests.sha512(certificate.der)),
    extensions: extensionsOf(certificate),
    fault: certificate.fault,
  };
}

function extensionsOf(certificate: Certificate): readonly (readonly [string, string])[] {
  const { keyUsage, extendedKeyUsage, nameConstraints, unknownCritical } = certificate;
  const { isCa, pathLength, subjectKeyId, authorityKeyId } = certificate;
  const extensions: (readonly [string, string])[] = [
    ['basicConstraints', said.basicConstraints(isCa, pathLength)],
  ];
  if (keyUsage !== null) {
    const uses = Object.entries(keyUsage).flatMap(([use, allowed]) => (allowed ? [use] : []));
    extensions.push(['keyUsage', uses.join(', ') || said.otherUses]);
  }
  if (extendedKeyUsage !== null) {
    extensions.push(['extKeyUsage', extendedKeyUsage.map(purposeName).join(', ')]);
  }
  if (nameConstraints !== null) extensions.push(['nameConstraints', said.constrained]);
  if (subjectKeyId !== null) extensions.push(['subjectKeyIdentifier', subjectKeyId]);
  if (authorityKeyId !== null) extensions.push(['authorityKeyIdentifier', authorityKeyId]);
  if (unknownCritical.length > 0) {
    extensions.push([said.unknownCritical, unknownCritical.join(', ')]);
  }
  return extensions;
}

/** RFC 3279, RFC 4055, RFC 5758, RFC 8410. */
const ALGORITHMS: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.1.5': 'sha1WithRSAEncryption',
  '1.2.840.113549.1.1.10': 'RSASSA-PSS',
  '1.2.840.113549.1.1.11': 'sha256WithRSAEncryption',
  '1.2.840.113549.1.1.12': 'sha384WithRSAEncryption',
  '1.2.840.113549.1.1.13': 'sha512WithRSAEncryption',
  '1.2.840.10045.4.1': 'ecdsa-with-SHA1',
  '1.2.840.10045.4.3.2': 'ecdsa-with-SHA256',
  '1.2.840.10045.4.3.3': 'ecdsa-with-SHA384',
  '1.2.840.10045.4.3.4': 'ecdsa-with-SHA512',
  '1.3.101.112': 'Ed25519',
  '1.3.101.113': 'Ed448',
};

function algorithmName(oid: string): string {
  return ALGORITHMS[oid] ?? oid;
}

/** RFC 5280 §4.2.1.12. */
const PURPOSES: Readonly<Record<string, string>> = {
  '2.5.29.37.0': 'anyExtendedKeyUsage',
  '1.3.6.1.5.5.7.3.1': 'serverAuth',
  '1.3.6.1.5.5.7.3.2': 'clientAuth',
  '1.3.6.1.5.5.7.3.3': 'codeSigning',
  '1.3.6.1.5.5.7.3.4': 'emailProtection',
  '1.3.6.1.5.5.7.3.8': 'timeStamping',
  '1.3.6.1.5.5.7.3.9': 'OCSPSigning',
};

function purposeName(oid: string): string {
  return PURPOSES[oid] ?? oid;
}
