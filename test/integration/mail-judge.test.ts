// Postfix's own client must agree on which hosts of the universe authenticate (RFC 7672 §2.2, §3.1).
import { describe, expect, inject, test } from 'vitest';
import type { HostOutcome } from '../../shared/inspection/report.ts';
import { EXPECTATIONS } from '../universe/expectations.ts';
import { check } from './command-line.ts';
import { judgeWithPosttlsFinger, type MailVerdict } from './judges/posttls-finger.ts';

const universe = inject('universe');

/** What Postfix may say of a host with this outcome. */
const AGREES: Readonly<Record<HostOutcome, readonly MailVerdict[]>> = {
  authenticated: ['verified'],
  'encrypted-only': ['unverified'],
  opportunistic: ['unverified', 'no-tls'],
  deferred: ['mismatch', 'no-tls', 'look-up-failed'],
  unreachable: ['unreachable'],
  gone: ['look-up-failed'],
  pending: [],
};

/** Hosts of which Postfix, asked once for one host, rightly says something else. */
const BEYOND_IT: Readonly<Record<string, string>> = {
  'mx.two-addresses-one-wrong.test':
    'it tries one address at random and stops when that one is right',
  'mx.servers-disagree.test': 'its resolver has the answer of one server only',
  'mx.ancestor-nxdomain.test':
    'its resolver asks for the full name at once, so it never meets the ancestor',
  'mx.ancestor-nxdomain-proven.test':
    'its resolver asks for the full name at once, so it never meets the ancestor',
  'mx.algorithm-16.test': 'its resolver, Unbound as Debian builds it, does not know algorithm 16',
};

/** An insecure MX makes a host opportunistic, but Postfix is asked for the host and sees no MX. */
const judged = EXPECTATIONS.filter(
  ({ domain, needs }) => domain !== 'unsigned-mx.test' && (universe.ipv6 || needs !== 'ipv6'),
).flatMap(({ hosts }) => Object.entries(hosts));

describe.concurrent('posttls-finger', () => {
  for (const [host, outcome] of new Map(judged)) {
    const reason = BEYOND_IT[host];
    test(`${reason === undefined ? `agrees that ${host} is` : `cannot judge that ${host} is`} ${outcome}${reason === undefined ? '' : `: ${reason}`}`, async () => {
      const verdict = await judgeWithPosttlsFinger(universe, host);
      if (reason === undefined) expect(AGREES[outcome]).toContain(verdict);
      else expect(['verified', 'unverified', 'mismatch']).toContain(verdict);
    });
  }

  test('and check agree on every host of a domain with one right and one wrong', async () => {
    const { report } = await check(universe, 'two-hosts-one-stale.test');
    for (const { name, outcome } of report.hosts) {
      const verdict = await judgeWithPosttlsFinger(universe, name);
      expect({ name, authenticated: verdict === 'verified' }).toEqual({
        name,
        authenticated: outcome === 'authenticated',
      });
    }
  });
});
