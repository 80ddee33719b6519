// Expectations of the domains with one fault each: what happens to mail, and the code that names the fault.
import type { FindingCode } from '../../../shared/findings/codes.ts';
import type { DomainExpectation } from '../expectations.ts';

const BROKEN = { outcome: 'broken', exit: 2, mx: 'secure' } as const;

/** One host `mx`, which fails. */
function deferred(
  domain: string,
  must: readonly FindingCode[],
  why: string,
  more: Partial<DomainExpectation> = {},
): DomainExpectation {
  return {
    ...BROKEN,
    domain,
    hosts: { [`mx.${domain}`]: 'deferred' },
    must: ['mx-secure', ...must],
    mustNot: ['mx-insecure', 'tlsa-none', 'tlsa-insecure'],
    why,
    ...more,
  };
}

const FAULTY_SIGNATURES: readonly DomainExpectation[] = [
  deferred(
    'bogus-tlsa.test',
    ['tlsa-bogus', 'rrsig-invalid'],
    'RFC 7672 §2.1.2: a bogus TLSA answer delays mail',
  ),
  deferred(
    'expired-tlsa.test',
    ['tlsa-bogus', 'rrsig-expired'],
    'RFC 4035 §5.3.1: the expiration lies in the past',
  ),
  deferred(
    'future-tlsa.test',
    ['tlsa-bogus', 'rrsig-not-yet-valid'],
    'RFC 4035 §5.3.1: the inception lies in the future',
  ),
  deferred(
    'unsigned-rrset.test',
    ['tlsa-bogus', 'rrsig-missing'],
    'RFC 4035 §5: a signed zone must sign the RRset',
  ),
  deferred(
    'bogus-address.test',
    ['host-bogus', 'rrsig-invalid'],
    'RFC 7672 §2.2.2: a bogus address answer makes the host unusable',
  ),
  ...(
    [
      [
        'bogus-mx.test',
        ['mx-bogus', 'rrsig-invalid'],
        'RFC 7672 §2.2.1: bogus MX records delay mail',
      ],
      [
        'expired-zone.test',
        ['mx-bogus', 'rrsig-expired'],
        'RFC 4035 §5.3.1: no signature of the zone is in date',
      ],
      [
        'wrong-ds.test',
        ['mx-bogus', 'ds-mismatch'],
        'RFC 4035 §5.2: no DNSKEY has the digest of the DS record',
      ],
    ] satisfies [string, FindingCode[], string][]
  ).map(([domain, must, why]): DomainExpectation => ({
    ...BROKEN,
    domain,
    mx: 'bogus',
    hosts: {},
    must,
    mustNot: ['mx-secure', 'mx-insecure', 'mx-lookup-failed', 'tlsa-none'],
    why,
  })),
];

const FAULTY_SERVERS: readonly DomainExpectation[] = [
  deferred(
    'ancestor-nxdomain.test',
    ['ancestor-nxdomain'],
    'RFC 8020 §2 and RFC 9156 §2: NXDOMAIN for the ancestor, unproven, at every server stops a minimising resolver',
    {
      may: ['ancestor-bogus', 'denial-invalid'],
      mustNot: ['ancestors-ok', 'ancestor-denied', 'tlsa-bogus'],
    },
  ),
  {
    domain: 'ancestor-nxdomain-one-server.test',
    outcome: 'secure',
    exit: 0,
    mx: 'secure',
    hosts: { 'mx.ancestor-nxdomain-one-server.test': 'authenticated' },
    must: ['mx-secure', 'tlsa-match', 'ancestor-nxdomain'],
    may: ['ancestor-bogus', 'denial-invalid'],
    mustNot: ['ancestors-ok', 'ancestor-denied'],
    why: 'RFC 9156 §2: whoever asks the other server finds the record; the fault is told all the same',
  },
  {
    domain: 'ancestor-nxdomain-proven.test',
    outcome: 'insecure',
    exit: 1,
    mx: 'secure',
    hosts: { 'mx.ancestor-nxdomain-proven.test': 'opportunistic' },
    must: ['mx-secure', 'ancestor-nxdomain', 'ancestor-denied'],
    mustNot: ['ancestors-ok', 'tlsa-bogus', 'ancestor-bogus'],
    why: 'RFC 8020 §2: a proven NXDOMAIN for the ancestor securely denies the record below it (RFC 8198 §5.1)',
  },
  deferred(
    'tlsa-servfail.test',
    ['tlsa-lookup-failed'],
    'RFC 7672 §2.1.2: a failed TLSA look-up is no denial; mail waits',
    { mustNot: ['tlsa-none', 'tlsa-insecure', 'tlsa-bogus'] },
  ),
  ...(
    [
      ['one-server-down.test', 'server-unresponsive', 'RFC 2182 §3: the other server carries on'],
      [
        'one-server-lame.test',
        'server-lame',
        'RFC 1034 §4.2.2: a server that does not have the zone it is named for',
      ],
    ] as const
  ).map(([domain, code, why]): DomainExpectation => ({
    domain,
    outcome: 'secure',
    exit: 0,
    mx: 'secure',
    hosts: { [`mx.${domain}`]: 'authenticated' },
    must: ['mx-secure', 'tlsa-match', code],
    severities: { [code]: 'warning' },
    mustNot: ['tlsa-servers-disagree'],
    why,
  })),
  deferred(
    'servers-disagree.test',
    ['tlsa-servers-disagree'],
    'RFC 7671 §8: the sender that asks the wrong server sees no matching record',
    { may: ['tlsa-mismatch'] },
  ),
];

const FAULTY_MAIL: readonly DomainExpectation[] = [
  deferred(
    'stale-record.test',
    ['tlsa-mismatch', 'ancestors-ok'],
    'RFC 7672 §2.2: a usable record exists and none matches',
    {
      mustNot: ['tlsa-match', 'tlsa-all-unusable', 'starttls-missing'],
    },
  ),
  deferred(
    'no-starttls.test',
    ['starttls-missing'],
    'RFC 7672 §2.2: with secure records TLS is mandatory',
    {
      severities: { 'starttls-missing': 'error' },
      mustNot: ['tlsa-match', 'tlsa-mismatch', 'tls-handshake-failed', 'smtp-unreachable'],
    },
  ),
  deferred(
    'issuer-not-sent.test',
    ['tlsa-ta-missing-from-chain'],
    'RFC 7672 §3.1.2: the server must send the trust anchor',
    {
      may: ['tlsa-mismatch'],
      mustNot: ['tlsa-match', 'tlsa-ta-name-mismatch', 'tlsa-ta-expired'],
    },
  ),
  deferred(
    'issued-other-name.test',
    ['tlsa-ta-name-mismatch'],
    'RFC 7672 §3.1.2 and §3.2.3: under usage 2 names are checked',
    {
      may: ['tlsa-mismatch', 'certificate-name-mismatch'],
      mustNot: ['tlsa-match', 'tlsa-ta-missing-from-chain', 'tlsa-ta-expired'],
    },
  ),
  deferred(
    'issued-expired.test',
    ['tlsa-ta-expired'],
    'RFC 7671 §5.2: under usage 2 the path must be in date',
    {
      may: ['tlsa-mismatch', 'certificate-expired'],
      mustNot: [
        'tlsa-match',
        'tlsa-ta-missing-from-chain',
        'tlsa-ta-name-mismatch',
        'tlsa-ee-expired',
      ],
    },
  ),
  deferred(
    'two-addresses-one-wrong.test',
    ['addresses-disagree', 'tlsa-mismatch'],
    'RFC 7672 §2.2: whichever address a sender picks must authenticate',
  ),
  {
    domain: 'two-addresses-one-down.test',
    outcome: 'secure',
    exit: 0,
    mx: 'secure',
    hosts: { 'mx.two-addresses-one-down.test': 'authenticated' },
    must: ['tlsa-match', 'smtp-unreachable'],
    severities: { 'smtp-unreachable': 'warning' },
    mustNot: ['addresses-disagree', 'tlsa-mismatch', 'smtp-port-blocked'],
    why: 'RFC 5321 §5.1: a sender goes on to the next address',
  },
  {
    domain: 'two-hosts-one-stale.test',
    outcome: 'degraded',
    exit: 2,
    mx: 'secure',
    hosts: {
      'mx1.two-hosts-one-stale.test': 'authenticated',
      'mx2.two-hosts-one-stale.test': 'deferred',
    },
    must: ['mx-secure', 'tlsa-match', 'tlsa-mismatch'],
    mustNot: ['addresses-disagree'],
    why: 'RFC 7672 §2.2: a host that fails is skipped, and mail goes by the other',
  },
  {
    domain: 'unreachable.test',
    outcome: 'unknown',
    exit: 3,
    mx: 'secure',
    hosts: { 'mx.unreachable.test': 'unreachable' },
    must: ['mx-secure', 'smtp-unreachable'],
    mustNot: ['tlsa-match', 'tlsa-mismatch', 'starttls-missing', 'address-private'],
    why: 'RFC 5321 §4.5.4.1: nothing answers, so nothing is known of the certificate',
  },
  {
    domain: 'one-host-gone.test',
    outcome: 'secure',
    exit: 0,
    mx: 'secure',
    hosts: { 'gone.one-host-gone.test': 'gone', 'mx.one-host-gone.test': 'authenticated' },
    must: ['mx-secure', 'tlsa-match', 'mx-target-unresolvable'],
    mustNot: ['no-address'],
    why: 'RFC 5321 §5.1: a host without address is passed over',
  },
  {
    domain: 'all-hosts-gone.test',
    outcome: 'broken',
    exit: 2,
    mx: 'secure',
    hosts: { 'gone.all-hosts-gone.test': 'gone' },
    must: ['mx-secure', 'mx-target-unresolvable'],
    mustNot: ['no-address', 'mx-implicit', 'mx-null'],
    why: 'RFC 5321 §5.1: MX records exist, so the domain itself is no fallback',
  },
];

export const FAULTY_EXPECTATIONS: readonly DomainExpectation[] = [
  ...FAULTY_SIGNATURES,
  ...FAULTY_SERVERS,
  ...FAULTY_MAIL,
];
