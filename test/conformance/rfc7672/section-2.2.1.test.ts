/** RFC 7672 §2.2.1: hosts are found through MX records, and their names are worth what those are. */
import { describe, expect, test } from 'vitest';
import { BOGUS, codesOf, inspectWith, onlyHost, presents, stranger } from '../mail-world.ts';

const MX = 'example.org. MX 10 mx.example.org.';

describe('an insecure MX RRset', () => {
  const insecure = { 'example.org MX': { records: MX, security: 'insecure' as const } };

  test('makes every host opportunistic: the names themselves could be forged', async () => {
    const replayed = await inspectWith(insecure);
    expect(onlyHost(replayed).outcome).toBe('opportunistic');
    expect(replayed.report.outcome).toBe('insecure');
    expect(codesOf(replayed)).toContain('mx-insecure');
  });

  test('leaves senders free to use DANE, so that a mismatch is told as a warning', async () => {
    const mail = { '192.0.2.1': presents(stranger.der) };
    const replayed = await inspectWith(insecure, { mail });
    expect(onlyHost(replayed).outcome).toBe('opportunistic');
    expect(replayed.report.findings.find(({ code }) => code === 'tlsa-mismatch')?.severity).toBe(
      'warning',
    );
  });
});

test('a bogus MX RRset delays mail, and its hosts are not looked at', async () => {
  const replayed = await inspectWith({ 'example.org MX': BOGUS });
  expect(replayed.report).toMatchObject({ outcome: 'broken', hosts: [] });
  expect(replayed.spokenTo).toEqual([]);
});

test('each host is judged alone: one without DANE makes the domain partial', async () => {
  const { report } = await inspectWith(
    {
      'example.org MX': { records: `${MX}\nexample.org. MX 20 plain.example.org.` },
      'plain.example.org A': { records: 'plain.example.org. A 192.0.2.2' },
      'plain.example.org AAAA': {},
    },
    { mail: { '192.0.2.1': presents(), '192.0.2.2': presents(stranger.der) } },
  );
  expect(report.hosts.map(({ name, preference }) => [name, preference])).toEqual([
    ['mx.example.org', 10],
    ['plain.example.org', 20],
  ]);
  expect(report.hosts[1]?.outcome).toBe('opportunistic');
});

describe('targets that are no mail host', () => {
  test('RFC 7505: a null MX takes no mail, and nobody is asked further', async () => {
    const replayed = await inspectWith({ 'example.org MX': { records: 'example.org. MX 0 .' } });
    expect(replayed.report).toMatchObject({ outcome: 'no-mail', mx: { null: true }, hosts: [] });
    expect(replayed.spokenTo).toEqual([]);
  });

  test.each([
    ['an IPv4 address as a name', '192.0.2.1.'],
    ['a name without a dot', 'localhost.'],
    ['a name that does not exist', 'gone.example.org.'],
  ])('%s has no address and is passed over while another host is left', async (_, target) => {
    const records = `example.org. MX 5 ${target}\n${MX}`;
    const { report } = await inspectWith({ 'example.org MX': { records } });
    expect(report.hosts.map(({ outcome }) => outcome)).toEqual(['gone', 'authenticated']);
    expect(report.outcome).toBe('secure');
    expect(report.findings.map(({ code }) => code)).toContain('mx-target-unresolvable');
  });

  test('a private address is not connected to, and no match is claimed', async () => {
    const replayed = await inspectWith({
      'mx.example.org A': { records: 'mx.example.org. A 10.0.0.1' },
    });
    expect(replayed.spokenTo).toEqual([]);
    expect(onlyHost(replayed).outcome).toBe('unreachable');
    expect(codesOf(replayed)).toContain('address-private');
    expect(codesOf(replayed)).not.toContain('tlsa-match');
  });
});
