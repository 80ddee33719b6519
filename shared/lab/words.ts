/** What a test says of a sender, in plain words. */
import { assertNever } from '../failure.ts';
import type { Conclusion, Verdict } from './conclusion.ts';
import { offersTls, SCENARIOS, type ScenarioId, type Worth } from './scenario.ts';
import type { Session } from './sessions.ts';
import type { Standing } from './standing.ts';

/** One or two words, for the head of a verdict. */
export const CONCLUSION_WORD: Readonly<Record<Conclusion, string>> = {
  open: 'Waiting',
  validates: 'Checks DANE',
  'validates-with-faults': 'Checks DANE, with faults',
  'does-not-check': 'Does not check DANE',
  'encrypts-without-checking': 'Encrypts, does not check DANE',
  'refuses-everything': 'Refuses right records too',
  'could-not-tell': 'Could not tell',
};

/** What a deed is worth, as part of a line. */
export const WORTH_WORD: Readonly<Record<Worth, string>> = {
  conforms: 'as it must be',
  unsafe: 'unsafe',
  'too-strict': 'stricter than it may be',
  allowed: 'left to the sender',
  odd: 'cannot come of this situation',
};

/** One or two sentences: what this sender does, and what that means. */
export function conclusionSentence({ conclusion, because }: Verdict): string {
  const first = because.slice(0, MAX_NAMED).map(quotedTitle).join(', ');
  const more = because.length > MAX_NAMED ? ` and ${because.length - MAX_NAMED} more` : '';
  switch (conclusion) {
    case 'open':
      return 'Send the mail to all recipients; what arrives and what is kept shows here as it happens.';
    case 'validates':
      return 'This sender kept mail from the server whose records are wrong, and delivered where they are right.';
    case 'validates-with-faults':
      return `This sender checks DANE, but does what RFC 7672 does not allow, or less than it asks: ${first}${more}.`;
    case 'does-not-check':
      return `This sender ${uncheckedDeed(because)}. Whoever gets between could read its mail.`;
    case 'encrypts-without-checking':
      return 'This sender insists on TLS, but gave mail to a server whose TLSA records do not match its certificate. Whoever gets between with a certificate of their own could read its mail.';
    case 'refuses-everything':
      return 'This sender kept mail from right and from wrong records alike. Most often its resolver does not find the test’s zone, or does not trust it: see whether that is so first.';
    case 'could-not-tell':
      return 'Too little was seen. Either the mail was not sent, or the sender’s resolver does not find the test’s zone, or its queue holds these domains back after an earlier failure.';
    default:
      return assertNever(conclusion);
  }
}

const MAX_NAMED = 3;

function uncheckedDeed([first]: readonly ScenarioId[]): string {
  switch (first) {
    case 'do':
      return 'delivered mail in the clear to a server whose TLSA records are right, and ask for TLS';
    case 'fallback':
      return 'gave mail to a server without making sure that its TLSA records match';
    default:
      return 'delivered mail to a server whose TLSA records do not match its certificate';
  }
}

/** Some titles hold commas themselves. */
function quotedTitle(id: ScenarioId): string {
  return `“${SCENARIOS.find((scenario) => scenario.id === id)?.title ?? id}”`;
}

/** What this sender did, in one sentence. */
export function deedSentence(standing: Standing): string {
  const { phase, deed, basis } = standing;
  switch (phase) {
    case 'waiting':
      return 'Nothing seen yet.';
    case 'under-way':
      return underWay(standing.sessions);
    case 'silent':
      return silence(standing.sessions);
    case 'decided':
      switch (deed) {
        case 'delivered-tls':
          return 'Delivered over TLS.';
        case 'delivered-clear':
          return 'Delivered in the clear.';
        case 'fooled':
          return 'Took the injected plaintext for an answer of the server.';
        case 'refused':
          return basis === 'inferred'
            ? 'Looked the records up, and did not connect.'
            : leaving(standing);
        case null:
          return 'Nothing seen yet.';
        default:
          return assertNever(deed);
      }
    default:
      return assertNever(phase);
  }
}

function underWay(sessions: readonly Session[]): string {
  if (sessions.length === 0) return 'Its resolver asks for the names.';
  if (sessions.some(({ end }) => end === null)) return 'Connected.';
  return isGiving(sessions) ? UNFINISHED : 'Left; it may come again at once.';
}

/** The size is that of the mail servers. */
const UNFINISHED =
  'Began to give the mail, and did not finish: it was larger than 1 MiB, the connection broke, or it only asked whether the address is taken.';

function isGiving(sessions: readonly Session[]): boolean {
  return sessions.some(({ steps }) => steps.some(({ name }) => name === 'mail'));
}

function silence(sessions: readonly Session[]): string {
  if (sessions.length === 0) return 'Nothing that decides was seen. That is no verdict.';
  if (isGiving(sessions)) return `${UNFINISHED} That is no verdict.`;
  if (sessions.some(({ end }) => end !== 'left'))
    return 'It came, and stayed without a word until it was cut off. That is no verdict.';
  return 'It came, and left before it had seen what counts here. That is no verdict.';
}

function leaving({ scenario, sessions }: Standing): string {
  const steps = new Set(sessions.flatMap((session) => session.steps.map(({ name }) => name)));
  if (steps.has('tls')) return 'Saw the certificate, and left without giving the mail.';
  if (steps.has('tls-failed')) return 'Broke the TLS handshake off.';
  return offersTls(scenario)
    ? 'Left before TLS, without giving the mail.'
    : 'Found no STARTTLS, and left without giving the mail.';
}
