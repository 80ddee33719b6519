/** Chains and keys to be installed, as a rollover plan wants to know them (RFC 7671 §8.1, §8.4, §9). */
import { readTypedRecord } from '../dane/record-text.ts';
import { findMatchingName } from '../dane/reference-name.ts';
import { formatTlsa, type Tlsa } from '../dane/tlsa.ts';
import { usabilityOf } from '../dane/usability.ts';
import { toHex } from '../dns/bytes.ts';
import type { Arranged } from '../material/arrange.ts';
import { kindOf, type ComingChain } from '../rollover/chain.ts';
import type { Scheme } from '../rollover/plan.ts';
import type { Certificate } from '../x509/certificate.ts';
import type { Digests } from './digests.ts';
import { ADVISED_ISSUER, ADVISED_LEAF, wantedRecords, type RecordKind } from './wanted.ts';

export interface Target {
  readonly scheme: Scheme;
  /** TLSA base domain, A-labels: the name that counts under usage 2. */
  readonly host: string;
  /** In presentation form: what stands in DNS now. */
  readonly published: readonly string[];
  /** Milliseconds since the epoch at which dates are judged. */
  readonly at: number;
}

/** One for each server certificate and each bare key, in the order of the material. */
export function comingChains(
  { servers, issuers: given, keys }: Arranged,
  target: Target,
  digests: Digests,
): readonly ComingChain[] {
  return [
    ...servers.map(({ certificate, issuers }) => {
      const trusted = path(certificate, issuers, target);
      const own: Arranged = { servers: [{ certificate, issuers }], issuers: trusted, keys: [] };
      const nearest = { ...own, issuers: issuersToPublish(trusted, target, digests) };
      return {
        key: toHex(digests.sha256(certificate.spki)),
        certificate: toHex(digests.sha256(certificate.der)),
        kind: kindOf(certificate.keyType),
        ...recordsOf(own, nearest, target, digests),
        issuersKnown: issuers.length > 0 || certificate.selfIssued,
      };
    }),
    ...keys.map((key) => {
      const own: Arranged = { servers: [], issuers: [], keys: [key] };
      const withIssuers = { ...own, issuers: given };
      return {
        key: toHex(digests.sha256(key.spki)),
        certificate: null,
        kind: kindOf(key.keyType),
        // What will sign it is not known: the issuers’ records are published, and not relied upon.
        ...recordsOf(own, withIssuers, target, digests),
        issuersKnown: false,
      };
    }),
  ];
}

/** The published records that some of the material fits, whatever their usage, selector and matching type. */
export function publishedThatFit(
  arranged: Arranged,
  published: readonly string[],
  digests: Digests,
): readonly string[] {
  const made = new Set(textsOf(arranged, kindsOf(published), digests));
  return published.filter((record) => made.has(record));
}

function recordsOf(
  own: Arranged,
  nearest: Arranged,
  { scheme, published }: Target,
  digests: Digests,
): Pick<ComingChain, 'records' | 'publish'> {
  const leaf = alike(ADVISED_LEAF, published);
  const issuer = scheme === 'current+issuer' ? alike(ADVISED_ISSUER, published) : [];
  const publish = [...textsOf(own, leaf, digests), ...textsOf(nearest, issuer, digests)];
  const records = [
    ...textsOf(own, [...leaf, ...issuer], digests),
    ...publishedThatFit(own, published, digests),
  ];
  return { publish, records: [...new Set(records)] };
}

/** RFC 7671 §9: where a SHA-512 record of the same usage and selector stands, one of SHA-256 alone would be ignored. */
function alike(kind: RecordKind, published: readonly string[]): readonly RecordKind[] {
  const isStronger = ({ usage, selector, matchingType }: Tlsa): boolean =>
    usage === kind.usage && selector === kind.selector && matchingType === SHA_512;
  const stronger = parsed(published).some(
    (record) => isStronger(record) && usabilityOf(record).usable,
  );
  return stronger ? [kind, { ...kind, matchingType: SHA_512 }] : [kind];
}

const SHA_512 = 2;

/** Those that are published already; else the nearest one: it is what signs the server's certificates. */
function issuersToPublish(
  trusted: readonly Certificate[],
  { published }: Target,
  digests: Digests,
): readonly Certificate[] {
  const known = trusted.filter((issuer) => {
    const alone = { servers: [], issuers: [issuer], keys: [] };
    return publishedThatFit(alone, published, digests).length > 0;
  });
  return known.length > 0 ? known : trusted.slice(0, 1);
}

/**
 * The issuers that usage 2 may rest upon: the certificate names the host, the dates are right (RFC 7672
 * §3.1.2), and the key identifiers say that it is this key of the issuer and not another of its name.
 */
function path(
  leaf: Certificate,
  issuers: readonly Certificate[],
  { host, at }: Target,
): readonly Certificate[] {
  if (findMatchingName(leaf.names, [host]) === null || !isInDate(leaf, at)) return [];
  const trusted: Certificate[] = [];
  let last = leaf;
  for (const issuer of issuers) {
    const isOther =
      last.authorityKeyId !== null &&
      issuer.subjectKeyId !== null &&
      last.authorityKeyId !== issuer.subjectKeyId;
    if (isOther || !isInDate(issuer, at)) break;
    trusted.push(issuer);
    last = issuer;
  }
  return trusted;
}

function isInDate({ notBefore, notAfter }: Certificate, at: number): boolean {
  return notBefore !== null && notAfter !== null && notBefore <= at && at <= notAfter;
}

function kindsOf(published: readonly string[]): readonly RecordKind[] {
  const kinds = parsed(published).map(({ usage, selector, matchingType }) => ({
    usage,
    selector,
    matchingType,
  }));
  return [...new Map(kinds.map((kind) => [JSON.stringify(kind), kind])).values()];
}

function parsed(records: readonly string[]): readonly Tlsa[] {
  return records.flatMap((text) => readTypedRecord(text)?.record ?? []);
}

function textsOf(
  arranged: Arranged,
  kinds: readonly RecordKind[],
  digests: Digests,
): readonly string[] {
  return wantedRecords(arranged, kinds, NOWHERE, digests).records.map(({ tlsa }) =>
    formatTlsa(tlsa),
  );
}

const NOWHERE = { hosts: [], ports: [25], ttl: 0, zone: null };
