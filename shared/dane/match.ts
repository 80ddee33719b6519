/** Decides whether a presented chain satisfies a TLSA RRset (RFC 7671 §5 and §9, RFC 7672 §3). */
import type { AssociationCrypto, ChainQuestion, ChainVerdict } from './association.ts';

/** Pure and bounded; never throws for what a server or a zone may send. */
export function matchChain(question: ChainQuestion, crypto: AssociationCrypto): ChainVerdict {
  throw new Error(`not built yet: ${question.at} ${typeof crypto}`);
}
