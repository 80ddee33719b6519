/** RFC 6698 §2.1.2: selector 0 is the whole certificate, selector 1 its SubjectPublicKeyInfo, each as encoded. */
import { expect, test } from 'vitest';
import { judgeOne, authority, record, server } from '../../unit/shared/dane/chain-maker.ts';
import {
  bytes,
  ECDSA_SHA256,
  makePair,
  oid,
  tlv,
  utcTime,
} from '../../unit/shared/x509/certificate-maker.ts';

const root = authority('Root', null);
const leaf = server(root);
const sameKey = server(root, { key: leaf.pair, notAfter: utcTime('270601000000Z') });

test('another certificate of the same key equals under selector 1 alone', () => {
  expect(judgeOne([sameKey, root], record('3 1 1', leaf.der)).outcome).toBe('authenticated');
  expect(judgeOne([sameKey, root], record('3 0 1', leaf.der)).outcome).toBe('failed');
});

test('selector 1 takes algorithm and parameters in, not the bare key', () => {
  const odd = tlv(0x30, tlv(0x30, oid('1.2.3.4')), tlv(0x03, bytes(0, 1, 2, 3)));
  const strange = server(root, { spki: odd });
  const other = server(root, {
    spki: tlv(0x30, tlv(0x30, oid('1.2.3.5')), tlv(0x03, bytes(0, 1, 2, 3))),
  });
  const one = { usage: 3, selector: 1, matchingType: 0, data: odd };
  expect(judgeOne([strange], one).outcome).toBe('authenticated');
  expect(judgeOne([other], one).outcome).toBe('failed');
});

test.each([2, 254, 255])('selector %i is not understood: unusable', (selector) => {
  expect(judgeOne([leaf], { ...record('3 1 1', leaf.der), selector }).code).toBe('malformed');
});

test('a signature that names another algorithm than the body is no fault under usage 3', () => {
  const outerAlgorithm = tlv(0x30, oid('1.2.840.10045.4.3.3'));
  const pair = makePair();
  const mixed = server(root, { key: pair, outerAlgorithm });
  expect(outerAlgorithm).not.toEqual(ECDSA_SHA256);
  expect(judgeOne([mixed], record('3 1 1', mixed.der)).outcome).toBe('authenticated');
});
