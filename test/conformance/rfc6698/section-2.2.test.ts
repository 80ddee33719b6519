/** RFC 6698 §2.2 and §2.3: the presentation form, and the RFC's own examples. */
import { expect, test } from 'vitest';
import { readTypedRecord } from '../../../shared/dane/record-text.ts';
import { formatTlsa } from '../../../shared/dane/tlsa.ts';
import { parseZoneFile } from '../../../shared/dns/zone-file.ts';

const EXAMPLE = `_443._tcp.www.example.com. IN TLSA (
  0 0 1 d2abde240d7cd3ee6b4b28c54df034b9
        7983a1d16e8a410e4561cb106618e971 )`;
const DIGEST = 'd2abde240d7cd3ee6b4b28c54df034b97983a1d16e8a410e4561cb106618e971';

test('the example of a PKIX-TA record reads as it is meant', () => {
  const parsed = parseZoneFile(EXAMPLE.replace('IN TLSA', '3600 IN TLSA'));
  const [record] = parsed.ok ? parsed.value : [];
  expect(Buffer.from(record?.rdata ?? []).toString('hex')).toBe(`000001${DIGEST}`);
});

test('white space is allowed within the digits, and either case', () => {
  const typed = readTypedRecord(
    `0 0 1 ${DIGEST.slice(0, 32)}\n\t${DIGEST.slice(32).toUpperCase()}`,
  );
  expect(typed?.record && formatTlsa(typed.record)).toBe(`0 0 1 ${DIGEST}`);
});

test.each(['0 0', 'x 0 1 ab', '', '0x3 1 1 ab'])('"%s" is no record', (text) => {
  expect(readTypedRecord(text)).toBeNull();
});

test.each(['256 0 1 ab', '3 1 1 abc', '3 1 1 zz'])('"%s" is one with a fault', (text) => {
  expect(readTypedRecord(text)).toMatchObject({ record: null, fault: expect.any(String) });
});
