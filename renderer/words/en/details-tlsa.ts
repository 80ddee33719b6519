/** Words of TLSA records: what each says, and what the data of one that matches nothing turned out to be. */

export const tlsa = {
  usages: [
    'PKIX-TA(0): a public certificate authority. Not used in mail (RFC 7672 §3.1.3)',
    'PKIX-EE(1): a certificate from a public authority. Not used in mail (RFC 7672 §3.1.3)',
    'DANE-TA(2): an issuer in the presented chain',
    'DANE-EE(3): the server’s own certificate; names and dates do not count',
  ],
  selectors: ['Cert(0): the whole certificate', 'SPKI(1): its public key'],
  matchingTypes: ['Full(0): byte for byte', 'SHA2-256(1): by SHA-256', 'SHA2-512(2): by SHA-512'],
  unknownUsage: (usage: number) => `usage ${usage}: unknown`,
  unknownSelector: (selector: number) => `selector ${selector}: unknown`,
  unknownMatchingType: (type: number) => `matching type ${type}: unknown`,
  sentence: (parts: readonly string[]) => `${parts.join(' · ')}.`,
  whatMeant: 'the record that was meant',
  identity: {
    unknown: 'What it is cannot be told from outside: the record of a next key, or a leftover.',
    octets: 'the octets',
    digest: (algorithm: string) => `the ${algorithm} digest`,
    someCertificate: 'a certificate',
    place: (host: string, place: number) => ` (${host}, certificate ${place} in its chain)`,
    empty: 'It is the digest of nothing at all: the script that made it hashed an empty input.',
    certificate: (what: string, whose: string, place: string) =>
      `It is ${what} of the whole certificate of ${whose}${place}.`,
    key: (what: string, whose: string, place: string) =>
      `It is ${what} of the public key of ${whose}${place}.`,
    pemCertificate: (what: string, whose: string, place: string) =>
      `It is ${what} of the PEM text of the certificate of ${whose}${place}, not of the DER octets inside.`,
    pemKey: (what: string, whose: string, place: string) =>
      `It is ${what} of the PEM text of the public key of ${whose}${place}, not of the DER octets inside.`,
    meant: (record: string) => ` ${record} was meant.`,
  },
};
