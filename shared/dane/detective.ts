/** What the data of a TLSA record that matches nothing really is, told from the chains that were seen. */
import { toHex } from '../dns/bytes.ts';
import type { Certificate } from '../x509/certificate.ts';
import type { AssociationCode, AssociationCrypto } from './association.ts';
import { fingerprintsOf, fingerprintsOfNothing, type Fingerprint } from './fingerprints.ts';
import { formatParameters, formatTlsa, type Tlsa } from './tlsa.ts';
import { MATCHING_TYPE, SELECTOR, USAGE } from './usability.ts';

/** Same fields as `RecordIdentity` of the report. */
export interface Identity {
  readonly kind: Fingerprint['kind'];
  readonly algorithm: Fingerprint['algorithm'];
  readonly host: string | null;
  readonly depth: number | null;
  readonly subject: string | null;
  readonly meant: string | null;
  readonly record: string | null;
}

export interface Detective {
  /** A chain that some host presented, leaf first; null stands for what cannot be read. */
  learn(host: string, chain: readonly (Certificate | null)[]): void;
  /** For a record of `host`, whose own chains come first; null when it cannot be told. */
  identify(record: Tlsa, host: string): Identity | null;
}

/** Places remembered: twenty hosts with five certificates each, in two key types. */
const MAX_PLACES = 200;

export function createDetective(crypto: AssociationCrypto): Detective {
  const traces: Trace[] = fingerprintsOfNothing(crypto).map((fingerprint) => ({
    ...fingerprint,
    place: null,
  }));
  const byData = new Map(traces.map((trace) => [trace.data, [trace]]));
  const fingerprints = new Map<string, readonly Fingerprint[]>();
  const places = new Set<string>();

  const remember = (host: string, depth: number, certificate: Certificate): void => {
    const digest = toHex(crypto.sha256(certificate.der));
    const place = `${host} ${digest}`;
    if (places.has(place) || places.size === MAX_PLACES) return;
    places.add(place);
    const found = fingerprints.get(digest) ?? fingerprintsOf(certificate, crypto);
    fingerprints.set(digest, found);
    for (const fingerprint of found) {
      const trace = { ...fingerprint, place: { host, depth, certificate } };
      traces.push(trace);
      byData.set(trace.data, [...(byData.get(trace.data) ?? []), trace]);
    }
  };

  return {
    learn(host, chain) {
      for (const [depth, certificate] of chain.entries()) {
        if (certificate !== null) remember(host, depth, certificate);
      }
    },
    identify(record, host) {
      const clue = findClue(record.data, host, traces, byData);
      return clue === null ? null : identityOf(record, clue, host, crypto);
    },
  };
}

/** Verdicts that leave open what the record's data are; the others say themselves what is wrong. */
const UNEXPLAINED: ReadonlySet<string> = new Set<AssociationCode>([
  'no-match',
  'malformed',
  'unusable-usage',
  'ta-missing-from-chain',
  'ta-matches-leaf-only',
]);

export function isUnexplained(code: string): boolean {
  return UNEXPLAINED.has(code);
}

interface Trace extends Fingerprint {
  /** Null for a digest of nothing. */
  readonly place: Place | null;
}

interface Place {
  readonly host: string;
  readonly depth: number;
  readonly certificate: Certificate;
}

interface Clue {
  readonly trace: Trace;
  /** The data are these octets and nothing else. */
  readonly exact: boolean;
}

/** Octets of which a digest's beginning is no coincidence. */
const LEAST_OCTETS = 16;

/** The data as they stand; digits written as text; a digest cut short, or with something behind it. */
function findClue(
  data: Uint8Array,
  host: string,
  traces: readonly Trace[],
  byData: ReadonlyMap<string, readonly Trace[]>,
): Clue | null {
  const hex = toHex(data);
  const exact = nearest(byData.get(hex), host);
  if (exact !== undefined) return { trace: exact, exact: true };
  if (data.length < LEAST_OCTETS) return null;
  const near =
    byData.get(digitsIn(data)) ??
    // The beginning of a key or certificate itself says little: those of one kind begin alike.
    traces.filter(({ algorithm, data: whole }) => algorithm !== 'Full' && isBeginning(hex, whole));
  const trace = nearest(near, host);
  return trace === undefined ? null : { trace, exact: false };
}

/** At the record's own host if it was seen there. */
function nearest(traces: readonly Trace[] | undefined, host: string): Trace | undefined {
  return traces?.find(({ place }) => place?.host === host) ?? traces?.[0];
}

function isBeginning(hex: string, whole: string): boolean {
  return hex.length < whole.length ? whole.startsWith(hex) : hex.startsWith(whole);
}

/** Hexadecimal digits that were taken for the octets themselves; anything else finds nothing. */
function digitsIn(data: Uint8Array): string {
  const text = Array.from(data, (octet) => String.fromCharCode(octet)).join('');
  return text.trim().toLowerCase().replaceAll(':', '');
}

function identityOf(record: Tlsa, clue: Clue, host: string, crypto: AssociationCrypto): Identity {
  const { kind, algorithm, place } = clue.trace;
  if (place === null) {
    return { kind, algorithm, host: null, depth: null, subject: null, meant: null, record: null };
  }
  const meant = meantAt(place, digestMeant(record, clue), crypto);
  return {
    kind,
    algorithm,
    host: place.host,
    depth: place.depth,
    subject: place.certificate.subject,
    meant: meant === null ? null : formatParameters(meant),
    // What is right for another host need not be right here, whatever its numbers.
    record: meant === null || place.host !== host ? null : formatTlsa(meant),
  };
}

/** A digest of the key is right already; else the kind that was written down, SHA2-256 in doubt. */
function digestMeant({ matchingType }: Tlsa, { trace, exact }: Clue): 1 | 2 {
  if (exact && trace.kind === 'key' && trace.algorithm !== 'Full') {
    return trace.algorithm === 'SHA2-512' ? 2 : 1;
  }
  return matchingType === MATCHING_TYPE.sha512 ? 2 : 1;
}

/** RFC 7671 §5.1 and §5.2: `3 1 x` for the server's own key, `2 1 x` for that of an issuer. */
function meantAt(place: Place, matchingType: 1 | 2, crypto: AssociationCrypto): Tlsa | null {
  const { depth, certificate } = place;
  // Sent behind the leaf though it is no authority: nobody can have meant an anchor.
  if (depth > 0 && !certificate.isCa) return null;
  const { spki } = certificate;
  return {
    usage: depth === 0 ? USAGE.daneEe : USAGE.daneTa,
    selector: SELECTOR.publicKey,
    matchingType,
    data: matchingType === 2 ? crypto.sha512(spki) : crypto.sha256(spki),
  };
}
