/** What the details are made of: grids of servers, conversations, chains, identities, policies. */
import { describe, expect, it } from 'vitest';
import { toGraph, UNFOLDED } from '../../../renderer/chain/to-graph.ts';
import { chainRemarks, placeWord } from '../../../renderer/details/chain-words.ts';
import { conversationsOf } from '../../../renderer/details/conversations.ts';
import { hexDump } from '../../../renderer/details/hex-dump.ts';
import { identityWords } from '../../../renderer/details/identity-words.ts';
import { questionCommand } from '../../../renderer/details/message-copies.ts';
import {
  ageText,
  mtaStsFace,
  mxFates,
  tlsRptFace,
} from '../../../renderer/details/policy-words.ts';
import { serverGrids, type GridCell } from '../../../renderer/details/server-grid.ts';
import {
  explainCell,
  reasonOf,
  tellingQuestion,
  whomToTell,
} from '../../../renderer/details/server-words.ts';
import { nodeOfFinding } from '../../../renderer/store/finding-node.ts';
import { emptyReport } from '../../../shared/inspection/empty-report.ts';
import type { InspectionEvent } from '../../../shared/inspection/event.ts';
import { fold } from '../../../shared/inspection/fold.ts';
import type { HostReport, Report } from '../../../shared/inspection/report.ts';
import {
  fromFile,
  IN_ORDER,
  LEAVES_OUT,
  NO_POLICY,
  NO_REPORTS,
  policyEvent,
  question,
  REPORTS,
  survey,
  surveyed,
  twoKeys,
} from './streams-of-servers.ts';
import { degraded } from './streams.ts';

function reportOf(events: readonly InspectionEvent[]): Report {
  return events.reduce(fold, emptyReport('example.org'));
}

function firstHost(report: Report): HostReport {
  const [host] = report.hosts;
  if (host === undefined) throw new Error('no host');
  return host;
}

describe('the grid of a host', () => {
  const report = reportOf(surveyed());
  const [grid, ...others] = serverGrids(report, firstHost(report));
  const row = (name: string, type: string): readonly (GridCell | null)[] =>
    grid?.rows.find((each) => each.name === name && each.type === type)?.cells ?? [];

  it('is one for its zone, a column for each server address', () => {
    expect(others).toEqual([]);
    expect(grid?.zone).toBe('example.org');
    expect(grid?.servers.map(({ address }) => address)).toEqual([
      '192.0.2.53',
      '2001:db8::53',
      '198.51.100.53',
    ]);
  });

  it('has the names above the record first, from the apex down, and the TLSA name once', () => {
    expect(grid?.rows.map(({ name, type }) => `${name} ${type}`)).toEqual([
      'example.org A, NS',
      'mx1.example.org A, NS',
      '_tcp.mx1.example.org A, NS',
      '_25._tcp.mx1.example.org TLSA',
      'example.org SOA',
      'example.org DNSKEY',
    ]);
  });

  it('marks what one server says otherwise, a serial less gravely than data', () => {
    const tones = (name: string, type: string) => row(name, type).map((cell) => cell?.tone);
    expect(tones('_tcp.mx1.example.org', 'A, NS')).toEqual(['ok', 'ok', 'err']);
    expect(tones('_25._tcp.mx1.example.org', 'TLSA')).toEqual(['ok', 'ok', 'err']);
    expect(tones('example.org', 'SOA')).toEqual(['ok', 'ok', 'warn']);
  });

  it('says where a transport is silent, and not that the answer differs for it', () => {
    const last = row('example.org', 'DNSKEY')[2];
    expect(last).toMatchObject({ note: 'no TCP', tone: 'warn', words: '2 keys', differs: false });
  });

  it('shows serials and kinds of answers in few words', () => {
    expect(row('example.org', 'SOA').map((cell) => cell?.words)).toEqual([
      'serial 2026112401',
      'serial 2026112401',
      'serial 2026112301',
    ]);
    expect(row('_tcp.mx1.example.org', 'A, NS').map((cell) => cell?.words)).toEqual([
      'empty, proven',
      'empty, proven',
      'NXDOMAIN',
    ]);
  });

  it('leaves a hole where a server was not asked', () => {
    const host = firstHost(report);
    const [partial] = serverGrids(
      { ...report, surveys: [] },
      { ...host, ancestors: host.ancestors.slice(0, 4) },
    );
    expect(partial?.rows[1]?.cells).toEqual([expect.anything(), null, null]);
  });

  it('is made of ancestors alone while nothing else has been told', () => {
    const early = reportOf(degraded());
    const [only] = serverGrids(early, firstHost(early));
    expect(only?.security).toBeNull();
    expect(only?.rows.map(({ type }) => type)).toEqual(['A', 'A', 'A', 'TLSA']);
  });

  it('of the domain has its MX records, and not the hosts’', () => {
    const [domain] = serverGrids(report, null);
    expect(domain?.rows.map(({ type }) => type)).toEqual(['SOA', 'DNSKEY', 'MX']);
  });

  it('opens a cell to what should have been, whom to tell and how to ask again', () => {
    const cell = row('example.org', 'SOA')[2];
    if (cell === null || cell === undefined) throw new Error('no cell');
    expect(explainCell(cell).headline).toContain('198.51.100.53 says something else');
    expect(whomToTell(cell)).toContain('ns2.example.org');
    const asked = tellingQuestion(report, cell) ?? question({});
    expect(questionCommand(report, cell.address, asked)).toBe(
      'dig +norecurse +dnssec @198.51.100.53 example.org SOA',
    );
    const sound = row('example.org', 'SOA')[0];
    expect(sound && whomToTell(sound)).toBeNull();
  });

  it('asks again what shows the fault, where another question fares better', () => {
    const cell = row('_tcp.mx1.example.org', 'A, NS')[2];
    if (cell?.ancestor === null || cell?.ancestor === undefined) throw new Error('no cell');
    const { name } = cell;
    const questions = [
      question({ name, type: 'A', answer: 'empty' }),
      question({ name, type: 'NS', answer: 'nxdomain', transport: 'tcp' }),
    ];
    const odd = { ...cell, questions, ancestor: { ...cell.ancestor, questions } };
    expect(tellingQuestion(report, odd)).toBe(questions[1]);
  });

  it('does not say twice what the heading says', () => {
    const cell = row('_tcp.mx1.example.org', 'A, NS')[2];
    if (cell === null || cell === undefined || cell.ancestor === null) throw new Error('no cell');
    expect(reasonOf(cell)).toBeNull();
    const reason = 'asked for NS over TCP: says that it does not exist';
    expect(reasonOf({ ...cell, ancestor: { ...cell.ancestor, reason } })).toBe(
      'Asked for NS over TCP: says that it does not exist.',
    );
  });

  it.each([
    ['a bogus answer', { security: 'bogus' }, 'err', 'serial 1, bogus'],
    ['an answer cut off, whole over TCP', { truncated: true, records: [] }, 'ok', 'serial 1'],
    ['no records', { answer: 'empty', records: [] }, 'warn', 'none'],
    ['silence', { answer: 'none', rcode: 'SERVFAIL' }, 'warn', 'serial 1'],
    ['an answer that is cut off over both', { truncated: true, size: 512 }, 'err', 'cut off'],
  ] as const)('tells %s', (_, more, tone, words) => {
    const records = ['ns. hostmaster. 1 2 3 4 5'];
    const sound = [question({ records }), question({ records, transport: 'tcp' })];
    const odd = [
      question({ records, ...more }),
      question({
        records,
        transport: 'tcp',
        ...(('truncated' in more && !('size' in more)) || 'rcode' in more ? {} : more),
      }),
    ];
    const servers = [sound, sound, odd].map((questions, index) => ({
      server: `ns${index}`,
      address: `192.0.2.${index}`,
      questions,
    }));
    const surveys = [{ zone: 'example.org', security: 'secure' as const, servers }];
    const [only] = serverGrids({ ...report, surveys }, null);
    expect(only?.rows[0]?.cells[2]).toMatchObject({ tone, words });
  });

  it('explains a bogus answer over one transport as that', () => {
    const questions = [question({}), question({ transport: 'tcp', security: 'bogus' })];
    const servers = [{ server: 'ns1.example.org', address: '192.0.2.1', questions }];
    const surveys = [{ zone: 'example.org', security: 'secure' as const, servers }];
    const [only] = serverGrids({ ...report, surveys }, null);
    const cell = only?.rows[0]?.cells[0];
    if (cell === null || cell === undefined) throw new Error('no cell');
    expect(cell.tone).toBe('err');
    expect(explainCell(cell).headline).toContain('does not validate');
    expect(tellingQuestion(report, cell)).toBe(questions[1]);
  });

  it('survives servers that share a name or were asked nothing', () => {
    const empty = {
      ...survey(),
      servers: survey().servers.map((each) => ({ ...each, questions: [] })),
    };
    expect(serverGrids({ ...report, surveys: [empty] }, null)).toEqual([]);
  });
});

describe('conversations', () => {
  it('are one an address and kind of key; a comparison that came to the same folds', () => {
    const told = conversationsOf(firstHost(reportOf(twoKeys())));
    expect(told.map(({ addresses, label, tone }) => [addresses.join(), label, tone])).toEqual([
      ['192.0.2.10', 'usual offer and without SNI · ECDSA P-256', 'ok'],
      ['192.0.2.10', 'asked for RSA · RSA 2048', 'err'],
      ['2001:db8::10', 'usual offer and without SNI · ECDSA P-256', 'ok'],
      ['2001:db8::10', 'asked for RSA · RSA 2048', 'err'],
    ]);
  });

  it('with a chain from a file are one for all addresses', () => {
    const told = conversationsOf(firstHost(reportOf(fromFile())));
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({
      addresses: ['192.0.2.10', '2001:db8::10'],
      label: 'from a file · ECDSA P-256',
    });
  });

  it('keep a comparison that came to something else, without blaming it', () => {
    const host = firstHost(reportOf(twoKeys()));
    const other = host.addresses.map((address) => ({
      ...address,
      probes: address.probes.map((probe) =>
        probe.offer === 'no-sni' ? { ...probe, chain: [], verdict: 'failed' as const } : probe,
      ),
    }));
    const told = conversationsOf({ ...host, addresses: other });
    expect(told.find(({ label }) => label.startsWith('without SNI'))?.tone).toBe('none');
  });
});

const WHOLE = { ended: true, unfolding: UNFOLDED, trouble: null };

describe('two kinds of keys in the picture', () => {
  const [row] = toGraph(reportOf(twoKeys()), WHOLE).rows;

  it('are two chains, both at every address, and the comparison is none', () => {
    expect(row?.chains).toHaveLength(2);
    expect(row?.served).toEqual([
      { chain: 0, address: 0 },
      { chain: 1, address: 0 },
      { chain: 0, address: 1 },
      { chain: 1, address: 1 },
    ]);
  });

  it('are told apart by their kind, in place of the date', () => {
    expect(row?.chains.map(({ rows }) => rows[0]?.note)).toEqual(['P-256', 'RSA 2048']);
  });

  it('join a record to the chain it matches, and cross those that match none with the other', () => {
    expect(row?.matches.map(({ record, chain, kind }) => [record, chain, kind])).toEqual([
      [0, 0, 'equal'],
      [1, 1, 'differs'],
      [2, 1, 'differs'],
    ]);
  });

  it('a refused second handshake takes nothing from the first', () => {
    const host = firstHost(reportOf(twoKeys()));
    const report = reportOf(twoKeys());
    const refused = {
      ...report,
      hosts: [
        {
          ...host,
          addresses: host.addresses.map((address) => ({
            ...address,
            probes: address.probes.map((probe) =>
              probe.offer === 'rsa'
                ? { ...probe, ok: false, chain: [], failure: 'timeout' as const, verdict: null }
                : probe,
            ),
          })),
        },
      ],
    };
    expect(toGraph(refused, WHOLE).rows[0]?.chains).toHaveLength(1);
  });
});

describe('a chain', () => {
  const [ordered, muddled] = firstHost(reportOf(twoKeys())).addresses[0]?.probes ?? [];
  if (ordered === undefined || muddled === undefined) throw new Error('no probes');
  const texts = (probe: typeof ordered) => chainRemarks(probe).map(({ text }) => text);

  it('in order is said to be, with what it ends below', () => {
    expect(texts(ordered)[0]).toContain('2 certificates were sent, in order');
    expect(texts(ordered)[1]).toContain('ends below CN=ISRG Root X1');
  });

  it('out of order, with extras and repetitions, is said to be', () => {
    expect(texts(muddled).slice(0, 3)).toEqual([
      'Not in order: an issuer does not stand right behind the certificate it certifies.',
      'Certificate 3 takes no part in the path of the server’s own.',
      'Certificate 4 repeats an earlier one.',
    ]);
    expect([0, 2, 3].map((depth) => placeWord(muddled, depth))).toEqual([
      null,
      'takes no part',
      'repeated',
    ]);
  });

  it('that the library told is said to be', () => {
    expect(texts({ ...ordered, chainExact: false, chainShape: null })).toEqual([
      'As the TLS library tells it; the exact list could not be read.',
    ]);
  });
});

describe('what a record is', () => {
  const { records } = firstHost(reportOf(twoKeys())).tlsa;
  const [current, mistaken, unknown] = records;
  if (current === undefined || mistaken === undefined || unknown === undefined) {
    throw new Error('no records');
  }

  it('is said with what was meant', () => {
    expect(identityWords(mistaken, ['no-match'])).toBe(
      'It is the SHA2-256 digest of the public key of CN=R11, O=Let’s Encrypt, C=US (mx1.example.org, certificate 2 in its chain). 2 1 1 was meant.',
    );
  });

  it('is not said of one that matches somewhere, and left open where it cannot be told', () => {
    expect(identityWords(current, ['match'])).toBeNull();
    expect(identityWords(unknown, ['no-match'])).toContain('a next key, or a leftover');
  });

  it.each([[[]], [['superseded-digest']], [['no-match', 'ta-name-mismatch']]])(
    'is not called a next key or a leftover after %j',
    (codes) => {
      expect(identityWords(unknown, codes)).toBeNull();
    },
  );

  it.each([
    ['empty-input', 'digest of nothing at all'],
    ['pem-key', 'PEM text of the public key'],
    ['pem-certificate', 'PEM text of the certificate'],
    ['certificate', 'whole certificate'],
  ] as const)('%s', (kind, words) => {
    const { identity } = mistaken;
    if (identity === null) throw new Error('no identity');
    expect(identityWords({ ...mistaken, identity: { ...identity, kind } }, ['no-match'])).toContain(
      words,
    );
  });
});

describe('policies', () => {
  const base = reportOf(degraded());
  const face = (mtaSts = IN_ORDER, tlsRpt = REPORTS) => {
    const report = fold(base, policyEvent(mtaSts, tlsRpt));
    return [mtaStsFace(report), tlsRptFace(report)].map(({ tone, word }) => `${word} (${tone})`);
  };
  const policy = { mode: 'testing' as const, maxAge: 1, mx: [] };

  it.each([
    ['in order', face(), ['enforced (ok)', 'asked for (ok)']],
    ['leaving out a host', face(LEAVES_OUT), ['leaves out a host (err)', 'asked for (ok)']],
    [
      'leaving it out while testing',
      face({ ...LEAVES_OUT, policy }),
      ['leaves out a host (warn)', 'asked for (ok)'],
    ],
    [
      'taken back',
      face({ ...IN_ORDER, policy: { ...policy, mode: 'none' } })[0],
      'switched off (none)',
    ],
    ['none', face(NO_POLICY, NO_REPORTS), ['none (none)', 'not asked for (none)']],
    ['DNS only', face({ ...IN_ORDER, policy: null })[0], 'announced (none)'],
    [
      'not usable',
      face({ ...IN_ORDER, problem: 'x' }, { ...REPORTS, problem: 'y' }),
      ['not usable (warn)', 'not usable (warn)'],
    ],
    [
      'not known',
      face({ ...NO_POLICY, problem: 'x' }, { ...NO_REPORTS, problem: 'y' }),
      ['not known (none)', 'not known (none)'],
    ],
  ])('%s', (_, got, expected) => {
    expect(got).toEqual(expected);
  });

  it('are being looked for until the end, and then were not looked at', () => {
    expect(mtaStsFace({ ...base, finished: false }).word).toBe('looking');
    expect(mtaStsFace({ ...base, finished: true }).word).toBe('not looked at');
  });

  it('hold every mail host against the patterns', () => {
    const hosts = ['mx1.example.org', 'mx2.example.org'];
    expect(mxFates(LEAVES_OUT, hosts).map(({ covered }) => covered)).toEqual([true, false]);
    expect(mxFates(NO_POLICY, hosts)).toEqual([]);
  });

  it('say ages as people do', () => {
    expect([604_800, 86_400, 5400, 61, 0].map(ageText)).toEqual([
      '1 week',
      '1 day',
      '90 minutes',
      '61 seconds',
      '0 seconds',
    ]);
  });

  it('belong to the domain, also where it is its own mail host', () => {
    const report = fold(reportOf(fromFile()), policyEvent(NO_POLICY, NO_REPORTS));
    const finding = report.findings.find(({ code }) => code === 'tlsrpt-missing');
    if (finding === undefined) throw new Error('no finding');
    const own = {
      ...report,
      hosts: report.hosts.map((host) => ({ ...host, name: 'example.org' })),
    };
    expect(nodeOfFinding(own, finding)).toEqual({ kind: 'domain' });
  });
});

it('a message is dumped with offset and text', () => {
  expect(hexDump('000141427f')).toBe(`0000  00 01 41 42 7f${' '.repeat(33)}  ..AB.`);
  expect(hexDump('00'.repeat(17)).split('\n')[1]).toMatch(/^0010 {2}00 /);
  expect(hexDump('')).toBe('');
});
