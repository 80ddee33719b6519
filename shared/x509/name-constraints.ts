/** Whether an issuer may vouch for a certificate's names (RFC 5280 §4.2.1.10). */
import type { Certificate } from './certificate.ts';
import { TAG, childrenOf, contextTag, readNodes, readWhole, type DerNode } from './der.ts';
import { readDistinguishedName } from './distinguished-name.ts';
import { latin1 } from './text.ts';

export interface NameConstraints {
  readonly permitted: readonly GeneralSubtree[];
  readonly excluded: readonly GeneralSubtree[];
}

export interface GeneralSubtree {
  /** Context tag number of the GeneralName: 2 is dNSName. */
  readonly tag: number;
  readonly value: Uint8Array;
}

/** GeneralName's context tags (RFC 5280 §4.2.1.6). */
export const GENERAL_NAME = { dnsName: 2, directoryName: 4 } as const;

/** Plain words for the first name that `issuer` may not vouch for, or null. */
export function forbiddenName(constraints: NameConstraints, subject: Certificate): string | null {
  const dns = constrainedDnsNames(subject).find(
    (name) =>
      !mayName(constraints, GENERAL_NAME.dnsName, (subtree) => isDnsSubtree(name, latin1(subtree))),
  );
  if (dns !== undefined) return `the name ${dns}`;
  const forbidsSubject = !mayName(constraints, GENERAL_NAME.directoryName, (subtree) =>
    isDirectorySubtree(subject.subjectKey, subtree),
  );
  if (subject.subjectKey !== '' && forbidsSubject) return `the subject ${subject.subject}`;
  // Kinds of names that are not compared here: refused rather than let through.
  const constrained = [...constraints.permitted, ...constraints.excluded].map(({ tag }) => tag);
  const unjudged = subject.otherNameTags.find((tag) => constrained.includes(tag));
  return unjudged === undefined ? null : `an alternative name of kind ${unjudged}`;
}

/** Null when the extension's value is not NameConstraints. */
export function readNameConstraints(node: DerNode | null): NameConstraints | null {
  const parts = childrenOf(node, TAG.sequence);
  if (parts === null || parts.length === 0) return null;
  const permittedTag = contextTag(0, true);
  const excludedTag = contextTag(1, true);
  if (parts.some(({ tag }) => tag !== permittedTag && tag !== excludedTag)) return null;
  const permitted = readSubtrees(parts.find(({ tag }) => tag === permittedTag));
  const excluded = readSubtrees(parts.find(({ tag }) => tag === excludedTag));
  return permitted === null || excluded === null ? null : { permitted, excluded };
}

function readSubtrees(node: DerNode | undefined): readonly GeneralSubtree[] | null {
  if (node === undefined) return [];
  const subtrees = readNodes(node.content);
  if (subtrees === null) return null;
  const read: GeneralSubtree[] = [];
  for (const subtree of subtrees) {
    const [base, ...bounds] = childrenOf(subtree, TAG.sequence) ?? [];
    // RFC 5280 §4.2.1.10: minimum is zero and maximum absent, so that neither is encoded.
    if (base === undefined || bounds.length > 0) return null;
    read.push({ tag: base.tag & TAG_NUMBER, value: base.content });
  }
  return read;
}

const TAG_NUMBER = 0x1f;

function mayName(
  { permitted, excluded }: NameConstraints,
  tag: number,
  isIn: (subtree: Uint8Array) => boolean,
): boolean {
  const inside = (subtree: GeneralSubtree): boolean => subtree.tag === tag && isIn(subtree.value);
  if (excluded.some(inside)) return false;
  return !permitted.some((subtree) => subtree.tag === tag) || permitted.some(inside);
}

/** A common name counts as a DNS name only where it would be matched as one. */
function constrainedDnsNames(subject: Certificate): readonly string[] {
  if (subject.namesFrom === 'subjectAltName') return subject.names;
  return subject.isCa ? [] : subject.names.filter((name) => /^[^\s.]+(?:\.[^\s.]+)+$/.test(name));
}

/** Labels may be added on the left; a leading dot asks for at least one, as OpenSSL reads it. */
function isDnsSubtree(name: string, subtree: string): boolean {
  const lower = name.toLowerCase();
  const base = subtree.toLowerCase();
  if (base === '') return true;
  return base.startsWith('.') ? lower.endsWith(base) : lower === base || lower.endsWith(`.${base}`);
}

function isDirectorySubtree(subjectKey: string, subtree: Uint8Array): boolean {
  const base = readDistinguishedName(readWhole(subtree) ?? undefined);
  return base !== null && subjectKey.startsWith(base.key);
}
