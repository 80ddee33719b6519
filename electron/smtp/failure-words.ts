/** What a network failure means at a stage of a probe: its kind in the report, and plain words. */
import { assertNever, type Failure } from '../../shared/failure.ts';
import type { ProbeFailure, ProbeStage } from '../../shared/inspection/report.ts';

export function describeFailure(
  failure: Failure,
  stage: ProbeStage,
): { readonly kind: ProbeFailure; readonly words: string } {
  switch (failure.kind) {
    case 'timeout':
      return { kind: 'timeout', words: `${WAITED_FOR[stage]} in time` };
    case 'refused':
      return { kind: 'refused', words: 'the connection was refused: nothing listens there' };
    case 'unreachable':
      return { kind: 'unreachable', words: `no way leads there from here (${failure.code})` };
    case 'closed':
      return { kind: 'closed', words: `the server closed the connection ${WHILE[stage]}` };
    case 'tls':
      return { kind: 'tls-failed', words: `the TLS handshake failed: ${failure.detail}` };
    case 'not-allowed':
      return { kind: 'private-address', words: failure.detail };
    case 'malformed':
      return { kind: 'protocol', words: `the server broke the protocol: ${failure.detail}` };
    case 'rcode':
      return { kind: 'protocol', words: `the name servers answered ${failure.rcode}` };
    case 'proxy':
      return { kind: 'proxy', words: failure.detail };
    case 'unsupported':
      return { kind: 'unsupported', words: failure.detail };
    case 'limit':
      return { kind: 'limit', words: `a bound on our own work ended it (${failure.limit})` };
    default:
      return assertNever(failure);
  }
}

const WAITED_FOR: Readonly<Record<ProbeStage, string>> = {
  connect: 'no connection came about',
  greeting: 'the server did not finish its greeting',
  ehlo: 'the server did not finish its reply to EHLO',
  starttls: 'the server did not finish its reply to STARTTLS',
  tls: 'the TLS handshake was not finished',
  done: 'the server did not answer',
};

const WHILE: Readonly<Record<ProbeStage, string>> = {
  connect: 'as soon as it was made',
  greeting: 'before its greeting was complete',
  ehlo: 'before its reply to EHLO was complete',
  starttls: 'in answer to STARTTLS',
  tls: 'during the TLS handshake',
  done: 'afterwards',
};
