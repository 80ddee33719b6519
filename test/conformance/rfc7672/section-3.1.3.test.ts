/** RFC 7672 §3.1.3: PKIX usages are unusable in SMTP; so is what cannot be understood (§2.1.1, RFC 7671 §4). */
import { describe, expect, test } from 'vitest';
import { authority, judge, judgeOne, record, server } from '../../unit/shared/dane/chain-maker.ts';

const root = authority('Root', null);
const leaf = server(root);
const chain = [leaf, root];
const right = record('3 1 1', leaf.der);

describe('PKIX-TA(0) and PKIX-EE(1)', () => {
  test.each([0, 1])('usage %i is unusable even where it equals the certificate', (usage) => {
    expect(judgeOne(chain, { ...right, usage })).toEqual({
      outcome: 'encrypted-only',
      code: 'unusable-usage',
      depth: null,
    });
  });

  test('the reason names the usage by its acronym', () => {
    expect(judge(chain, [{ ...right, usage: 0 }]).records[0]?.reason).toMatch(/PKIX-TA\(0\)/);
    expect(judge(chain, [{ ...right, usage: 1 }]).records[0]?.reason).toMatch(/PKIX-EE\(1\)/);
  });

  test('beside a usable record that matches they change nothing', () => {
    const verdict = judge(chain, [{ ...right, usage: 1 }, right]);
    expect(verdict.outcome).toBe('authenticated');
    expect(verdict.records.map(({ usable, matches }) => [usable, matches])).toEqual([
      [false, false],
      [true, true],
    ]);
  });

  test('beside a usable record that does not match the host fails', () => {
    const stale = { ...right, data: new Uint8Array(32) };
    expect(judge(chain, [{ ...right, usage: 1 }, stale]).outcome).toBe('failed');
  });
});

describe('records that cannot be understood', () => {
  test.each([
    ['usage 4', { ...right, usage: 4 }, 'unusable-usage'],
    ['usage 255', { ...right, usage: 255 }, 'unusable-usage'],
    ['selector 2', { ...right, selector: 2 }, 'malformed'],
    ['matching type 3', { ...right, matchingType: 3 }, 'malformed'],
    ['a SHA-256 digest of 31 octets', { ...right, data: right.data.slice(1) }, 'malformed'],
    ['a SHA-256 digest of 64 octets', { ...right, data: new Uint8Array(64) }, 'malformed'],
    ['a SHA-512 digest of 32 octets', { ...right, matchingType: 2 }, 'malformed'],
    ['an empty digest', { ...right, data: new Uint8Array(0) }, 'malformed'],
    ['a whole key that is none', { ...right, matchingType: 0 }, 'malformed'],
    [
      'a whole certificate that is a key',
      { ...record('3 1 0', leaf.der), selector: 0 },
      'malformed',
    ],
    [
      'a whole key that is a certificate',
      { ...record('3 0 0', leaf.der), selector: 1 },
      'malformed',
    ],
    [
      'a whole certificate with a byte too many',
      { ...record('3 0 0', leaf.der), data: new Uint8Array([...leaf.der, 0]) },
      'malformed',
    ],
  ])('%s is unusable and says why', (_, one, code) => {
    const verdict = judge(chain, [one]);
    expect(verdict.outcome).toBe('encrypted-only');
    expect(verdict.records[0]).toMatchObject({ usable: false, matches: false, code });
    expect(verdict.records[0]?.reason).toMatch(/\w{3}/);
  });

  test('no record at all authenticates nobody', () => {
    expect(judge(chain, []).outcome).toBe('failed');
  });
});
