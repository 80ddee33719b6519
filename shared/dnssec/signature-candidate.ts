/** What can be said of one RRSIG before any cryptography (RFC 4035 §5.3.1). */
import { isSubdomainOf, type Name } from '../dns/name.ts';
import { TYPE } from '../dns/record-type.ts';
import type { ResourceRecord, RRset } from '../dns/record.ts';
import { canVerifyZoneData, isRevoked, type Dnskey } from './dnskey.ts';
import { parseRrsig, validityPeriod, type Rrsig, type ValidityPeriod } from './rrsig.ts';
import type { SignatureFault } from './signature-fault.ts';
import type { ZoneKeys } from './signature-verdict.ts';
import { signedName } from './signed-data.ts';
import type { Validation } from './work.ts';

/** A signature that is worth a public-key operation. */
export interface Candidate {
  readonly kind: 'candidate';
  readonly rrsig: Rrsig;
  readonly period: ValidityPeriod;
  /** TTL of the RRSIG record, seconds. */
  readonly ttl: number;
  readonly signedName: Name;
  /** Keys of its tag and algorithm, at least one. */
  readonly keys: readonly Dnskey[];
}

export function examineSignature(
  rrset: RRset,
  record: ResourceRecord,
  zone: ZoneKeys,
  validation: Validation,
): Candidate | SignatureFault {
  const rrsig = parseRrsig(record.rdata);
  if (rrsig === null) return { kind: 'malformed', rrsig: null };
  // RFC 4035 §5.3.1: same owner, same class, and the type covered is the RRset's.
  if (record.name.key !== rrset.name.key || record.class !== rrset.class) {
    return { kind: 'malformed', rrsig };
  }
  if (rrsig.typeCovered !== rrset.type) return { kind: 'malformed', rrsig };
  // RFC 4035 §5.3.1: the signer's name MUST be the name of the zone that contains the RRset.
  if (rrsig.signer.key !== zone.zone.key || !belongsTo(rrset, zone.zone)) {
    return { kind: 'foreign', rrsig };
  }
  const name = signedName(rrset.name, rrsig.labels);
  // A wildcard above the zone is none of the signer's names.
  if (name === null || !isSubdomainOf(name, zone.zone)) return { kind: 'labels', rrsig };
  if (!validation.crypto.supportsAlgorithm(rrsig.algorithm)) return { kind: 'unsupported', rrsig };
  const keys = keysFor(rrsig, zone);
  if ('kind' in keys) return keys;
  const { at } = validation;
  const period = validityPeriod(rrsig, at);
  if (period.expiration < period.inception) return { kind: 'never-valid', rrsig, period, at };
  // RFC 4035 §5.3.1: no later than the expiration, no earlier than the inception; both inclusive.
  if (period.expiration < at) return { kind: 'expired', rrsig, period, at };
  if (period.inception > at) return { kind: 'not-yet-valid', rrsig, period, at };
  return { kind: 'candidate', rrsig, period, ttl: record.ttl, signedName: name, keys };
}

/** RFC 4035 §2.4: a DS RRset is the parent's, so no zone but the root can sign one at its own name. */
function belongsTo(rrset: RRset, zone: Name): boolean {
  if (rrset.type === TYPE.DS && rrset.name.key === zone.key) return zone.labels.length === 0;
  return isSubdomainOf(rrset.name, zone);
}

function keysFor(rrsig: Rrsig, zone: ZoneKeys): readonly Dnskey[] | SignatureFault {
  // RFC 4035 §5.3.1: signer, algorithm and key tag MUST match a DNSKEY of the zone.
  const named = zone.keys.filter(
    (key) => key.keyTag === rrsig.keyTag && key.algorithm === rrsig.algorithm,
  );
  if (named.length === 0) return { kind: 'unknown-key', rrsig };
  const keys = named.filter(canVerifyZoneData);
  if (keys.length > 0) return keys;
  return { kind: named.some(isRevoked) ? 'revoked-key' : 'not-a-zone-key', rrsig };
}
