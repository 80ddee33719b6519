/** Whether a DANE-TA(2) record authenticates the presented chain (RFC 7671 §5.2, RFC 7672 §3.1.2). */
import { readCertificate, type Certificate } from '../x509/certificate.ts';
import { sameBytes } from '../x509/encoding.ts';
import type { AssociationCode, AssociationVerdict } from './association.ts';
import { firstPathFault } from './first-path.ts';
import { findPath, type Anchor, type PathWork } from './path.ts';
import type { PresentedChain } from './presented-chain.ts';
import { findMatchingName } from './reference-name.ts';
import type { Tlsa } from './tlsa.ts';
import { MATCHING_TYPE, SELECTOR } from './usability.ts';

export interface AnchorContext {
  readonly chain: PresentedChain;
  readonly work: PathWork;
  readonly referenceNames: readonly string[];
  readonly at: number;
}

/** For usable records with usage 2. */
export function judgeAnchor(record: Tlsa, context: AnchorContext): AssociationVerdict {
  const { chain, at } = context;
  const [leaf, ...rest] = chain.certificates;
  if (!leaf) {
    const why = chain.leafFault === null ? 'none was presented' : chain.leafFault;
    return verdict('no-match', `the server’s certificate cannot be read: ${why}`);
  }
  // A copy of the leaf further down is the leaf still.
  const others = rest.filter((other) => other !== null && !sameBytes(other.der, leaf.der));
  const issuers = others.filter((other) => other !== null);
  const positions = chain.positionsOf(record);
  const anchor = anchorOf(record, chain, leaf, positions);
  if (anchor === null) return explainMissing(positions, leaf, issuers);
  const depth = positions.find((position) => position > 0) ?? null;
  const question = { leaf, others: issuers, anchor, at };
  const answer = findPath(question, context.work);
  if (answer.kind === 'out-of-date') return verdict('ta-expired', answer.reason, depth);
  if (answer.kind === 'none') {
    return verdict('ta-path-invalid', `no valid path leads to it: ${answer.reason}`, depth);
  }
  const fault = firstPathFault(question, context.work);
  if (fault !== null)
    return verdict('ta-path-invalid', `not every sender gets to it: ${fault}`, depth);
  return judgeNames(leaf, depthOfAnchor(answer.path, chain, anchor), depth, context);
}

/** RFC 7672 §3.2.3: under usage 2 the certificate must name the server. */
function judgeNames(
  leaf: Certificate,
  depth: number | null,
  equalDepth: number | null,
  { referenceNames }: AnchorContext,
): AssociationVerdict {
  if (findMatchingName(leaf.names, referenceNames) === null) {
    const names = leaf.names.length === 0 ? 'no DNS name' : shorten(leaf.names);
    const wanted = referenceNames.join(' or ');
    return verdict(
      'ta-name-mismatch',
      `anchors the chain, but the certificate is for ${names}, not for ${wanted}`,
      depth ?? equalDepth,
    );
  }
  const reason =
    depth === null
      ? 'holds the issuer itself, which signed the chain'
      : `equals the certificate at depth ${depth}, which issued the server's`;
  return { ...verdict('match', reason, depth), matches: true };
}

const NAMES_SHOWN = 5;

function shorten(names: readonly string[]): string {
  const rest = names.length - NAMES_SHOWN;
  const shown = names.slice(0, NAMES_SHOWN).join(', ');
  return rest > 0 ? `${shown} and ${rest} more` : shown;
}

/** Null when neither the server nor the record itself supplies the anchor. */
function anchorOf(
  record: Tlsa,
  chain: PresentedChain,
  leaf: Certificate,
  positions: readonly number[],
): Anchor | null {
  // Usage 2 never matches depth 0: the leaf, or a copy of it, is no issuer of itself.
  const presented = positions
    .map((position) => chain.certificates[position] ?? null)
    .filter((candidate) => candidate !== null)
    .filter((candidate) => !sameBytes(candidate.der, leaf.der));
  const isWhole = record.matchingType === MATCHING_TYPE.full;
  if (presented.length > 0) {
    const supplied = isWhole && record.selector === SELECTOR.certificate;
    return { kind: 'certificates', certificates: presented, supplied };
  }
  if (!isWhole || positions.length > 0) return null;
  // RFC 7671 §5.2: an anchor given whole in the record need not be in the chain.
  if (record.selector === SELECTOR.publicKey) return { kind: 'key', spki: record.data };
  const reading = readCertificate(record.data);
  return reading.ok
    ? { kind: 'certificates', certificates: [reading.certificate], supplied: true }
    : null;
}

function depthOfAnchor(
  path: readonly Certificate[],
  chain: PresentedChain,
  anchor: Anchor,
): number | null {
  const end = path[path.length - 1];
  if (anchor.kind === 'key' || end === undefined) return null;
  const position = chain.certificates.findIndex(
    (candidate) => candidate !== null && sameBytes(candidate.der, end.der),
  );
  return position < 0 ? null : position;
}

/** Nothing presented is the anchor: the leaf alone, an issuer that was not sent, or another one. */
function explainMissing(
  positions: readonly number[],
  leaf: Certificate,
  issuers: readonly Certificate[],
): AssociationVerdict {
  if (positions.includes(0)) {
    const reason = 'equals the server’s own certificate only; usage 2 is for an issuer’s';
    return verdict('ta-matches-leaf-only', reason, 0);
  }
  const all = [leaf, ...issuers];
  const isOpen = all.some(
    (certificate) => !all.some((issuer) => issuer.subjectKey === certificate.issuerKey),
  );
  if (!isOpen) return verdict('no-match', 'equals no certificate of the chain');
  return verdict(
    'ta-missing-from-chain',
    'equals no certificate that the server sends: it must send the issuer that this record names',
  );
}

function verdict(
  code: AssociationCode,
  reason: string,
  matchedDepth: number | null = null,
): AssociationVerdict {
  return { usable: true, matches: false, matchedDepth, code, reason };
}
