/** The values inside PKCS #12 structures: object identifiers, counts (X.690 §8.19, §8.3). */
import { readOid, TAG } from '../x509/der.ts';
import type { BerNode } from './ber.ts';

/** Dotted form; null for anything else. */
export function oidOf(node: BerNode | undefined): string | null {
  return readOid(node === undefined ? undefined : { ...node, der: node.ber });
}

/** How often to hash: absent is once (RFC 7292 §4); what is no sensible number is more than any budget. */
export function readRounds(node: BerNode | undefined): number {
  if (node === undefined) return 1;
  const octets = node.content;
  const isCount = node.tag === TAG.integer && octets.length > 0 && (octets[0] ?? 0) < 0x80;
  if (!isCount || octets.length > MAX_COUNT_OCTETS) return Number.POSITIVE_INFINITY;
  return Math.max(
    1,
    octets.reduce((value, octet) => value * 256 + octet, 0),
  );
}

/** 48 bits are exact in a number. */
const MAX_COUNT_OCTETS = 6;
