/** RFC 4035 Appendix B: the example responses, signed with RSA/SHA-1 in 2004. */
import { expect, it } from 'vitest';
import {
  denialRecords,
  proveNameError,
  proveNoData,
  proveNoDs,
  proveWildcardExpansion,
} from '../../../shared/dnssec/denial.ts';
import { verifyRRset } from '../../../shared/dnssec/signature.ts';
import { name, pick, type, validationAt } from '../signed-answers/answers.ts';
import { AT_2004, KEYS, sets, type TEXTS } from './example-zone.ts';

const validation = () => validationAt(AT_2004);
const denial = (...which: readonly (keyof typeof TEXTS)[]) =>
  denialRecords(sets(...which), KEYS, validation());
const noName = (owner: string, ...which: readonly (keyof typeof TEXTS)[]) =>
  proveNameError(denial(...which), name(owner)).status;
const noData = (owner: string, mnemonic: string, ...which: readonly (keyof typeof TEXTS)[]) =>
  proveNoData(denial(...which), name(owner), type(mnemonic)).status;

it('the keys have the tags that the signatures name', () => {
  expect(KEYS.keys.map((key) => key.keyTag)).toEqual([38519, 9465]);
});

it.each([
  ['soa', 'SOA'],
  ['ns', 'NS'],
  ['mx', 'MX'],
  ['address', 'A'],
  ['address6', 'AAAA'],
  ['host', 'HINFO'],
  ['ds', 'DS'],
] as const)('B.1: the %s records answer as signed', (which, mnemonic) => {
  const [signed] = sets(which);
  if (signed === undefined) throw new Error('no RRset');
  expect(signed.rrset.type).toBe(type(mnemonic));
  expect(verifyRRset(signed, KEYS, validation())).toMatchObject({
    status: 'valid',
    key: { keyTag: 38519 },
    expansion: null,
  });
});

it('B.2: ml.example does not exist, nor a wildcard for it', () => {
  expect(noName('ml.example.', 'soa', 'bNsec', 'apexNsec')).toBe('secure');
  expect(noName('ml.example.', 'soa', 'bNsec')).toBe('bogus');
  expect(noName('ml.example.', 'soa', 'apexNsec')).toBe('bogus');
  expect(noName('ns1.example.', 'soa', 'bNsec', 'apexNsec')).toBe('bogus');
});

it('B.3: ns1.example has no MX, but has an A', () => {
  expect(noData('ns1.example.', 'MX', 'soa', 'ns1Nsec')).toBe('secure');
  expect(noData('ns1.example.', 'A', 'soa', 'ns1Nsec')).toBe('bogus');
  expect(noData('ns1.example.', 'MX', 'soa')).toBe('bogus');
});

it('B.4: the referral to a.example carries its signed DS', () => {
  const verdict = verifyRRset(pick(sets('ds'), 'a.example.', 'DS'), KEYS, validation());
  expect(verdict.status).toBe('valid');
});

it('B.5: the referral to b.example proves that it has no DS', () => {
  expect(proveNoDs(denial('bNsec'), name('b.example.')).kind).toBe('insecure-delegation');
  expect(proveNoDs(denial('apexNsec'), name('b.example.')).kind).toBe('bogus');
  expect(noData('b.example.', 'MX', 'bNsec')).toBe('bogus');
  expect(noData('mc.b.example.', 'MX', 'bNsec')).toBe('bogus');
  expect(noName('mc.b.example.', 'bNsec', 'apexNsec')).toBe('bogus');
});

it('B.6: *.w.example answers for a.z.w.example, as its NSEC proves', () => {
  const signed = pick(sets('expandedMx'), 'a.z.w.example.', 'MX');
  const verdict = verifyRRset(signed, KEYS, validation());
  if (verdict.status !== 'valid' || verdict.expansion === null) throw new Error('not expanded');
  expect(verdict.expansion.wildcard.key).toBe('*.w.example');
  expect(verdict.expansion.nextCloser.key).toBe('z.w.example');
  expect(proveWildcardExpansion(denial('xywNsec'), verdict.expansion).status).toBe('secure');
  expect(proveWildcardExpansion(denial('apexNsec'), verdict.expansion).status).toBe('bogus');
});

it('B.7: *.w.example has no AAAA for a.z.w.example either', () => {
  expect(noData('a.z.w.example.', 'AAAA', 'soa', 'xywNsec', 'wildcardNsec')).toBe('secure');
  expect(noData('a.z.w.example.', 'MX', 'soa', 'xywNsec', 'wildcardNsec')).toBe('bogus');
  expect(noData('a.z.w.example.', 'AAAA', 'soa', 'wildcardNsec')).toBe('bogus');
  expect(noData('a.z.w.example.', 'AAAA', 'soa', 'xywNsec')).toBe('bogus');
});

it('B.8: the child’s own NSEC at its apex says nothing of its DS (RFC 6840 §4.4)', () => {
  expect(noData('example.', 'DS', 'soa', 'apexNsec')).toBe('bogus');
  expect(proveNoDs(denial('soa', 'apexNsec'), name('example.')).kind).toBe('bogus');
});

it('the signatures have expired by now', () => {
  const [signed] = sets('expandedMx');
  if (signed === undefined) throw new Error('no RRset');
  expect(verifyRRset(signed, KEYS, validationAt())).toMatchObject({
    status: 'bogus',
    reason: {
      ede: 7,
      clause: 'RFC 4035 §5.3.1',
      text: 'The signature by key 38519 (RSASHA1) expired at 2004-05-09T18:36:19Z, 22 years ago',
    },
  });
});
