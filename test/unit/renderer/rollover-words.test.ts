/** Times, waits, records and names in few words; which certificates are in use. */
import { afterEach, describe, expect, it } from 'vitest';
import { certificatesInUse, whyNoneInUse } from '../../../renderer/rollover/in-use.ts';
import { briefRecord, commonName, shortRecord } from '../../../renderer/rollover/record-words.ts';
import { clockText, utcText, waitText, zoneText } from '../../../renderer/ui/local-time.tsx';
import { emptyReport } from '../../../shared/inspection/empty-report.ts';
import { fold } from '../../../shared/inspection/fold.ts';
import type { HostReport } from '../../../shared/inspection/report.ts';
import { HOST, lookEvents, ownRecord, type Look } from './rollover-looks.ts';
import { troubled } from './streams.ts';

const NOON = Date.UTC(2026, 10, 24, 12);
const zoneBefore = process.env['TZ'];

afterEach(() => {
  if (zoneBefore === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zoneBefore;
});

describe('times in the clock of this computer', () => {
  it.each([
    ['UTC', '12:00', 'UTC'],
    ['Europe/Amsterdam', '13:00', 'UTC+1'],
    ['America/New_York', '07:00', 'UTC−5'],
    ['Asia/Kolkata', '17:30', 'UTC+5:30'],
    ['America/St_Johns', '08:30', 'UTC−3:30'],
  ])('in %s noon is %s, %s', (zone, clock, named) => {
    process.env['TZ'] = zone;
    expect(clockText(NOON, NOON)).toBe(clock);
    expect(zoneText(NOON)).toBe(named);
    expect(utcText(NOON)).toBe('24 Nov 2026, 12:00 UTC');
  });

  it('tell the day where it is another one, and the year where that is', () => {
    process.env['TZ'] = 'Europe/Amsterdam';
    expect(clockText(Date.UTC(2026, 10, 24, 23, 30), NOON)).toBe('25 Nov, 00:30');
    expect(clockText(Date.UTC(2027, 0, 2, 8, 5), NOON)).toBe('2 Jan 2027, 09:05');
  });
});

describe('a wait in words', () => {
  it.each([
    [0, 'less than a minute'],
    [59, 'less than a minute'],
    [60, '1 min'],
    [61, '2 min'],
    [3600, '1 h'],
    [5580, '1 h 33 min'],
    [3599, '1 h'],
    [86_399, '1 d'],
    [86_400, '1 d'],
    [187_200, '2 d 4 h'],
  ])('%d s: %s', (seconds, words) => {
    expect(waitText(seconds)).toBe(words);
  });
});

describe('records in little room', () => {
  it('keep their numbers, their beginning and their end', () => {
    const record = `3 1 1 ${'0123456789abcdef'.repeat(4)}`;
    expect(briefRecord(record)).toBe('3 1 1 01234567…');
    expect(shortRecord(record)).toBe('3 1 1 01234567 89ab … cdef');
    expect(shortRecord('3 1 1 abcd')).toBe('3 1 1 abcd');
  });
});

describe('the common name', () => {
  it.each([
    ['CN=R11, O=Let’s Encrypt, C=US', 'R11'],
    ['C=US,O=Some,CN=Some CA 1', 'Some CA 1'],
    ['C=US, CN=Some CA', 'Some CA'],
    ['O=Without', 'O=Without'],
    [String.raw`O=x\,CN=other`, String.raw`O=x\,CN=other`],
    [String.raw`CN=A\, B,O=C`, String.raw`CN=A\, B,O=C`],
  ])('of %s is %s', (name, common) => {
    expect(commonName(name)).toBe(common);
  });
});

function hostOf(look: Look): HostReport {
  const [host] = lookEvents(look).reduce(fold, emptyReport(HOST)).hosts;
  if (host === undefined) throw new Error('the look has no host');
  return host;
}

describe('what is in use', () => {
  const OLD = ownRecord('aa11aa11');

  it('is each certificate once, with all its addresses', () => {
    const key = [{ seed: 'aa11aa11' }];
    const inUse = certificatesInUse(
      hostOf({ servers: { ns1: [OLD] }, presented: { '192.0.2.1': key, '192.0.2.2': key } }),
    );
    expect(inUse).toMatchObject([
      { addresses: ['192.0.2.1', '192.0.2.2'], matched: true, record: OLD },
    ]);
  });

  it('is one for each kind of key, and tells the one that no record matches', () => {
    const keys = [{ seed: 'aa11aa11' }, { seed: 'cc33cc33', keyType: 'RSA 2048' }];
    const inUse = certificatesInUse(
      hostOf({ servers: { ns1: [OLD] }, presented: { '192.0.2.1': keys } }),
    );
    expect(inUse.map(({ certificate, matched }) => [certificate.keyType, matched])).toEqual([
      ['ECDSA P-256', true],
      ['RSA 2048', false],
    ]);
  });

  it('is nothing where none was seen, and why', () => {
    const { hosts } = troubled().reduce(fold, emptyReport('example.net'));
    const [plain] = hosts;
    if (plain === undefined) throw new Error('the stream has no host');
    expect(certificatesInUse(plain)).toEqual([]);
    expect(whyNoneInUse(plain)).toBe('The server does not offer STARTTLS.');
  });
});
