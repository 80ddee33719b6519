/** Why no signature of an RRset was good: the fault of the one that got furthest (RFC 4035 §5.5). */
import { typeToText } from '../dns/record-type.ts';
import type { RRset } from '../dns/record.ts';
import { assertNever } from '../failure.ts';
import { algorithmToText } from './algorithm.ts';
import { EDE } from './ede.ts';
import type { Observation, ObservationCode } from './reason.ts';
import type { Rrsig, ValidityPeriod } from './rrsig.ts';
import { parametersOf, timesOf } from './signature-use.ts';
import type { BogusSignature } from './signature-verdict.ts';
import { subjectOf } from './signed-rrset.ts';
import { spanToText, timeToText } from './time.ts';

export type SignatureFault =
  | { readonly kind: 'malformed'; readonly rrsig: Rrsig | null }
  | {
      readonly kind: 'expired' | 'not-yet-valid' | 'never-valid';
      readonly rrsig: Rrsig;
      readonly period: ValidityPeriod;
      /** The instant it was judged at, seconds since the epoch. */
      readonly at: number;
    }
  | { readonly kind: KeyFault; readonly rrsig: Rrsig };

type KeyFault =
  | 'foreign'
  | 'labels'
  | 'unsupported'
  | 'unknown-key'
  | 'not-a-zone-key'
  | 'revoked-key'
  | 'unusable'
  | 'invalid';

/** The further a signature got, the more its fault tells; last is furthest. */
const PROGRESS: readonly SignatureFault['kind'][] = [
  'malformed',
  'foreign',
  'labels',
  'unsupported',
  'unknown-key',
  'not-a-zone-key',
  'revoked-key',
  'never-valid',
  'not-yet-valid',
  'expired',
  'unusable',
  'invalid',
];

export function signatureMissing(rrset: RRset): BogusSignature {
  return {
    status: 'bogus',
    reason: {
      subject: subjectOf(rrset),
      text: 'The records come without a signature (RRSIG), though their zone is signed',
      ede: EDE.RRSIGS_MISSING,
      clause: 'RFC 4035 §2.2',
    },
    observations: [
      {
        code: 'rrsig-missing',
        subject: rrset.name.key,
        parameters: { type: typeToText(rrset.type) },
      },
    ],
  };
}

/** `limit`: the bound that kept us from trying more signatures, or null. */
export function bogusSignature(
  rrset: RRset,
  faults: readonly SignatureFault[],
  limit: string | null,
): BogusSignature {
  const worst = faults.reduce<SignatureFault | null>(
    (furthest, fault) =>
      furthest === null || PROGRESS.indexOf(fault.kind) > PROGRESS.indexOf(furthest.kind)
        ? fault
        : furthest,
    null,
  );
  const described =
    worst === null
      ? {
          text: 'No signature could be tried',
          ede: EDE.DNSSEC_BOGUS,
          clause: 'RFC 4035 §5.5',
          observations: [],
        }
      : { ...describe(worst), observations: [observe(rrset, worst)] };
  // RFC 4035 §5.5: when for whatever reason none of the RRSIGs can be validated, the data is bad.
  return {
    status: 'bogus',
    reason: {
      subject: subjectOf(rrset),
      text:
        limit === null ? described.text : `${described.text}; a limit (${limit}) ended the work`,
      ede: described.ede,
      clause: described.clause,
    },
    observations:
      limit === null
        ? described.observations
        : [
            ...described.observations,
            { code: 'limit-reached', subject: rrset.name.key, parameters: { limit } },
          ],
  };
}

function observe(rrset: RRset, fault: SignatureFault): Observation {
  return {
    code: observationCode(fault),
    subject: rrset.name.key,
    parameters: {
      ...(fault.rrsig === null
        ? { type: typeToText(rrset.type) }
        : parametersOf(rrset, fault.rrsig)),
      ...('period' in fault ? timesOf(fault.period, fault.at) : {}),
    },
  };
}

function observationCode(fault: SignatureFault): ObservationCode {
  switch (fault.kind) {
    case 'expired':
      return 'rrsig-expired';
    case 'not-yet-valid':
      return 'rrsig-not-yet-valid';
    case 'never-valid':
      return 'rrsig-invalid';
    case 'unsupported':
      return 'rrsig-missing';
    case 'unknown-key':
    case 'not-a-zone-key':
    case 'revoked-key':
      return 'dnskey-missing';
    case 'malformed':
    case 'foreign':
    case 'labels':
    case 'unusable':
    case 'invalid':
      return 'rrsig-invalid';
    default:
      return assertNever(fault);
  }
}

interface Description {
  readonly text: string;
  readonly ede: number;
  readonly clause: string;
}

function describe(fault: SignatureFault): Description {
  switch (fault.kind) {
    case 'malformed':
      return bogus('The signature (RRSIG) is not well formed, or not for these records');
    case 'foreign':
      return bogus(
        `The signature is by “${fault.rrsig.signer.key}”, which is not the zone that holds the records`,
      );
    case 'labels':
      return bogus(
        `The signature is for a name of ${fault.rrsig.labels} labels, which the owner name cannot come from`,
      );
    case 'unsupported':
      return {
        text: `The only signatures are of an unsupported algorithm (${algorithmToText(fault.rrsig.algorithm)}), though the zone has keys of a supported one`,
        ede: EDE.RRSIGS_MISSING,
        clause: 'RFC 4035 §2.2',
      };
    case 'unknown-key':
    case 'not-a-zone-key':
    case 'revoked-key':
      return describeKey(fault.kind, fault.rrsig);
    case 'expired':
    case 'not-yet-valid':
    case 'never-valid':
      return describeTimes(fault);
    case 'unusable':
      return bogus(
        `${madeWith(fault.rrsig)}, and key or signature is not well formed or outside our limits`,
        'RFC 4035 §5.3.3',
      );
    case 'invalid':
      return bogus(`${signature(fault.rrsig)} does not fit the records`, 'RFC 4035 §5.3.3');
    default:
      return assertNever(fault);
  }
}

function bogus(text: string, clause = 'RFC 4035 §5.3.1'): Description {
  return { text, ede: EDE.DNSSEC_BOGUS, clause };
}

function describeKey(
  kind: 'unknown-key' | 'not-a-zone-key' | 'revoked-key',
  rrsig: Rrsig,
): Description {
  const made = madeWith(rrsig);
  switch (kind) {
    case 'unknown-key':
      return {
        text: `${made}, which is not among the keys that the zone vouches for`,
        ede: EDE.DNSKEY_MISSING,
        clause: 'RFC 4035 §5.3.1',
      };
    case 'not-a-zone-key':
      return {
        text: `${made}, which is not a zone key`,
        ede: EDE.NO_ZONE_KEY_BIT_SET,
        clause: 'RFC 4034 §2.1.1',
      };
    case 'revoked-key':
      return {
        text: `${made}, which is revoked`,
        ede: EDE.DNSKEY_MISSING,
        clause: 'RFC 5011 §2.1',
      };
  }
}

function describeTimes(fault: Extract<SignatureFault, { period: ValidityPeriod }>): Description {
  const { period, at, rrsig } = fault;
  const clause = 'RFC 4035 §5.3.1';
  switch (fault.kind) {
    case 'expired':
      return {
        text: `${signature(rrsig)} expired at ${timeToText(period.expiration)}, ${spanToText(at - period.expiration)} ago`,
        ede: EDE.SIGNATURE_EXPIRED,
        clause,
      };
    case 'not-yet-valid':
      return {
        text: `${signature(rrsig)} is not valid before ${timeToText(period.inception)}, ${spanToText(period.inception - at)} from now`,
        ede: EDE.SIGNATURE_NOT_YET_VALID,
        clause,
      };
    case 'never-valid':
      return {
        text: `${signature(rrsig)} ends (${timeToText(period.expiration)}) before it begins (${timeToText(period.inception)})`,
        ede: EDE.SIGNATURE_EXPIRED_BEFORE_VALID,
        clause,
      };
  }
}

function signature(rrsig: Rrsig): string {
  return `The signature by key ${rrsig.keyTag} (${algorithmToText(rrsig.algorithm)})`;
}

function madeWith(rrsig: Rrsig): string {
  return `The signature was made with key ${rrsig.keyTag} (${algorithmToText(rrsig.algorithm)})`;
}
