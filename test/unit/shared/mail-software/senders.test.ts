// What each sender does with reports of every kind. The expectations are read off the sources that the rules name.
import { describe, expect, test } from 'vitest';
import type { HostReport, Report } from '../../../../shared/inspection/report.ts';
import {
  RESOLVERS,
  sendersNotes,
  sendersTable,
  type SenderVerdict,
} from '../../../../shared/mail-software/senders.ts';
import {
  address,
  ancestor,
  denies,
  ended,
  host,
  hostNamed,
  judged,
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

const LETTERS: Readonly<Record<SenderVerdict, string>> = {
  authenticated: 'A',
  encrypted: 'E',
  'no-dane': 'N',
  deferred: 'D',
  returned: 'R',
  depends: '*',
  unknown: '?',
};

/**
 * Ten letters, one a row: Postfix dane (MX policies dane, encrypt, may), dane-only; Exim try, require;
 * Halon dane, dane_require; PowerMTA; KumoMTA.
 */
function letters(report: Report, resolver: (typeof RESOLVERS)[number] = 'plain'): string {
  const index = RESOLVERS.indexOf(resolver);
  return sendersTable(report)
    .map(({ cells }) => LETTERS[cells[index]?.verdict ?? 'unknown'])
    .join('');
}

const failed = tlsa({ failed: true, rcode: 'SERVFAIL', security: 'bogus', records: [] });
const withProbes = (...probes: Parameters<typeof address>[1]): HostReport =>
  host({ addresses: [address('192.0.2.1', probes)] });
const encrypted = probe({
  verdict: 'encrypted-only',
  associations: [{ ...NO_MATCH, usable: false }],
});
const unusable = (sessions = [encrypted]): HostReport =>
  host({
    tlsa: tlsa({ records: [record({ usage: 1, usable: false })] }),
    addresses: [address('192.0.2.1', sessions)],
  });
const plain = hostNamed('plain.example.org', {
  tlsa: noTlsa(),
  addresses: [address('192.0.2.3', [probe({ verdict: null, associations: [] })])],
});
const stale = hostNamed('stale.example.org', {
  addresses: [address('192.0.2.2', [mismatch()])],
});
const noStartTls = ended('starttls-missing', 'ehlo', { starttls: 'missing' });

const refused = (reply: string): ReturnType<typeof ended> =>
  ended('starttls-refused', 'starttls', {
    starttls: 'refused',
    transcript: [
      { from: 'server', text: '250 STARTTLS', atMs: 1 },
      { from: 'client', text: 'STARTTLS', atMs: 2 },
      { from: 'server', text: reply, atMs: 3 },
    ],
  });

const ABSENT = 'NNNDNRN?NN';
const FAILED = 'DDDDDD???D';
/** Some strict resolvers find the records, for others the look-up fails. */
const SPLIT = '******???*';
const ALL = (letter: string): string => letter.repeat(10);

describe('behind signed MX records', () => {
  test.each([
    ['a record matches', host(), ALL('A')],
    ['no record matches', withProbes(mismatch()), ALL('D')],
    ['STARTTLS is not offered', withProbes(noStartTls), ALL('D')],
    ['STARTTLS is refused for now', withProbes(refused('454 4.7.0 not now')), ALL('D')],
    // RFC 5321 §4.2.1; Postfix takes 5yz at its word.
    ['STARTTLS is refused for good', withProbes(refused('554 5.7.3 never')), 'RRRRDDDDDD'],
    // RFC 3207 §4.2: what came before TLS is thrown away. Exim gives the session up.
    ['plaintext stands behind 220', withProbes(probe({ injected: true })), 'AAAADDAAAA'],
    ['TLS fails', withProbes(ended('tls-failed', 'tls', { starttls: 'offered' })), ALL('D')],
    [
      'STARTTLS is offered in lower case',
      withProbes(probe({ transcript: [{ from: 'server', text: '250 starttls', atMs: 1 }] })),
      'AAAADDAAAA',
    ],
    [
      'the issuer is in the record alone',
      withProbes(probe({ associations: [{ ...MATCH, matchedDepth: null }] })),
      'AAAA??AAAA',
    ],
    ['TLS is older than 1.2', withProbes(probe({ tlsVersion: 'TLSv1.1' })), ALL('?')],
    [
      'TLS is older than 1.2, and was only looked at',
      withProbes(ended('tls-failed', 'tls', { tlsVersion: 'TLSv1.1', starttls: 'offered' })),
      ALL('?'),
    ],
    ['nobody answers', withProbes(ended('timeout', 'connect')), ALL('?')],
    ['one key matches, the other does not', withProbes(probe(), mismatch()), ALL('*')],
    [
      'one address is wrong, the next is right',
      host({
        addresses: [address('192.0.2.1', [mismatch()]), address('192.0.2.2', [probe()])],
      }),
      ALL('A'),
    ],
    [
      'one address is down, the next is right',
      host({
        addresses: [
          address('192.0.2.1', [ended('timeout', 'connect')]),
          address('192.0.2.2', [probe()]),
        ],
      }),
      ALL('A'),
    ],
    ['the TLSA look-up fails', host({ tlsa: failed }), FAILED],
    ['there are no TLSA records', plain, ABSENT],
    ['the TLSA records are not signed', host({ tlsa: tlsa({ security: 'insecure' }) }), ABSENT],
    [
      'the addresses are not signed',
      host({ security: 'insecure', tlsa: noTlsa({ applies: false }) }),
      ABSENT,
    ],
    // RFC 7672 §2.2.2: an alias that is signed, into a zone that is not. Exim asks for more.
    ['only the alias is signed', host({ security: 'insecure' }), 'AAAANRAAAA'],
    ['no record can be used', unusable(), 'EEED?????E'],
    ['no record can be used, nor TLS', unusable([noStartTls]), 'DDDDDD???D'],
    [
      'the addresses cannot be looked up',
      host({ addresses: [], resolution: { failed: { a: true, aaaa: false }, alias: null } }),
      ALL('D'),
    ],
  ] satisfies [string, HostReport, string][])('%s', (_case, only, expected) => {
    expect(letters(judged([only]))).toBe(expected);
    // Without a fault at the ancestors it is all the same how the resolver asks.
    expect(letters(judged([only]), 'minimising')).toBe(expected);
    expect(letters(judged([only]), 'strict')).toBe(expected);
  });
});

describe('behind MX records that are not signed', () => {
  test.each([
    ['a record matches', host(), 'AENDNR???N'],
    ['no record matches', withProbes(mismatch()), 'DENDNR???N'],
    ['STARTTLS is not offered', withProbes(noStartTls), 'DDNDNR???N'],
    ['the TLSA look-up fails', host({ tlsa: failed }), 'DDNDNR???N'],
    ['there are no TLSA records', plain, ABSENT],
    ['no record can be used', unusable(), 'EENDNR???N'],
  ] satisfies [string, HostReport, string][])('%s', (_case, only, expected) => {
    expect(letters(judged([only], { mx: mx({ security: 'insecure' }) }))).toBe(expected);
  });
});

describe('a whole domain', () => {
  const gone = host({ addresses: [], tlsa: noTlsa() });
  const none = { mx: mx({ nonexistent: true }) };
  test.each([
    ['the MX look-up fails', judged([], { mx: mx({ failed: true, security: 'bogus' }) }), ALL('D')],
    ['it says that it takes no mail', judged([], { mx: mx({ null: true }) }), ALL('R')],
    ['it does not exist', judged([], none), ALL('R')],
    // postconf(5), smtp_defer_if_no_mx_address_found.
    ['no MX host has an address', judged([gone]), 'RRRRRR????'],
    [
      'nobody answered even for the root',
      judged([], { mx: mx({ failed: true, networkDown: true, lookUp: null }) }),
      ALL('?'),
    ],
  ] satisfies [string, Report, string][])('%s', (_case, report, expected) => {
    expect(letters(report)).toBe(expected);
  });
});

describe('several hosts', () => {
  const second = (more: HostReport): HostReport => ({ ...more, preference: 20 });
  test.each([
    ['the first fails, the second is right', [stale, second(host())], ALL('A')],
    ['the first is right, the second fails', [host(), second(stale)], ALL('A')],
    ['both fail', [stale, second(withProbes(mismatch()))], ALL('D')],
    // Exim returns mail at the first host without the DANE that it demands.
    ['the first has no DANE, the second is right', [plain, second(host())], 'NNNANRN?NN'],
    ['two are equal, one without DANE', [plain, host()], '***A***?**'],
    ['two are equal, one of them fails', [stale, host()], ALL('A')],
    [
      'the first is down, the second is right',
      [
        hostNamed('down.example.org', {
          addresses: [address('192.0.2.4', [ended('timeout', 'connect')])],
        }),
        second(host()),
      ],
      ALL('A'),
    ],
  ] satisfies [string, HostReport[], string][])('%s', (_case, hosts, expected) => {
    expect(letters(judged(hosts))).toBe(expected);
  });

  test('hosts that were left out may still take what these do not', () => {
    const limit = {
      code: 'limit-reached',
      subject: 'example.org',
      parameters: { limit: 'MAX_HOSTS' },
    };
    const more = { observations: [limit] as unknown as Report['observations'] };
    expect(letters(judged([stale], more))).toBe(ALL('?'));
    expect(letters(judged([host()], more))).toBe(ALL('A'));
  });
});

describe('ancestors of the TLSA records', () => {
  const twice = (...ancestors: HostReport['ancestors']): Report => judged([host({ ancestors })]);
  const other = { server: 'ns2.example.org', address: '192.0.2.54' };
  const silence = { answer: 'none', ok: false, fault: 'ancestor-lookup-failed' } as const;

  test.each([
    ['are there', twice(ancestor(), ancestor(other)), ALL('A'), ALL('A')],
    ['are denied with a proof', twice(denies(), denies(other)), ABSENT, ABSENT],
    [
      'are denied without a proof',
      twice(denies({ proven: false }), denies({ ...other, proven: false })),
      FAILED,
      SPLIT,
    ],
    [
      'are denied by one server, with a proof',
      twice(denies(), ancestor(other)),
      '*******?**',
      '*******?**',
    ],
    [
      'are denied by one server, without a proof',
      twice(denies({ proven: false }), ancestor(other)),
      ALL('A'),
      ALL('A'),
    ],
    // RFC 9156 leaves the way back to the whole name open; whether strict resolvers take it varies.
    [
      'get no answer',
      twice(ancestor(silence), ancestor({ ...other, ...silence })),
      ALL('A'),
      SPLIT,
    ],
  ] satisfies [string, Report, string, string][])('%s', (_case, report, minimising, strict) => {
    expect(letters(report, 'plain')).toBe(ALL('A'));
    expect(letters(report, 'minimising')).toBe(minimising);
    expect(letters(report, 'strict')).toBe(strict);
  });

  test('a denial that covers too much is told apart, since it may strike whoever caches it', () => {
    expect(sendersNotes(twice(ancestor()))).toEqual([]);
    expect(sendersNotes(twice(ancestor({ covers: true })))).toHaveLength(1);
  });
});

describe('name servers that disagree on the TLSA records', () => {
  const other = { server: 'ns2.example.org', address: '192.0.2.54' };
  const withServers = (...servers: HostReport['tlsa']['servers']): Report =>
    judged([host({ tlsa: tlsa({ servers }) })]);

  test('one has none: delivered with DANE or without', () => {
    const report = withServers(server(), server({ ...other, records: [], verdict: null }));
    expect(letters(report)).toBe('*******?**');
  });

  test('one has others, which do not match: delivered or deferred', () => {
    const records = [`3 1 1 ${'ee'.repeat(32)}`];
    const report = withServers(server(), server({ ...other, records, verdict: 'failed' }));
    expect(letters(report)).toBe(ALL('*'));
    expect(sendersTable(report)[0]?.cells[0]?.possible).toEqual(['authenticated', 'deferred']);
  });

  test('what does not validate is taken by nobody', () => {
    const report = withServers(
      server(),
      server({ ...other, security: 'bogus', records: [], verdict: null }),
    );
    expect(letters(report)).toBe(ALL('A'));
  });
});

describe('the words', () => {
  test('say what happens, at which host, and why, and name a source for every rule', () => {
    const report = judged([stale, { ...host(), preference: 20 }]);
    const cell = sendersTable(report)[0]?.cells[0];
    expect(cell?.sentence).toBe(
      'Delivered over verified TLS: no TLSA record matches the certificate of stale.example.org; a TLSA record matches the certificate of mx.example.org.',
    );
    expect(cell?.hosts.map(({ sentence }) => sentence)).toEqual([
      'Mail waits: no TLSA record matches the certificate of stale.example.org.',
      'Delivered over verified TLS: a TLSA record matches the certificate of mx.example.org.',
    ]);
    for (const row of sendersTable(report)) {
      for (const { sources } of row.cells.flatMap(({ hosts }) => hosts)) {
        expect(sources.join('')).not.toBe('');
      }
    }
  });

  test('show a hostile name as harmless text', () => {
    const report = judged([hostNamed('\u001B[31mx\u202E', { tlsa: noTlsa() })]);
    const sentences = sendersTable(report).flatMap(({ cells }) =>
      cells.map(({ sentence }) => sentence),
    );
    expect(sentences.join('')).not.toMatch(/[\u001B\u202E]/);
  });

  test('thirty hosts make no endless sentence', () => {
    const hosts = Array.from({ length: 30 }, (_, index) => ({
      ...stale,
      name: `mx${index}.example.org`,
    }));
    expect(sendersTable(judged(hosts))[0]?.cells[0]?.sentence).toContain('and 27 more hosts');
  });

  test('of an inspection that has just begun nothing is claimed', () => {
    const begun = { finished: false, mx: mx({ lookUp: null }) };
    expect(letters(judged([], begun))).toBe(ALL('?'));
    const early = host({ tlsa: tlsa({ done: false, records: [], security: null }) });
    expect(letters(judged([early], { finished: false }))).toBe(ALL('?'));
  });
});
