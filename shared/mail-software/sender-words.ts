/** The plain sentences of the table of senders: what happens to mail, and why. */
import { printable } from '../findings/safe-text.ts';
import type { HostReport } from '../inspection/report.ts';
import type { Deed, Reason, Ruling } from './sender-rules.ts';

type Verdict = Deed | 'depends' | 'unknown';

export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  authenticated: 'Delivered over verified TLS',
  encrypted: 'Delivered over TLS, to whoever answers',
  'no-dane': 'Delivered as if there were no DANE',
  deferred: 'Mail waits',
  returned: 'Mail is returned',
  depends: 'It depends',
  unknown: 'Could not tell',
};

/** More than this many hosts make the sentence unreadable. */
const HOSTS_IN_A_SENTENCE = 3;

export function domainSentence(
  verdict: Verdict,
  deciding: readonly { readonly host: HostReport; readonly rulings: readonly Ruling[] }[],
): string {
  const parts = deciding
    .slice(0, HOSTS_IN_A_SENTENCE)
    .map(({ host, rulings }) => because(host.name, rulings));
  const others = deciding.length - parts.length;
  const rest = others === 0 ? '' : `; and ${others} more ${others === 1 ? 'host' : 'hosts'}`;
  return `${VERDICT_WORDS[verdict]}: ${parts.join('; ')}${rest}.`;
}

export function hostSentence(verdict: Verdict, host: string, rulings: readonly Ruling[]): string {
  return `${VERDICT_WORDS[verdict]}: ${because(host, rulings)}.`;
}

function because(host: string, rulings: readonly Ruling[]): string {
  const reasons = [...new Set(rulings.map(({ reason }) => reason))];
  const name = printable(host);
  return reasons.map((reason) => REASON_WORDS[reason](name)).join(', or ');
}

const REASON_WORDS: Readonly<Record<Reason, (host: string) => string>> = {
  'address-unknown': (host) => `the addresses of ${host} are not known`,
  'address-failed': (host) => `the addresses of ${host} cannot be looked up, so it is skipped`,
  'address-none': (host) => `${host} has no address, so it is skipped`,
  'mx-insecure': (host) => `the MX records are not signed, so DANE is not used for ${host}`,
  'mx-insecure-demanded': (host) =>
    `the MX records are not signed, so ${host} cannot have the DANE that is demanded`,
  'mx-insecure-encrypt': (host) =>
    `the MX records are not signed, so the TLSA records of ${host} only make TLS a must`,
  'host-insecure': (host) => `the addresses of ${host} are not signed, so DANE is not used`,
  'host-insecure-demanded': (host) =>
    `the addresses of ${host} are not signed, so it cannot have the DANE that is demanded`,
  'tlsa-unknown': (host) => `the TLSA look-up of ${host} is open`,
  'tlsa-failed': (host) =>
    `the TLSA look-up of ${host} fails, and a sender must not go on without it`,
  'tlsa-failed-ancestor': (host) => `the look-up of a name above the TLSA records of ${host} fails`,
  'tlsa-absent': (host) => `${host} has no TLSA records`,
  'tlsa-absent-ancestor': (host) =>
    `a name above the TLSA records of ${host} is denied, so the records are not found`,
  'tlsa-absent-server': (host) => `some name servers say that ${host} has no TLSA records`,
  'tlsa-insecure': (host) => `the TLSA records of ${host}, or their absence, are not signed`,
  'tlsa-absent-demanded': (host) =>
    `no signed TLSA records are found for ${host}, and DANE is demanded`,
  'tlsa-unusable': (host) => `no TLSA record of ${host} can be used, which makes TLS a must`,
  'tlsa-unusable-refused': (host) => `no TLSA record of ${host} can be used`,
  'tlsa-unusable-build': (host) =>
    `no TLSA record of ${host} can be used, and what comes of it depends on the TLS library that Exim was built with`,
  injected: (host) => `${host} sends plaintext behind its reply to STARTTLS`,
  'lower-case': (host) => `${host} does not write STARTTLS in capitals`,
  'anchor-in-record': (host) =>
    `the issuer of ${host} is in the TLSA record alone, and what comes of it depends on the TLS library that Exim was built with`,
  undocumented: (host) => `its documentation does not say what it does with ${host}`,
  matches: (host) => `a TLSA record matches the certificate of ${host}`,
  'matches-sometimes': (host) =>
    `the TLSA records match one certificate of ${host}, and not another`,
  mismatch: (host) => `no TLSA record matches the certificate of ${host}`,
  'no-starttls': (host) => `${host} does not offer the TLS that its TLSA records make a must`,
  refused: (host) => `${host} refuses STARTTLS, which its TLSA records make a must`,
  'refused-for-good': (host) =>
    `${host} refuses STARTTLS for good, which its TLSA records make a must`,
  'tls-failed': (host) => `TLS with ${host} fails, and its TLSA records make it a must`,
  'old-tls': (host) =>
    `${host} speaks nothing newer than TLS 1.1, which the sender’s TLS library may refuse`,
  unreached: (host) => `${host} was not reached from here`,
  'not-probed': (host) => `${host} was not spoken to`,
};
