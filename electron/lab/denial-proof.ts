/** What a server puts beside an answer that denies something (RFC 4035 §3.1.3, RFC 5155 §7.2). */
import { ancestorOf, wildcardOf, type Name } from '../../shared/dns/name.ts';
import type { RRset } from '../../shared/dns/record.ts';
import type { SignedZone, Signing } from './zone-signer.ts';

/** The longest ancestor of a missing name that exists, and the wildcard that could stand in for it. */
export interface Encloser {
  readonly closest: Name;
  readonly wildcard: Name;
  /** One label longer than the encloser, towards the name asked for. */
  readonly nextCloser: Name;
}

/** Whether the zone, as its server sees it, has the name: with records or above some. */
export function nameExists({ zone, signing }: SignedZone, name: Name): boolean {
  if (zone.typesAt(name).length > 0) return true;
  const denial = signing?.policy.denial;
  if (denial?.kind === 'nsec3' && denial.omitEmptyNonTerminals) return false;
  return zone.emptyNonTerminals.some((each) => each.key === name.key);
}

export function encloserOf(signed: SignedZone, name: Name): Encloser {
  const { apex } = signed.zone;
  let count = name.labels.length - 1;
  while (count > apex.labels.length && !nameExists(signed, ancestorOf(name, count))) count -= 1;
  return enclose(name, count);
}

/** NXDOMAIN: neither the name nor a wildcard for it. */
export function nameErrorProof(signed: SignedZone, name: Name): readonly RRset[] {
  return prove(signed, ({ chain, policy }) => {
    const { closest, wildcard, nextCloser } = encloserOf(signed, name);
    return policy.denial.kind === 'nsec'
      ? [chain.covering(name), chain.covering(wildcard)]
      : [chain.at(closest), chain.covering(nextCloser), chain.covering(wildcard)];
  });
}

/** NODATA: the name is there, the type is not; also for the DS of an unsigned delegation. */
export function noDataProof(signed: SignedZone, name: Name): readonly RRset[] {
  return prove(signed, ({ chain, policy }) => {
    const own = chain.at(name);
    if (own) return [own];
    // RFC 4035 §3.1.3.2: the NSEC before an empty non-terminal names something below it as next.
    if (policy.denial.kind === 'nsec') return [chain.covering(name)];
    // RFC 5155 §7.2.4: what opt-out left out is shown to lie in an opted-out gap.
    const { closest, nextCloser } = provableEncloser(signed, chain.at, name);
    return [chain.at(closest), chain.covering(nextCloser)];
  });
}

/** NODATA through a wildcard: it matched, without the type (RFC 4035 §3.1.3.4, RFC 5155 §7.2.5). */
export function wildcardNoDataProof(signed: SignedZone, name: Name): readonly RRset[] {
  return prove(signed, ({ chain, policy }) => {
    const { closest, wildcard, nextCloser } = encloserOf(signed, name);
    return policy.denial.kind === 'nsec'
      ? [chain.covering(name), chain.at(wildcard)]
      : [chain.at(closest), chain.covering(nextCloser), chain.at(wildcard)];
  });
}

/** A wildcard's answer: no closer name was there (RFC 4035 §3.1.3.3, RFC 5155 §7.2.6). */
export function wildcardAnswerProof(signed: SignedZone, name: Name): readonly RRset[] {
  return prove(signed, ({ chain, policy }) =>
    policy.denial.kind === 'nsec'
      ? [chain.covering(name)]
      : [chain.covering(encloserOf(signed, name).nextCloser)],
  );
}

function prove(
  { signing }: SignedZone,
  choose: (signing: Signing) => readonly (RRset | null)[],
): readonly RRset[] {
  if (signing === null) return [];
  return [...new Set(choose(signing).filter((rrset) => rrset !== null))];
}

/** The longest ancestor with an NSEC3 of its own (RFC 5155 §1.3, "closest provable encloser"). */
function provableEncloser(
  { zone }: SignedZone,
  at: (name: Name) => RRset | null,
  name: Name,
): Encloser {
  let count = name.labels.length - 1;
  while (count > zone.apex.labels.length && at(ancestorOf(name, count)) === null) count -= 1;
  return enclose(name, count);
}

function enclose(name: Name, count: number): Encloser {
  const closest = ancestorOf(name, count);
  const wildcard = wildcardOf(closest);
  if (wildcard === null) throw new Error(`${closest.key} is too long for a wildcard`);
  return { closest, wildcard, nextCloser: ancestorOf(name, count + 1) };
}
