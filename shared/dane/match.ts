/** Decides whether a presented chain satisfies a TLSA RRset (RFC 7671 §5 and §9, RFC 7672 §3). */
import type {
  AssociationCode,
  AssociationCrypto,
  AssociationVerdict,
  ChainQuestion,
  ChainVerdict,
} from './association.ts';
import { makePathWork } from './path.ts';
import { readPresentedChain } from './presented-chain.ts';
import { formatParameters, type Tlsa } from './tlsa.ts';
import { judgeAnchor, type AnchorContext } from './trust-anchor.ts';
import { USAGE, supersededBy, usabilityOf } from './usability.ts';

/** Pure and bounded; never throws for what a server or a zone may send. */
export function matchChain(question: ChainQuestion, crypto: AssociationCrypto): ChainVerdict {
  const context: AnchorContext = {
    chain: readPresentedChain(question.chain, crypto),
    work: makePathWork(crypto),
    referenceNames: question.referenceNames,
    at: question.at,
  };
  const superseded = supersededBy(question.records);
  const records = question.records.map((record, index) =>
    judgeRecord(record, superseded[index] ?? null, context),
  );
  return { ...decide(question.records, records, context), records };
}

function judgeRecord(
  record: Tlsa,
  superseded: string | null,
  context: AnchorContext,
): AssociationVerdict {
  const usability = usabilityOf(record);
  if (!usability.usable) {
    return { ...refusal(usability.code, usability.reason), usable: false };
  }
  if (superseded !== null) {
    // RFC 7671 §9: "clients MUST ignore" it, whether or not it would match.
    return refusal('superseded-digest', `set aside, since a ${superseded} record stands beside it`);
  }
  return record.usage === USAGE.daneEe
    ? judgeEndEntity(record, context)
    : judgeAnchor(record, context);
}

/** RFC 7671 §5.1, RFC 7672 §3.1.1: names, dates and key usage of the certificate do not matter. */
function judgeEndEntity(record: Tlsa, { chain }: AnchorContext): AssociationVerdict {
  const [position] = chain.positionsOf(record);
  const what = selectedName(record);
  if (position === 0) {
    return { ...refusal('match', `equals the server’s ${what}`), matches: true, matchedDepth: 0 };
  }
  if (chain.leafFault !== null) {
    return refusal('no-match', `the server’s certificate cannot be read: ${chain.leafFault}`);
  }
  if (position === undefined) return refusal('no-match', `differs from the server’s ${what}`);
  return {
    ...refusal(
      'no-match',
      `equals the ${what} of the certificate at depth ${position}, an issuer: usage 3 counts for the server’s own certificate only`,
    ),
    matchedDepth: position,
  };
}

function selectedName(record: Tlsa): string {
  return record.selector === 1 ? 'public key' : 'certificate';
}

function refusal(code: AssociationCode, reason: string): AssociationVerdict {
  return { usable: true, matches: false, matchedDepth: null, code, reason };
}

function decide(
  records: readonly Tlsa[],
  verdicts: readonly AssociationVerdict[],
  { chain }: AnchorContext,
): Pick<ChainVerdict, 'outcome' | 'reason'> {
  if (records.length === 0) return { outcome: 'failed', reason: 'there is no TLSA record' };
  const matching = verdicts.findIndex((verdict) => verdict.matches);
  const record = records[matching];
  if (record !== undefined) {
    return {
      outcome: 'authenticated',
      reason: `the ${formatParameters(record)} record ${verdicts[matching]?.reason ?? ''}`,
    };
  }
  // RFC 7672 §2.2: with no usable record TLS is mandatory, but nobody is authenticated.
  if (verdicts.every((verdict) => !verdict.usable)) {
    return { outcome: 'encrypted-only', reason: 'none of the TLSA records can be used in SMTP' };
  }
  if (chain.certificates.length === 0) {
    return { outcome: 'failed', reason: 'the server presented no certificate' };
  }
  const [only, ...others] = verdicts.filter((verdict) => verdict.usable);
  return {
    outcome: 'failed',
    reason:
      only !== undefined && others.length === 0
        ? `the one usable TLSA record does not match: it ${only.reason}`
        : 'no usable TLSA record matches what the server presents',
  };
}
