/** Why a zone's keys could not be trusted, and what is worth saying of those that could. */
import { nameToText, type Name } from '../dns/name.ts';
import { algorithmToText, DIGEST_TYPE } from './algorithm.ts';
import { canVerifyZoneData, isRevoked, type Dnskey } from './dnskey.ts';
import { dsNamesKey, type Ds } from './ds.ts';
import { EDE } from './ede.ts';
import type { Observation, Reason } from './reason.ts';
import type { BogusSignature } from './signature-verdict.ts';
import type { EntryPoints } from './trust-anchor.ts';

export interface EntryPointSearch {
  readonly entryPoints: EntryPoints;
  /** Keys of the zone that an entry point names and fits; empty when none. */
  readonly keys: readonly Dnskey[];
  /** All keys of the zone. */
  readonly allKeys: readonly Dnskey[];
  readonly used: readonly Ds[];
  /** DS records that name a key whose digest they are not. */
  readonly mismatched: readonly Ds[];
  readonly limit: string | null;
}

interface Fault {
  readonly reason: Reason;
  readonly observations: readonly Observation[];
}

export function dnskeyMissing(zone: Name): Fault {
  return {
    reason: {
      subject: `${zone.key}/DNSKEY`,
      text: `${nameToText(zone)} has to be signed, but its servers give no DNSKEY records`,
      ede: EDE.DNSKEY_MISSING,
      clause: 'RFC 4035 §5.2',
    },
    observations: [{ code: 'dnskey-missing', subject: zone.key, parameters: {} }],
  };
}

/** No key of the zone is the one that the parent (or the anchor) vouches for. */
export function mismatch(zone: Name, search: EntryPointSearch): Fault {
  const { text, ede, clause = 'RFC 4035 §5.2' } = whyNoEntryKey(search);
  const observations: Observation[] = [
    {
      code: 'ds-mismatch',
      subject: zone.key,
      parameters: {
        ds: search.entryPoints.ds
          .map((ds) => `${ds.keyTag} ${ds.algorithm} ${ds.digestType}`)
          .join(', '),
        dnskeys: search.allKeys.map((key) => `${key.keyTag} ${key.algorithm}`).join(', '),
      },
    },
  ];
  if (search.limit !== null) {
    observations.push({
      code: 'limit-reached',
      subject: zone.key,
      parameters: { limit: search.limit },
    });
  }
  return { reason: { subject: `${zone.key}/DNSKEY`, text, ede, clause }, observations };
}

/** The DNSKEY RRset's own signatures failed. */
export function delegationFault(
  zone: Name,
  keys: readonly Dnskey[],
  verdict: BogusSignature,
): Fault {
  const [first] = verdict.observations;
  if (first?.code !== 'dnskey-missing') {
    return { reason: verdict.reason, observations: verdict.observations };
  }
  // The keys are there; what is missing is the signature by one that is vouched for.
  return {
    reason: {
      subject: `${zone.key}/DNSKEY`,
      text: 'The DNSKEY records are not signed by any of the keys that the DS records (or the trust anchor) name',
      ede: EDE.RRSIGS_MISSING,
      clause: 'RFC 4035 §5.2',
    },
    observations: [
      {
        code: 'rrsig-missing',
        subject: zone.key,
        parameters: { type: 'DNSKEY', dnskeys: keys.map((key) => key.keyTag).join(', ') },
      },
    ],
  };
}

/** RFC 8624 §3.3: SHA-1 should not make DS records any more. */
export function observeDigests(zone: Name, used: readonly Ds[]): readonly Observation[] {
  return used
    .filter((ds) => ds.digestType === DIGEST_TYPE.SHA1)
    .map((ds) => ({
      code: 'algorithm-deprecated',
      subject: zone.key,
      parameters: { digestType: ds.digestType, mnemonic: 'SHA-1', keyTag: ds.keyTag },
    }));
}

export function observeUnsupported(zone: Name, entryPoints: EntryPoints): readonly Observation[] {
  const algorithms = new Set(
    [...entryPoints.ds, ...entryPoints.dnskeys].map((each) => each.algorithm),
  );
  const digestTypes = new Set(entryPoints.ds.map((ds) => ds.digestType));
  return [
    {
      code: 'algorithm-unsupported',
      subject: zone.key,
      parameters: {
        algorithms: [...algorithms].join(', '),
        mnemonics: [...algorithms].map(algorithmToText).join(', '),
        digestTypes: [...digestTypes].join(', '),
      },
    },
  ];
}

function whyNoEntryKey(search: EntryPointSearch): Pick<Reason, 'text' | 'ede' | 'clause'> {
  const named = search.allKeys.filter((key) =>
    search.entryPoints.ds.some((ds) => dsNamesKey(ds, key)),
  );
  const limited = search.limit === null ? '' : `; a limit (${search.limit}) ended the work`;
  if (search.mismatched.length > 0) {
    const tags = search.mismatched.map((ds) => ds.keyTag).join(', ');
    return {
      text: `The DS records name key ${tags}, but hold the digest of another key${limited}`,
      ede: EDE.DNSKEY_MISSING,
      clause: 'RFC 4034 §5.1.4',
    };
  }
  if (named.some(isRevoked)) {
    return {
      text: 'The key that the DS records name is revoked',
      ede: EDE.DNSKEY_MISSING,
      clause: 'RFC 5011 §2.1',
    };
  }
  if (named.some((key) => !canVerifyZoneData(key))) {
    return {
      text: 'The key that the DS records name is not a zone key',
      ede: EDE.NO_ZONE_KEY_BIT_SET,
      clause: 'RFC 4034 §2.1.1',
    };
  }
  const { ds, dnskeys } = search.entryPoints;
  const wanted = [...new Set([...ds, ...dnskeys].map((each) => each.keyTag))].join(', ');
  const there = search.allKeys.map((key) => key.keyTag).join(', ');
  return {
    text: `The DS records (or the trust anchor) name key ${wanted}, but the zone has only ${there}`,
    ede: EDE.DNSKEY_MISSING,
  };
}
