/** How the certificates a server sends stand to one another (RFC 5246 §7.4.2, RFC 8446 §4.4.2). */
import type { Certificate } from '../x509/certificate.ts';
import { bytesToHex } from '../x509/encoding.ts';
import type { AssociationCrypto } from './association.ts';

/** Same fields as `ChainShape` of the report; a depth is a place in the chain as sent. */
export interface PresentedShape {
  /** Each certificate of the leaf's path comes right behind the one that it certifies. */
  readonly ordered: boolean;
  /** Depths of certificates that no path from the leaf leads to; the unreadable among them. */
  readonly superfluous: readonly number[];
  /** Depths that repeat an earlier certificate. */
  readonly duplicates: readonly number[];
  /** Issuer that ends the path but was not sent; null when a self-signed certificate ends it. */
  readonly missingIssuer: string | null;
}

/** Null stands for one that cannot be read; null comes back when that is the leaf. */
export function shapeOf(
  chain: readonly (Certificate | null)[],
  crypto: AssociationCrypto,
): PresentedShape | null {
  const [leaf] = chain;
  if (!leaf) return null;
  const first = firstDepths(chain);
  const issuersOf = issuerSearch(chain, first, crypto);
  const reached = reach(issuersOf);
  const path = walk(issuersOf);
  const end = chain[path[path.length - 1] ?? 0] ?? leaf;
  const isComplete = [...reached].some((depth) => issuersOf(depth).selfSigned);
  const depths = chain.map((_, depth) => depth);
  return {
    // A copy of a certificate in front of its issuer is as good as itself.
    ordered: path.slice(1).every((depth, index) => first[depth - 1] === path[index]),
    superfluous: depths.filter((depth) => !reached.has(first[depth] ?? depth)),
    duplicates: depths.filter((depth) => first[depth] !== depth),
    missingIssuer: isComplete ? null : end.issuer,
  };
}

/** For each depth the first one that holds the same certificate. */
function firstDepths(chain: readonly (Certificate | null)[]): readonly number[] {
  const seen = new Map<string, number>();
  return chain.map((certificate, depth) => {
    const key = certificate === null ? `unreadable ${depth}` : bytesToHex(certificate.der);
    const before = seen.get(key) ?? depth;
    seen.set(key, before);
    return before;
  });
}

interface Issuers {
  /** Depths of the certificates that issued this one, each once. */
  readonly depths: readonly number[];
  readonly selfSigned: boolean;
}

type IssuerSearch = (depth: number) => Issuers;

/** Signatures verified for one chain; beyond them names alone decide, which serves display only. */
const MAX_SIGNATURES = 100;

/** By name and signature; what cannot be verified is taken at its word, since nothing is decided by it. */
function issuerSearch(
  chain: readonly (Certificate | null)[],
  first: readonly number[],
  crypto: AssociationCrypto,
): IssuerSearch {
  const known = new Map<number, Issuers>();
  let left = MAX_SIGNATURES;
  const hasSigned = (issuer: Certificate, { signatureAlgorithm, signature, tbs }: Certificate) => {
    if (left === 0) return true;
    left -= 1;
    const answer = crypto.verifyCertificate(issuer.spki, signatureAlgorithm, signature, tbs);
    return answer !== 'invalid';
  };
  const search = (depth: number): Issuers => {
    const certificate = chain[depth] ?? null;
    if (certificate === null) return { depths: [], selfSigned: false };
    if (certificate.selfIssued && hasSigned(certificate, certificate)) {
      return { depths: [], selfSigned: true };
    }
    const depths = chain.flatMap((issuer, place) =>
      issuer !== null &&
      issuer.subjectKey === certificate.issuerKey &&
      first[place] === place &&
      place !== depth &&
      hasSigned(issuer, certificate)
        ? [place]
        : [],
    );
    return { depths, selfSigned: false };
  };
  return (depth) => {
    const issuers = known.get(depth) ?? search(depth);
    known.set(depth, issuers);
    return issuers;
  };
}

/** Everything that some path from the leaf leads to: a second way, to another root, has its use. */
function reach(issuersOf: IssuerSearch): ReadonlySet<number> {
  const reached = new Set([0]);
  for (const depth of reached) {
    for (const issuer of issuersOf(depth).depths) reached.add(issuer);
  }
  return reached;
}

/** One path upwards, over the first issuer sent each time: the next certificate, where the order is right. */
function walk(issuersOf: IssuerSearch): readonly number[] {
  const path = [0];
  for (const last of path) {
    const next = issuersOf(last).depths.find((issuer) => !path.includes(issuer));
    if (next !== undefined) path.push(next);
  }
  return path;
}
