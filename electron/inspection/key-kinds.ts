/** Which kinds of keys a server has shown, and which it has not been asked for (RFC 7671 §8). */
import type { KeyKind } from '../smtp/probe.ts';

const KINDS: readonly KeyKind[] = ['rsa', 'ecdsa', 'eddsa'];

/** What to ask for next; empty when nothing is left. Widespread kinds come first. */
export function notSeen(seen: readonly KeyKind[]): readonly KeyKind[] {
  return KINDS.filter((kind) => !seen.includes(kind));
}

/** Of a key type as the report names it; null for one that no offer selects. */
export function kindOfKey(keyType: string | null): KeyKind | null {
  if (keyType === null) return null;
  if (keyType.startsWith('RSA')) return 'rsa';
  if (keyType.startsWith('ECDSA')) return 'ecdsa';
  return keyType === 'Ed25519' || keyType === 'Ed448' ? 'eddsa' : null;
}
