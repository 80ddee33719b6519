// The dates are those of certificates, signatures and TTLs written down here; what follows from them is read off the RFCs.
import { describe, expect, test } from 'vitest';
import type { HostReport, Report, ZoneReport } from '../../../../shared/inspection/report.ts';
import type { Deadline } from '../../../../shared/outlook/deadline.ts';
import { deadlinesOf, nextToBreak } from '../../../../shared/outlook/deadlines.ts';
import {
  address,
  AT,
  certificate,
  host,
  hostNamed,
  judged,
  lookUp,
  MATCH,
  mismatch,
  mx,
  NO_MATCH,
  noTlsa,
  probe,
  record,
  server,
  tlsa,
} from '../inspection/evidence.ts';

/** 24 November 2026, noon. */
const NOW = Date.parse(AT);
const iso = (deadline: Deadline | undefined): string | null =>
  deadline === undefined ? null : new Date(deadline.at).toISOString();
const deadlines = (report: Report): readonly Deadline[] => deadlinesOf(report, NOW);
const only = (report: Report, kind: Deadline['kind']): readonly Deadline[] =>
  deadlines(report).filter((each) => each.kind === kind);

const leaf = certificate({ notAfter: '2026-12-24T12:00:00.000Z' });
const issuer = certificate({
  subject: "CN=R11,O=Let's Encrypt",
  certSha256: 'dd'.repeat(32),
  notAfter: '2026-12-20T00:00:00.000Z',
  isAuthority: true,
});
const root = certificate({
  subject: 'CN=Root',
  certSha256: 'ee'.repeat(32),
  notAfter: '2026-11-30T00:00:00.000Z',
  isAuthority: true,
});

function presenting(usages: readonly (2 | 3)[], more: Partial<HostReport> = {}): HostReport {
  const associations = usages.map((usage) => ({ ...MATCH, matchedDepth: usage === 2 ? 1 : 0 }));
  return host({
    tlsa: tlsa({ records: usages.map((usage) => record({ usage })) }),
    addresses: [address('192.0.2.1', [probe({ chain: [leaf, issuer, root], associations })])],
    ...more,
  });
}

describe('certificates', () => {
  test('under usage 2 the whole path up to the issuer counts, and nothing above it', () => {
    const found = only(judged([presenting([2])]), 'certificate');
    expect(found.map(iso)).toEqual(['2026-12-20T00:00:00.000Z', '2026-12-24T12:00:00.000Z']);
    expect(found.map(({ what }) => what)).toEqual([
      'Certificate of the issuer R11',
      'Certificate of mx.example.org',
    ]);
    expect(found.map(({ weight }) => weight)).toEqual(['stops', 'stops']);
    expect(found[0]?.consequence).toContain('defer mail to mx.example.org');
    expect(found[0]?.mends).toBe('mail host');
  });

  test('under usage 3 the end of a certificate stops no sender with DANE (RFC 7671 §5.1)', () => {
    const [found, ...others] = only(judged([presenting([3])]), 'certificate');
    expect(others).toEqual([]);
    expect(found).toMatchObject({ weight: 'some', reference: 'RFC 7671 §5.1' });
    expect(found?.consequence).toContain('go on delivering');
  });

  test('a usage 3 record beside one of usage 2 makes dates a matter of indifference', () => {
    expect(only(judged([presenting([2, 3])]), 'certificate').map(({ weight }) => weight)).toEqual([
      'some',
    ]);
  });

  test('MTA-STS in mode enforce turns an expired certificate away (RFC 8461 §4.2)', () => {
    const plain = host({
      tlsa: noTlsa(),
      addresses: [
        address('192.0.2.1', [probe({ chain: [leaf], verdict: null, associations: [] })]),
      ],
    });
    const without = judged([plain]);
    expect(only(without, 'certificate')[0]?.consequence).not.toContain('MTA-STS');
    expect(only({ ...without, policy: enforced() }, 'certificate')[0]?.consequence).toContain(
      'Senders that go by MTA-STS defer.',
    );
    const uncovered = { ...without, policy: enforced(['mx.example.org']) };
    expect(only(uncovered, 'certificate')[0]?.consequence).not.toContain('MTA-STS');
  });

  test('one certificate on two hosts is told once, at its worst', () => {
    const other = { ...presenting([3]), name: 'mx2.example.org' };
    const found = only(judged([presenting([2]), other]), 'certificate');
    const shared = found.find(({ what }) => what.startsWith('Certificate of mx'));
    expect(shared?.what).toBe('Certificate of mx.example.org and mx2.example.org');
    expect(shared?.weight).toBe('stops');
    expect(shared?.consequence).toContain('defer mail to mx.example.org:');
  });

  test('many that say the same stand in one row, the first of them named', () => {
    const hosts = ['a', 'b', 'c', 'd', 'e'].map((letter, index) => {
      const notAfter = `2027-01-0${5 - index}T00:00:00.000Z`;
      const own = certificate({ certSha256: letter.repeat(64), notAfter });
      return hostNamed(`${letter}.example.org`, {
        addresses: [address('192.0.2.1', [probe({ chain: [own] })])],
      });
    });
    const [found, ...others] = only(judged(hosts), 'certificate');
    expect(others).toEqual([]);
    expect(found?.what).toBe('First of 5 certificates: certificate of e.example.org');
    expect(iso(found)).toBe('2027-01-01T00:00:00.000Z');
    expect(found?.parts.map(({ what }) => what).at(-1)).toBe('Certificate of a.example.org');
    expect(only(judged(hosts.slice(1)), 'certificate')).toHaveLength(4);
  });

  test('what nothing matches has no DANE to lose', () => {
    const stale = host({ addresses: [address('192.0.2.1', [mismatch({ chain: [leaf] })])] });
    expect(only(judged([stale]), 'certificate')[0]?.consequence).toContain('No TLSA record');
  });

  test('what is shown without SNI does not count (RFC 7672 §8.1)', () => {
    const shown = probe({ offer: 'no-sni', chain: [leaf], associations: [NO_MATCH] });
    const silent = host({ addresses: [address('192.0.2.1', [shown])] });
    expect(only(judged([silent]), 'certificate')).toEqual([]);
  });

  test('what takes no part in the path is left out', () => {
    const shape = { ordered: true, superfluous: [1], duplicates: [], missingIssuer: null };
    const chained = probe({
      chain: [leaf, root, issuer],
      chainShape: shape,
      associations: [{ ...MATCH, matchedDepth: 2 }],
    });
    const anchored = host({
      tlsa: tlsa({ records: [record({ usage: 2 })] }),
      addresses: [address('192.0.2.1', [chained])],
    });
    expect(only(judged([anchored]), 'certificate').map(iso)).toEqual([
      '2026-12-20T00:00:00.000Z',
      '2026-12-24T12:00:00.000Z',
    ]);
  });
});

describe('signatures', () => {
  test('over the keys of each zone count for all that hangs on the zone', () => {
    const report = judged([host()], { mx: mxThrough(ROOT, ORG, zone('example.org', 20, 14)) });
    const found = only(report, 'signature');
    expect(found.map(({ what, mends }) => [what, mends])).toEqual([
      ['Signature over the keys of the root', 'nobody'],
      ['Signature over the keys of org', 'nobody'],
      ['Signature over the keys of example.org', 'DNS operator'],
    ]);
    expect(found.map(iso)).toEqual([
      '2026-11-29T12:00:00.000Z',
      '2026-12-02T12:00:00.000Z',
      '2026-12-08T12:00:00.000Z',
    ]);
    expect(found.map(({ weight }) => weight)).toEqual(['routine', 'routine', 'routine']);
    expect(found[2]?.consequence).toContain('defer all mail to example.org');
  });

  test('of which less than a tenth is left are overdue', () => {
    // 18 days and 1.9 days: 1.9 of 19.9 is less than a tenth, 2.1 of 20.1 is not.
    const due = judged([host()], { mx: mxThrough(zone('example.org', 18, 1.9)) });
    expect(only(due, 'signature')[0]?.weight).toBe('stops');
    const fine = judged([host()], { mx: mxThrough(zone('example.org', 18, 2.1)) });
    expect(only(fine, 'signature')[0]?.weight).toBe('routine');
  });

  test('strike one host where only its name is in the zone', () => {
    const chain = [zone('example.net', 10, 10)];
    const other = hostNamed('mx.example.net', {
      lookUps: [lookUp('A', { name: 'mx.example.net', chain })],
    });
    const found = only(judged([host(), other]), 'signature');
    expect(found[0]?.consequence).toContain('defer mail to mx.example.net.');
  });
});

describe('caches and policies', () => {
  test('the longest TTL that any server hands out decides', () => {
    const both = host({ tlsa: tlsa({ ttl: 1200, servers: [server({ ttl: 7200 })] }) });
    expect(only(judged([both]), 'cache').map(iso)).toEqual(['2026-11-24T14:00:00.000Z']);
  });

  test('absence is kept as long as the SOA says (RFC 2308 §5)', () => {
    const none = host({ tlsa: noTlsa({ negativeTtl: 900 }) });
    const [found] = only(judged([none]), 'cache');
    expect(iso(found)).toBe('2026-11-24T12:15:00.000Z');
    expect(found?.what).toContain('Absence');
  });

  test('hosts with the same TTL stand in one row', () => {
    const found = only(judged([host(), hostNamed('mx2.example.org')]), 'cache');
    expect(found.map(({ what }) => what)).toEqual([
      'TLSA records of mx.example.org and mx2.example.org in caches',
    ]);
  });

  test('an MTA-STS policy is remembered for its max_age', () => {
    const [found] = only({ ...judged([host()]), policy: enforced() }, 'policy');
    expect(iso(found)).toBe('2026-12-01T12:00:00.000Z');
    expect(found?.mends).toBe('domain owner');
  });
});

describe('the order', () => {
  test('is that of time, and what stops mail comes to the front of all', () => {
    const report = judged([presenting([2])], {
      mx: mxThrough(ROOT, zone('example.org', 20, 14)),
    });
    const found = deadlines(report);
    expect(found.map((each) => each.at)).toEqual(
      found.map((each) => each.at).sort((a, b) => a - b),
    );
    expect(found[0]?.kind).toBe('cache');
    expect(nextToBreak(found)?.what).toBe('Certificate of the issuer R11');
  });

  test('without anything that can break there is no next', () => {
    expect(nextToBreak(deadlines(judged([], { mx: mx({ null: true, lookUp: null }) })))).toBeNull();
  });
});

function enforced(uncovered: readonly string[] = []): Report['policy'] {
  const { policy } = judged([host()]);
  const mode = 'enforce' as const;
  const week = 7 * 24 * 3600;
  const mtaSts = { ...policy.mtaSts, policy: { mode, maxAge: week, mx: ['*'] }, uncovered };
  return { ...policy, mtaSts };
}

/** Signed so many days ago, for so many days to come. */
function zone(name: string, daysAgo: number, daysAhead: number): ZoneReport {
  const day = 24 * 3600 * 1000;
  return {
    zone: name,
    security: 'secure',
    reason: null,
    ds: [],
    dnskeys: [],
    signedBy: 1,
    signature: {
      inception: new Date(NOW - daysAgo * day).toISOString(),
      expiration: new Date(NOW + daysAhead * day).toISOString(),
    },
    servers: [],
  };
}

const ROOT = zone('.', 9, 5);
const ORG = zone('org', 13, 8);

function mxThrough(...chain: readonly ZoneReport[]): Report['mx'] {
  return mx({ lookUp: lookUp('MX', { name: 'example.org', chain }) });
}
