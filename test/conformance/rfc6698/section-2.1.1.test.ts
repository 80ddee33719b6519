/** RFC 6698 §2.1.1: what each certificate usage is matched against. */
import { expect, test } from 'vitest';
import { authority, judge, record, server } from '../../unit/shared/dane/chain-maker.ts';

const root = authority('Root', null);
const middle = authority('Middle', root);
const leaf = server(middle);
const chain = [leaf, middle, root];
const certificates = { leaf, middle, root };

test.each([
  ['3 1 1', 'leaf', true],
  ['3 1 1', 'middle', false],
  ['3 1 1', 'root', false],
  ['2 1 1', 'leaf', false],
  ['2 1 1', 'middle', true],
  ['2 1 1', 'root', true],
] as const)('%s of the %s matches: %s', (kind, of, matches) => {
  const verdict = judge(chain, [record(kind, certificates[of].der)]);
  expect(verdict.outcome).toBe(matches ? 'authenticated' : 'failed');
});

test.each([4, 5, 254, 255])('usage %i has no meaning here: the record is unusable', (usage) => {
  const verdict = judge(chain, [{ ...record('3 1 1', leaf.der), usage }]);
  expect(verdict).toMatchObject({ outcome: 'encrypted-only', records: [{ usable: false }] });
});
