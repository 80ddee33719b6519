// What the picture of a report shows and where it stands, before anything is drawn.
import { describe, expect, test } from 'vitest';
import { layOut, type Box } from '../../../../shared/export/picture-layout.ts';
import {
  HOSTS_PER_SHEET,
  MAX_DRAWN_HOSTS,
  picturesOf,
  type Picture,
} from '../../../../shared/export/picture.ts';
import type { HostReport, ProbeReport } from '../../../../shared/inspection/report.ts';
import {
  address,
  certificate,
  ended,
  hostNamed,
  judged,
  KEY,
  MATCH,
  mismatch,
  NO_MATCH,
  noTlsa,
  OTHER_KEY,
  probe,
  record,
  tlsa,
} from '../inspection/evidence.ts';

const several = (probes: readonly ProbeReport[]) =>
  probes.map((each, index) => address(`192.0.2.${index + 1}`, [each]));

function hosts(count: number, more: (index: number) => Partial<HostReport>): readonly HostReport[] {
  return Array.from({ length: count }, (_, index) =>
    hostNamed(`mx${index + 1}.example.org`, { preference: index + 1, ...more(index) }),
  );
}

const only = (pictures: readonly Picture[]): Picture => {
  const [picture] = pictures;
  if (picture === undefined || pictures.length > 1) throw new Error('not one picture');
  return picture;
};

describe('a row joins each record to what it matches:', () => {
  test('the server’s own key, and an issuer’s', () => {
    const chain = probe({ associations: [MATCH, { ...MATCH, matchedDepth: 1 }] });
    const records = [record(), record({ usage: 2, selector: 0, data: OTHER_KEY, role: 'issuer' })];
    const host = hostNamed('mx.example.org', {
      addresses: several([chain]),
      tlsa: tlsa({ records }),
    });
    const [row] = only(picturesOf(judged([host]))).rows;
    expect(row?.matches).toEqual([
      { record: 0, chain: 0, line: 0, kind: 'equal', label: '= key' },
      { record: 1, chain: 0, line: 1, kind: 'equal', label: '= issuer certificate' },
    ]);
  });

  test('a cross where nothing matches', () => {
    const host = hostNamed('mx.example.org', { addresses: several([mismatch()]) });
    const [row] = only(picturesOf(judged([host]))).rows;
    expect(row?.matches).toMatchObject([{ kind: 'differs', label: 'differs' }]);
    expect(row?.records).toMatchObject([{ tone: 'err', note: 'no match', looseEnd: '' }]);
  });

  test('a loose end for a record that nothing answers yet', () => {
    const host = hostNamed('mx.example.org', {
      addresses: several([probe({ associations: [MATCH, NO_MATCH] })]),
      tlsa: tlsa({ records: [record(), record({ data: OTHER_KEY })] }),
    });
    const [row] = only(picturesOf(judged([host]))).rows;
    expect(row?.matches).toHaveLength(1);
    expect(row?.records[1]).toMatchObject({ tone: 'warn', looseEnd: 'next or leftover' });
  });

  test('nothing, and no red, without DANE', () => {
    const host = hostNamed('mx.example.org', {
      tlsa: noTlsa(),
      addresses: several([probe({ associations: [], verdict: null })]),
    });
    const [row] = only(picturesOf(judged([host]))).rows;
    expect(row?.records).toMatchObject([{ text: 'no TLSA record', tone: 'none' }]);
    expect(row?.host.face.tone).toBe('none');
    expect(row?.matches).toEqual([]);
  });
});

describe('it folds', () => {
  test('addresses that presented the same; the odd one out stays alone', () => {
    const odd = probe({ chain: [certificate({ certSha256: 'ee', spkiSha256: OTHER_KEY })] });
    const host = hostNamed('mx.example.org', {
      addresses: several([probe(), probe(), odd, probe(), probe(), probe()]),
    });
    const [row] = only(picturesOf(judged([host]))).rows;
    expect(row?.addresses.map(({ text, chains }) => [text, chains])).toEqual([
      ['5 addresses alike', [0]],
      ['192.0.2.3', [1]],
    ]);
    expect(row?.chains).toHaveLength(2);
  });

  test('records above twelve, and certificates that nothing matches', () => {
    const chain = Array.from({ length: 9 }, (_, depth) => certificate({ certSha256: `${depth}` }));
    const records = Array.from({ length: 15 }, (_, index) => record({ data: `${KEY}${index}` }));
    const associations = records.map((_, index) =>
      index === 0 ? { ...MATCH, matchedDepth: 7 } : NO_MATCH,
    );
    const host = hostNamed('mx.example.org', {
      addresses: several([probe({ chain, associations })]),
      tlsa: tlsa({ records }),
    });
    const [row] = only(picturesOf(judged([host]))).rows;
    expect(row?.records).toHaveLength(13);
    expect(row?.records.at(-1)?.text).toBe('3 more records');
    expect(row?.chains[0]?.lines.map(({ depth }) => depth)).toEqual([0, 1, 2, 7, null]);
    expect(row?.matches).toMatchObject([{ record: 0, line: 3, kind: 'equal' }]);
  });

  test('a match of a record or a chain that shares its box with others is drawn to that box', () => {
    const records = Array.from({ length: 31 }, (_, index) => record({ data: `${KEY}${index}` }));
    const only30 = records.map((_, index) => (index === 30 ? MATCH : NO_MATCH));
    const probes = Array.from({ length: 7 }, (_, index) =>
      probe({
        chain: [certificate({ certSha256: `${index}` })],
        associations: index === 6 ? only30 : records.map(() => NO_MATCH),
      }),
    );
    const host = hostNamed('mx.example.org', {
      addresses: several(probes),
      tlsa: tlsa({ records }),
    });
    const [row] = only(picturesOf(judged([host]))).rows;
    expect(row?.records.at(-1)?.text).toBe('19 more records');
    expect(row?.chains.at(-1)?.lines[0]?.title).toBe('3 more chains');
    const equal = row?.matches.filter(({ kind }) => kind === 'equal');
    expect(equal).toMatchObject([{ record: 12, chain: 4, line: 0 }]);
    // Crosses stand at what is drawn singly alone.
    const crossed = row?.matches.filter(({ kind }) => kind === 'differs') ?? [];
    expect(new Set(crossed.map(({ chain }) => chain))).toEqual(new Set([0, 1, 2, 3]));
  });

  test('addresses that nobody spoke to into one box that does not call them alike', () => {
    const addresses = [1, 2, 3, 4].map((last) => address(`192.0.2.${last}`, []));
    const [row] = only(picturesOf(judged([hostNamed('mx.example.org', { addresses })]))).rows;
    expect(row?.addresses.map(({ text }) => text)).toEqual(['4 addresses, not compared']);
  });

  test('addresses that are all alike into one box that says so', () => {
    const host = hostNamed('mx.example.org', { addresses: several(sixAlike) });
    const [row] = only(picturesOf(judged([host]))).rows;
    expect(row?.addresses.map(({ text }) => text)).toEqual(['6 addresses, all alike']);
  });

  test('thirty hosts that are alike behind the first, and never those that are broken', () => {
    const broken = (index: number): Partial<HostReport> =>
      index === 11 || index === 20 ? { addresses: several([mismatch()]) } : {};
    const { rows, folds, caption } = only(picturesOf(judged(hosts(30, broken))));
    expect(rows.map(({ host }) => host.name)).toEqual([
      'mx1.example.org',
      'mx12.example.org',
      'mx21.example.org',
    ]);
    expect(folds).toMatchObject([{ after: 0, text: '27 more hosts, all authenticated' }]);
    expect(caption).toBe('');
  });

  test('thirty broken hosts into sheets that a page holds, each told which it is', () => {
    const pictures = picturesOf(judged(hosts(30, () => ({ addresses: several([mismatch()]) }))));
    expect(pictures.map(({ rows }) => rows.length)).toEqual([8, 8, 8, 6]);
    expect(pictures.map(({ caption }) => caption)).toEqual([
      'Hosts 1 to 8 of 30',
      'Hosts 9 to 16 of 30',
      'Hosts 17 to 24 of 30',
      'Hosts 25 to 30 of 30',
    ]);
    expect(pictures.every(({ folded }) => folded === '')).toBe(true);
  });

  test('of fifty broken hosts those that fit; the rest is told, and what is folded besides', () => {
    const wrong = (index: number): Partial<HostReport> =>
      index >= 10 ? { addresses: several([mismatch()]) } : {};
    const pictures = picturesOf(judged(hosts(50, wrong)));
    const drawn = pictures.flatMap(({ rows }) => rows.map(({ host }) => host.name));
    expect(drawn).toHaveLength(MAX_DRAWN_HOSTS);
    expect(pictures.flatMap(({ folds }) => folds.map(({ text }) => text))).toEqual([]);
    expect(pictures.at(-1)?.folded).toBe(
      '18 more hosts in the table below: 10 authenticated, 8 mail deferred',
    );
  });
});

describe('where things stand', () => {
  const crowded = hosts(30, (index) => ({
    addresses: several([
      probe(),
      mismatch({ chain: [certificate({ certSha256: 'ee' })] }),
      ended('timeout', 'connect'),
      ...Array.from({ length: 3 }, () => probe()),
    ]),
    tlsa: tlsa({ records: Array.from({ length: 1 + (index % 14) }, () => record()) }),
  }));
  const pictures = picturesOf(judged(crowded));

  test('nothing lies upon anything else, nor outside', () => {
    for (const picture of pictures) {
      const { domain, rows, folds, width, height } = layOut(picture);
      const boxes = [
        domain,
        ...folds,
        ...rows.flatMap(({ host, records, chains, addresses }) => [
          host,
          ...records,
          ...chains,
          ...addresses,
        ]),
      ];
      for (const box of boxes) {
        expect(box.x >= 0 && box.y >= 0).toBe(true);
        expect(box.x + box.width <= width && box.y + box.height <= height).toBe(true);
      }
      const pairs = boxes.flatMap((a, index) => boxes.slice(index + 1).map((b) => [a, b] as const));
      expect(pairs.filter(([a, b]) => overlap(a, b))).toEqual([]);
    }
  });

  test('a sheet of eight ordinary hosts keeps to the shape of a page', () => {
    const [picture] = picturesOf(
      judged(
        hosts(HOSTS_PER_SHEET, () => ({ addresses: several(sixAlike.map(() => mismatch())) })),
      ),
    );
    if (picture === undefined) throw new Error('no picture');
    expect(picture.rows).toHaveLength(HOSTS_PER_SHEET);
    const { width, height } = layOut(picture);
    // A4 is 1.41 times as high as wide, and takes margins and a heading.
    expect(height / width).toBeLessThan(1.2);
  });
});

const sixAlike = Array.from({ length: 6 }, () => probe());

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
