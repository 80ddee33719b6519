// What each record is for, and which rollover scheme they make: by meaning, not by counting (RFC 7671 §8).
import { describe, expect, test } from 'vitest';
import type {
  AssociationReport,
  RolloverScheme,
  TlsaRecordReport,
} from '../../../../shared/inspection/report.ts';
import {
  address,
  host,
  judged,
  MATCH,
  NO_MATCH,
  OTHER_KEY,
  probe,
  record,
  tlsa,
  told,
} from './evidence.ts';

const EE = record();
const EE_OTHER = record({ data: OTHER_KEY });
const EE_512 = record({ matchingType: 2, data: 'ab'.repeat(64) });
const TA = record({ usage: 2, data: '11'.repeat(32) });
const ANCHOR: AssociationReport = { ...MATCH, matchedDepth: 1 };
const NO_ANCHOR: AssociationReport = { ...NO_MATCH, code: 'ta-missing-from-chain' };
const SET_ASIDE: AssociationReport = { ...NO_MATCH, usable: true, code: 'superseded-digest' };

function schemeOf(
  records: readonly TlsaRecordReport[],
  associations: readonly AssociationReport[],
): RolloverScheme | undefined {
  const authenticated = associations.some(({ matches }) => matches);
  const result = judged([
    host({
      tlsa: tlsa({ records }),
      addresses: [
        address('192.0.2.1', [
          probe({ associations, verdict: authenticated ? 'authenticated' : 'failed' }),
        ]),
      ],
    }),
  ]);
  return result.hosts[0]?.tlsa.rolloverScheme;
}

describe('the rollover scheme is', () => {
  test.each([
    [
      'current+next: a usage 3 record matches and another could be the next key',
      [EE, EE_OTHER],
      [MATCH, NO_MATCH],
      'current+next',
    ],
    [
      'current+issuer: a usage 3 record matches and a usage 2 record anchors this chain',
      [EE, TA],
      [MATCH, ANCHOR],
      'current+issuer',
    ],
    [
      'issuer-only: nothing but a usage 2 record that anchors this chain',
      [TA],
      [ANCHOR],
      'issuer-only',
    ],
    ['single: one record, and it matches', [EE], [MATCH], 'single'],
    ['single: two digests of one key are one key', [EE, EE_512], [MATCH, MATCH], 'single'],
    [
      'single: a digest set aside by agility is no next key',
      [EE, EE_512],
      [SET_ASIDE, MATCH],
      'single',
    ],
    [
      'single: a usage 2 record that anchors nothing is no scheme',
      [EE, TA],
      [MATCH, NO_ANCHOR],
      'single',
    ],
    ['none: no record matches', [EE, EE_OTHER], [NO_MATCH, NO_MATCH], 'none'],
  ] satisfies [string, TlsaRecordReport[], AssociationReport[], RolloverScheme][])(
    '%s',
    (_claim, records, associations, scheme) => {
      expect(schemeOf(records, associations)).toBe(scheme);
    },
  );
});

describe('a record', () => {
  test('that matches under usage 3 is current, under usage 2 the issuer, else next or stale', () => {
    const [judgedHost] = judged([
      host({
        tlsa: tlsa({ records: [EE, TA, EE_OTHER] }),
        addresses: [address('192.0.2.1', [probe({ associations: [MATCH, ANCHOR, NO_MATCH] })])],
      }),
    ]).hosts;
    expect(judgedHost?.tlsa.records.map(({ role, matchedDepth }) => [role, matchedDepth])).toEqual([
      ['current', 0],
      ['issuer', 1],
      ['next-or-stale', null],
    ]);
  });

  test('matches only when it does at every address that answered', () => {
    const [judgedHost] = judged([
      host({
        addresses: [
          address('192.0.2.1', [probe()]),
          address('192.0.2.2', [probe({ associations: [NO_MATCH], verdict: 'failed' })]),
        ],
      }),
    ]).hosts;
    expect(judgedHost?.tlsa.records[0]).toMatchObject({ matches: false, role: 'current' });
  });

  test.each([
    ['an issuer’s key under usage 3', EE_OTHER, { ...NO_MATCH, matchedDepth: 1 }, 'warning'],
    [
      'the server’s own key under usage 2',
      TA,
      { ...NO_MATCH, code: 'ta-matches-leaf-only' },
      'warning',
    ],
    ['an unknown key under usage 3', EE_OTHER, NO_MATCH, 'notice'],
    ['an unknown issuer under usage 2', TA, NO_ANCHOR, 'notice'],
  ] satisfies [string, TlsaRecordReport, AssociationReport, string][])(
    'beside a match that is %s is told as %4$s',
    (_claim, other, association, severity) => {
      const result = judged([
        host({
          tlsa: tlsa({ records: [EE, other] }),
          addresses: [address('192.0.2.1', [probe({ associations: [MATCH, association] })])],
        }),
      ]);
      expect(told(result)).toContain(`${severity} tlsa-record-unmatched mx.example.org`);
    },
  );
});
