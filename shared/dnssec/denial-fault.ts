/** Why a denial of existence is not proven, or no more than insecure. */
import { nameToText, type Name } from '../dns/name.ts';
import type { DenialRecords } from './denial-verdict.ts';
import { EDE } from './ede.ts';
import { MAX_NSEC3_ITERATIONS } from './limits.ts';
import type { Observation, Reason } from './reason.ts';

/** `claim` completes “does not prove …”; `exceeded`: hashes ran out. */
export function denialFault(
  denial: DenialRecords,
  name: Name,
  claim: string,
  exceeded: boolean,
): { readonly reason: Reason; readonly observations: readonly Observation[] } {
  const observations: Observation[] = [
    ...denial.observations,
    { code: 'denial-invalid', subject: name.key, parameters: { zone: denial.zone.key, claim } },
  ];
  if (exceeded) {
    observations.push({
      code: 'limit-reached',
      subject: denial.zone.key,
      parameters: { limit: 'MAX_NSEC3_HASHES_PER_PROOF' },
    });
  }
  return { reason: denial.rejected ?? notProven(denial, name, claim, exceeded), observations };
}

export function optOutReason(denial: DenialRecords, name: Name): Reason {
  return {
    subject: name.key,
    text: `The proof by ${nameToText(denial.zone)} rests on an NSEC3 opt-out span, in which unsigned delegations are not listed`,
    ede: null,
    clause: 'RFC 5155 §9.2',
  };
}

export function observeOptOut(denial: DenialRecords): Observation {
  return { code: 'nsec3-opt-out', subject: denial.zone.key, parameters: {} };
}

export function excessReason(denial: DenialRecords, iterations: number): Reason {
  return {
    subject: denial.zone.key,
    text: `${nameToText(denial.zone)} uses NSEC3 with ${iterations} iterations, more than ${MAX_NSEC3_ITERATIONS}, so its denials count as insecure`,
    ede: EDE.UNSUPPORTED_NSEC3_ITERATIONS,
    clause: 'RFC 9276 §3.2',
  };
}

function notProven(denial: DenialRecords, name: Name, claim: string, exceeded: boolean): Reason {
  const empty = denial.nsec.length + denial.nsec3.length === 0;
  const what = empty
    ? `The answer comes without a usable NSEC or NSEC3 record to prove ${claim}`
    : `The NSEC or NSEC3 records of the answer do not prove ${claim}`;
  return {
    subject: name.key,
    text: exceeded ? `${what}; a limit (MAX_NSEC3_HASHES_PER_PROOF) ended the work` : what,
    ede: EDE.NSEC_MISSING,
    clause: denial.nsec3.length > 0 ? 'RFC 5155 §8' : 'RFC 4035 §5.4',
  };
}
