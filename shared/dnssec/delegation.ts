/** From a DS RRset or a trust anchor to a zone's validated keys (RFC 4035 §5.2, RFC 4509 §3). */
import { equalBytes, toHex } from '../dns/bytes.ts';
import type { Name } from '../dns/name.ts';
import { canVerifyZoneData, parseDnskey, type Dnskey } from './dnskey.ts';
import {
  delegationFault,
  dnskeyMissing,
  mismatch,
  observeDigests,
  observeUnsupported,
  type EntryPointSearch,
} from './delegation-fault.ts';
import { dsDigestFits, dsNamesKey, type Ds } from './ds.ts';
import { MAX_DS_MISMATCHES, MAX_KEYS_PER_TAG } from './limits.ts';
import type { Observation, Reason } from './reason.ts';
import { parseRrsig, type ValidityPeriod } from './rrsig.ts';
import type { ZoneKeys } from './signature-verdict.ts';
import { verifyRRset } from './signature.ts';
import type { SignedRRset } from './signed-rrset.ts';
import { supportedEntryPoints } from './supported-entry-points.ts';
import type { EntryPoints } from './trust-anchor.ts';
import type { Validation } from './work.ts';

export type DelegationVerdict = DelegationFacts &
  (
    | { readonly status: 'secure'; readonly zoneKeys: ZoneKeys; readonly ttl: number }
    | { readonly status: 'insecure'; readonly reason: Reason }
    | { readonly status: 'bogus'; readonly reason: Reason }
  );

/** For display, in the shape of a resolver's `ZoneTrust`. */
export interface DelegationFacts {
  readonly ds: readonly DsFact[];
  readonly dnskeys: readonly DnskeyFact[];
  /** Tag of the key whose signature over the DNSKEY RRset was valid; null when none. */
  readonly signedBy: number | null;
  readonly signature: ValidityPeriod | null;
  readonly observations: readonly Observation[];
}

export interface DsFact {
  readonly keyTag: number;
  readonly algorithm: number;
  readonly digestType: number;
  /** Lower-case hexadecimal. */
  readonly digest: string;
}

export interface DnskeyFact {
  readonly keyTag: number;
  readonly algorithm: number;
  readonly flags: number;
  readonly secureEntryPoint: boolean;
}

/**
 * Whether the entry points can be used at all: null when they can, else why the zone is insecure.
 * Ask before fetching the DNSKEY RRset: an insecure zone need not have one (RFC 4035 §5.2).
 */
export function unsupportedEntryPoints(
  zone: Name,
  entryPoints: EntryPoints,
  validation: Validation,
): Reason | null {
  const supported = supportedEntryPoints(zone, entryPoints, validation.crypto);
  return supported.kind === 'none' ? supported.reason : null;
}

/** `dnskeys` null: the zone's servers gave no DNSKEY RRset, which is bogus unless insecure anyway. */
export function verifyDelegation(
  zone: Name,
  entryPoints: EntryPoints,
  dnskeys: SignedRRset | null,
  validation: Validation,
): DelegationVerdict {
  const supported = supportedEntryPoints(zone, entryPoints, validation.crypto);
  const keys = dnskeys === null ? [] : keysOf(dnskeys);
  if (supported.kind === 'none') {
    // RFC 4035 §5.2: no supported algorithm or digest in the whole set is as if there were no DS.
    const observations = observeUnsupported(zone, entryPoints);
    return {
      status: 'insecure',
      reason: supported.reason,
      ...facts(entryPoints, keys, [], observations),
    };
  }
  if (dnskeys === null || keys.length === 0) {
    return { status: 'bogus', ...facts(entryPoints, [], [], []), ...dnskeyMissing(zone) };
  }
  const search = findEntryKeys(zone, supported, keys, validation);
  if (search.keys.length === 0) {
    return { status: 'bogus', ...facts(entryPoints, keys, [], []), ...mismatch(zone, search) };
  }
  const observations = observeDigests(zone, search.used);
  const signing = keysThatSign(dnskeys, search.keys);
  const known = facts(entryPoints, keys, signing, observations);
  return verifyKeySet(zone, dnskeys, keys, search, known, validation);
}

/** RFC 4035 §5.2: one of the keys that the parent vouches for has to sign the whole DNSKEY RRset. */
function verifyKeySet(
  zone: Name,
  dnskeys: SignedRRset,
  keys: readonly Dnskey[],
  search: EntryPointSearch,
  known: DelegationFacts,
  validation: Validation,
): DelegationVerdict {
  const verdict = verifyRRset(dnskeys, { zone, keys: search.keys }, validation);
  if (verdict.status === 'bogus') {
    return { ...known, status: 'bogus', ...delegationFault(zone, keys, verdict) };
  }
  return {
    ...known,
    status: 'secure',
    zoneKeys: { zone, keys: keys.filter(canVerifyZoneData) },
    ttl: verdict.ttl,
    signedBy: verdict.key.keyTag,
    signature: verdict.period,
    observations: [...known.observations, ...verdict.observations],
  };
}

/** Those that some RRSIG claims to be by. Each signature is read once: there may be hundreds of both. */
function keysThatSign(dnskeys: SignedRRset, keys: readonly Dnskey[]): readonly Dnskey[] {
  const claims = new Set(
    dnskeys.signatures.flatMap(({ rdata }) => {
      const rrsig = parseRrsig(rdata);
      return rrsig === null ? [] : [`${rrsig.keyTag}/${rrsig.algorithm}`];
    }),
  );
  return keys.filter(({ keyTag, algorithm }) => claims.has(`${keyTag}/${algorithm}`));
}

function keysOf(dnskeys: SignedRRset): readonly Dnskey[] {
  return dnskeys.rrset.records.flatMap((record) => {
    const key = parseDnskey(record.rdata);
    return key === null ? [] : [key];
  });
}

/** The keys that a DS digests or an anchor names, and what kept others out. */
function findEntryKeys(
  zone: Name,
  entryPoints: EntryPoints,
  keys: readonly Dnskey[],
  validation: Validation,
): EntryPointSearch {
  const usable = keys.filter(canVerifyZoneData);
  const found = new Set<Dnskey>();
  const used: Ds[] = [];
  const mismatched: Ds[] = [];
  let limit: string | null = null;
  for (const anchor of entryPoints.dnskeys) {
    for (const key of usable) if (equalBytes(anchor.rdata, key.rdata)) found.add(key);
  }
  for (const ds of entryPoints.ds) {
    const named = usable.filter((key) => dsNamesKey(ds, key));
    if (named.length === 0) continue;
    if (mismatched.length >= MAX_DS_MISMATCHES) {
      limit = 'MAX_DS_MISMATCHES';
      break;
    }
    if (named.length > MAX_KEYS_PER_TAG) limit ??= 'MAX_KEYS_PER_TAG';
    const fitting = named
      .slice(0, MAX_KEYS_PER_TAG)
      .find((key) => dsDigestFits(ds, zone, key, validation.crypto));
    if (fitting === undefined) {
      mismatched.push(ds);
    } else {
      found.add(fitting);
      used.push(ds);
    }
  }
  return { entryPoints, keys: [...found], allKeys: keys, used, mismatched, limit };
}

function facts(
  entryPoints: EntryPoints,
  keys: readonly Dnskey[],
  entryKeys: readonly Dnskey[],
  observations: readonly Observation[],
): DelegationFacts {
  return {
    ds: entryPoints.ds.map(({ keyTag, algorithm, digestType, digest }) => ({
      keyTag,
      algorithm,
      digestType,
      digest: toHex(digest),
    })),
    dnskeys: keys.map((key) => ({
      keyTag: key.keyTag,
      algorithm: key.algorithm,
      flags: key.flags,
      secureEntryPoint: entryKeys.includes(key),
    })),
    signedBy: null,
    signature: null,
    observations,
  };
}
