// What a DANE-validating sender does with one MX host: each row of the outcome table, each particular.
import { describe, expect, test } from 'vitest';
import type { HostOutcome, HostReport, Report } from '../../../../shared/inspection/report.ts';
import {
  address,
  ancestor,
  denies,
  ended,
  host,
  judged,
  lookUp,
  mismatch,
  mx,
  noTlsa,
  probe,
  record,
  server,
  tlsa,
  told,
  OTHER_KEY,
} from './evidence.ts';

type Row = readonly [
  claim: string,
  given: Partial<HostReport>,
  outcome: HostOutcome,
  must: readonly string[],
  mustNot: readonly string[],
  report?: Partial<Report>,
];

const HOST = 'mx.example.org';
const OWNER = '_25._tcp.mx.example.org';
const A = '192.0.2.1';
const B = '192.0.2.2';
const UNUSABLE = record({ usage: 1, usable: false });
const ENCRYPTED = probe({ associations: [], verdict: 'encrypted-only' });
const INSECURE_MX = { mx: mx({ security: 'insecure' }) };
const OTHER_LEAF = mismatch({
  chain: [{ ...certificateOfProbe(), certSha256: 'ee', spkiSha256: OTHER_KEY }],
});

const AUTHENTICATED: readonly Row[] = [
  ['one address, and its chain matches', {}, 'authenticated', [`ok tlsa-match ${HOST}`], []],
  [
    'every one of several addresses matches',
    { addresses: [address(A, [probe()]), address('2001:db8::1', [probe()])] },
    'authenticated',
    [],
    [],
  ],
  [
    'an address that cannot be reached does not count while another authenticates',
    { addresses: [address(A, [probe()]), address(B, [ended('timeout', 'connect')])] },
    'authenticated',
    [`warning smtp-unreachable ${B}`],
    ['error'],
  ],
  [
    'plaintext behind the reply to STARTTLS is told, and the TLS session decides',
    { addresses: [address(A, [probe({ injected: true })])] },
    'authenticated',
    [`error starttls-injection ${A}`],
    [],
  ],
  [
    'a weak key changes no outcome',
    {
      addresses: [
        address(A, [probe({ chain: [{ ...certificateOfProbe(), keyType: 'RSA 1024' }] })]),
      ],
    },
    'authenticated',
    [`warning certificate-key-weak ${A}`],
    [],
  ],
  [
    'NXDOMAIN for an ancestor at some servers only stands alone',
    { ancestors: [denies(), ancestor({ address: '192.0.2.54' })] },
    'authenticated',
    ['error ancestor-nxdomain _tcp.mx.example.org'],
    ['ancestors-ok'],
  ],
  [
    'a denial that covers an ancestor stands alone',
    {
      ancestors: [
        ancestor({
          ok: false,
          fault: 'ancestor-denied',
          covers: true,
          coveredNames: ['_tcp.mx.example.org'],
        }),
      ],
    },
    'authenticated',
    ['error ancestor-denied _tcp.mx.example.org'],
    ['ancestors-ok'],
  ],
  [
    'a denial for another name that covers the TLSA name erases it from aggressive caches (RFC 8198 §5)',
    {
      ancestors: [
        ancestor({ ok: false, covers: true, coveredNames: [OWNER], fault: 'ancestor-denied' }),
      ],
    },
    'authenticated',
    [`error ancestor-denied ${OWNER}`],
    ['ancestors-ok'],
  ],
  [
    'an ancestor whose denial does not validate stands alone',
    {
      ancestors: [
        ancestor({ ok: false, fault: 'ancestor-bogus', security: 'bogus', proven: false }),
      ],
    },
    'authenticated',
    ['error ancestor-bogus _tcp.mx.example.org'],
    [],
  ],
  [
    'the AAAA look-up failing leaves the host usable',
    { resolution: { failed: { a: false, aaaa: true }, alias: null } },
    'authenticated',
    [`warning host-lookup-failed ${HOST}`],
    ['error'],
  ],
  [
    'servers that serve different RRsets do no harm while every one of them matches',
    { tlsa: tlsa({ servers: [server(), server({ address: '192.0.2.54', records: ['x'] })] }) },
    'authenticated',
    [`error tlsa-servers-disagree ${HOST}`],
    [],
  ],
];

const WITHOUT_DANE: readonly Row[] = [
  [
    'secure TLSA records, all unusable',
    { tlsa: tlsa({ records: [UNUSABLE] }), addresses: [address(A, [ENCRYPTED])] },
    'encrypted-only',
    [`warning tlsa-all-unusable ${HOST}`, `warning tlsa-unusable-usage ${HOST}`],
    ['error', 'tlsa-match'],
  ],
  [
    'TLSA securely absent',
    { tlsa: noTlsa() },
    'opportunistic',
    [`warning tlsa-none ${HOST}`],
    ['error'],
  ],
  [
    'an insecure denial of TLSA, as under opt-out, is no failure',
    { tlsa: noTlsa({ security: 'insecure' }) },
    'opportunistic',
    [`warning tlsa-none ${HOST}`],
    ['error'],
  ],
  [
    'the TLSA zone insecure',
    { tlsa: tlsa({ security: 'insecure' }) },
    'opportunistic',
    [`warning tlsa-insecure ${HOST}`],
    ['tlsa-match', 'error'],
  ],
  [
    'the host insecure',
    {
      security: 'insecure',
      addresses: [address(A, [probe({ verdict: null, associations: [] })], 'insecure')],
      tlsa: noTlsa({ security: 'insecure', applies: false }),
    },
    'opportunistic',
    [`warning host-insecure ${HOST}`],
    ['tlsa-none', 'error'],
  ],
  [
    'the MX insecure, though everything else is right',
    {},
    'opportunistic',
    ['warning mx-insecure example.org', `ok tlsa-match ${HOST}`],
    ['mx-secure', 'error'],
    INSECURE_MX,
  ],
  [
    'the MX insecure: a mismatch is a warning',
    { addresses: [address(A, [mismatch()])] },
    'opportunistic',
    [`warning tlsa-mismatch ${HOST}`],
    ['error'],
    INSECURE_MX,
  ],
  [
    'the MX insecure: STARTTLS missing is a warning',
    { addresses: [address(A, [ended('starttls-missing', 'ehlo', { starttls: 'missing' })])] },
    'opportunistic',
    [`warning starttls-missing ${A}`],
    ['error'],
    INSECURE_MX,
  ],
  [
    'the MX insecure: a failed TLSA look-up is a warning',
    { tlsa: noTlsa({ rcode: 'SERVFAIL', security: 'indeterminate', failed: true }) },
    'opportunistic',
    [`warning tlsa-lookup-failed ${HOST}`],
    ['error'],
    INSECURE_MX,
  ],
  [
    'an opportunistic host stays so when it cannot be reached',
    { tlsa: noTlsa(), addresses: [address(A, [ended('refused', 'connect')])] },
    'opportunistic',
    [`warning smtp-unreachable ${A}`],
    ['error'],
  ],
  [
    'an opportunistic host without STARTTLS is warned of',
    {
      tlsa: noTlsa(),
      addresses: [address(A, [ended('starttls-missing', 'ehlo', { starttls: 'missing' })])],
    },
    'opportunistic',
    [`warning starttls-missing ${A}`],
    ['error'],
  ],
  [
    'every server proves NXDOMAIN for an ancestor: the records are lost in silence',
    { ancestors: [denies(), denies({ address: '192.0.2.54' })] },
    'opportunistic',
    ['error ancestor-nxdomain _tcp.mx.example.org'],
    [],
  ],
  [
    'a server that gave no answer does not speak for or against an ancestor',
    {
      ancestors: [
        denies(),
        ancestor({
          address: '192.0.2.54',
          rcode: 'TIMEOUT',
          answer: 'none',
          ok: false,
          fault: 'ancestor-lookup-failed',
        }),
      ],
    },
    'opportunistic',
    [],
    [],
  ],
  [
    'a server that proves the absence of records beside others that serve them',
    {
      tlsa: tlsa({
        servers: [
          server(),
          server({ address: '192.0.2.54', rcode: 'NXDOMAIN', records: [], verdict: null }),
        ],
      }),
    },
    'opportunistic',
    [`error tlsa-servers-disagree ${HOST}`],
    [],
  ],
];

const PARTLY_UNUSABLE: readonly Row[] = [
  [
    'one server serves records that cannot be used beside others whose records match',
    {
      tlsa: tlsa({
        servers: [
          server(),
          server({ address: '192.0.2.54', records: ['x'], verdict: 'encrypted-only' }),
        ],
      }),
    },
    'encrypted-only',
    [`error tlsa-servers-disagree ${HOST}`],
    [],
  ],
];

const DEFERRED: readonly Row[] = [
  [
    'STARTTLS not offered',
    { addresses: [address(A, [ended('starttls-missing', 'ehlo', { starttls: 'missing' })])] },
    'deferred',
    [`error starttls-missing ${A}`],
    ['tlsa-mismatch', 'smtp-unreachable'],
  ],
  [
    'a server that speaks out of turn behind its reply to EHLO',
    { addresses: [address(A, [ended('protocol', 'ehlo', { starttls: 'offered' })])] },
    'deferred',
    [`error starttls-refused ${A}`],
    ['smtp-unreachable'],
  ],
  [
    'STARTTLS refused',
    { addresses: [address(A, [ended('starttls-refused', 'starttls', { starttls: 'refused' })])] },
    'deferred',
    [`error starttls-refused ${A}`],
    [],
  ],
  [
    'the handshake failed',
    { addresses: [address(A, [ended('tls-failed', 'tls', { starttls: 'offered' })])] },
    'deferred',
    [`error tls-handshake-failed ${A}`],
    [],
  ],
  [
    'the connection closed in the middle of TLS',
    { addresses: [address(A, [ended('closed', 'tls', { starttls: 'offered' })])] },
    'deferred',
    [`error tls-handshake-failed ${A}`],
    ['smtp-unreachable'],
  ],
  [
    'TLS 1.1 and nothing newer',
    {
      addresses: [
        address(A, [
          mismatch({ ok: false, failure: 'tls-failed', stage: 'tls', tlsVersion: 'TLSv1.1' }),
        ]),
      ],
    },
    'deferred',
    [`error tls-version-old ${A}`],
    ['tlsa-mismatch', 'tls-handshake-failed'],
  ],
  [
    'no record matches',
    { addresses: [address(A, [mismatch()])] },
    'deferred',
    [`error tlsa-mismatch ${HOST}`],
    ['tlsa-match', 'addresses-disagree'],
  ],
  [
    'one of two addresses does not match',
    { addresses: [address(A, [probe()]), address(B, [OTHER_LEAF])] },
    'deferred',
    [`error tlsa-mismatch ${HOST}`, `error addresses-disagree ${HOST}`],
    ['tlsa-match'],
  ],
  [
    'one of two keys has no record',
    { addresses: [address(A, [probe(), mismatch({ keyType: 'RSA 2048' })])] },
    'deferred',
    [`error key-types-disagree ${A}`],
    [],
  ],
  [
    'an unusable RRset without STARTTLS: TLS is mandatory',
    {
      tlsa: tlsa({ records: [UNUSABLE] }),
      addresses: [address(A, [ended('starttls-missing', 'ehlo', { starttls: 'missing' })])],
    },
    'deferred',
    [`error starttls-missing ${A}`],
    [],
  ],
  [
    'a bogus TLSA answer',
    { tlsa: noTlsa({ rcode: 'SERVFAIL', security: 'bogus', failed: true }) },
    'deferred',
    [`error tlsa-bogus ${HOST}`],
    ['tlsa-none', 'tlsa-lookup-failed'],
  ],
  [
    'a failed TLSA look-up',
    { tlsa: noTlsa({ rcode: 'SERVFAIL', security: 'indeterminate', failed: true }) },
    'deferred',
    [`error tlsa-lookup-failed ${HOST}`],
    ['tlsa-none', 'tlsa-bogus'],
  ],
  [
    'bogus addresses',
    {
      addresses: [],
      security: 'bogus',
      lookUps: [lookUp('A', { security: 'bogus', rcode: 'SERVFAIL' }), lookUp('AAAA')],
      resolution: { failed: { a: true, aaaa: false }, alias: null },
    },
    'deferred',
    [`error host-bogus ${HOST}`],
    ['host-lookup-failed', 'mx-target-unresolvable'],
  ],
  [
    'addresses that cannot be looked up',
    { addresses: [], resolution: { failed: { a: true, aaaa: true }, alias: null } },
    'deferred',
    [`error host-lookup-failed ${HOST}`],
    ['mx-target-unresolvable'],
  ],
  [
    'addresses that cannot be looked up, behind an insecure MX too',
    { addresses: [], resolution: { failed: { a: true, aaaa: true }, alias: null } },
    'deferred',
    [`error host-lookup-failed ${HOST}`],
    [],
    INSECURE_MX,
  ],
  [
    'every server denies an ancestor without a valid proof',
    {
      ancestors: [
        denies({ proven: false, security: 'bogus' }),
        denies({ address: '192.0.2.54', proven: false, security: 'bogus' }),
      ],
    },
    'deferred',
    ['error ancestor-nxdomain _tcp.mx.example.org'],
    ['ancestor-denied'],
  ],
  [
    'one server serves records that match nothing',
    {
      tlsa: tlsa({
        servers: [server(), server({ address: '192.0.2.54', records: ['x'], verdict: 'failed' })],
      }),
    },
    'deferred',
    [`error tlsa-servers-disagree ${HOST}`],
    [],
  ],
];

const OUT_OF_REACH: readonly Row[] = [
  ...(['refused', 'timeout', 'unreachable', 'closed', 'protocol'] as const).flatMap((failure) =>
    (['connect', 'greeting', 'ehlo'] as const).map((stage): Row => [
      `${failure} at ${stage}`,
      { addresses: [address(A, [ended(failure, stage)])] },
      'unreachable',
      [`warning smtp-unreachable ${A}`],
      ['error'],
    ]),
  ),
  [
    'turned away by a 4xx or 5xx greeting',
    { addresses: [address(A, [ended('rejected', 'greeting')])] },
    'unreachable',
    [`warning smtp-rejected ${A}`],
    ['error', 'smtp-unreachable'],
  ],
  [
    'only private addresses, which are not connected to',
    { addresses: [address('10.0.0.1', [ended('private-address', 'connect')])] },
    'unreachable',
    ['warning address-private 10.0.0.1'],
    ['error', 'smtp-unreachable', 'smtp-port-blocked'],
  ],
  [
    'mail servers left out by choice',
    { addresses: [address(A, [])] },
    'unreachable',
    [],
    ['smtp-unreachable', 'smtp-port-blocked'],
    { tool: { version: '', resolver: 'iterative', smtpPort: 25, smtp: false } },
  ],
  [
    'listed, but without an address',
    { addresses: [], tlsa: noTlsa(), lookUps: [lookUp('A', { rcode: 'NXDOMAIN' })] },
    'gone',
    [`error mx-target-unresolvable ${HOST}`],
    ['host-lookup-failed'],
  ],
];

const TABLES: readonly (readonly [title: string, rows: readonly Row[]])[] = [
  ['authenticated', AUTHENTICATED],
  ['without DANE', WITHOUT_DANE],
  ['partly unusable', PARTLY_UNUSABLE],
  ['deferred', DEFERRED],
  ['out of reach', OUT_OF_REACH],
];

for (const [title, rows] of TABLES) {
  describe(`a host ${title}`, () => {
    for (const [claim, given, outcome, must, mustNot, more] of rows) {
      test(claim, () => {
        const report = judged([host(given)], more);
        expect(report.hosts[0]?.outcome).toBe(outcome);
        expect(told(report)).toEqual(expect.arrayContaining([...must]));
        const words = report.findings.flatMap(({ severity, code }) => [severity, code]);
        expect(words.filter((word) => mustNot.includes(word))).toEqual([]);
      });
    }
  });
}

describe('while an inspection goes on, a host', () => {
  test.each([
    ['without its addresses', { resolution: null, addresses: [] }],
    ['without its TLSA look-up', { tlsa: tlsa({ done: false, security: null, records: [] }) }],
    ['with an address not spoken to yet', { addresses: [address(A, [])] }],
    [
      'with a chain not compared yet',
      { addresses: [address(A, [probe({ verdict: null, associations: [] })])] },
    ],
  ] satisfies [string, Partial<HostReport>][])('%s is pending', (_claim, given) => {
    expect(judged([host(given)], { finished: false }).hosts[0]?.outcome).toBe('pending');
  });

  test('that was cut off by the time limit is not judged', () => {
    const result = judged([host({ addresses: [address(A, [])] })]);
    expect(result.hosts[0]?.outcome).toBe('unreachable');
    expect(result.outcome).toBe('unknown');
  });
});

function certificateOfProbe() {
  const [leaf] = probe().chain;
  if (leaf === undefined) throw new Error('a probe has a chain');
  return leaf;
}
