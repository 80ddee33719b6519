/** RFC 7672 §2.1.2: a look-up that fails delays mail; it is never taken for an answer. */
import { describe, expect, test } from 'vitest';
import { BOGUS, codesOf, inspectWith, onlyHost, SERVFAIL } from '../mail-world.ts';

const REFUSED = {
  rcode: 'REFUSED',
  security: 'indeterminate',
  failure: { kind: 'rcode', rcode: 'REFUSED' },
} as const;
const TIMEOUT = {
  rcode: 'SERVFAIL',
  security: 'indeterminate',
  failure: { kind: 'timeout', afterMs: 5000 },
} as const;
const FAILURES = [
  ['SERVFAIL', SERVFAIL],
  ['REFUSED', REFUSED],
  ['no answer in time', TIMEOUT],
  ['an answer that does not validate', BOGUS],
] as const;

describe('the MX look-up', () => {
  test.each(FAILURES)('%s: nobody knows where mail goes, so that it waits', async (_, failure) => {
    const { report } = await inspectWith({ 'example.org MX': failure });
    expect(report).toMatchObject({ outcome: 'broken', hosts: [] });
  });
});

describe('the TLSA look-up', () => {
  test.each(FAILURES)('%s: the host is skipped, not used without DANE', async (_, failure) => {
    const replayed = await inspectWith({ '_25._tcp.mx.example.org TLSA': failure });
    expect(onlyHost(replayed).outcome).toBe('deferred');
    expect(codesOf(replayed)).not.toContain('tlsa-none');
  });
});

describe('the address look-ups', () => {
  test.each(FAILURES)('%s for both families: the host is skipped', async (_, failure) => {
    const replayed = await inspectWith({
      'mx.example.org A': failure,
      'mx.example.org AAAA': failure,
    });
    expect(onlyHost(replayed).outcome).toBe('deferred');
    expect(onlyHost(replayed).outcome).not.toBe('gone');
  });

  test.each(FAILURES)('%s for one family: the other one still serves', async (_, failure) => {
    const replayed = await inspectWith({ 'mx.example.org AAAA': failure });
    expect(onlyHost(replayed).outcome).toBe('authenticated');
    const told = replayed.report.findings.find(({ code }) => code.startsWith('host-'));
    expect(told?.severity).toBe('warning');
  });
});

test('another host of the domain takes the mail of one that is skipped', async () => {
  const mx = 'example.org. MX 10 bad.example.org.\nexample.org. MX 20 mx.example.org.';
  const { report } = await inspectWith({
    'example.org MX': { records: mx },
    'bad.example.org A': { records: 'bad.example.org. A 192.0.2.9' },
    'bad.example.org AAAA': {},
    '_25._tcp.bad.example.org TLSA': SERVFAIL,
  });
  expect(report.hosts.map(({ outcome }) => outcome)).toEqual(['deferred', 'authenticated']);
  expect(report.outcome).toBe('degraded');
});
