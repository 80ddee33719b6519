// SVCB in presentation form, from the test vectors of RFC 9460 appendix D.
import { expect, it } from 'vitest';
import { fromHex } from '../../../shared/dns/bytes.ts';
import { rdataToText } from '../../../shared/dns/presentation.ts';

const foo = '03666f6f076578616d706c6503636f6d00';
const vectors = [
  [`0000${foo}`, '0 foo.example.com.'],
  ['000100', '1 .'],
  [`001003666f6f076578616d706c6503636f6d00000300020035`, '16 foo.example.com. port=53'],
  [`0001${foo}029b000568656c6c6f`, '1 foo.example.com. key667="hello"'],
  [`0001${foo}029b000968656c6c6fd2716f6f`, '1 foo.example.com. key667="hello\\210qoo"'],
  [
    `0001${foo}0006002020010db800000000000000000000000120010db8000000000000000000530001`,
    '1 foo.example.com. ipv6hint=2001:db8::1,2001:db8::53:1',
  ],
  [
    `001003666f6f076578616d706c65036f726700000000040001000400010009026832 0568332d3139 00040004c0000201`,
    '16 foo.example.org. mandatory=alpn,ipv4hint alpn="h2,h3-19" ipv4hint=192.0.2.1',
  ],
  [
    `001003666f6f076578616d706c65036f7267000001000c08665c6f6f2c626172026832`,
    '16 foo.example.org. alpn="f\\\\\\\\oo\\\\,bar,h2"',
  ],
] as const;

it.each(vectors)('%s', (hex, text) => {
  const octets = fromHex(hex.replaceAll(' ', ''));
  expect(octets).not.toBeNull();
  expect(rdataToText(64, octets ?? new Uint8Array(0))).toBe(text);
});
