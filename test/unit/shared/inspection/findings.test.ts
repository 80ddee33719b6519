// Single findings: what raises each, how bad it is, and what it gives to paste.
import { describe, expect, test } from 'vitest';
import type { FindingCode } from '../../../../shared/findings/codes.ts';
import type { Finding } from '../../../../shared/findings/finding.ts';
import type { HostReport, Report } from '../../../../shared/inspection/report.ts';
import {
  address,
  ancestor,
  certificate,
  codes,
  denies,
  ended,
  host,
  hostNamed,
  judged,
  KEY,
  MATCH,
  mismatch,
  mx,
  NO_MATCH,
  noTlsa,
  OTHER_KEY,
  probe,
  record,
  server,
  tlsa,
  told,
} from './evidence.ts';

function find(report: Report, code: FindingCode): Finding {
  const finding = report.findings.find((candidate) => candidate.code === code);
  if (finding === undefined) throw new Error(`no ${code} among ${codes(report).join(', ')}`);
  return finding;
}

const withLeaf = (
  more: Parameters<typeof certificate>[0],
  probeMore = {},
): Partial<HostReport> => ({
  addresses: [address('192.0.2.1', [probe({ chain: [certificate(more)], ...probeMore })])],
});
const withRecords = (...records: HostReport['tlsa']['records'][number][]): Partial<HostReport> => ({
  tlsa: tlsa({ records }),
  addresses: [address('192.0.2.1', [probe({ associations: records.map(() => MATCH) })])],
});

describe('a mismatch', () => {
  const stale = host({
    tlsa: tlsa({ records: [record({ data: OTHER_KEY })], ttl: 1800 }),
    addresses: [address('2001:db8::1', [mismatch()])],
  });
  const { remedy, message } = find(judged([stale]), 'tlsa-mismatch');

  test('gives the record of the key that is served, ready for the zone file', () => {
    expect(remedy.split('\n')).toContain(`_25._tcp.mx.example.org. 1800 IN TLSA 3 1 1 ${KEY}`);
  });

  test('says to wait two TTLs before the old record is taken out, and names it', () => {
    expect(remedy).toContain('3600 seconds (two TTLs)');
    expect(remedy.indexOf(OTHER_KEY)).toBeGreaterThan(remedy.indexOf(KEY));
  });

  test('shows the command that prints the hash, for an IPv6 address too', () => {
    expect(remedy).toContain(
      "openssl s_client -starttls smtp -connect '[2001:db8::1]:25' -servername mx.example.org </dev/null",
    );
  });

  test('says what happens to mail', () => {
    expect(message).toMatch(/^Senders that check DANE defer mail to mx\.example\.org/);
  });

  test('behind an alias puts the record where the alias leads', () => {
    const aliased = { ...stale, tlsa: { ...stale.tlsa, cname: ['_25._tcp.tlsa.example.net'] } };
    expect(find(judged([aliased]), 'tlsa-mismatch').remedy).toContain(
      `_25._tcp.tlsa.example.net. 1800 IN TLSA 3 1 1 ${KEY}`,
    );
  });
});

describe('of TLSA records', () => {
  test.each([
    [
      'a record tied to the whole certificate',
      withRecords(record({ selector: 0 })),
      'notice tlsa-full-certificate',
    ],
    [
      'a record without a digest',
      withRecords(record({ matchingType: 0 })),
      'notice tlsa-no-digest',
    ],
    ['only SHA-512', withRecords(record({ matchingType: 2 })), 'notice tlsa-sha512-only'],
    [
      'thirteen records',
      withRecords(...Array.from({ length: 13 }, () => record())),
      'warning tlsa-too-many',
    ],
    ['a TTL above an hour', { tlsa: tlsa({ ttl: 3601 }) }, 'notice tlsa-ttl'],
    ['a TTL below half an hour', { tlsa: tlsa({ ttl: 1799 }) }, 'notice tlsa-ttl'],
    ['one record only', {}, 'notice rollover-single'],
    [
      'the current and another',
      {
        tlsa: tlsa({ records: [record(), record({ data: OTHER_KEY })] }),
        addresses: [address('192.0.2.1', [probe({ associations: [MATCH, NO_MATCH] })])],
      },
      'ok rollover-ready',
    ],
    [
      'an unknown matching type',
      {
        tlsa: tlsa({ records: [record(), record({ matchingType: 9, usable: false })] }),
        addresses: [
          address('192.0.2.1', [
            probe({ associations: [MATCH, { ...NO_MATCH, usable: false, code: 'malformed' }] }),
          ]),
        ],
      },
      'warning tlsa-malformed',
    ],
  ] satisfies [string, Partial<HostReport>, string][])('%s', (_claim, given, expected) => {
    expect(told(judged([host(given)]))).toContain(`${expected} mx.example.org`);
  });

  test('a refresh longer than the TTL is told of the zone', () => {
    const lagging = host({ tlsa: tlsa({ zone: 'example.org', soaRefresh: 7200 }) });
    expect(told(judged([lagging]))).toContain('notice soa-refresh example.org');
  });

  test('nothing is said of 12 records, a TTL from 1800 to 3600, or a refresh within it', () => {
    for (const ttl of [1800, 3600]) {
      const sound = withRecords(...Array.from({ length: 12 }, () => record()));
      const report = judged([
        host({
          ...sound,
          tlsa: { ...tlsa(sound.tlsa), ttl, zone: 'example.org', soaRefresh: ttl },
        }),
      ]);
      expect(codes(report)).not.toEqual(expect.arrayContaining(['tlsa-too-many']));
      expect(codes(report).filter((code) => code === 'tlsa-ttl' || code === 'soa-refresh')).toEqual(
        [],
      );
    }
  });

  test('a small TTL from a recursive resolver says nothing: it counts down', () => {
    const tool = { version: '', resolver: '192.0.2.53#53', smtpPort: 25, smtp: true };
    expect(codes(judged([host({ tlsa: tlsa({ ttl: 60 }) })], { tool }))).not.toContain('tlsa-ttl');
  });
});

describe('of an issuer record that does not authenticate', () => {
  test.each([
    ['ta-missing-from-chain', 'tlsa-ta-missing-from-chain'],
    ['ta-name-mismatch', 'tlsa-ta-name-mismatch'],
    ['ta-expired', 'tlsa-ta-expired'],
  ] as const)('%s is told as %s, an error', (code, expected) => {
    const failing = host({
      tlsa: tlsa({ records: [record({ usage: 2 })] }),
      addresses: [address('192.0.2.1', [mismatch({ associations: [{ ...NO_MATCH, code }] })])],
    });
    expect(told(judged([failing]))).toContain(`error ${expected} mx.example.org`);
  });
});

describe('of certificates', () => {
  const plain = { verdict: null, associations: [] };
  test.each([
    [
      'expired, with usage 3 matching',
      withLeaf({ notAfter: '2026-11-01T00:00:00.000Z' }),
      'notice tlsa-ee-expired mx.example.org',
    ],
    [
      'expired, without DANE',
      { tlsa: noTlsa(), ...withLeaf({ notAfter: '2026-11-01T00:00:00.000Z' }, plain) },
      'warning certificate-expired 192.0.2.1',
    ],
    [
      '13 days left of 90',
      withLeaf({ notBefore: '2026-09-08T12:00:00.000Z', notAfter: '2026-12-07T11:00:00.000Z' }),
      'notice certificate-expiring 192.0.2.1',
    ],
    [
      'for another name, without DANE',
      { tlsa: noTlsa(), ...withLeaf({ names: ['other.example'] }, plain) },
      'notice certificate-name-mismatch 192.0.2.1',
    ],
    ['RSA 1024', withLeaf({ keyType: 'RSA 1024' }), 'warning certificate-key-weak 192.0.2.1'],
  ] satisfies [string, Partial<HostReport>, string][])('%s', (_claim, given, expected) => {
    expect(told(judged([host(given)]))).toContain(expected);
  });

  test.each([
    [
      '15 days left of 90',
      { notBefore: '2026-09-10T12:00:00.000Z', notAfter: '2026-12-09T13:00:00.000Z' },
    ],
    // A quarter of six days is a day and a half.
    [
      'two days left of six',
      { notBefore: '2026-11-20T12:00:00.000Z', notAfter: '2026-11-26T12:00:00.000Z' },
    ],
    ['a wildcard for the host', { names: ['*.example.org'] }],
    ['RSA 2048', { keyType: 'RSA 2048' }],
  ])('nothing is said of %s', (_claim, leaf) => {
    const report = judged([host({ tlsa: noTlsa(), ...withLeaf(leaf, plain) })]);
    expect(codes(report).filter((code) => code.startsWith('certificate-'))).toEqual([]);
  });

  test('a wildcard is never right directly below a top-level domain', () => {
    const given = { tlsa: noTlsa(), ...withLeaf({ names: ['*.org'] }, plain) };
    expect(codes(judged([hostNamed('example.org', given)]))).toContain('certificate-name-mismatch');
  });

  test('one certificate at two addresses is told once', () => {
    const weak = probe({ chain: [certificate({ keyType: 'RSA 1024' })] });
    const report = judged([
      host({ addresses: [address('192.0.2.1', [weak]), address('192.0.2.2', [weak])] }),
    ]);
    expect(codes(report).filter((code) => code === 'certificate-key-weak')).toHaveLength(1);
  });

  test('one key on two hosts is told of the domain', () => {
    expect(told(judged([host(), hostNamed('mx2.example.org')]))).toContain(
      'notice key-shared example.org',
    );
  });
});

describe('a blocked port 25', () => {
  const silent = host({ addresses: [address('192.0.2.1', [ended('timeout', 'connect')])] });
  const silentToo = hostNamed('mx2.example.org', {
    addresses: [address('192.0.2.2', [ended('unreachable', 'connect')])],
  });

  test('is supposed when nothing answers on any host, and then this network is blamed', () => {
    const finding = find(judged([silent, silentToo]), 'smtp-port-blocked');
    expect(finding).toMatchObject({ severity: 'warning', mends: 'this network' });
  });

  test.each([
    ['one host answers', [silent, hostNamed('mx2.example.org')]],
    [
      'a connection is refused, for that is an answer',
      [
        silent,
        hostNamed('mx2.example.org', {
          addresses: [address('192.0.2.2', [ended('refused', 'connect')])],
        }),
      ],
    ],
    [
      'only IPv6 has no route',
      [host({ addresses: [address('2001:db8::1', [ended('unreachable', 'connect')])] })],
    ],
  ] satisfies [string, HostReport[]][])('is not supposed when %s', (_claim, hosts) => {
    expect(codes(judged(hosts))).not.toContain('smtp-port-blocked');
  });
});

describe('of ancestors', () => {
  test('the remedy asks the very servers at fault, and says what is right', () => {
    const faulty = host({ ancestors: [denies(), denies({ address: '192.0.2.54' })] });
    const { remedy } = find(judged([faulty]), 'ancestor-nxdomain');
    expect(remedy).toContain('dig @192.0.2.53 +norecurse +dnssec _tcp.mx.example.org A');
    expect(remedy).toContain('dig @192.0.2.54 +norecurse +dnssec _tcp.mx.example.org A');
    expect(remedy).toContain('NOERROR');
  });

  test('all in order is good news only where there are records to lose', () => {
    const ancestors = [ancestor(), ancestor({ address: '192.0.2.54' })];
    expect(codes(judged([host({ ancestors })]))).toContain('ancestors-ok');
    expect(codes(judged([host({ ancestors, tlsa: noTlsa() })]))).not.toContain('ancestors-ok');
  });

  test('a server that answers for nothing is a dead server, not a faulty ancestor', () => {
    const dead = ancestor({
      address: '192.0.2.54',
      rcode: 'TIMEOUT',
      answer: 'none',
      ok: false,
      fault: 'ancestor-lookup-failed',
    });
    const report = judged([host({ ancestors: [ancestor(), dead] })]);
    expect(codes(report)).not.toContain('ancestor-lookup-failed');
    expect(told(report)).toContain('warning server-unresponsive 192.0.2.54');
  });

  test('a server that answers for other names but not for an ancestor is at fault', () => {
    const some = ancestor({ name: 'mx.example.org' });
    const refused = ancestor({
      rcode: 'SERVFAIL',
      answer: 'none',
      ok: false,
      fault: 'ancestor-lookup-failed',
    });
    expect(told(judged([host({ ancestors: [some, refused] })]))).toContain(
      'error ancestor-lookup-failed _tcp.mx.example.org',
    );
  });
});

describe('of TLSA answers at single servers', () => {
  const failing = server({
    address: '192.0.2.54',
    rcode: 'SERVFAIL',
    security: 'indeterminate',
    records: [],
    verdict: null,
  });
  const others = [ancestor(), ancestor({ address: '192.0.2.54' })];

  test('one that fails where others answer is a warning, and changes no outcome', () => {
    const report = judged([
      host({ tlsa: tlsa({ servers: [server(), failing] }), ancestors: others }),
    ]);
    expect(told(report)).toContain('warning tlsa-lookup-failed mx.example.org');
    expect(report.outcome).toBe('secure');
  });

  test('one whose answer does not validate where others do is a warning too', () => {
    const bogus = { ...failing, security: 'bogus' as const };
    const report = judged([
      host({ tlsa: tlsa({ servers: [server(), bogus] }), ancestors: others }),
    ]);
    expect(told(report)).toContain('warning tlsa-bogus mx.example.org');
    expect(report.outcome).toBe('secure');
  });
});

describe('the findings of a report', () => {
  test('stand worst first', () => {
    const report = judged([
      host({ addresses: [address('192.0.2.1', [mismatch()])] }),
      hostNamed('b.example.org', { tlsa: noTlsa() }),
    ]);
    const ranks = report.findings.map(({ severity }) =>
      ['error', 'warning', 'notice', 'ok'].indexOf(severity),
    );
    expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
    expect(ranks[0]).toBe(0);
  });

  test('hold a server’s fault once, however it was noticed', () => {
    const lame = ancestor({
      address: '192.0.2.54',
      rcode: 'REFUSED',
      answer: 'none',
      ok: false,
      fault: 'ancestor-lookup-failed',
    });
    const report = judged([host({ ancestors: [ancestor(), lame] })], {
      observations: [
        { code: 'server-lame', subject: '192.0.2.54', parameters: { zone: 'example.org' } },
      ],
    });
    expect(told(report).filter((line) => line.includes('server-lame'))).toEqual([
      'warning server-lame 192.0.2.54',
    ]);
  });

  test('hold the same observation of several servers once', () => {
    const observation = (server: string) => ({
      code: 'rrsig-expired' as const,
      subject: 'example.org/MX',
      parameters: { server, signer: 'example.org', expiration: '2026-11-01T00:00:00Z' },
    });
    const report = judged([], {
      mx: mx({ failed: true, security: 'bogus' }),
      observations: [observation('192.0.2.53'), observation('192.0.2.54')],
    });
    expect(told(report)).toEqual(['error mx-bogus example.org', 'error rrsig-expired example.org']);
    expect(find(report, 'rrsig-expired').remedy).toContain('rndc sign example.org');
  });
});

describe('STARTTLS that comes to nothing', () => {
  const server = (text: string) => ({ from: 'server', text, atMs: 1 }) as const;
  const say = (failure: 'timeout' | 'starttls-refused', last: string) => {
    const transcript = [server('220 mx.example.org ESMTP'), server(last)];
    const broken = ended(failure, 'starttls', {
      starttls: 'offered',
      transcript,
      error: 'too late',
    });
    const report = judged([host({ addresses: [address('192.0.2.1', [broken])] })]);
    return find(report, 'starttls-refused');
  };

  test('by a refusal: it is quoted', () => {
    const { title, message } = say('starttls-refused', '454 4.7.0 TLS not available');
    expect(title).toContain('refuses STARTTLS');
    expect(message).toContain('refuses it (“454 4.7.0 TLS not available”)');
  });

  test('by silence: the reply to EHLO before it is not quoted as a refusal', () => {
    const { title, message } = say('timeout', '250 CHUNKING');
    expect(title).not.toContain('refuses');
    expect(message).toContain('breaks off (too late)');
    expect(message).not.toContain('CHUNKING');
    expect(message).not.toContain('cannot read its key');
  });
});
