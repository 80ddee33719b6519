// Expectations of the domains at which nothing is wrong: every host authenticates, every report ends in exit code 0.
import type { FindingCode } from '../../../shared/findings/codes.ts';
import type { DomainExpectation } from '../expectations.ts';

const NO_COMPLAINT: readonly FindingCode[] = [
  'mx-insecure',
  'host-insecure',
  'tlsa-none',
  'tlsa-insecure',
  'tlsa-malformed',
  'tlsa-all-unusable',
  'algorithm-unsupported',
  'algorithm-deprecated',
  'nsec3-iterations',
  'server-unresponsive',
  'server-lame',
  'server-no-edns',
  'server-no-tcp',
  'smtp-unreachable',
  'smtp-rejected',
  'address-private',
  'limit-reached',
];

/** Each as it differs from a domain with one host `mx` whose record matches. */
const SOUND: readonly (Pick<DomainExpectation, 'domain' | 'why'> & Partial<DomainExpectation>)[] = [
  {
    domain: 'right-311.test',
    must: ['mx-secure', 'tlsa-match', 'ancestors-ok'],
    why: 'RFC 7672 §3.1.1: a matching DANE-EE record authenticates',
  },
  {
    domain: 'right-211.test',
    must: ['mx-secure', 'tlsa-match', 'ancestors-ok'],
    why: 'RFC 7672 §3.1.2: a matching DANE-TA record, the issuer in the chain, the name of the host in it',
  },
  {
    domain: 'issuer-in-record.test',
    must: ['tlsa-match', 'tlsa-no-digest'],
    why: 'RFC 7671 §5.2.2: a record with the whole issuer supplies what the server does not send',
  },
  {
    domain: 'two-hosts.test',
    hosts: { 'mx1.two-hosts.test': 'authenticated', 'mx2.two-hosts.test': 'authenticated' },
    why: 'RFC 7672 §2.2: each MX host is judged by its own records',
  },
  {
    domain: 'current-and-next.test',
    must: ['tlsa-match', 'tlsa-record-unmatched'],
    why: 'RFC 7671 §8.1: the next key is published beside the current one; one match is enough',
  },
  {
    domain: 'hosted-elsewhere.test',
    hosts: { 'mx.right-311.test': 'authenticated' },
    why: 'RFC 7672 §2.2: TLSA records belong to the MX host, whatever zone it is in',
  },
  {
    domain: 'implicit-mx.test',
    hosts: { 'implicit-mx.test': 'authenticated' },
    must: ['mx-implicit', 'tlsa-match'],
    mustNot: ['no-address', 'mx-null'],
    why: 'RFC 5321 §5.1: without MX the domain is its own host; RFC 7672 §2.2.1 secures it by the absence of MX',
  },
  {
    domain: 'usage-0-and-311.test',
    must: ['tlsa-match', 'tlsa-unusable-usage'],
    why: 'RFC 7672 §3.1.3: PKIX usages are unusable in SMTP, and the usable record decides',
  },
  {
    domain: 'expired-leaf-311.test',
    must: ['tlsa-match', 'tlsa-ee-expired'],
    why: 'RFC 7671 §5.1: validity dates are ignored under usage 3',
  },
  {
    domain: 'tlsa-over-tcp.test',
    must: ['tlsa-match', 'tlsa-full-certificate', 'tlsa-no-digest'],
    why: 'RFC 7766 §5: a truncated answer is asked for again over TCP',
  },
  {
    domain: 'tlsa-cname.test',
    must: ['tlsa-match', 'tlsa-cname'],
    why: 'RFC 7671 §7: a secure CNAME of the TLSA owner name is followed',
  },
  {
    domain: 'tlsa-wildcard.test',
    must: ['tlsa-match', 'ancestors-ok'],
    mustNot: ['ancestor-denied'],
    why: 'RFC 4035 §5.3.4: a wildcard answer is secure with the proof that no closer name exists',
  },
  {
    domain: 'mx-cname.test',
    hosts: { 'alias.mx-cname.test': 'authenticated' },
    must: ['tlsa-match', 'mx-target-cname'],
    why: 'RFC 7672 §2.2.2: a secure alias is tried by its expanded name first; RFC 2181 §10.3 forbids the alias',
  },
  {
    domain: 'dual-stack.test',
    // Without IPv6 on this machine the second address is unreachable, which changes no outcome.
    mustNot: NO_COMPLAINT.filter((code) => code !== 'smtp-unreachable'),
    why: 'RFC 7672 §2.2: every address of a host is one place where mail may go',
  },
  {
    domain: 'six.test',
    needs: 'ipv6',
    why: 'RFC 3596 §2: the only name server has an IPv6 address only',
  },
  {
    domain: 'nsec3.test',
    mustNot: ['nsec3-iterations', 'nsec3-opt-out'],
    why: 'RFC 5155 §8: the same proofs with hashed names; RFC 9276 §3.1: no iterations',
  },
  {
    domain: 'signed.optout',
    why: 'RFC 5155 §6: opt-out leaves a signed delegation as secure as any other',
  },
  ...(
    [
      ['algorithm-8.test', 'RFC 5702'],
      ['algorithm-10.test', 'RFC 5702'],
      ['algorithm-14.test', 'RFC 6605'],
      ['algorithm-15.test', 'RFC 8080'],
      ['algorithm-16.test', 'RFC 8080'],
    ] as const
  ).map(([domain, rfc]) => ({ domain, why: `${rfc}: the algorithm of this zone's keys` })),
];

export const SOUND_EXPECTATIONS: readonly DomainExpectation[] = SOUND.map((expectation) => ({
  outcome: 'secure',
  exit: 0,
  mx: 'secure',
  hosts: { [`mx.${expectation.domain}`]: 'authenticated' },
  must: ['mx-secure', 'tlsa-match'],
  ...expectation,
  mustNot: [...NO_COMPLAINT, ...(expectation.mustNot ?? [])].filter(
    (code) => expectation.domain !== 'dual-stack.test' || code !== 'smtp-unreachable',
  ),
}));
