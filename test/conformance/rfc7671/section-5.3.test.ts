/** RFC 7671 §5.3 and §5.4 with RFC 7672 §3.1.3: usages 1 and 0 ask for a public authority too, which mail does not. */
import { describe, expect, test } from 'vitest';
import { authority, judge, record, server } from '../../unit/shared/dane/chain-maker.ts';

const root = authority('Root', null);
const leaf = server(root);
const under = (usage: number, kind: '3 1 1' | '3 1 2' | '3 0 1', of: { der: Uint8Array }) => ({
  ...record(kind, of.der),
  usage,
});

describe('PKIX-EE(1) and PKIX-TA(0) that equal what the server presents', () => {
  test.each([
    ['1 1 1 of the server', under(1, '3 1 1', leaf)],
    ['0 1 1 of the issuer', under(0, '3 1 1', root)],
    ['0 0 1 of the issuer', under(0, '3 0 1', root)],
  ])('%s does not authenticate', (_, one) => {
    expect(judge([leaf, root], [one])).toMatchObject({
      outcome: 'encrypted-only',
      records: [{ usable: false, matches: false }],
    });
  });
});

test('a digest of an unusable usage supersedes nothing (§9 works on what is usable)', () => {
  const records = [record('3 1 1', leaf.der), under(1, '3 1 2', root)];
  expect(judge([leaf, root], records).outcome).toBe('authenticated');
});
