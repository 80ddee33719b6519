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
  /** A chain that some host presented, leaf first; null stands for what cannot be read. False: nothing of it is new. */
  learn(host: string, chain: readonly (Certificate | null)[]): boolean;
  /** For a record of `host`, whose own chains come first; null when it cannot be told. */
  identify(record: Tlsa, host: string): Identity | null;
}

/** Places remembered: twenty hosts with five certificates each, in two key types. */
const MAX_PLACES = 200;

export function createDetective(crypto: AssociationCrypto): Detective {
  const known = createIndex();
  for (const fingerprint of fingerprintsOfNothing(crypto))
    known.add({ ...fingerprint, place: null });
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
      known.add({ ...fingerprint, place: { host, depth, certificate } });
    }
  };

  return {
    learn(host, chain) {
      const before = places.size;
      for (const [depth, certificate] of chain.entries()) {
        if (certificate !== null) remember(host, depth, certificate);
      }
      return places.size > before;
    },
    identify(record, host) {
      const clue = findClue(record.data, host, known);
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

/** A hostile zone has thousands of records: each is looked up, not compared with everything. */
interface Index {
  add(trace: Trace): void;
  withData(hex: string): readonly Trace[] | undefined;
  /** Digests that begin like these data. */
  alike(hex: string): readonly Trace[];
}

function createIndex(): Index {
  const byData = new Map<string, Trace[]>();
  const byBeginning = new Map<string, Trace[]>();
  const put = (map: Map<string, Trace[]>, key: string, trace: Trace): void => {
    const before = map.get(key);
    if (before === undefined) map.set(key, [trace]);
    else before.push(trace);
  };
  return {
    add(trace) {
      put(byData, trace.data, trace);
      // The beginning of a key or certificate itself says little: those of one kind begin alike.
      if (trace.algorithm !== 'Full') put(byBeginning, beginning(trace.data), trace);
    },
    withData: (hex) => byData.get(hex),
    alike: (hex) => byBeginning.get(beginning(hex)) ?? [],
  };
}

function beginning(hex: string): string {
  return hex.slice(0, 2 * LEAST_OCTETS);
}

/** The data as they stand; digits written as text; a digest cut short, or with something behind it. */
function findClue(data: Uint8Array, host: string, known: Index): Clue | null {
  const hex = toHex(data);
  const exact = nearest(known.withData(hex), host);
  if (exact !== undefined) return { trace: exact, exact: true };
  if (data.length < LEAST_OCTETS) return null;
  const near =
    known.withData(digitsIn(data)) ??
    known.alike(hex).filter(({ data: whole }) => isBeginning(hex, whole));
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
