// The text of `resolve`: the records, the ladder of trust rung by rung, and the verdict.
import { describe, expect, it } from 'vitest';
import { printLookUp } from '../../../../electron/cli/print-look-up.ts';
import type { Terminal } from '../../../../electron/cli/terminal.ts';
import type { LookUpReport, ZoneReport } from '../../../../shared/inspection/report.ts';

const AT = Date.UTC(2026, 10, 24, 12) / 1000;
const terminal: Terminal = {
  out: () => undefined,
  err: () => undefined,
  paint: (_, text) => text,
  width: 100,
  progress: null,
};

const root: ZoneReport = {
  zone: '.',
  security: 'secure',
  reason: null,
  ds: [
    { keyTag: 20326, algorithm: 8, digestType: 2, digest: 'aa' },
    { keyTag: 38696, algorithm: 8, digestType: 2, digest: 'bb' },
  ],
  dnskeys: [
    { keyTag: 20326, algorithm: 8, flags: 257, secureEntryPoint: true },
    { keyTag: 5613, algorithm: 8, flags: 256, secureEntryPoint: false },
  ],
  signedBy: 20326,
  signature: { inception: '2026-11-20T00:00:00.000Z', expiration: '2026-12-11T00:00:00.000Z' },
  servers: [{ name: 'a.root.test', address: '192.0.2.1' }],
};
const org: ZoneReport = {
  ...root,
  zone: 'org',
  ds: [{ keyTag: 7, algorithm: 13, digestType: 2, digest: 'cc' }],
  dnskeys: [{ keyTag: 7, algorithm: 13, flags: 257, secureEntryPoint: true }],
  signedBy: 7,
  signature: { inception: '2026-11-20T00:00:00.000Z', expiration: '2026-11-24T13:30:00.000Z' },
};
const WHY =
  'example.org/DNSKEY: the signature by key 9 (ED25519) expired at 2026-11-21T12:00:00Z, 3 days ago (RFC 4035 §5.3.1; answer of 192.0.2.21)';
const broken: ZoneReport = {
  ...org,
  zone: 'example.org',
  security: 'bogus',
  reason: WHY,
  ds: [{ keyTag: 9, algorithm: 15, digestType: 4, digest: 'dd' }],
  dnskeys: [{ keyTag: 9, algorithm: 15, flags: 0x0181, secureEntryPoint: false }],
  signedBy: null,
  signature: null,
};
const lookUp: LookUpReport = {
  name: 'mx.example.org',
  type: 'A',
  rcode: 'NOERROR',
  security: 'secure',
  answers: [{ name: 'mx.example.org', type: 'A', ttl: 60, data: '192.0.2.1' }],
  reason: null,
  ede: null,
  chain: [root, org],
};
const print = (more: Partial<LookUpReport>): readonly string[] =>
  printLookUp({ ...lookUp, ...more }, AT, terminal).split('\n');

describe('the text of a look-up', () => {
  it('goes from the anchor down, each rung with what holds it and for how long', () => {
    expect(print({})).toEqual([
      'mx.example.org A  secure, NOERROR',
      '  mx.example.org 60 A 192.0.2.1',
      '',
      'From the trust anchor down:',
      '  .  ✓ secure',
      '    anchor   key 20326, RSASHA256, SHA-256',
      '             key 38696, RSASHA256, SHA-256',
      '    DNSKEY   key 20326, RSASHA256, vouched for',
      '             key 5613, RSASHA256',
      '    signed   by key 20326 until 2026-12-11T00:00:00Z, 16 days left',
      '  org  ✓ secure',
      '    DS       key 7, ECDSAP256SHA256, SHA-256, signed by .',
      '    DNSKEY   key 7, ECDSAP256SHA256, vouched for',
      '    signed   by key 7 until 2026-11-24T13:30:00Z, 1 hour left',
      '',
      '✓ secure  Every signature from the trust anchor down to the records is good.',
    ]);
  });

  it('shows where it breaks, why, and by which extended error', () => {
    const lines = print({
      security: 'bogus',
      rcode: 'SERVFAIL',
      answers: [],
      reason: WHY,
      ede: 7,
      chain: [root, org, broken],
    });
    expect(lines.slice(lines.indexOf('  example.org  ✗ bogus'))).toEqual([
      '  example.org  ✗ bogus',
      '    DS       key 9, ED25519, SHA-384, signed by org',
      '    DNSKEY   key 9, ED25519, revoked',
      '    example.org/DNSKEY: the signature by key 9 (ED25519) expired at 2026-11-21T12:00:00Z, 3 days ago',
      '    (RFC 4035 §5.3.1; answer of 192.0.2.21)',
      '',
      '✗ bogus  Should be protected and is not: validating resolvers answer SERVFAIL.',
      '  It ends at example.org, as told above.',
      '  Extended DNS error 7 Signature Expired',
    ]);
  });

  it('tells a fault of the records themselves below the ladder, whose rungs all hold', () => {
    const reason = 'mx.example.org/A: the records come without a signature (RRSIG)';
    const lines = print({ security: 'bogus', rcode: 'SERVFAIL', answers: [], reason, ede: 10 });
    expect(lines.slice(-3)).toEqual([
      '✗ bogus  Should be protected and is not: validating resolvers answer SERVFAIL.',
      `  ${reason}`,
      '  Extended DNS error 10 RRSIGs Missing',
    ]);
  });

  it('says an inherited reason once', () => {
    const below = { ...broken, zone: 'sub.example.org', ds: [], dnskeys: [] };
    const text = print({ security: 'bogus', reason: WHY, chain: [root, org, broken, below] });
    expect(text.filter((line) => line.includes('expired at'))).toHaveLength(1);
    expect(text).toContain('  sub.example.org  ✗ bogus');
  });

  it.each([
    [{ rcode: 'NXDOMAIN', answers: [] }, '✓ secure  Proven: the name does not exist.'],
    [{ answers: [] }, '✓ secure  Proven: the name has no such records.'],
    [
      { security: 'insecure' },
      '· insecure  Not protected, which is proven: resolvers treat it as unsigned.',
    ],
    [{ security: 'indeterminate' }, '? indeterminate  Cannot be told from here.'],
  ] as const)('says what %j means', (more, line) => {
    expect(print(more)).toContain(line);
  });

  it('lets no server steer the terminal', () => {
    const evil = '\u001b[31mred';
    const lines = print({ reason: `${evil}.org: why`, chain: [{ ...root, zone: evil }] });
    expect(lines.join('')).not.toContain('\u001b');
  });
});
