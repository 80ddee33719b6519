/** What NSEC records prove (RFC 4035 §5.4, RFC 6840 §4). */
import {
  commonAncestor,
  compareCanonical,
  isStrictSubdomainOf,
  isSubdomainOf,
  wildcardOf,
  type Name,
} from '../dns/name.ts';
import { TYPE } from '../dns/record-type.ts';
import type { OwnedNsec, Proof } from './denial-verdict.ts';

/** NODATA: a match without the type, an empty non-terminal, or a wildcard without the type. */
export function nsecProvesNoData(
  records: readonly OwnedNsec[],
  zone: Name,
  name: Name,
  type: number,
): Proof {
  const match = findMatch(records, name);
  if (match !== undefined) return typeIsAbsent(match.types, type, name) ? 'proven' : null;
  if (records.some((nsec) => showsEmptyNonTerminal(nsec, zone, name))) return 'proven';
  const denier = records.find((nsec) => nsecDeniesName(nsec, zone, name));
  const wildcard = denier === undefined ? null : wildcardOf(closestEncloser(denier, name));
  if (wildcard === null) return null;
  const source = findMatch(records, wildcard);
  if (source !== undefined) return typeIsAbsent(source.types, type, wildcard) ? 'proven' : null;
  // RFC 4592 §4.9: a wildcard may be an empty non-terminal, and stands for names without any data then.
  return records.some((nsec) => showsEmptyNonTerminal(nsec, zone, wildcard)) ? 'proven' : null;
}

/** NXDOMAIN: the name is denied, and so is the wildcard that would have answered for it. */
export function nsecProvesNameError(records: readonly OwnedNsec[], zone: Name, name: Name): Proof {
  const denier = records.find((nsec) => nsecDeniesName(nsec, zone, name));
  const wildcard = denier === undefined ? null : wildcardOf(closestEncloser(denier, name));
  if (wildcard === null) return null;
  // RFC 4035 §5.4: the second proof, that no applicable wildcard exists.
  return records.some((nsec) => nsecDeniesName(nsec, zone, wildcard)) ? 'proven' : null;
}

/** Whether the records say of `cut` that it is a delegation without DS, or none at all. */
export function nsecProvesNoDs(
  records: readonly OwnedNsec[],
  zone: Name,
  cut: Name,
): 'insecure-delegation' | 'no-delegation' | null {
  const match = findMatch(records, cut);
  if (match !== undefined) return readCut(match.types, cut);
  const absent = records.some(
    (nsec) => nsecDeniesName(nsec, zone, cut) || showsEmptyNonTerminal(nsec, zone, cut),
  );
  return absent ? 'no-delegation' : null;
}

/** The type bit map at a possible cut, as its parent has it. */
export function readCut(
  types: ReadonlySet<number>,
  cut: Name,
): 'insecure-delegation' | 'no-delegation' | null {
  // RFC 6840 §4.4: SOA set means the child's own record, which says nothing of the parent's DS.
  if (types.has(TYPE.DS) || (types.has(TYPE.SOA) && cut.labels.length > 0)) return null;
  return types.has(TYPE.NS) ? 'insecure-delegation' : 'no-delegation';
}

/** Whether a matching record's bit map shows that the type does not exist at `owner`. */
export function typeIsAbsent(types: ReadonlySet<number>, type: number, owner: Name): boolean {
  // RFC 6840 §4.3: with CNAME set there is data, whatever the type asked.
  if (types.has(type) || types.has(TYPE.CNAME)) return false;
  // RFC 6840 §4.4: a DS is denied by the parent's record only, which has no SOA (the root has no parent).
  if (type === TYPE.DS) return !types.has(TYPE.SOA) || owner.labels.length === 0;
  // RFC 6840 §4.1: the parent's record at a cut denies nothing but the DS.
  return !isDelegation(types);
}

/** NS without SOA: the parent's side of a cut. */
export function isDelegation(types: ReadonlySet<number>): boolean {
  return types.has(TYPE.NS) && !types.has(TYPE.SOA);
}

/** The name is in the gap, and nothing exists below it either. */
export function nsecDeniesName(nsec: OwnedNsec, zone: Name, name: Name): boolean {
  return inGap(nsec, zone, name) && !isSubdomainOf(nsec.next, name);
}

/** The longest existing name above a denied one: both ends of the gap exist, and so do their ancestors. */
export function closestEncloser(nsec: OwnedNsec, name: Name): Name {
  const byOwner = commonAncestor(nsec.owner, name);
  const byNext = commonAncestor(nsec.next, name);
  return byOwner.labels.length >= byNext.labels.length ? byOwner : byNext;
}

function findMatch(records: readonly OwnedNsec[], name: Name): OwnedNsec | undefined {
  return records.find((nsec) => nsec.owner.key === name.key);
}

/** The name is in the gap, and the next name lies below it: it exists, without any data. */
function showsEmptyNonTerminal(nsec: OwnedNsec, zone: Name, name: Name): boolean {
  return inGap(nsec, zone, name) && isStrictSubdomainOf(nsec.next, name);
}

function inGap(nsec: OwnedNsec, zone: Name, name: Name): boolean {
  if (!isSubdomainOf(name, zone) || compareCanonical(nsec.owner, name) >= 0) return false;
  // RFC 6840 §4.1: the record at a cut, or with a DNAME, says nothing of the names below.
  if (isStrictSubdomainOf(name, nsec.owner) && hidesNamesBelow(nsec)) return false;
  // RFC 4034 §4.1.1: the last record of a zone points back to its apex.
  if (compareCanonical(nsec.owner, nsec.next) >= 0) return nsec.next.key === zone.key;
  return compareCanonical(name, nsec.next) < 0;
}

function hidesNamesBelow(nsec: OwnedNsec): boolean {
  return isDelegation(nsec.types) || nsec.types.has(TYPE.DNAME);
}
