// Postfix's own client must agree on which hosts of the universe authenticate (RFC 7672 §2.2, §3.1).
import { describe, expect, inject, test } from 'vitest';
import type { HostOutcome } from '../../shared/inspection/report.ts';
import { EXPECTATIONS } from '../universe/expectations.ts';
import { MAIL_SERVER_EXPECTATIONS } from '../universe/expectations/mail-servers.ts';
import { check } from './command-line.ts';
import { judgeWithDanetool, type DanetoolVerdict } from './judges/danetool.ts';
import { authenticatesToOpenssl } from './judges/openssl.ts';
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

interface Beyond {
  readonly says: readonly MailVerdict[];
  readonly because: string;
}

const SKIPS_ANCESTORS: Beyond = {
  says: ['verified'],
  because: 'its resolver asks for the full name at once, so it never meets the ancestor',
};

const ONE_KEY: Beyond = {
  says: ['verified', 'mismatch'],
  because: 'it agrees on one of the two keys and never sees the other',
};

const NO_SESSION: Beyond = {
  says: ['unreachable', 'no-tls'],
  because: 'its summary does not tell a session that came to nothing from no session',
};

/** Hosts of which Postfix, asked once for one host, rightly says something else. */
const BEYOND_IT: Readonly<Record<string, Beyond>> = {
  'mx.two-addresses-one-wrong.test': {
    says: ['verified', 'mismatch'],
    because: 'it tries one address at random and ends there; OpenSSL judges each below',
  },
  'mx.servers-disagree.test': {
    says: ['verified', 'mismatch'],
    because: 'its resolver has the answer of one server only',
  },
  'mx.two-keys-ecdsa-only.post': ONE_KEY,
  'mx.two-keys-rsa-only.post': ONE_KEY,
  'mx.exim-two-keys-ecdsa-only.post': ONE_KEY,
  'mx.one-address-stalls.post': {
    says: ['verified', 'unreachable', 'no-tls'],
    because: 'it tries one address at random and ends there',
  },
  'mx.one-address-without-starttls.post': {
    says: ['verified', 'no-tls'],
    because: 'it tries one address at random and ends there',
  },
  'mx.wrong-over-ipv6.post': {
    says: ['verified', 'mismatch'],
    because: 'it tries one address at random and ends there',
  },
  ...Object.fromEntries(
    [
      ...['stall-greeting', 'stall-ehlo', 'stall-tls', 'drip', 'greeting-421', 'greeting-554'],
      ...['ehlo-550', 'long-greeting', 'huge-ehlo'],
    ].map((name) => [`mx.${name}.post`, NO_SESSION]),
  ),
  'mx.ancestor-nxdomain.test': SKIPS_ANCESTORS,
  'mx.ancestor-nxdomain-proven.test': SKIPS_ANCESTORS,
};

/** An insecure MX makes a host opportunistic, but Postfix is asked for the host and sees no MX. */
const judged = [...EXPECTATIONS, ...MAIL_SERVER_EXPECTATIONS]
  .filter(
    ({ domain, needs }) => domain !== 'unsigned-mx.test' && (universe.ipv6 || needs !== 'ipv6'),
  )
  .flatMap(({ hosts }) => Object.entries(hosts));

describe.concurrent('posttls-finger', () => {
  for (const [host, outcome] of new Map(judged)) {
    const beyond = BEYOND_IT[host];
    const title =
      beyond === undefined
        ? `agrees that ${host} is ${outcome}`
        : `cannot know that ${host} is ${outcome}: ${beyond.because}`;
    test(title, async () => {
      const verdict = await judgeWithPosttlsFinger(universe, host);
      expect(beyond?.says ?? AGREES[outcome]).toContain(verdict);
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

test('of two addresses of one host OpenSSL verifies the first and refuses the second', async () => {
  const host = 'mx.two-addresses-one-wrong.test';
  const addresses = universe.mailAddresses.filter(({ hostName }) => hostName === host);
  const verdicts = await Promise.all(
    addresses.map(async ({ label, address }) => [
      label,
      await authenticatesToOpenssl(universe, host, address),
    ]),
  );
  expect(Object.fromEntries(verdicts)).toEqual({ first: true, second: false });
});

/** What GnuTLS makes of the hosts that it can reach; it looks at one key, and at no name. */
const DANETOOL: Readonly<Record<string, DanetoolVerdict>> = {
  'mx.exim.post': 'matches',
  'mx.exim-issuer.post': 'matches',
  'mx.exim-stale.post': 'mismatch',
  'mx.two-keys.post': 'matches',
  'mx.two-keys-issuer.post': 'matches',
  'mx.exim-two-keys.post': 'matches',
  'mx.hostile-names.post': 'matches',
  'mx.hostile-names-unmatched.post': 'mismatch',
  'mx.huge-key.post': 'matches',
  'mx.huge-issuer.post': 'matches',
  'mx.huge-issuer-anchor.post': 'mismatch',
  'mx.injection.post': 'matches',
  'mx.long-welcome.post': 'matches',
  'mx.lower-case.post': 'matches',
};

describe.concurrent('danetool', () => {
  for (const [host, verdict] of Object.entries(DANETOOL)) {
    test(`says of ${host}: ${verdict}, as check does`, async () => {
      expect(await judgeWithDanetool(universe, host)).toBe(verdict);
      const outcome = MAIL_SERVER_EXPECTATIONS.find(({ hosts }) => host in hosts)?.hosts[host];
      expect(outcome === 'authenticated').toBe(verdict === 'matches');
    });
  }

  test('agrees with the older TLS of a host that no sender may use', async () => {
    expect(await judgeWithDanetool(universe, 'mx.old-tls.post')).toBe('matches');
  });
});
