// What all hosts together mean for mail to the domain: each row of the domain table, in its order.
import { describe, expect, test } from 'vitest';
import { emptyReport } from '../../../../shared/inspection/empty-report.ts';
import type { DomainOutcome, HostReport, Report } from '../../../../shared/inspection/report.ts';
import {
  address,
  codes,
  ended,
  host,
  hostNamed,
  judged,
  lookUp,
  mismatch,
  mx,
  noTlsa,
  probe,
  tlsa,
} from './evidence.ts';

const GOOD = host();
const STALE = hostNamed('stale.example.org', { addresses: [address('192.0.2.2', [mismatch()])] });
const PLAIN = hostNamed('plain.example.org', {
  tlsa: noTlsa(),
  addresses: [address('192.0.2.3', [probe({ verdict: null, associations: [] })])],
});
const DOWN = hostNamed('down.example.org', {
  addresses: [address('192.0.2.4', [ended('timeout', 'connect')])],
});
const GONE = hostNamed('gone.example.org', { addresses: [], tlsa: noTlsa() });
const ENCRYPTED = hostNamed('pkix.example.org', {
  tlsa: tlsa({ records: [{ ...tlsa().records[0], usage: 1, usable: false } as never] }),
  addresses: [address('192.0.2.5', [probe({ verdict: 'encrypted-only', associations: [] })])],
});

describe('the outcome of a domain', () => {
  test.each([
    ['every host authenticated', [GOOD], 'secure'],
    ['a gone host is ignored while another remains', [GONE, GOOD], 'secure'],
    ['some authenticated, some without DANE', [GOOD, PLAIN], 'partial'],
    ['some authenticated, some encrypted only', [GOOD, ENCRYPTED], 'partial'],
    ['no host uses DANE', [PLAIN], 'insecure'],
    ['encrypted only is not authenticated', [ENCRYPTED], 'insecure'],
    ['some host deferred', [GOOD, STALE], 'degraded'],
    ['deferred comes before unreachable', [GOOD, STALE, DOWN], 'degraded'],
    ['some host unreachable', [GOOD, DOWN], 'unknown'],
    ['unreachable comes before without DANE', [PLAIN, DOWN], 'unknown'],
    ['every host deferred', [STALE], 'broken'],
    ['every host deferred or gone', [STALE, GONE], 'broken'],
    ['every host gone', [GONE], 'broken'],
  ] satisfies [string, HostReport[], DomainOutcome][])('%s: %3$s', (_claim, hosts, outcome) => {
    expect(judged(hosts).outcome).toBe(outcome);
  });

  test.each([
    ['authenticated', [GOOD], 'unknown'],
    ['deferred', [STALE], 'degraded'],
    ['without DANE', [PLAIN], 'insecure'],
    ['gone', [GONE], 'unknown'],
  ] satisfies [string, HostReport[], DomainOutcome][])(
    'every host that was looked at is %s, and more were left out',
    (_claim, hosts, outcome) => {
      const parameters = { limit: 'MAX_HOSTS' };
      const observations = [{ code: 'limit-reached', subject: 'example.org', parameters }] as const;
      expect(judged(hosts, { observations }).outcome).toBe(outcome);
    },
  );

  test.each([
    [
      'a null MX',
      { mx: mx({ null: true, records: [{ preference: 0, exchange: '.' }] }) },
      'no-mail',
      'mx-null',
    ],
    [
      'a name that does not exist',
      { mx: mx({ nonexistent: true, records: [] }) },
      'no-mail',
      'domain-nonexistent',
    ],
    [
      'a name that insecurely does not exist',
      { mx: mx({ nonexistent: true, security: 'insecure', records: [] }) },
      'no-mail',
      'domain-nonexistent',
    ],
    [
      'a bogus MX answer',
      { mx: mx({ failed: true, security: 'bogus', records: [] }) },
      'broken',
      'mx-bogus',
    ],
    [
      'an MX look-up that failed',
      { mx: mx({ failed: true, security: 'indeterminate', records: [] }) },
      'broken',
      'mx-lookup-failed',
    ],
    [
      'an MX look-up that failed as the root’s did',
      { mx: mx({ failed: true, security: 'indeterminate', records: [], networkDown: true }) },
      'unknown',
      'mx-lookup-failed',
    ],
  ] satisfies [string, Partial<Report>, DomainOutcome, string][])(
    '%s: %3$s',
    (_claim, given, outcome, code) => {
      const report = judged([], given);
      expect(report.outcome).toBe(outcome);
      expect(codes(report)).toEqual([code]);
      expect(report.hosts).toEqual([]);
    },
  );

  test('neither MX nor address: no-mail, and no host is left', () => {
    const domain = hostNamed('example.org', { addresses: [], tlsa: noTlsa() });
    const report = judged([domain], { mx: mx({ implicit: true, records: [] }) });
    expect(report).toMatchObject({ outcome: 'no-mail', hosts: [] });
    expect(codes(report)).toEqual(['no-address']);
  });

  test('no MX, and the addresses of the domain cannot be looked up: broken, for mail is kept', () => {
    const domain = hostNamed('example.org', {
      addresses: [],
      lookUps: [lookUp('A', { rcode: 'SERVFAIL' })],
      resolution: { failed: { a: true, aaaa: true }, alias: null },
    });
    const report = judged([domain], { mx: mx({ implicit: true, records: [] }) });
    expect(report.outcome).toBe('broken');
  });

  test('no MX, but the domain itself takes mail by DANE: secure, and told', () => {
    const report = judged([hostNamed('example.org')], { mx: mx({ implicit: true, records: [] }) });
    expect(report.outcome).toBe('secure');
    expect(codes(report)).toContain('mx-implicit');
  });

  test('is unknown when the time ran out before the MX records came', () => {
    const report = judged([], { mx: emptyReport('example.org').mx });
    expect(report.outcome).toBe('unknown');
    expect(report.summary).toContain('ended before');
  });

  test('blames no server while the root does not answer', () => {
    const report = judged([], {
      mx: mx({ failed: true, security: 'indeterminate', records: [], networkDown: true }),
      observations: [{ code: 'server-lame', subject: '198.41.0.4', parameters: {} }],
    });
    expect(codes(report)).toEqual(['mx-lookup-failed']);
    expect(report.findings[0]).toMatchObject({ severity: 'error', mends: 'this network' });
  });

  test('is pending until every host is settled', () => {
    const waiting = host({ addresses: [address('192.0.2.1', [])] });
    expect(judged([STALE, waiting], { finished: false }).outcome).toBe('pending');
  });
});

describe('the summary', () => {
  test('names who is reached and who is not', () => {
    expect(judged([GOOD, STALE]).summary).toBe(
      'Senders that check DANE deliver with verified TLS to mx.example.org and defer mail for stale.example.org.',
    );
  });

  test('cannot be used to steer a terminal', () => {
    const report = judged([
      hostNamed('evil\u001b[2J.example', { addresses: [], tlsa: noTlsa() }),
      GOOD,
      STALE,
    ]);
    const texts = [
      report.summary,
      ...report.findings.flatMap(({ message, remedy }) => [message, remedy]),
    ];
    expect(texts.join('').includes('\u001b')).toBe(false);
  });
});
