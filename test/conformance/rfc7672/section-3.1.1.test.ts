/** RFC 7672 §3.1.1 (and RFC 7671 §5.1): DANE-EE(3) ignores everything but the bytes. */
import { expect, test } from 'vitest';
import * as make from '../../unit/shared/x509/certificate-maker.ts';
import { authority, judge, judgeOne, record, server } from '../../unit/shared/dane/chain-maker.ts';

const root = authority('Root', null);

test.each([
  ['names another host', server(root, { extensions: [make.dnsNames('other.example')] })],
  ['expired long ago', server(root, { notAfter: make.utcTime('260102000000Z') })],
  ['is not valid yet', server(root, { notBefore: make.utcTime('261231000000Z') })],
  ['has dates that are none', server(root, { notAfter: make.utcTime('269999999999Z') })],
  ['may only sign revocation lists', server(root, { extensions: [make.keyUsage(0x02)] })],
  [
    'has a critical extension nobody knows',
    server(root, { extensions: [make.extension('1.2.3', make.bytes(5, 0), true)] }),
  ],
  ['was signed by nobody in the chain', server(authority('Stranger', null))],
])('a certificate that %s matches all the same', (_, leaf) => {
  expect(judgeOne([leaf, root], record('3 1 1', leaf.der)).outcome).toBe('authenticated');
  expect(judgeOne([leaf], record('3 0 1', leaf.der)).outcome).toBe('authenticated');
});

test('the record of an issuer under usage 3 does not match, and the reason says where it equals', () => {
  const leaf = server(root);
  const verdict = judge([leaf, root], [record('3 1 1', root.der)]);
  expect(verdict.outcome).toBe('failed');
  expect(verdict.records[0]).toMatchObject({ matches: false, matchedDepth: 1, code: 'no-match' });
  expect(verdict.records[0]?.reason).toMatch(/issuer/);
});

test('the second certificate does not stand in for the first', () => {
  const [first, second] = [server(root), server(root)];
  expect(judge([first, second, root], [record('3 1 1', second.der)]).outcome).toBe('failed');
});

test.each([
  ['nothing', []],
  ['bytes that are no certificate', [make.ascii('hello')]],
])('a server that presents %s fails', (_, chain) => {
  const leaf = server(root);
  expect(judge(chain, [record('3 1 1', leaf.der)]).outcome).toBe('failed');
  expect(judge([...chain, leaf.der], [record('2 1 1', leaf.der)]).outcome).toBe('failed');
});
