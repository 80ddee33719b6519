/** Builds and checks a path from the presented leaf to a trust anchor (RFC 5280 §6.1, RFC 7671 §5.2). */
import { bytesToHex, sameBytes } from '../x509/encoding.ts';
import type { Certificate } from '../x509/certificate.ts';
import type { AssociationCrypto } from './association.ts';
import {
  authorityFault,
  constraintFault,
  dateFault,
  leafFault,
  signatureFault,
} from './path-checks.ts';

/** What a path must end in. */
export type Anchor =
  /** One of these certificates. */
  | {
      readonly kind: 'certificates';
      readonly certificates: readonly Certificate[];
      /** The record itself holds it (`2 0 0`). */
      readonly supplied: boolean;
    }
  /** A bare key (`2 1 0`) that has signed the last certificate of the path. */
  | { readonly kind: 'key'; readonly spki: Uint8Array };

export interface PathQuestion {
  readonly leaf: Certificate;
  /** Certificates to build with, in any order. */
  readonly others: readonly Certificate[];
  readonly anchor: Anchor;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

export type PathAnswer =
  | { readonly kind: 'path'; readonly path: readonly Certificate[] }
  /** The path would hold at another time. */
  | { readonly kind: 'out-of-date'; readonly reason: string }
  | { readonly kind: 'none'; readonly reason: string };

/** Certificates of a path, leaf and anchor included: Postfix's default depth of 9 and the leaf. */
export const MAX_PATH_CERTIFICATES = 10;
/** Candidate issuers looked at for one chain: ends what a maze of cross-signed issuers could cost. */
const MAX_CANDIDATES = 2000;
/** Signatures verified for one chain, over all its records; real chains need fewer than ten. */
const MAX_SIGNATURES = 100;

/** What the searches over one chain share: what was verified, and how much work is left. */
export interface PathWork {
  /** `valid`, or plain words why not. */
  readonly signatureOn: (certificate: Certificate, issuerSpki: Uint8Array) => string;
  /** False once the bound is reached. */
  readonly takeCandidate: () => boolean;
}

export function makePathWork(crypto: AssociationCrypto): PathWork {
  const known = new Map<Certificate, Map<string, string>>();
  // A key given in a record may have 64 KiB, and every branch of the search asks for it.
  const keys = new Map<Uint8Array, string>();
  const keyOf = (spki: Uint8Array): string => {
    const key = keys.get(spki) ?? bytesToHex(spki);
    keys.set(spki, key);
    return key;
  };
  let signatures = 0;
  let candidates = 0;
  return {
    takeCandidate: () => ++candidates <= MAX_CANDIDATES,
    signatureOn: (certificate, issuerSpki) => {
      const ofCertificate = known.get(certificate) ?? new Map<string, string>();
      known.set(certificate, ofCertificate);
      const key = keyOf(issuerSpki);
      const before = ofCertificate.get(key);
      if (before !== undefined) return before;
      if (++signatures > MAX_SIGNATURES) return 'too many signatures would have to be verified';
      const answer = signatureFault(certificate, issuerSpki, crypto) ?? 'valid';
      ofCertificate.set(key, answer);
      return answer;
    },
  };
}

/** Finds the first valid path; every branch is tried within the bounds. */
export function findPath(question: PathQuestion, work: PathWork): PathAnswer {
  const dated = search(question, work, question.at);
  if (typeof dated !== 'string') return { kind: 'path', path: dated };
  const timeless = search(question, work, null);
  if (typeof timeless === 'string') return { kind: 'none', reason: timeless };
  const stale = timeless.find((certificate) => dateFault(certificate, question.at) !== null);
  const reason = stale === undefined ? dated : (dateFault(stale, question.at) ?? dated);
  return { kind: 'out-of-date', reason };
}

/** The path, or the first reason met why there is none; `at` null leaves the dates alone. */
function search(
  question: PathQuestion,
  work: PathWork,
  at: number | null,
): readonly Certificate[] | string {
  const { leaf, anchor } = question;
  const fault = (at === null ? null : dateFault(leaf, at)) ?? leafFault(leaf);
  if (fault !== null) return fault;
  let reason: string | null = null;
  const blame = (why: string): null => {
    reason ??= why;
    return null;
  };
  const extend = (path: readonly Certificate[]): readonly Certificate[] | null => {
    if (anchor.kind === 'key' && isSignedBy(anchor.spki, path, work)) return path;
    if (path.length === MAX_PATH_CERTIFICATES) return blame('the path is longer than 9 issuers');
    for (const issuer of issuersOf(path, question)) {
      if (!work.takeCandidate()) return blame('too many issuers would have to be tried');
      const why = issuerFault(issuer, path, work, at);
      const longer = [...path, issuer];
      if (why !== null) blame(why);
      else if (isAnchor(issuer, anchor)) return longer;
      else {
        const found = extend(longer);
        if (found !== null) return found;
      }
    }
    return null;
  };
  return extend([leaf]) ?? reason ?? 'no presented certificate leads from the leaf to it';
}

function lastOf(path: readonly Certificate[]): Certificate | undefined {
  return path[path.length - 1];
}

export function isSignedBy(
  spki: Uint8Array,
  path: readonly Certificate[],
  work: PathWork,
): boolean {
  const last = lastOf(path);
  return last !== undefined && work.signatureOn(last, spki) === 'valid';
}

/** Anchors first: the shortest way ends the search. */
function issuersOf(
  path: readonly Certificate[],
  { leaf, anchor, others }: PathQuestion,
): readonly Certificate[] {
  const issuerKey = lastOf(path)?.issuerKey;
  const anchors = anchor.kind === 'certificates' ? anchor.certificates : [];
  return [...anchors, ...others.filter((other) => !isAnchor(other, anchor))].filter(
    (issuer) =>
      issuer.subjectKey === issuerKey &&
      !path.some((member) => sameBytes(member.der, issuer.der)) &&
      // A leaf that signed itself has no issuer: another certificate of its key is itself again.
      !(leaf.selfIssued && sameBytes(leaf.spki, issuer.spki)),
  );
}

export function isAnchor(certificate: Certificate, anchor: Anchor): boolean {
  return (
    anchor.kind === 'certificates' &&
    anchor.certificates.some((candidate) => sameBytes(candidate.der, certificate.der))
  );
}

/** Why `issuer` cannot have issued the last certificate of `path`, or null. */
export function issuerFault(
  issuer: Certificate,
  path: readonly Certificate[],
  work: PathWork,
  at: number | null,
): string | null {
  const fault = authorityFault(issuer, path) ?? (at === null ? null : dateFault(issuer, at));
  const last = lastOf(path);
  if (fault !== null || last === undefined) return fault;
  const signature = work.signatureOn(last, issuer.spki);
  if (signature !== 'valid') return signature;
  return constraintFault(issuer, path);
}
