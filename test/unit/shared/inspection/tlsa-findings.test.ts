// What is said of records that match nothing, of how they are made, and of the chains they are held against.
import { describe, expect, test } from 'vitest';
import type { FindingCode } from '../../../../shared/findings/codes.ts';
import type { Finding } from '../../../../shared/findings/finding.ts';
import type {
  AssociationReport,
  ChainShape,
  HostReport,
  RecordIdentity,
  Report,
  TlsaRecordReport,
} from '../../../../shared/inspection/report.ts';
import {
  address,
  certificate,
  codes,
  host,
  judged,
  KEY,
  MATCH,
  mismatch,
  NO_MATCH,
  OTHER_KEY,
  probe,
  record,
  tlsa,
  told,
} from './evidence.ts';

function find(report: Report, code: FindingCode): Finding {
  const finding = report.findings.find((candidate) => candidate.code === code);
  if (finding === undefined) throw new Error(`no ${code} among ${codes(report).join(', ')}`);
  return finding;
}

const ISSUER_KEY = '11'.repeat(32);
const OF_ISSUER: RecordIdentity = {
  kind: 'key',
  algorithm: 'SHA2-256',
  host: 'mx.example.org',
  depth: 1,
  subject: 'CN=Issuer',
  meant: '2 1 1',
  record: `2 1 1 ${ISSUER_KEY}`,
};
const OF_OTHER_HOST: RecordIdentity = {
  ...OF_ISSUER,
  host: 'mx2.example.org',
  depth: 0,
  subject: 'CN=mx2.example.org',
  meant: '3 1 1',
  record: null,
};
const EE = record();
const ISSUER_UNDER_3 = record({ data: ISSUER_KEY, identity: OF_ISSUER });

function withRecords(
  records: readonly TlsaRecordReport[],
  associations: readonly AssociationReport[],
  more: Parameters<typeof probe>[0] = {},
): HostReport {
  const matches = associations.some((association) => association.matches);
  const verdict = matches ? 'authenticated' : 'failed';
  const probes = [probe({ associations, verdict, ...more })];
  return host({ tlsa: tlsa({ records }), addresses: [address('192.0.2.1', probes)] });
}

describe('a record that is the issuer’s key under usage 3', () => {
  const beside = judged([withRecords([EE, ISSUER_UNDER_3], [MATCH, NO_MATCH])]);

  test('beside a match harms nobody, and the record that was meant is given', () => {
    const { severity, message, remedy, title } = find(beside, 'tlsa-record-mistaken');
    expect(severity).toBe('warning');
    expect(title).toContain('2 1 1');
    expect(message).toContain('Mail is not affected');
    expect(message).toContain(
      `3 1 1 ${ISSUER_KEY} matches nothing that mx.example.org presents: it is the SHA2-256 digest of the public key of its issuer (CN=Issuer): 2 1 1 was meant.`,
    );
    expect(remedy.split('\n')).toContain(
      `_25._tcp.mx.example.org. 3600 IN TLSA 2 1 1 ${ISSUER_KEY}`,
    );
  });

  test('is no next key: not ready for a rollover, and told as a warning', () => {
    expect(beside.hosts[0]?.tlsa.rolloverScheme).toBe('single');
    expect(told(beside)).toContain('warning tlsa-record-unmatched mx.example.org');
  });

  test('is not proposed again where it is published already', () => {
    const issuer = record({ usage: 2, data: ISSUER_KEY });
    const report = judged([
      withRecords([EE, ISSUER_UNDER_3, issuer], [MATCH, NO_MATCH, { ...MATCH, matchedDepth: 1 }]),
    ]);
    expect(find(report, 'tlsa-record-mistaken').remedy).not.toContain(
      `3600 IN TLSA 2 1 1 ${ISSUER_KEY}`,
    );
  });

  test('alone is why mail is deferred, and the mismatch says so', () => {
    const report = judged([withRecords([ISSUER_UNDER_3], [NO_MATCH])]);
    expect(find(report, 'tlsa-mismatch').message).toMatch(
      /3 1 1 11111111… is the SHA2-256 digest of the public key of its issuer \(CN=Issuer\): 2 1 1 was meant\./,
    );
    expect(find(report, 'tlsa-record-mistaken').message).not.toContain('not affected');
  });
});

test('a digest of nothing is told with the title of a wrong thing, and taken out last where nothing matches', () => {
  const nothing: RecordIdentity = { ...OF_ISSUER, kind: 'empty-input', meant: null, record: null };
  const report = judged([withRecords([record({ identity: nothing })], [NO_MATCH])]);
  const { title, message, remedy } = find(report, 'tlsa-record-mistaken');
  expect(title).toBe('One record of mx.example.org holds the wrong thing');
  expect(message).toContain('was given no input');
  expect(remedy).toMatch(/^; Take out, once a record that matches is served everywhere:/);
});

describe('a record that cannot be told apart', () => {
  test('of an unknown key is a next key or a leftover, and said to be either', () => {
    const report = judged([withRecords([EE, record({ data: OTHER_KEY })], [MATCH, NO_MATCH])]);
    const { severity, message } = find(report, 'tlsa-record-unmatched');
    expect(severity).toBe('notice');
    expect(message).toContain('cannot be told apart');
    expect(codes(report)).not.toContain('tlsa-record-mistaken');
  });

  test('of another host’s key is right where hosts share their records, and no next key', () => {
    const shared = record({ data: OTHER_KEY, identity: OF_OTHER_HOST });
    const report = judged([withRecords([EE, shared], [MATCH, NO_MATCH])]);
    const { severity, message } = find(report, 'tlsa-record-unmatched');
    expect(severity).toBe('notice');
    expect(message).toContain('It is the SHA2-256 digest of the public key of mx2.example.org.');
    expect(codes(report)).not.toContain('tlsa-record-mistaken');
    expect(report.hosts[0]?.tlsa.rolloverScheme).toBe('single');
  });
});

test('a usage 2 record whose data are no issuer’s at all is not missing from the chain', () => {
  const empty: RecordIdentity = { ...OF_ISSUER, kind: 'empty-input', meant: null, record: null };
  const missing = { ...NO_MATCH, code: 'ta-missing-from-chain' };
  const report = judged([withRecords([record({ usage: 2, identity: empty })], [missing])]);
  expect(codes(report)).not.toContain('tlsa-ta-missing-from-chain');
  expect(codes(report)).toContain('tlsa-record-mistaken');
});

test('a mismatch says why no path leads to the issuer that a record names', () => {
  const reason = 'no valid path leads to it: CN=Middle may not sign certificates';
  const association = { ...NO_MATCH, code: 'ta-path-invalid', reason };
  const report = judged([withRecords([record({ usage: 2 })], [association])]);
  expect(find(report, 'tlsa-mismatch').message).toContain(
    `2 1 1 aaaaaaaa… names an issuer, but ${reason}.`,
  );
});

describe('a remedy keeps to the usage of the record', () => {
  const chain = [certificate(), certificate({ subject: 'CN=Issuer', spkiSha256: ISSUER_KEY })];

  test('2 0 1 becomes 2 1 1 of the issuer that it matches', () => {
    const anchor = record({ usage: 2, selector: 0, data: OTHER_KEY });
    const report = judged([withRecords([anchor], [{ ...MATCH, matchedDepth: 1 }], { chain })]);
    const { remedy } = find(report, 'tlsa-full-certificate');
    expect(remedy).toContain(`IN TLSA 2 1 1 ${ISSUER_KEY}`);
    expect(remedy).not.toContain('IN TLSA 3 1 1');
  });

  test('2 1 0 of an issuer that is not sent cannot become a digest just so', () => {
    const anchor = record({ usage: 2, matchingType: 0, data: '3059' });
    const report = judged([withRecords([anchor], [{ ...MATCH, matchedDepth: null }])]);
    const { message, remedy } = find(report, 'tlsa-no-digest');
    expect(message).toContain('only when the server sends it');
    expect(remedy).toContain('-showcerts');
  });

  test('what is right already is not published a second time', () => {
    const whole = record({ selector: 0, data: OTHER_KEY });
    const report = judged([withRecords([EE, whole], [MATCH, MATCH])]);
    const { remedy } = find(report, 'tlsa-full-certificate');
    expect(remedy).not.toContain('IN TLSA 3 1 1');
    expect(remedy).toContain(`IN TLSA 3 0 1 ${OTHER_KEY}`);
    expect(remedy).not.toContain('two TTLs');
  });
});

describe('the chain as sent', () => {
  const TIDY: ChainShape = { ordered: true, superfluous: [], duplicates: [], missingIssuer: null };
  const ALONE = { ...TIDY, missingIssuer: 'CN=Issuer' };
  const TA = record({ usage: 2 });
  const MISSING = { ...NO_MATCH, code: 'ta-missing-from-chain' };
  const [leaf, issuer] = [certificate(), certificate({ subject: 'CN=Issuer' })];

  test.each([
    [
      'in another order',
      [EE],
      [MATCH],
      [leaf, issuer],
      { ...TIDY, ordered: false },
      'notice chain-order',
    ],
    [
      'with a stranger',
      [EE],
      [MATCH],
      [leaf, issuer],
      { ...TIDY, superfluous: [1] },
      'notice chain-superfluous',
    ],
    [
      'with a copy',
      [EE],
      [MATCH],
      [leaf, leaf],
      { ...TIDY, duplicates: [1] },
      'notice chain-superfluous',
    ],
    ['the leaf alone, usage 3', [EE], [MATCH], [leaf], ALONE, 'notice chain-incomplete'],
    ['the leaf alone, usage 2', [TA], [MISSING], [leaf], ALONE, 'warning chain-incomplete'],
    [
      'without the root that the record names',
      [TA],
      [MISSING],
      [leaf, issuer],
      { ...TIDY, missingIssuer: 'CN=Root' },
      'warning chain-incomplete',
    ],
  ] satisfies [
    string,
    TlsaRecordReport[],
    AssociationReport[],
    ReturnType<typeof certificate>[],
    ChainShape,
    string,
  ][])('%s', (_, records, associations, chain, chainShape, expected) => {
    const report = judged([withRecords(records, associations, { chain, chainShape })]);
    expect(told(report)).toContain(`${expected} 192.0.2.1`);
  });

  test('nothing is said of leaf and issuer without the root: that is the usual chain', () => {
    const shape = { ...TIDY, missingIssuer: 'CN=Root' };
    const report = judged([withRecords([EE], [MATCH], { chainShape: shape })]);
    expect(codes(report).filter((code) => code.startsWith('chain-'))).toEqual([]);
  });

  test('the same leaf with another chain at another address is looked at too', () => {
    const probes = (chain: ReturnType<typeof certificate>[], chainShape: ChainShape) => [
      probe({ chain, chainShape }),
    ];
    const report = judged([
      host({
        addresses: [
          address('192.0.2.1', probes([leaf, issuer], TIDY)),
          address('192.0.2.2', probes([leaf], ALONE)),
        ],
      }),
    ]);
    expect(told(report)).toContain('notice chain-incomplete 192.0.2.2');
  });
});

describe('weak keys', () => {
  test.each(['RSA 1024', 'RSA-PSS 1024', 'ECDSA P-192', 'DSA'])('%s is weak', (keyType) => {
    const chain = [certificate({ keyType })];
    expect(told(judged([withRecords([EE], [MATCH], { chain })]))).toContain(
      'warning certificate-key-weak 192.0.2.1',
    );
  });

  test.each(['RSA 2048', 'ECDSA P-256', 'Ed25519', 'ML-DSA-44'])('%s is not', (keyType) => {
    const chain = [certificate({ keyType })];
    expect(codes(judged([withRecords([EE], [MATCH], { chain })]))).not.toContain(
      'certificate-key-weak',
    );
  });

  test('an issuer’s counts only where a usage 2 record rests on it', () => {
    const chain = [certificate(), certificate({ keyType: 'RSA 512', subject: 'CN=Issuer' })];
    const anchored = withRecords([record({ usage: 2 })], [{ ...MATCH, matchedDepth: 1 }], {
      chain,
    });
    expect(find(judged([anchored]), 'certificate-key-weak').message).toContain('CN=Issuer');
    expect(codes(judged([withRecords([EE], [MATCH], { chain })]))).not.toContain(
      'certificate-key-weak',
    );
  });
});

describe('two key types', () => {
  const RSA = record({ data: OTHER_KEY });
  const both = (rsa: readonly AssociationReport[], ecdsa: readonly AssociationReport[]) => [
    probe({ associations: ecdsa, verdict: verdictOf(ecdsa) }),
    probe({ associations: rsa, verdict: verdictOf(rsa), offer: 'rsa', keyType: 'RSA 2048' }),
  ];
  const verdictOf = (associations: readonly AssociationReport[]) =>
    associations.some(({ matches }) => matches) ? 'authenticated' : 'failed';

  function ofRecords(
    records: readonly TlsaRecordReport[],
    rsa: readonly AssociationReport[],
    ecdsa: readonly AssociationReport[],
  ): Report {
    return judged([
      host({
        tlsa: tlsa({ records }),
        addresses: [address('192.0.2.1', both(rsa, ecdsa)), address('192.0.2.2', both(rsa, ecdsa))],
      }),
    ]);
  }

  const NEXT = record({ data: '22'.repeat(32) });
  const NEXT_TOO = record({ data: '33'.repeat(32) });
  const TA = record({ usage: 2, data: ISSUER_KEY });
  const ANCHOR = { ...MATCH, matchedDepth: 1 };
  const N = NO_MATCH;

  test('a record of one of them matches, and is current, at every address', () => {
    const report = ofRecords([EE, RSA], [N, MATCH], [MATCH, N]);
    expect(report.hosts[0]?.outcome).toBe('authenticated');
    expect(report.hosts[0]?.tlsa.records.map(({ matches, role }) => [matches, role])).toEqual([
      [true, 'current'],
      [true, 'current'],
    ]);
    expect(codes(report)).not.toContain('tlsa-record-unmatched');
  });

  test.each([
    ['a record for each is no rollover', [EE, RSA], [N, MATCH], [MATCH, N], 'single'],
    [
      'a next key for one of them leaves the other',
      [EE, RSA, NEXT],
      [N, MATCH, N],
      [MATCH, N, N],
      'single',
    ],
    [
      'a next key for each is one',
      [EE, RSA, NEXT, NEXT_TOO],
      [N, MATCH, N, N],
      [MATCH, N, N, N],
      'current+next',
    ],
    [
      'an issuer that anchors both is one',
      [EE, RSA, TA],
      [N, MATCH, ANCHOR],
      [MATCH, N, ANCHOR],
      'current+issuer',
    ],
    [
      'an issuer that anchors one of them is none',
      [EE, RSA, TA],
      [N, MATCH, N],
      [MATCH, N, ANCHOR],
      'single',
    ],
    ['a key that no record covers is none', [EE, NEXT], [N, N], [MATCH, N], 'none'],
    [
      'two digests of one next key are one next key',
      [EE, RSA, NEXT, record({ data: '44'.repeat(64), matchingType: 2, selector: 0 })],
      [N, MATCH, N, N],
      [MATCH, N, N, N],
      'single',
    ],
  ] as const)('%s', (_, records, rsa, ecdsa, scheme) => {
    expect(ofRecords(records, rsa, ecdsa).hosts[0]?.tlsa.rolloverScheme).toBe(scheme);
  });

  test('one that no record covers is told as that, not as a mismatch of the whole host', () => {
    const report = ofRecords([EE], [N], [MATCH]);
    expect(report.hosts[0]?.outcome).toBe('deferred');
    expect(codes(report)).toContain('key-types-disagree');
    expect(codes(report)).not.toContain('tlsa-mismatch');
    expect(codes(report)).not.toContain('tlsa-match');
    expect(report.hosts[0]?.because).toBe(
      'No TLSA record of mx.example.org matches the second certificate that it has at 192.0.2.1, with a key of type RSA 2048.',
    );
  });
});

describe('what a server presents without being told the name', () => {
  const without = mismatch({
    offer: 'no-sni',
    chain: [certificate({ spkiSha256: OTHER_KEY, keyType: 'RSA 1024', certSha256: '99' })],
  });
  const report = judged([host({ addresses: [address('192.0.2.1', [probe(), without])] })]);

  test('says nothing of what senders get, who give it', () => {
    expect(report.hosts[0]?.tlsa.records[0]).toMatchObject({ matches: true, role: 'current' });
    expect(report.hosts[0]?.outcome).toBe('authenticated');
    expect(report.hosts[0]?.tlsa.rolloverScheme).toBe('single');
    expect(codes(report)).not.toContain('tlsa-mismatch');
    expect(codes(report)).not.toContain('key-types-disagree');
    expect(codes(report)).not.toContain('certificate-key-weak');
  });
});

describe('raw public keys', () => {
  test('are told of once, and only where every usable record names a key', () => {
    const two = judged([host(), { ...host(), name: 'mx2.example.org' }]);
    expect(codes(two).filter((code) => code === 'raw-keys-untested')).toHaveLength(1);
    expect(told(two)).toContain('notice raw-keys-untested example.org');
    const mixed = judged([withRecords([EE, record({ selector: 0 })], [MATCH, MATCH])]);
    expect(codes(mixed)).not.toContain('raw-keys-untested');
    expect(KEY).toBe(EE.data);
  });
});

describe('one key on several hosts', () => {
  const second = (text: string): HostReport => ({
    ...host({ addresses: [address(text, [probe()])] }),
    name: 'mx2.example.org',
  });

  test('is told with the names of the one certificate that they share', () => {
    const message = find(judged([host(), second('192.0.2.2')]), 'key-shared').message;
    expect(message).toContain('mx.example.org and mx2.example.org present the same key');
    expect(message).toContain('in one certificate for mx.example.org,');
  });

  test('under several names of one server is told as that', () => {
    const { message } = find(judged([host(), second('192.0.2.1')]), 'key-shared');
    expect(message).toContain('one server by several names');
    const two = find(judged([host(), second('192.0.2.2')]), 'key-shared');
    expect(two.message).not.toContain('one server');
  });
});

describe('very many records', () => {
  const many = Array.from({ length: 13 }, (_, index) =>
    record({ data: index.toString(16).padStart(2, '0').repeat(32) }),
  );
  const remedyOf = (report: Report) => find(report, 'tlsa-too-many').remedy;

  test('of a server that was not seen: none is called a leftover', () => {
    const unseen = host({ tlsa: tlsa({ records: many }), addresses: [address('192.0.2.1', [])] });
    expect(remedyOf(judged([unseen]))).not.toContain('IN TLSA');
  });

  test('what matches nothing is listed, and neither the match nor its weaker digest', () => {
    const superseded: AssociationReport = { ...NO_MATCH, code: 'superseded-digest' };
    const fates = many.map((_, index) =>
      index === 0 ? MATCH : index === 1 ? superseded : NO_MATCH,
    );
    const remedy = remedyOf(judged([withRecords(many, fates)]));
    expect(remedy.match(/IN TLSA/g)).toHaveLength(11);
    expect(remedy).not.toContain('00'.repeat(32));
    expect(remedy).not.toContain('01'.repeat(32));
  });
});

test('a record that equals nothing sent may name a former issuer: nobody claims that the server’s own is missing', () => {
  const missing: AssociationReport = { ...NO_MATCH, code: 'ta-missing-from-chain' };
  const report = judged([withRecords([record({ usage: 2 })], [missing])]);
  const { title, message } = find(report, 'tlsa-ta-missing-from-chain');
  expect(title).toBe('mx.example.org does not send the issuer that its record names');
  expect(message).toContain('or it comes from another issuer by now');
});
