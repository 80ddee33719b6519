/** What a sender that goes by the Web PKI instead of DANE would say of a chain, as far as it can be told without a CA store. */
import type { Certificate } from '../x509/certificate.ts';
import { sameBytes } from '../x509/encoding.ts';
import { dateFault } from './path-checks.ts';
import { findMatchingName } from './reference-name.ts';

/** Plain words about name, dates and completeness; null when the server's certificate cannot be read. */
export function describeWebPki(
  chain: readonly (Certificate | null)[],
  host: string | null,
  at: number,
): string | null {
  const [leaf] = chain;
  if (!leaf) return null;
  const faults = [nameFault(leaf, host), dateFault(leaf, at), completenessFault(leaf, chain)];
  const found = faults.filter((fault) => fault !== null);
  if (found.length > 0) return found.join('; ');
  return 'name and dates are in order; whether a public authority stands behind it is not judged here';
}

const NAMES_SHOWN = 3;

function nameFault(leaf: Certificate, host: string | null): string | null {
  if (host === null || findMatchingName(leaf.names, [host]) !== null) return null;
  const shown = leaf.names.slice(0, NAMES_SHOWN).join(', ');
  const more = leaf.names.length > NAMES_SHOWN ? ' and others' : '';
  return `the certificate is for ${shown === '' ? 'no name at all' : shown}${more}, not for ${host}`;
}

function completenessFault(
  leaf: Certificate,
  chain: readonly (Certificate | null)[],
): string | null {
  if (leaf.selfIssued) return 'the certificate is self-signed';
  const others = chain
    .slice(1)
    .filter((other) => other !== null && !sameBytes(other.der, leaf.der));
  const issuer = others.find((other) => other?.subjectKey === leaf.issuerKey);
  if (issuer === undefined) return `its issuer (${leaf.issuer}) was not sent`;
  if (chain[1]?.subjectKey !== leaf.issuerKey)
    return 'the certificates are not sent in their order';
  return null;
}
