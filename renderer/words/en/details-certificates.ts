/** Words of the certificates as presented. */
import { listed, numberText, pluralOf } from './language.ts';

export const certificates = {
  waiting: 'No certificate has been presented yet.',
  none: 'No certificate has been presented.',
  fromFile: 'from a file, for',
  presentedBy: 'presented by',
  chainOf: (addresses: string) => `Chain of ${addresses}`,
  whatChain: (addresses: string) => `the chain of ${addresses}`,
  whatCertificate: (place: number) => `certificate ${place}`,
  asPem: { name: 'PEM', about: 'to save, or to drop on a window' },
  asText: { name: 'Text', about: 'decoded' },
  chainCommand: 'openssl s_client: the certificates as sent',
  server: 'server',
  root: 'root',
  issuing: 'issuer',
  noSubject: 'no subject',
  equals: (record: string) => `= ${record}`,
  subject: 'subject',
  issuer: 'issuer',
  noIssuer: 'none',
  valid: 'valid',
  notBefore: 'not before',
  notAfter: 'not after',
  period: (from: string, until: string) => `${from} – ${until}`,
  ends: (when: string) => `ends ${when}`,
  ended: (when: string) => `ended ${when}`,
  begins: (when: string) => `begins ${when}`,
  names: 'names',
  countedNames: (count: number) => `${numberText(count)} ${pluralOf(count, 'name', 'names')}`,
  moreNames: (count: number) => `and ${numberText(count)} more`,
  key: 'key',
  serial: 'serial',
  signature: 'signature',
  spkiSha256: 'SPKI SHA-256',
  spkiSha512: 'SPKI SHA-512',
  certSha256: 'cert SHA-256',
  certSha512: 'cert SHA-512',
  whatDigest: (name: string) => `the ${name}`,
  extensions: 'extensions',
  basicConstraints: (isCa: boolean, pathLength: number | null) =>
    isCa ? (pathLength === null ? 'CA' : `CA, path length ${pathLength}`) : 'not a CA',
  otherUses: 'none that matters to TLS',
  constrained: 'limits the names below it',
  unknownCritical: 'unknown, critical',
  fault: (fault: string) => `It cannot be trusted on a path: ${fault}.`,
  unreadable: 'It cannot be decoded; its octets stand in the PEM.',
  unfold: (place: number) => `Show certificate ${place}`,
  fold: (place: number) => `Fold certificate ${place}`,
  decode: 'openssl x509: decoded',
  dataOf: (kind: string) => `openssl: the data of a record “… ${kind}”`,
  servedData: 'openssl: the same, of what is served now',
  remarks: {
    fromLibrary: 'As the TLS library tells it; the exact list could not be read.',
    unordered: 'Not in order: an issuer does not stand right behind the certificate it certifies.',
    inOrder: (count: number) =>
      count === 1
        ? 'One certificate was sent.'
        : `${numberText(count)} certificates were sent, in order: each certifies the one before it.`,
    superfluous: (places: readonly number[]) =>
      `${placed(places)} ${pluralOf(places.length, 'takes', 'take')} no part in the path of the server’s own.`,
    duplicates: (places: readonly number[]) =>
      `${placed(places)} ${pluralOf(places.length, 'repeats an earlier one', 'repeat earlier ones')}.`,
    missingIssuer: (issuer: string) =>
      `The list ends below ${issuer}, which was not sent. Roots usually are not; a record with usage 2 needs what it names to be sent.`,
    repeated: 'repeated',
    noPart: 'takes no part',
  },
  fates: {
    title: 'TLSA records against this chain',
    elsewhere: 'It matches another chain of this host.',
    keyInRecord: 'the key in the record',
    place: (place: number) => `certificate ${place}`,
    equals: (where: string) => `Equals ${where}`,
    reason: (reason: string, where: string) => `${reason} (${where})`,
    whatMeant: 'the record that was meant',
    copyRecord: 'Copy record',
  },
};

function placed(places: readonly number[]): string {
  return `${pluralOf(places.length, 'Certificate', 'Certificates')} ${listed(places.map(String))}`;
}
