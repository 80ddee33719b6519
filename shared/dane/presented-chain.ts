/** The chain a server presents, read once, within bounds, with what records are compared to (RFC 6698 §2.1.2). */
import { readCertificate, type Certificate } from '../x509/certificate.ts';
import { MAX_CHAIN_CERTIFICATES, MAX_CHAIN_OCTETS } from '../x509/limits.ts';
import { equalBytes } from '../dns/bytes.ts';
import type { AssociationCrypto } from './association.ts';
import type { Tlsa } from './tlsa.ts';
import { MATCHING_TYPE, SELECTOR } from './usability.ts';

export interface PresentedChain {
  /** In the server's order; null where one cannot be read. */
  readonly certificates: readonly (Certificate | null)[];
  /** Why the first one cannot be read, or null. */
  readonly leafFault: string | null;
  /** Positions of the certificates whose selected content is what the record holds, leaf first. */
  positionsOf(record: Tlsa): readonly number[];
}

export function readPresentedChain(
  chain: readonly Uint8Array[],
  crypto: AssociationCrypto,
): PresentedChain {
  const readings = withinBounds(chain).map(readCertificate);
  const certificates = readings.map((reading) => (reading.ok ? reading.certificate : null));
  const [leaf] = readings;
  const digests = new Map<string, Uint8Array>();
  return {
    certificates,
    leafFault: leaf === undefined || leaf.ok ? null : leaf.reason,
    positionsOf: (record) =>
      certificates.flatMap((certificate, position) => {
        if (certificate === null) return [];
        const key = `${position} ${record.selector} ${record.matchingType}`;
        const content = digests.get(key) ?? selectedContent(record, certificate, crypto);
        digests.set(key, content);
        return equalBytes(content, record.data) ? [position] : [];
      }),
  };
}

function withinBounds(chain: readonly Uint8Array[]): readonly Uint8Array[] {
  let octets = 0;
  return chain.slice(0, MAX_CHAIN_CERTIFICATES).filter((der) => {
    octets += der.length;
    return octets <= MAX_CHAIN_OCTETS;
  });
}

/** RFC 6698 §2.1.2 and §2.1.3; called for usable records alone. */
function selectedContent(
  record: Tlsa,
  certificate: Certificate,
  crypto: AssociationCrypto,
): Uint8Array {
  const selected = record.selector === SELECTOR.certificate ? certificate.der : certificate.spki;
  if (record.matchingType === MATCHING_TYPE.sha256) return crypto.sha256(selected);
  if (record.matchingType === MATCHING_TYPE.sha512) return crypto.sha512(selected);
  return selected;
}
