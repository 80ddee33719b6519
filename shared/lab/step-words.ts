/** What a sender and its resolver did, one step at a time, in a few words each. */
import { assertNever } from '../failure.ts';
import type { DnsQuestion, MailStep, SmtpStep } from './observation.ts';

/** What it says may hold whatever the other side has sent: to be escaped where it is shown. */
export function stepSentence(seen: DnsQuestion | MailStep): string {
  return seen.kind === 'dns' ? questionSentence(seen) : mailSentence(seen.step);
}

function questionSentence({ name, type, dnssec, minimised }: DnsQuestion): string {
  const signed = dnssec ? '' : ', without asking for signatures';
  const way = minimised ? ', on the way down (minimised names)' : '';
  return `looked up ${type} of ${name}${signed}${way}`;
}

function mailSentence(step: SmtpStep): string {
  switch (step.name) {
    case 'connected':
      return 'connected';
    case 'ehlo':
      return `EHLO ${step.greeting}${step.tls ? '' : ', in the clear'}`;
    case 'starttls':
      return 'STARTTLS';
    case 'tls': {
      const asked = step.serverName === null ? 'no server named' : `asked for ${step.serverName}`;
      return `${step.version} with ${step.cipher}, ${asked}`;
    }
    case 'tls-failed':
      return `broke the TLS handshake off (${step.reason})`;
    case 'mail':
      return `began a mail, ${channel(step.tls)}`;
    case 'recipient':
      return `named the recipient, ${channel(step.tls)}`;
    case 'delivered':
      return `delivered, ${channel(step.tls)}`;
    case 'injection-taken':
      return 'took the injected plaintext for an answer';
    case 'quit':
      return 'QUIT';
    case 'closed':
      return step.cutOff === true ? 'was cut off: it had gone on for too long' : 'closed';
    default:
      return assertNever(step);
  }
}

function channel(tls: boolean): string {
  return tls ? 'over TLS' : 'in the clear';
}
