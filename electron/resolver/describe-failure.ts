/** A failed exchange in words, for the reason of a look-up without an answer. */
import { EDE } from '../../shared/dnssec/ede.ts';
import { assertNever, type Failure } from '../../shared/failure.ts';

/** What a look-up fails with when its aliases go round in a circle. */
export const ALIAS_LOOP = 'the alias chain leads back into itself';

export function describeFailure(failure: Failure): string {
  switch (failure.kind) {
    case 'timeout':
      return 'no name server answered in time';
    case 'refused':
      return 'nothing listens on the DNS port of the name servers';
    case 'unreachable':
      return failure.code === 'NO_NAME_SERVER_ADDRESS'
        ? 'no name server with a known address is left to ask'
        : `the name servers cannot be reached from here (${failure.code})`;
    case 'closed':
      return 'the name server closed the connection without an answer';
    case 'tls':
    case 'proxy':
    case 'unsupported':
      return failure.detail;
    case 'not-allowed':
      return `${failure.address} was not asked: ${failure.detail}`;
    case 'malformed':
      return failure.detail === ALIAS_LOOP
        ? failure.detail
        : `the answers of the name servers are of no use: ${failure.detail}`;
    case 'rcode':
      return `the name servers answered ${failure.rcode}`;
    case 'limit':
      return `the work was ended by the limit ${failure.limit}`;
    default:
      return assertNever(failure);
  }
}

/** RFC 8914 §4.23 and §4.24: nobody could be reached, or what came was of no use; null for our own bounds. */
export function edeOfFailure(failure: Failure): number | null {
  switch (failure.kind) {
    case 'timeout':
    case 'refused':
    case 'unreachable':
    case 'not-allowed':
      return EDE.NO_REACHABLE_AUTHORITY;
    case 'closed':
    case 'tls':
    case 'rcode':
      return EDE.NETWORK_ERROR;
    case 'malformed':
      return failure.detail === ALIAS_LOOP ? null : EDE.NETWORK_ERROR;
    case 'limit':
    case 'proxy':
    case 'unsupported':
      return null;
    default:
      return assertNever(failure);
  }
}
