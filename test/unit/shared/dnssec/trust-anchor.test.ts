/** Trust anchors: DS and DNSKEY, several, for any zone (RFC 4035 §5). */
import { expect, it } from 'vitest';
import { closestAnchor, trustAnchors } from '../../../../shared/dnssec/trust-anchor.ts';
import { name, records, type } from '../../../conformance/signed-answers/answers.ts';

const anchors = trustAnchors(
  records(`. 60 DS 20326 8 2 e06d44b80b8f1d39a95c0b0d7c65d08458e880409bbc683457104237c7f8ec8d
. 60 DS 38696 8 2 683d2d0acb8c9b712a1948b27f741219298d0a450d612c483af444a4c0fb2b16
. 60 NS ns.example.
Example. 60 DNSKEY 257 3 15 l02Woi0iS8Aa25FQkUd9RMzZHJpBoRQwAQEX1SxZJA4=
example. 60 DS 3613 15 2 3aa5ab37efce57f737fc1627013fee07bdf241bd10f3b1964ab55c78e79a304b
sub.example. 60 DS 1 13 2 00`),
);
const closest = (owner: string, mnemonic: string) =>
  closestAnchor(anchors, name(owner), type(mnemonic))?.zone.key;

it('are gathered by owner, DS and DNSKEY together, other types left out', () => {
  expect(anchors.map(({ zone, ds, dnskeys }) => [zone.key, ds.length, dnskeys.length])).toEqual([
    ['.', 2, 0],
    ['example', 1, 1],
    ['sub.example', 1, 0],
  ]);
});

it('apply from the closest enclosing one', () => {
  expect(closest('.', 'DNSKEY')).toBe('.');
  expect(closest('example.net.', 'A')).toBe('.');
  expect(closest('host.example.', 'A')).toBe('example');
  expect(closest('example.', 'SOA')).toBe('example');
  expect(closest('a.sub.example.', 'TLSA')).toBe('sub.example');
  expect(closest('notexample.', 'A')).toBe('.');
});

it('at the very name do not apply to its DS, which is the parent’s', () => {
  expect(closest('sub.example.', 'DS')).toBe('example');
  expect(closest('example.', 'DS')).toBe('.');
  expect(closest('a.sub.example.', 'DS')).toBe('sub.example');
  expect(closest('.', 'DS')).toBe('.');
});

it('do not exist above a name that is under none', () => {
  const [, example] = anchors;
  if (example === undefined) throw new Error('no anchor');
  expect(closestAnchor([example], name('net.'), type('A'))).toBeNull();
  expect(closestAnchor([example], name('example.'), type('DS'))).toBeNull();
});
