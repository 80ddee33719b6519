/** Takes the NSEC and NSEC3 records out of a response that are validly signed by its zone. */
import { fromBase32Hex } from '../dns/bytes.ts';
import { isSubdomainOf, type Name } from '../dns/name.ts';
import { TYPE } from '../dns/record-type.ts';
import type { ResourceRecord } from '../dns/record.ts';
import type { DenialRecords, OwnedNsec, OwnedNsec3 } from './denial-verdict.ts';
import { EDE } from './ede.ts';
import { MAX_DENIAL_RRSETS, MAX_NSEC3_ITERATIONS } from './limits.ts';
import { parseNsec } from './nsec.ts';
import { NSEC3_SHA1, OPT_OUT_FLAG, parseNsec3 } from './nsec3.ts';
import type { Observation, Reason } from './reason.ts';
import type { ZoneKeys } from './signature-verdict.ts';
import { verifyRRset } from './signature.ts';
import { subjectOf, type SignedRRset } from './signed-rrset.ts';
import type { Validation } from './work.ts';

/** Octets of a SHA-1 hash (RFC 5155 §11). */
const SHA1_OCTETS = 20;

/** Verifies every NSEC and NSEC3 RRset of an authority section (other types are passed over). */
export function denialRecords(
  authority: readonly SignedRRset[],
  zone: ZoneKeys,
  validation: Validation,
): DenialRecords {
  const offered = authority.filter(({ rrset }) => isDenialType(rrset.type));
  const accepted: ResourceRecord[] = [];
  const observations: Observation[] = [];
  let rejected: Reason | null = null;
  let ttl: number | null = null;
  for (const signed of offered.slice(0, MAX_DENIAL_RRSETS)) {
    const verdict = verifyRRset(signed, zone, validation);
    observations.push(...verdict.observations);
    if (verdict.status === 'bogus') {
      rejected ??= verdict.reason;
    } else if (verdict.expansion !== null) {
      // A record made from a wildcard says nothing of the name it appears at (CVE-2017-15105).
      rejected ??= expandedReason(signed);
    } else {
      accepted.push(...signed.rrset.records);
      ttl = Math.min(ttl ?? verdict.ttl, verdict.ttl);
    }
  }
  if (offered.length > MAX_DENIAL_RRSETS) observations.push(tooMany(zone.zone));
  return {
    zone: zone.zone,
    ...sortRecords(accepted, zone.zone),
    rejected,
    ttl,
    observations: [...observations, ...observeIterations(accepted, zone.zone)],
    validation,
  };
}

export function isDenialType(type: number): boolean {
  return type === TYPE.NSEC || type === TYPE.NSEC3;
}

function sortRecords(
  records: readonly ResourceRecord[],
  zone: Name,
): Pick<DenialRecords, 'nsec' | 'nsec3' | 'excessIterations'> {
  const nsec3 = records.flatMap((record) => readNsec3(record, zone));
  const excess = nsec3.map((each) => each.iterations).filter(exceedsIterations);
  return {
    nsec: records.flatMap((record) => readNsec(record, zone)),
    nsec3: nsec3.filter((each) => !exceedsIterations(each.iterations)),
    excessIterations: excess.length === 0 ? null : Math.max(...excess),
  };
}

function readNsec(record: ResourceRecord, zone: Name): readonly OwnedNsec[] {
  const nsec = record.type === TYPE.NSEC ? parseNsec(record.rdata) : null;
  // RFC 4034 §4.1.1: the next name is one of the zone.
  if (nsec === null || !isSubdomainOf(nsec.next, zone)) return [];
  return [{ ...nsec, owner: record.name }];
}

function readNsec3(record: ResourceRecord, zone: Name): readonly OwnedNsec3[] {
  const nsec3 = record.type === TYPE.NSEC3 ? parseNsec3(record.rdata) : null;
  const [label] = record.name.labels;
  if (nsec3 === null || label === undefined) return [];
  // RFC 5155 §3: the owner is the hash as one label in front of the zone's name.
  if (record.name.labels.length !== zone.labels.length + 1) return [];
  const ownerHash = fromBase32Hex(String.fromCharCode(...label));
  // RFC 5155 §8.1: unknown hash algorithms are ignored.
  if (ownerHash === null || nsec3.hashAlgorithm !== NSEC3_SHA1) return [];
  if (ownerHash.length !== SHA1_OCTETS || nsec3.nextHash.length !== SHA1_OCTETS) return [];
  // RFC 5155 §8.2: any flag but Opt-Out makes the record one to be ignored.
  if ((nsec3.flags & ~OPT_OUT_FLAG) !== 0) return [];
  return [{ ...nsec3, ownerHash }];
}

function exceedsIterations(iterations: number): boolean {
  return iterations > MAX_NSEC3_ITERATIONS;
}

/** RFC 9276 §3.1: the number of additional iterations MUST be 0. */
function observeIterations(records: readonly ResourceRecord[], zone: Name): readonly Observation[] {
  const iterations = records.flatMap((record) =>
    readNsec3(record, zone).map((each) => each.iterations),
  );
  const most = Math.max(0, ...iterations);
  if (most === 0) return [];
  return [{ code: 'nsec3-iterations', subject: zone.key, parameters: { iterations: most } }];
}

function expandedReason({ rrset }: SignedRRset): Reason {
  return {
    subject: subjectOf(rrset),
    text: 'The proof is a record made from a wildcard, which proves nothing',
    ede: EDE.DNSSEC_BOGUS,
    clause: 'RFC 4035 §5.4',
  };
}

function tooMany(zone: Name): Observation {
  return {
    code: 'limit-reached',
    subject: zone.key,
    parameters: { limit: 'MAX_DENIAL_RRSETS' },
  };
}
