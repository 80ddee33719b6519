// Expectations of the domains whose mail servers are of another make, have two certificates, or misbehave on the way to TLS.
import type { FindingCode } from '../../../shared/findings/codes.ts';
import type { DomainExpectation } from '../expectations.ts';

type Row = Pick<DomainExpectation, 'why'> & Partial<DomainExpectation>;

/** Nothing is to be said against a server that merely has its ways. */
const NO_COMPLAINT: readonly FindingCode[] = [
  'smtp-unreachable',
  'smtp-rejected',
  'smtp-port-blocked',
  'starttls-injection',
  'key-types-disagree',
  'addresses-disagree',
  'tls-version-old',
  'limit-reached',
];

function authenticated(name: string, row: Row): DomainExpectation {
  const domain = `${name}.post`;
  return {
    domain,
    outcome: 'secure',
    exit: 0,
    mx: 'secure',
    hosts: { [`mx.${domain}`]: 'authenticated' },
    must: ['mx-secure', 'tlsa-match'],
    mustNot: NO_COMPLAINT,
    ...row,
  };
}

function deferred(name: string, must: readonly FindingCode[], row: Row): DomainExpectation {
  const domain = `${name}.post`;
  return {
    domain,
    outcome: 'broken',
    exit: 2,
    mx: 'secure',
    hosts: { [`mx.${domain}`]: 'deferred' },
    must: ['mx-secure', ...must],
    mustNot: ['smtp-unreachable', 'smtp-port-blocked', 'smtp-rejected', 'limit-reached'],
    ...row,
  };
}

function unreachable(name: string, must: readonly FindingCode[], row: Row): DomainExpectation {
  const domain = `${name}.post`;
  return {
    domain,
    outcome: 'unknown',
    exit: 3,
    mx: 'secure',
    hosts: { [`mx.${domain}`]: 'unreachable' },
    must: ['mx-secure', ...must],
    severities: Object.fromEntries(must.map((code) => [code, 'warning' as const])),
    mustNot: ['smtp-port-blocked', 'starttls-missing', 'starttls-refused', 'tls-handshake-failed'],
    ...row,
  };
}

const COVERED_HALF =
  'RFC 7672 §3.1: the sender that agrees on the other key finds no matching record, and records must cover every certificate';

const TWO_CERTIFICATES: readonly DomainExpectation[] = [
  authenticated('two-keys', {
    mustNot: [...NO_COMPLAINT, 'rollover-ready'],
    why: 'RFC 7672 §3.1.1: a record for each key; a pair of keys in use is no rollover',
  }),
  deferred('two-keys-ecdsa-only', ['key-types-disagree'], { why: COVERED_HALF }),
  deferred('two-keys-rsa-only', ['key-types-disagree'], { why: COVERED_HALF }),
  authenticated('two-keys-issuer', {
    why: 'RFC 7672 §3.1.2: the record of the issuer covers every certificate under it',
  }),
  authenticated('exim-two-keys', {
    mustNot: [...NO_COMPLAINT, 'rollover-ready'],
    why: 'RFC 7672 §3.1.1: a record for each key, at another make of server',
  }),
  deferred('exim-two-keys-ecdsa-only', ['key-types-disagree'], { why: COVERED_HALF }),
];

const EXIM: readonly DomainExpectation[] = [
  authenticated('exim', { why: 'RFC 7672 §3.1.1: DANE-EE at another make of server' }),
  authenticated('exim-issuer', { why: 'RFC 7672 §3.1.2: DANE-TA at another make of server' }),
  deferred('exim-issuer-not-sent', ['tlsa-ta-missing-from-chain'], {
    may: ['tlsa-mismatch'],
    mustNot: ['tlsa-match', 'tlsa-ta-name-mismatch'],
    why: 'RFC 7672 §3.1.2: the server must send the trust anchor',
  }),
  deferred('exim-stale', ['tlsa-mismatch'], {
    mustNot: ['tlsa-match', 'smtp-unreachable'],
    why: 'RFC 7672 §2.2: a usable record exists and none matches',
  }),
];

const ODD_CERTIFICATES: readonly DomainExpectation[] = [
  authenticated('hostile-names', {
    why: 'RFC 7671 §5.1: under usage 3 nothing of a certificate but its key counts',
  }),
  deferred('hostile-names-unmatched', ['tlsa-mismatch'], {
    mustNot: ['tlsa-match'],
    why: 'RFC 7672 §2.2: no record matches, whatever the names say',
  }),
  authenticated('huge-key', { why: 'RFC 7671 §5.1: an enormous key matches like any other' }),
  authenticated('huge-issuer', {
    why: 'RFC 7671 §5.1: what stands behind the leaf is of no concern to usage 3',
  }),
  deferred('huge-issuer-anchor', ['tlsa-mismatch'], {
    may: ['tlsa-ta-missing-from-chain'],
    mustNot: ['tlsa-match'],
    why: 'RFC 7671 §5.2 and RFC 5280 §6.1.3: the leaf bears the anchor’s name, and no signature of its key',
  }),
];

const SEVERAL_ADDRESSES: readonly DomainExpectation[] = [
  authenticated('one-address-stalls', {
    must: ['mx-secure', 'tlsa-match', 'smtp-unreachable'],
    severities: { 'smtp-unreachable': 'warning' },
    mustNot: ['smtp-port-blocked', 'addresses-disagree', 'tlsa-mismatch'],
    why: 'RFC 5321 §4.5.3.2.1 and §5.1: a sender waits its time and goes on to the next address',
  }),
  deferred('one-address-without-starttls', ['starttls-missing'], {
    severities: { 'starttls-missing': 'error' },
    mustNot: ['smtp-unreachable', 'tls-handshake-failed'],
    why: 'RFC 7672 §2.2: whichever address a sender picks must offer TLS',
  }),
  deferred('wrong-over-ipv6', ['addresses-disagree', 'tlsa-mismatch'], {
    needs: 'ipv6',
    why: 'RFC 7672 §2.2: senders with IPv6 meet the certificate that no record covers',
  }),
];

const STALLS: readonly DomainExpectation[] = [
  unreachable('stall-connect', ['smtp-unreachable'], {
    mustNot: ['starttls-missing', 'smtp-rejected'],
    why: 'RFC 5321 §4.5.4.1: no connection, so nothing is known',
  }),
  unreachable('stall-greeting', ['smtp-unreachable'], {
    why: 'RFC 5321 §4.5.3.2.1: the greeting never comes',
  }),
  unreachable('stall-ehlo', ['smtp-unreachable'], {
    why: 'RFC 5321 §4.5.3.2: the reply to EHLO never comes',
  }),
  unreachable('drip', ['smtp-unreachable'], {
    why: 'RFC 5321 §4.5.3.2: a time-out is for the whole reply, or a greeting never ends',
  }),
  deferred('stall-starttls', ['starttls-refused'], {
    why: 'RFC 7672 §2.2: STARTTLS was offered and does not come about; no mail goes in the clear',
  }),
  deferred('stall-tls', ['tls-handshake-failed'], {
    why: 'RFC 7672 §2.2: the handshake never comes about',
  }),
];

const REFUSALS: readonly DomainExpectation[] = [
  ...(
    [
      ['greeting-421', 'RFC 5321 §3.8: the server closes before anything is said'],
      ['greeting-554', 'RFC 5321 §3.1: the server takes no mail from this client'],
      ['ehlo-550', 'RFC 5321 §4.1.1.1: the server does not greet this client'],
    ] as const
  ).map(([name, why]) =>
    unreachable(name, ['smtp-rejected'], {
      mustNot: ['smtp-port-blocked', 'starttls-missing'],
      why,
    }),
  ),
  deferred('starttls-454', ['starttls-refused'], {
    mustNot: ['starttls-missing', 'tls-handshake-failed', 'smtp-unreachable'],
    why: 'RFC 3207 §4: 454, TLS is not available for now; RFC 7672 §2.2: so mail waits',
  }),
  deferred('starttls-554', ['starttls-refused'], {
    mustNot: ['starttls-missing', 'tls-handshake-failed', 'smtp-unreachable'],
    why: 'RFC 3207 §4: refused; RFC 7672 §2.2: so mail waits',
  }),
  deferred('close-after-220', ['tls-handshake-failed'], {
    mustNot: ['starttls-refused', 'smtp-unreachable', 'starttls-injection'],
    why: 'RFC 3207 §4: after 220 comes TLS, and here the end',
  }),
  // The text may come in one piece with the 220, or only when the handshake has begun.
  deferred('plaintext-after-220', ['tls-handshake-failed'], {
    may: ['starttls-injection'],
    why: 'RFC 3207 §4: after 220 comes TLS, and here plain text',
  }),
  deferred('old-tls', ['tls-version-old'], {
    mustNot: ['tls-handshake-failed', 'smtp-unreachable'],
    why: 'RFC 8996 §2 and §3: TLS 1.0 and 1.1 must not be used, so senders cannot agree with it',
  }),
];

const BOUNDS: readonly DomainExpectation[] = [
  unreachable('long-greeting', ['limit-reached'], {
    why: 'RFC 5321 §4.5.3.1.5: a reply line has at most 512 octets; a million is no greeting',
  }),
  unreachable('huge-ehlo', ['limit-reached'], {
    why: 'RFC 5321 §4.1.1.1: a reply to EHLO that no client reads to its end is none',
  }),
  authenticated('injection', {
    must: ['mx-secure', 'tlsa-match', 'starttls-injection'],
    severities: { 'starttls-injection': 'error' },
    mustNot: ['tls-handshake-failed', 'starttls-refused', 'tlsa-mismatch'],
    why: 'RFC 3207 §4.2: what came in clear is discarded, and the TLS session decides',
  }),
  authenticated('fragmented', {
    why: 'RFC 5321 §4.2.1: a reply ends with its last line, not with a packet',
  }),
  authenticated('long-welcome', { why: 'RFC 5321 §4.2.1: a greeting may have several lines' }),
  authenticated('lower-case', { why: 'RFC 5321 §2.4: keywords of EHLO are not case sensitive' }),
];

export const MAIL_SERVER_EXPECTATIONS: readonly DomainExpectation[] = [
  ...TWO_CERTIFICATES,
  ...EXIM,
  ...ODD_CERTIFICATES,
  ...SEVERAL_ADDRESSES,
  ...STALLS,
  ...REFUSALS,
  ...BOUNDS,
];
