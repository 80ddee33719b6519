/** Which names an aggressive cache would take for non-existent because of a denial (RFC 8198 §5). */
import {
  ancestorOf,
  isStrictSubdomainOf,
  isWildcard,
  parentOf,
  wildcardOf,
  type Name,
} from '../dns/name.ts';
import type { DenialRecords } from './denial-verdict.ts';
import { nsecDeniesName } from './nsec-proof.ts';
import { createNsec3Hasher } from './nsec3-hash.ts';
import {
  findNsec3Cover,
  findNsec3Match,
  hidesNamesBelow,
  isOptOut,
  type Nsec3Evidence,
} from './nsec3-proof.ts';

/**
 * Of the names (all at or below `denial.zone`, above no cut), those that an aggressive cache
 * (RFC 8198) would take for non-existent. Not counted: an NSEC whose next name lies below the name
 * (a correct NODATA for an empty non-terminal), an opt-out span, and names whose data comes from a
 * wildcard: one that these records show, or one of `wildcards` (`*.…` names known to exist).
 */
export function covered(
  denial: DenialRecords,
  names: readonly Name[],
  wildcards: readonly Name[],
): readonly Name[] {
  const shown = denial.nsec.map((nsec) => nsec.owner).filter(isWildcard);
  return names.filter(
    (name) =>
      coveredByNsec(denial, name, [...wildcards, ...shown]) ||
      coveredByNsec3(denial, name, wildcards),
  );
}

function coveredByNsec(denial: DenialRecords, name: Name, wildcards: readonly Name[]): boolean {
  const denies = (each: Name) =>
    denial.nsec.some((nsec) => nsecDeniesName(nsec, denial.zone, each));
  return denies(name) && !comesFromWildcard(name, wildcards, denies);
}

function coveredByNsec3(denial: DenialRecords, name: Name, wildcards: readonly Name[]): boolean {
  const evidence: Nsec3Evidence = {
    zone: denial.zone,
    records: denial.nsec3,
    hasher: createNsec3Hasher(denial.validation.crypto),
  };
  if (!isStrictSubdomainOf(name, denial.zone)) return false;
  const cover = findNsec3Cover(evidence, name);
  // RFC 8198 §5.2: nothing is to be concluded from an opt-out span.
  if (cover === undefined || isOptOut(cover)) return false;
  const denies = (each: Name) => findNsec3Cover(evidence, each) !== undefined;
  return !hasOtherSource(evidence, name) && !comesFromWildcard(name, wildcards, denies);
}

/** Whether the records show a wildcard for the name, or a cut or DNAME above it. */
function hasOtherSource(evidence: Nsec3Evidence, name: Name): boolean {
  for (let depth = name.labels.length - 1; depth >= evidence.zone.labels.length; depth--) {
    const ancestor = ancestorOf(name, depth);
    const match = findNsec3Match(evidence, ancestor);
    if (match === undefined) continue;
    const wildcard = wildcardOf(ancestor);
    return (
      hidesNamesBelow(match) ||
      (wildcard !== null && findNsec3Match(evidence, wildcard) !== undefined)
    );
  }
  return false;
}

/** RFC 4592 §3.3.1: the wildcard answers where the name one label below its parent does not exist. */
function comesFromWildcard(
  name: Name,
  wildcards: readonly Name[],
  denies: (name: Name) => boolean,
): boolean {
  return wildcards.some((wildcard) => {
    const encloser = parentOf(wildcard);
    return (
      encloser !== null &&
      isStrictSubdomainOf(name, encloser) &&
      denies(ancestorOf(name, encloser.labels.length + 1))
    );
  });
}
