/** What NSEC3 records prove (RFC 5155 §8). */
import { compareBytes, equalBytes } from '../dns/bytes.ts';
import { ancestorOf, wildcardOf, type Name } from '../dns/name.ts';
import { TYPE } from '../dns/record-type.ts';
import type { OwnedNsec3, Proof } from './denial-verdict.ts';
import { MAX_NSEC3_HASHES_PER_PROOF } from './limits.ts';
import type { Nsec3Hasher } from './nsec3-hash.ts';
import { OPT_OUT_FLAG } from './nsec3.ts';
import { isDelegation, readCut, typeIsAbsent } from './nsec-proof.ts';

/** The records at hand, and the means to hash names for them. */
export interface Nsec3Evidence {
  readonly zone: Name;
  readonly records: readonly OwnedNsec3[];
  readonly hasher: Nsec3Hasher;
}

/** RFC 5155 §8.5, §8.6 and §8.7, with erratum 3441. */
export function nsec3ProvesNoData(evidence: Nsec3Evidence, name: Name, type: number): Proof {
  const match = findNsec3Match(evidence, name);
  if (match !== undefined) return typeIsAbsent(match.types, type, name) ? 'proven' : null;
  const encloser = proveClosestEncloser(evidence, name);
  const wildcard = encloser === null ? null : wildcardOf(encloser.name);
  if (encloser === null || wildcard === null) return null;
  const source = findNsec3Match(evidence, wildcard);
  if (source !== undefined) {
    // RFC 5155 §8.7: the wildcard that answers for the name has no such type.
    return typeIsAbsent(source.types, type, wildcard) ? strength(encloser.cover) : null;
  }
  // RFC 5155 §8.6, erratum 3441: an unsigned delegation, or an empty non-terminal above one.
  return isOptOut(encloser.cover) ? 'opt-out' : null;
}

/** RFC 5155 §8.4. */
export function nsec3ProvesNameError(evidence: Nsec3Evidence, name: Name): Proof {
  const encloser = proveClosestEncloser(evidence, name);
  const wildcard = encloser === null ? null : wildcardOf(encloser.name);
  if (encloser === null || wildcard === null) return null;
  return findNsec3Cover(evidence, wildcard) === undefined ? null : strength(encloser.cover);
}

/** RFC 5155 §8.8: the signature names the closest encloser; what is left is the next closer name. */
export function nsec3ProvesExpansion(evidence: Nsec3Evidence, nextCloser: Name): Proof {
  const cover = findNsec3Cover(evidence, nextCloser);
  return cover === undefined ? null : strength(cover);
}

/** RFC 5155 §8.6 and §8.9. */
export function nsec3ProvesNoDs(
  evidence: Nsec3Evidence,
  cut: Name,
): 'insecure-delegation' | 'no-delegation' | 'opt-out' | null {
  const match = findNsec3Match(evidence, cut);
  if (match !== undefined) return readCut(match.types, cut);
  const encloser = proveClosestEncloser(evidence, cut);
  if (encloser === null) return null;
  return isOptOut(encloser.cover) ? 'opt-out' : 'no-delegation';
}

export interface ClosestEncloser {
  readonly name: Name;
  /** Covers the next closer name. */
  readonly cover: OwnedNsec3;
}

/** RFC 5155 §8.3: an ancestor that exists, and proof that the name one label longer does not. */
export function proveClosestEncloser(evidence: Nsec3Evidence, name: Name): ClosestEncloser | null {
  for (const depth of candidateDepths(name, evidence.zone)) {
    const ancestor = ancestorOf(name, depth);
    const match = findNsec3Match(evidence, ancestor);
    if (match === undefined) continue;
    const cover = findNsec3Cover(evidence, ancestorOf(name, depth + 1));
    if (cover === undefined) continue;
    // RFC 5155 §8.3: a record from above a cut, or with a DNAME, says nothing of the names below.
    return hidesNamesBelow(match) ? null : { name: ancestor, cover };
  }
  return null;
}

export function findNsec3Match(evidence: Nsec3Evidence, name: Name): OwnedNsec3 | undefined {
  return evidence.records.find((nsec3) => {
    const hash = evidence.hasher.hash(name, nsec3);
    return hash !== null && equalBytes(hash, nsec3.ownerHash);
  });
}

/** RFC 5155 §8.3: the hash lies strictly between owner and next, the last record reaching round the end. */
export function findNsec3Cover(evidence: Nsec3Evidence, name: Name): OwnedNsec3 | undefined {
  return evidence.records.find((nsec3) => {
    const hash = evidence.hasher.hash(name, nsec3);
    if (hash === null) return false;
    const afterOwner = compareBytes(nsec3.ownerHash, hash) < 0;
    const beforeNext = compareBytes(hash, nsec3.nextHash) < 0;
    const isLast = compareBytes(nsec3.nextHash, nsec3.ownerHash) <= 0;
    return isLast ? afterOwner || beforeNext : afterOwner && beforeNext;
  });
}

export function isOptOut(nsec3: OwnedNsec3): boolean {
  return (nsec3.flags & OPT_OUT_FLAG) !== 0;
}

export function hidesNamesBelow(nsec3: OwnedNsec3): boolean {
  return isDelegation(nsec3.types) || nsec3.types.has(TYPE.DNAME);
}

/**
 * Label counts of the ancestors to try. Longest first as RFC 5155 §8.3 says; for names so deep that
 * this would outrun the hashes we allow, from both ends in turn: names are missing right below a host
 * that exists, or hang on nothing below the apex. Any order finds the same: only one ancestor can
 * exist while the next longer name does not.
 */
function candidateDepths(name: Name, zone: Name): readonly number[] {
  const above = name.labels.length - zone.labels.length;
  const depths = Array.from({ length: above }, (_, index) => name.labels.length - 1 - index);
  // Besides the ancestors: the name itself and the wildcard.
  if (above + 2 <= MAX_NSEC3_HASHES_PER_PROOF) return depths;
  return depths.map((_, index) =>
    index % 2 === 0 ? name.labels.length - 1 - index / 2 : zone.labels.length + (index - 1) / 2,
  );
}

/** RFC 5155 §9.2: a next closer name in an opt-out span may be an unsigned delegation. */
function strength(cover: OwnedNsec3): Proof {
  return isOptOut(cover) ? 'opt-out' : 'proven';
}
