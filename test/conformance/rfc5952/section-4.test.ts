// Text of IPv6 addresses (RFC 5952 §4, §5).
import { expect, it } from 'vitest';
import { addressFromText, addressToText } from '../../../shared/dns/address.ts';

function normal(text: string): string | null {
  const octets = addressFromText(text);
  return octets === null ? null : addressToText(octets);
}

it.each([
  ['2001:0db8::0001', '2001:db8::1', '§4.1: no leading zeros'],
  ['2001:db8:0:0:0:0:2:1', '2001:db8::2:1', '§4.2.1: as much as possible is shortened'],
  ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1', '§4.2.2: one zero group is not shortened'],
  ['2001:0:0:1:0:0:0:1', '2001:0:0:1::1', '§4.2.3: the longest run'],
  ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1', '§4.2.3: the first of equal runs'],
  ['2001:DB8::A', '2001:db8::a', '§4.3: lower case'],
  ['::ffff:192.0.2.1', '::ffff:192.0.2.1', '§5: an embedded IPv4 address'],
  ['0:0:0:0:0:0:0:0', '::', 'the unspecified address'],
  ['1:2:3:4:5:6:7::', '1:2:3:4:5:6:7:0', '§4.2.2 at the end'],
])('%s becomes %s (%s)', (text, expected) => {
  expect(normal(text)).toBe(expected);
});

it.each([
  '1.2.3',
  '1.2.3.256',
  '01.2.3.4',
  ':::',
  '1:2',
  '1::2::3',
  '1:2:3:4:5:6:7:8:9',
  'g::1',
  '',
])('refuses %j', (text) => {
  expect(addressFromText(text)).toBeNull();
});
