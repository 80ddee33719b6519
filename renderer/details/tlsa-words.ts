/** A TLSA record in a sentence (RFC 6698 §2.1, acronyms of RFC 7218). */
import type { TlsaRecordReport } from '../../shared/inspection/report.ts';

const USAGES: readonly string[] = [
  'PKIX-TA(0): a public certificate authority. Not used in mail (RFC 7672 §3.1.3)',
  'PKIX-EE(1): a certificate from a public authority. Not used in mail (RFC 7672 §3.1.3)',
  'DANE-TA(2): an issuer in the presented chain',
  'DANE-EE(3): the server’s own certificate; names and dates do not count',
];
const SELECTORS: readonly string[] = ['Cert(0): the whole certificate', 'SPKI(1): its public key'];
const MATCHING_TYPES: readonly string[] = [
  'Full(0): byte for byte',
  'SHA2-256(1): by SHA-256',
  'SHA2-512(2): by SHA-512',
];

export function tlsaWords({ usage, selector, matchingType }: TlsaRecordReport): string {
  const parts = [
    USAGES[usage] ?? `usage ${usage}: unknown`,
    SELECTORS[selector] ?? `selector ${selector}: unknown`,
    MATCHING_TYPES[matchingType] ?? `matching type ${matchingType}: unknown`,
  ];
  return `${parts.join(' · ')}.`;
}
