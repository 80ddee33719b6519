/** RFC 6698 §2.1: what the fields of a TLSA record select and compare. */
import { describe, expect, test } from 'vitest';
import { parseTlsa, formatTlsa, acronyms } from '../../../shared/dane/tlsa.ts';
import { authority, judgeOne, record, server } from '../../unit/shared/dane/chain-maker.ts';

const root = authority('Root', null);
const leaf = server(root);
const other = server(root);
const chain = [leaf, root];

describe('RFC 6698 §2.1.2 and §2.1.3: selector and matching type', () => {
  test.each(['3 0 0', '3 0 1', '3 0 2', '3 1 0', '3 1 1', '3 1 2'] as const)(
    '%s of the server certificate authenticates at depth 0, of another one with the same names not',
    (kind) => {
      expect(judgeOne(chain, record(kind, leaf.der))).toEqual({
        outcome: 'authenticated',
        code: 'match',
        depth: 0,
      });
      expect(judgeOne(chain, record(kind, other.der))).toEqual({
        outcome: 'failed',
        code: 'no-match',
        depth: null,
      });
    },
  );

  test.each(['2 0 0', '2 0 1', '2 0 2', '2 1 0', '2 1 1', '2 1 2'] as const)(
    '%s of the issuer authenticates at depth 1',
    (kind) => {
      expect(judgeOne(chain, record(kind, root.der))).toEqual({
        outcome: 'authenticated',
        code: 'match',
        depth: 1,
      });
    },
  );

  test('a digest of the certificate does not match under the selector of the key, nor the reverse', () => {
    expect(judgeOne(chain, { ...record('3 0 1', leaf.der), selector: 1 }).outcome).toBe('failed');
    expect(judgeOne(chain, { ...record('3 1 1', leaf.der), selector: 0 }).outcome).toBe('failed');
  });

  test('a digest that differs in its last bit does not match', () => {
    const right = record('3 1 1', leaf.der);
    const data = right.data.slice();
    data[31] = (data[31] ?? 0) ^ 1;
    expect(judgeOne(chain, { ...right, data }).outcome).toBe('failed');
  });

  test('selector 0 compares the certificate alone, not bytes sent behind it', () => {
    const padded = new Uint8Array(Buffer.concat([leaf.der, Buffer.from([0, 0])]));
    expect(judgeOne([padded, root], record('3 0 1', leaf.der)).outcome).toBe('authenticated');
  });
});

describe('RFC 6698 §2.1 and §2.2: the record itself', () => {
  test('RDATA is three octets and the data', () => {
    const parsed = parseTlsa(Uint8Array.of(3, 1, 1, 0xab, 0xcd));
    expect(parsed.ok && formatTlsa(parsed.value)).toBe('3 1 1 abcd');
  });

  test.each([0, 1, 2])('RDATA of %i octets is malformed', (length) => {
    expect(parseTlsa(new Uint8Array(length))).toMatchObject({ ok: false });
  });

  test('RFC 7218 §2: acronyms, and numbers where there is none', () => {
    expect(acronyms({ usage: 3, selector: 1, matchingType: 1 })).toBe('DANE-EE SPKI SHA2-256');
    expect(acronyms({ usage: 255, selector: 255, matchingType: 255 })).toBe(
      'PrivCert PrivSel PrivMatch',
    );
    expect(acronyms({ usage: 4, selector: 7, matchingType: 3 })).toBe('4 7 3');
  });
});
