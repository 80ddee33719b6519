/** Verifies the RRSIGs of an RRset with the keys of its zone (RFC 4035 §5.3). */
import { ancestorOf, type Name } from '../dns/name.ts';
import { isDeprecatedAlgorithm } from './algorithm.ts';
import { rsaLimitOf, type Dnskey } from './dnskey.ts';
import { MAX_KEYS_PER_TAG, MAX_SIGNATURES_PER_RRSET } from './limits.ts';
import { examineSignature, type Candidate } from './signature-candidate.ts';
import { bogusSignature, signatureMissing, type SignatureFault } from './signature-fault.ts';
import { observeUse } from './signature-use.ts';
import type {
  SignatureVerdict,
  ValidSignature,
  WildcardExpansion,
  ZoneKeys,
} from './signature-verdict.ts';
import { signedData } from './signed-data.ts';
import type { SignedRRset } from './signed-rrset.ts';
import type { Validation } from './work.ts';

export type { SignatureVerdict, ZoneKeys } from './signature-verdict.ts';

/**
 * One valid signature suffices, whatever the others are (RFC 6840 §5.11). A positive answer with
 * `expansion` set is proven only together with `proveWildcardExpansion`.
 */
export function verifyRRset(
  signed: SignedRRset,
  zone: ZoneKeys,
  validation: Validation,
): SignatureVerdict {
  if (signed.signatures.length === 0) return signatureMissing(signed.rrset);
  const candidates: Candidate[] = [];
  const faults: SignatureFault[] = [];
  for (const record of signed.signatures) {
    const examined = examineSignature(signed.rrset, record, zone, validation);
    if (examined.kind === 'candidate') candidates.push(examined);
    else faults.push(examined);
  }
  const tried = tryCandidates(signed, best(candidates), validation);
  if (tried.status === 'valid') return tried;
  return bogusSignature(signed.rrset, [...faults, ...tried.faults], tried.limit);
}

type Trial = ValidSignature | Exhausted;

interface Exhausted {
  readonly status: 'exhausted';
  readonly faults: readonly SignatureFault[];
  /** The limit that kept us from trying more, or null. */
  readonly limit: string | null;
}

/** Modern algorithms first, then what lasts longest, so that a warning is true of the whole RRset. */
function best(candidates: readonly Candidate[]): readonly Candidate[] {
  return [...candidates].sort(
    (a, b) =>
      Number(isDeprecatedAlgorithm(a.rrsig.algorithm)) -
        Number(isDeprecatedAlgorithm(b.rrsig.algorithm)) ||
      b.period.expiration - a.period.expiration,
  );
}

function tryCandidates(
  signed: SignedRRset,
  candidates: readonly Candidate[],
  validation: Validation,
): Trial {
  const faults: SignatureFault[] = [];
  let limit = candidates.length > MAX_SIGNATURES_PER_RRSET ? 'MAX_SIGNATURES_PER_RRSET' : null;
  for (const candidate of candidates.slice(0, MAX_SIGNATURES_PER_RRSET)) {
    if (candidate.keys.length > MAX_KEYS_PER_TAG) limit ??= 'MAX_KEYS_PER_TAG';
    const data = signedData(signed.rrset, candidate.rrsig, candidate.signedName);
    for (const key of candidate.keys.slice(0, MAX_KEYS_PER_TAG)) {
      if (!validation.work.startValidation()) {
        return { status: 'exhausted', faults, limit: validation.work.exceeded() };
      }
      const { algorithm, signature } = candidate.rrsig;
      const result = validation.crypto.verify(algorithm, key.publicKey, signature, data);
      if (result === 'valid') return accept(signed, candidate, key, validation);
      validation.work.validationFailed();
      if (result === 'unusable') limit ??= rsaLimitOf(key);
      faults.push({ kind: result === 'invalid' ? 'invalid' : 'unusable', rrsig: candidate.rrsig });
    }
  }
  return { status: 'exhausted', faults, limit };
}

function accept(
  signed: SignedRRset,
  candidate: Candidate,
  key: Dnskey,
  validation: Validation,
): ValidSignature {
  const { rrsig, period } = candidate;
  const left = period.expiration - validation.at;
  return {
    status: 'valid',
    key,
    period,
    // RFC 4035 §5.3.3: never longer than the signature lasts or its original TTL says.
    ttl: Math.min(signed.rrset.ttl, candidate.ttl, rrsig.originalTtl, left),
    expansion: expansionOf(signed.rrset.name, candidate.signedName, rrsig.labels),
    observations: observeUse(signed.rrset, rrsig, key, period, validation.at),
  };
}

function expansionOf(owner: Name, signedName: Name, labels: number): WildcardExpansion | null {
  if (owner.key === signedName.key) return null;
  return {
    wildcard: signedName,
    closestEncloser: ancestorOf(owner, labels),
    nextCloser: ancestorOf(owner, labels + 1),
  };
}
