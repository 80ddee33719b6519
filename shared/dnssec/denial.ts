/** Authenticated denial of existence with NSEC and NSEC3 alike (RFC 4035 §5.4, RFC 5155 §8). */
import { isSubdomainOf, nameToText, type Name } from '../dns/name.ts';
import { typeToText } from '../dns/record-type.ts';
import { denialFault, excessReason, observeOptOut, optOutReason } from './denial-fault.ts';
import type { CutVerdict, DenialRecords, DenialVerdict, Proof } from './denial-verdict.ts';
import {
  nsecDeniesName,
  nsecProvesNameError,
  nsecProvesNoData,
  nsecProvesNoDs,
} from './nsec-proof.ts';
import { createNsec3Hasher } from './nsec3-hash.ts';
import {
  nsec3ProvesExpansion,
  nsec3ProvesNameError,
  nsec3ProvesNoData,
  nsec3ProvesNoDs,
  type Nsec3Evidence,
} from './nsec3-proof.ts';
import type { WildcardExpansion } from './signature-verdict.ts';

export { covered } from './aggressive-cover.ts';
export { denialRecords } from './denial-records.ts';
export type { CutVerdict, DenialRecords, DenialVerdict } from './denial-verdict.ts';

/** NOERROR without the type: the name exists (or a wildcard, or an empty non-terminal), the type does not. */
export function proveNoData(denial: DenialRecords, name: Name, type: number): DenialVerdict {
  const claim = `that ${nameToText(name)} has no ${typeToText(type)} records`;
  return decide(denial, name, claim, (evidence) =>
    strongest(nsecProvesNoData(denial.nsec, denial.zone, name, type), () =>
      nsec3ProvesNoData(evidence, name, type),
    ),
  );
}

/** NXDOMAIN: neither the name nor a wildcard for it exists. */
export function proveNameError(denial: DenialRecords, name: Name): DenialVerdict {
  const claim = `that ${nameToText(name)} does not exist`;
  return decide(denial, name, claim, (evidence) =>
    strongest(nsecProvesNameError(denial.nsec, denial.zone, name), () =>
      nsec3ProvesNameError(evidence, name),
    ),
  );
}

/** A positive answer from a wildcard: nothing closer to the owner name exists (RFC 4035 §5.3.4). */
export function proveWildcardExpansion(
  denial: DenialRecords,
  expansion: WildcardExpansion,
): DenialVerdict {
  const { nextCloser, wildcard } = expansion;
  const claim = `that ${nameToText(wildcard)} was to answer, ${nameToText(nextCloser)} not existing`;
  return decide(denial, nextCloser, claim, (evidence) => {
    const denied = denial.nsec.some((nsec) => nsecDeniesName(nsec, denial.zone, nextCloser));
    return strongest(denied ? 'proven' : null, () => nsec3ProvesExpansion(evidence, nextCloser));
  });
}

/** What the denial of a DS RRset at `cut` (a referral without DS, or an answer to a DS query) says. */
export function proveNoDs(denial: DenialRecords, cut: Name): CutVerdict {
  const evidence = evidenceOf(denial);
  const inZone = isSubdomainOf(cut, denial.zone);
  const proof = inZone
    ? (nsecProvesNoDs(denial.nsec, denial.zone, cut) ?? nsec3ProvesNoDs(evidence, cut))
    : null;
  const { observations } = denial;
  switch (proof) {
    case 'no-delegation':
      return { kind: 'no-delegation', observations };
    case 'insecure-delegation':
      return {
        kind: 'insecure-delegation',
        reason: {
          subject: `${cut.key}/DS`,
          text: `${nameToText(denial.zone)} proves that the delegation of ${nameToText(cut)} is unsigned (no DS records)`,
          ede: null,
          clause: 'RFC 4035 §5.2',
        },
        observations,
      };
    case 'opt-out':
      return {
        kind: 'insecure-delegation',
        reason: optOutReason(denial, cut),
        observations: [...observations, observeOptOut(denial)],
      };
    case null:
      break;
  }
  if (inZone && denial.excessIterations !== null) {
    const reason = excessReason(denial, denial.excessIterations);
    return { kind: 'insecure-delegation', reason, observations };
  }
  const claim = `that ${nameToText(cut)} has no DS records`;
  return { kind: 'bogus', ...denialFault(denial, cut, claim, evidence.hasher.exceeded()) };
}

/** Turns what the records prove into a verdict; the claim completes “does not prove …”. */
function decide(
  denial: DenialRecords,
  name: Name,
  claim: string,
  prove: (evidence: Nsec3Evidence) => Proof,
): DenialVerdict {
  const evidence = evidenceOf(denial);
  // A zone has no say over names outside it, whatever hashes it signs.
  const inZone = isSubdomainOf(name, denial.zone);
  const proof = inZone ? prove(evidence) : null;
  const { observations } = denial;
  if (proof === 'proven') return { status: 'secure', observations };
  if (proof === 'opt-out') {
    return {
      status: 'insecure',
      reason: optOutReason(denial, name),
      observations: [...observations, observeOptOut(denial)],
    };
  }
  if (inZone && denial.excessIterations !== null) {
    // RFC 9276 §3.2: validly signed, but with more iterations than we hash: as if insecure.
    const reason = excessReason(denial, denial.excessIterations);
    return { status: 'insecure', reason, observations };
  }
  return { status: 'bogus', ...denialFault(denial, name, claim, evidence.hasher.exceeded()) };
}

function evidenceOf(denial: DenialRecords): Nsec3Evidence {
  return {
    zone: denial.zone,
    records: denial.nsec3,
    hasher: createNsec3Hasher(denial.validation.crypto),
  };
}

function strongest(byNsec: Proof, byNsec3: () => Proof): Proof {
  return byNsec ?? byNsec3();
}
