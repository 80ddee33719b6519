/** Says plainly whose fault it may be when nothing validates: the resolver that was given, or the trust anchor. */
import { nameToText } from '../../shared/dns/name.ts';
import { EDE } from '../../shared/dnssec/ede.ts';
import type { Reason } from '../../shared/dnssec/reason.ts';
import type { Failure } from '../../shared/failure.ts';
import { describeFailure } from './describe-failure.ts';
import type { LookUp } from './resolver.ts';
import type { Run } from './run.ts';
import type { Trust } from './trust.ts';

/** Where one recursive resolver answers for everybody, it is named. */
export function explainForwarder(run: Pick<Run, 'forwarder'>, lookUp: LookUp): LookUp {
  const { reason, failure, security } = lookUp;
  if (run.forwarder === null || reason === null) return lookUp;
  const { address } = run.forwarder;
  if (failure !== null && failure.kind !== 'limit') {
    const text = `the resolver ${address} gives no usable answer: ${whatItDoes(failure)}`;
    return { ...lookUp, reason: { ...reason, text } };
  }
  if (security !== 'bogus') return lookUp;
  const advice = lacksRecords(reason)
    ? `the resolver ${address}, which answers so, seems to strip DNSSEC records or not to know them: give another one, or ask the authoritative servers`
    : `the resolver ${address} answers so`;
  return { ...lookUp, reason: { ...reason, text: `${reason.text}; ${advice}` } };
}

function whatItDoes(failure: Failure): string {
  switch (failure.kind) {
    case 'timeout':
      return 'it does not answer in time';
    case 'refused':
      return 'nothing listens on its DNS port';
    case 'unreachable':
      return `it cannot be reached from here (${failure.code})`;
    case 'rcode':
      return `it answers ${failure.rcode}, though it was asked not to validate (CD)`;
    default:
      return describeFailure(failure);
  }
}

/** RFC 8914 §4.10, §4.11, §4.13: signatures, keys or denials that are not there. */
function lacksRecords({ ede }: Reason): boolean {
  return ede === EDE.RRSIGS_MISSING || ede === EDE.NSEC_MISSING || ede === EDE.DNSKEY_MISSING;
}

/** Trust in a zone that an anchor vouches for: keys that do not fit it may be right, and the anchor wrong. */
export function explainAnchor(run: Pick<Run, 'forwarder'>, trust: Trust): Trust {
  if (trust.status !== 'bogus') return trust;
  const { facts, reason } = trust;
  const differs = facts.observations.some(({ code }) => code === 'ds-mismatch');
  if (!differs || facts.dnskeys.length === 0) return trust;
  const who =
    run.forwarder === null ? 'its servers give' : `the resolver ${run.forwarder.address} gives`;
  const tags = facts.dnskeys.map(({ keyTag }) => keyTag).join(', ');
  const text = `The trust anchor for ${nameToText(trust.zone.name)} fits none of the keys that ${who} (${tags}): the anchor is wrong or out of date, or somebody on the way answers in their place`;
  return { ...trust, reason: { ...reason, text } };
}
