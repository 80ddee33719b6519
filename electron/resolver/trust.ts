/** What is known of the trust in a zone and of a cut between two zones (RFC 4035 §5). */
import type { DelegationFacts } from '../../shared/dnssec/delegation.ts';
import type { Observation, Reason } from '../../shared/dnssec/reason.ts';
import type { ZoneKeys } from '../../shared/dnssec/signature.ts';
import type { EntryPoints } from '../../shared/dnssec/trust-anchor.ts';
import type { Failure } from '../../shared/failure.ts';
import type { ServerAddress, ZoneTrust } from './resolver.ts';
import type { Zone } from './zone.ts';

export type Trust = SecureTrust | OtherTrust;

interface TrustBase {
  readonly zone: Zone;
  /** The zone above, up to the one that holds the anchor; null there. */
  readonly parent: Trust | null;
  readonly facts: DelegationFacts;
}

export interface SecureTrust extends TrustBase {
  readonly status: 'secure';
  readonly keys: ZoneKeys;
}

export interface OtherTrust extends TrustBase {
  readonly status: 'insecure' | 'bogus' | 'indeterminate';
  readonly reason: Reason;
  /** Set where it is indeterminate because nobody answered; null where there is no anchor, and else. */
  readonly failure: Failure | null;
}

/** What the parent's side says of a name that may be a zone cut. */
export type Cut =
  /** A validated DS RRset. */
  | {
      readonly kind: 'entry';
      readonly entryPoints: EntryPoints;
      readonly parent: Trust;
      readonly observations: readonly Observation[];
    }
  /** Proven to be an unsigned delegation. */
  | {
      readonly kind: 'insecure';
      readonly reason: Reason;
      readonly parent: Trust;
      readonly observations: readonly Observation[];
    }
  /** Proven not to be a delegation. */
  | { readonly kind: 'none'; readonly observations: readonly Observation[] }
  | {
      readonly kind: 'bogus';
      readonly reason: Reason;
      readonly parent: Trust;
      readonly observations: readonly Observation[];
    }
  /** Nobody answered. */
  | {
      readonly kind: 'unanswered';
      readonly reason: Reason;
      readonly failure: Failure;
      readonly parent: Trust;
      readonly observations: readonly Observation[];
    }
  /** The zone that would say it is not secure itself: what is below is as it is. */
  | { readonly kind: 'inherit'; readonly parent: OtherTrust };

export const NO_FACTS: DelegationFacts = {
  ds: [],
  dnskeys: [],
  signedBy: null,
  signature: null,
  observations: [],
};

/** A zone below one that is not secure is what that one is. */
export function inherited(zone: Zone, parent: OtherTrust): OtherTrust {
  const { status, reason, failure } = parent;
  return { zone, parent, facts: NO_FACTS, status, reason, failure };
}

/** From the anchor's zone down to this one. */
export function pathOf(trust: Trust): readonly Trust[] {
  const path: Trust[] = [];
  for (let link: Trust | null = trust; link !== null; link = link.parent) path.unshift(link);
  return path;
}

export function toZoneTrust(trust: Trust, servers: readonly ServerAddress[]): ZoneTrust {
  const { ds, dnskeys, signedBy, signature } = trust.facts;
  return {
    zone: trust.zone.name,
    security: trust.status,
    reason: trust.status === 'secure' ? null : trust.reason,
    ds,
    dnskeys,
    signedBy,
    signature,
    servers,
  };
}
