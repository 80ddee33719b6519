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
import { timeToText } from './time.ts';

export type SignatureFault =
  | { readonly kind: 'malformed'; readonly rrsig: Rrsig | null }
  | {
      readonly kind: 'expired' | 'not-yet-valid';
      readonly rrsig: Rrsig;
      readonly period: ValidityPeriod;
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
      text: 'The data comes without a signature (RRSIG), though its zone is signed',
      ede: EDE.RRSIGS_MISSING,
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
      ? { text: 'No signature could be tried', ede: EDE.DNSSEC_BOGUS, observations: [] }
      : { ...describe(worst), observations: [observe(rrset, worst)] };
  // RFC 4035 §5.5: when for whatever reason none of the RRSIGs can be validated, the data is bad.
  return {
    status: 'bogus',
    reason: {
      subject: subjectOf(rrset),
      text:
        limit === null ? described.text : `${described.text}; a limit (${limit}) ended the work`,
      ede: described.ede,
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
      ...('period' in fault ? timesOf(fault.period) : {}),
    },
  };
}

function observationCode(fault: SignatureFault): ObservationCode {
  switch (fault.kind) {
    case 'expired':
      return 'rrsig-expired';
    case 'not-yet-valid':
      return 'rrsig-not-yet-valid';
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

function describe(fault: SignatureFault): { readonly text: string; readonly ede: number } {
  switch (fault.kind) {
    case 'malformed':
      return { text: 'The signature (RRSIG) is not well formed', ede: EDE.DNSSEC_BOGUS };
    case 'foreign':
      return {
        text: `The signature is by “${fault.rrsig.signer.key}”, which is not the zone that holds the data`,
        ede: EDE.DNSSEC_BOGUS,
      };
    case 'labels':
      return {
        text: `The signature is for a name of ${fault.rrsig.labels} labels, which the owner name cannot come from`,
        ede: EDE.DNSSEC_BOGUS,
      };
    case 'unsupported':
      return {
        text: `The only signatures are of an unsupported algorithm (${fault.rrsig.algorithm}), though the zone has keys of a supported one`,
        ede: EDE.RRSIGS_MISSING,
      };
    case 'unknown-key':
      return {
        text: `${madeWith(fault.rrsig)}, which the zone does not vouch for`,
        ede: EDE.DNSKEY_MISSING,
      };
    case 'not-a-zone-key':
      return {
        text: `${madeWith(fault.rrsig)}, which is not a zone key`,
        ede: EDE.NO_ZONE_KEY_BIT_SET,
      };
    case 'revoked-key':
      return { text: `${madeWith(fault.rrsig)}, which is revoked`, ede: EDE.DNSKEY_MISSING };
    case 'expired':
      return {
        text: `The signature expired at ${timeToText(fault.period.expiration)}`,
        ede: EDE.SIGNATURE_EXPIRED,
      };
    case 'not-yet-valid':
      return {
        text: `The signature is not valid before ${timeToText(fault.period.inception)}`,
        ede: EDE.SIGNATURE_NOT_YET_VALID,
      };
    case 'unusable':
      return {
        text: `${madeWith(fault.rrsig)}, and key or signature is not well formed or outside our limits`,
        ede: EDE.DNSSEC_BOGUS,
      };
    case 'invalid':
      return {
        text: `The signature by key ${fault.rrsig.keyTag} does not fit the data`,
        ede: EDE.DNSSEC_BOGUS,
      };
    default:
      return assertNever(fault);
  }
}

function madeWith(rrsig: Rrsig): string {
  return `The signature was made with key ${rrsig.keyTag} (${algorithmToText(rrsig.algorithm)})`;
}
