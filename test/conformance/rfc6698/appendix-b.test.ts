/** RFC 6698 Appendix B: the order of the steps, seen from outside. */
import { expect, test } from 'vitest';
import { authority, judge, record, server } from '../../unit/shared/dane/chain-maker.ts';

const root = authority('Root', null);
const leaf = server(root);
const other = server(root);

test('B.2: the order of the records does not matter', () => {
  const records = [
    record('3 1 1', other.der),
    record('2 1 1', root.der),
    { ...record('3 1 1', leaf.der), usage: 1 },
    record('3 0 1', leaf.der),
  ];
  const [first] = records;
  for (let turn = 0; turn < records.length; turn++) {
    const turned = [...records.slice(turn), ...records.slice(0, turn)];
    const verdict = judge([leaf, root], turned);
    expect(verdict.outcome).toBe('authenticated');
    expect(verdict.records[turned.findIndex((one) => one === first)]?.matches).toBe(false);
  }
});

test('B.2: a record is compared with the selected content alone, so that the wrong selector fails', () => {
  const key = record('3 1 1', leaf.der);
  expect(judge([leaf], [{ ...key, selector: 0 }]).outcome).toBe('failed');
});

test('no certificate, no match', () => {
  expect(judge([], [record('3 1 1', leaf.der), record('2 0 0', root.der)]).outcome).toBe('failed');
});
