/** The offline question: does this saved chain satisfy these TLSA records? (RFC 7671, RFC 7672 §3) */
import type { AssociationCrypto, ChainVerdict } from './association.ts';

export interface VerifyRequest {
  /** PEM, leaf first; text between the blocks is ignored. */
  readonly chainText: string;
  /** Each `USAGE SELECTOR MATCHING HEX`. */
  readonly tlsa: readonly string[];
  /** TLSA base domain, A-labels. */
  readonly host: string;
  /** Next-hop domain, or null. */
  readonly domain: string | null;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

export interface VerifyDocument {
  readonly outcome: ChainVerdict['outcome'];
  readonly records: readonly {
    readonly usage: number;
    readonly selector: number;
    readonly matchingType: number;
    /** Lower-case hex; as given when it is not hex. */
    readonly data: string;
    readonly usable: boolean;
    readonly matches: boolean;
    readonly matchedDepth: number | null;
    readonly reason: string;
  }[];
  readonly reason: string;
}

export type VerifyAnswer =
  | { readonly kind: 'verified'; readonly document: VerifyDocument }
  /** Input that cannot be read: exit 3; `message` names the thing. */
  | { readonly kind: 'unreadable'; readonly message: string };

export function verify(request: VerifyRequest, crypto: AssociationCrypto): VerifyAnswer {
  throw new Error(`not built yet: ${request.host} ${typeof crypto}`);
}
