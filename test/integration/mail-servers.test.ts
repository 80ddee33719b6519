// `check` against mail servers of two makes, with two certificates, or misbehaving on the way to TLS (RFC 3207, RFC 7672 §2.2).
import { describe, expect, inject, test } from 'vitest';
import { MAIL_SERVER_EXPECTATIONS } from '../universe/expectations/mail-servers.ts';
import { MAIL_SERVER_ZONES } from '../universe/zones/mail-servers.ts';
import { check, runCommandLine, universeOptions } from './command-line.ts';
import { expectDomain } from './expect-domain.ts';

const universe = inject('universe');

/** The time for one stage of SMTP is three times as long (seconds); a server that stalls is given all of it. */
const PATIENCE = ['--timeout', '1.5'];
/** The longest path: some stalled stage, and everything before it. In ms. */
const ENOUGH = 15_000;

describe.concurrent('mail servers: check tells of', () => {
  for (const expectation of MAIL_SERVER_EXPECTATIONS.filter(
    ({ needs }) => universe.ipv6 || needs !== 'ipv6',
  )) {
    const { domain, outcome, why } = expectation;
    test(`${domain}: ${outcome} (${why})`, async () => {
      const result = await check(universe, domain, PATIENCE);
      expectDomain(result, expectation);
      expect(result.report.durationMs).toBeLessThan(ENOUGH);
    });
  }

  test('both certificates of a server that has two, each with its kind of key', async () => {
    for (const domain of ['two-keys.post', 'exim-two-keys.post']) {
      const { report } = await check(universe, domain);
      const probes = report.hosts[0]?.addresses[0]?.probes ?? [];
      const kinds = probes
        .filter(({ ok }) => ok)
        .map(({ keyType }) => keyType?.split(' ')[0] ?? 'none');
      expect({ domain, kinds: kinds.sort() }).toEqual({ domain, kinds: ['ECDSA', 'RSA'] });
    }
  });

  test('the stage at which a server stalls', async () => {
    const stages = {
      'stall-connect.post': 'connect',
      'stall-greeting.post': 'greeting',
      'stall-ehlo.post': 'ehlo',
      'stall-starttls.post': 'starttls',
      'stall-tls.post': 'tls',
    };
    for (const [domain, stage] of Object.entries(stages)) {
      const { report } = await check(universe, domain, PATIENCE);
      const [probe] = report.hosts[0]?.addresses[0]?.probes ?? [];
      expect({ domain, stage: probe?.stage, failure: probe?.failure }).toEqual({
        domain,
        stage,
        failure: 'timeout',
      });
    }
  });
});

describe.concurrent('hostile text from a certificate', () => {
  // C0 but the line feeds that separate lines, DEL, C1, and what turns the direction of text around.
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

  test('does not reach the terminal', async () => {
    for (const domain of ['hostile-names.post', 'hostile-names-unmatched.post']) {
      const run = await runCommandLine(['check', domain, ...universeOptions(universe)]);
      expect(run.stdout).toContain(domain);
      expect(CONTROL.exec(run.stdout + run.stderr)).toBeNull();
      expect(run.stdout).not.toMatch(/^second line/m);
    }
  });

  test('is escaped in JSON', async () => {
    const { run } = await check(universe, 'hostile-names.post');
    // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
    expect(/[\u0000-\u0009\u000b-\u001f\u007f]/.exec(run.stdout)).toBeNull();
  });
});

test('every domain with a mail server of this kind is asked about', () => {
  const asked = MAIL_SERVER_EXPECTATIONS.map(({ domain }) => domain);
  expect(asked.sort()).toEqual(MAIL_SERVER_ZONES.map(({ name }) => name).sort());
});
