/** RFC 2181 §5: an RRset is one thing, without repetition, with one TTL. */
import { describe, expect, it } from 'vitest';
import { groupRRsets, makeRRset } from '../../../shared/dns/rrset.ts';
import { verifyRRset } from '../../../shared/dnssec/signature.ts';
import { signedRRsets } from '../../../shared/dnssec/signed-rrset.ts';
import { name, records, validationAt } from '../signed-answers/answers.ts';
import { makeKey, makeSigned } from '../signed-answers/signer.ts';

const text = (...lines: readonly string[]) => records(lines.join('\n'));

describe('§5: records of one name, class and type', () => {
  it('are one RRset, whatever the case of the name and the order', () => {
    const sets = groupRRsets(
      text('a.example. 60 A 192.0.2.1', 'b.example. 60 A 192.0.2.2', 'A.Example. 60 A 192.0.2.3'),
    );
    expect(sets.map(({ records: all }) => all.length)).toEqual([2, 1]);
  });

  it('and no duplicates: names in RDATA compare without case', () => {
    const set = makeRRset(
      text(
        'a.example. 60 MX 10 b.example.',
        'a.example. 60 MX 10 B.EXAMPLE.',
        'a.example. 60 MX 20 b.example.',
      ),
    );
    expect(set?.records).toHaveLength(2);
  });
});

it('§5.2: the smallest of differing TTLs counts', () => {
  const set = makeRRset(text('a.example. 300 A 192.0.2.1', 'a.example. 60 A 192.0.2.2'));
  expect(set?.ttl).toBe(60);
});

describe('§5.3: DNSSEC and RRsets', () => {
  const key = makeKey();
  const zone = { zone: name('example.'), keys: [key.dnskey] };
  const both = text('a.example. 60 A 192.0.2.1', 'a.example. 60 A 192.0.2.2');

  it('a record sent twice does not spoil the signature', () => {
    const signed = makeSigned(both, key);
    const [again] = signedRRsets([...both, ...both, ...signed.signatures]);
    if (again === undefined) throw new Error('no RRset');
    expect(again.rrset.records).toHaveLength(2);
    expect(verifyRRset(again, zone, validationAt()).status).toBe('valid');
  });

  it('a record more or less does', () => {
    const signed = makeSigned(both, key);
    const more = [...both, ...text('a.example. 60 A 192.0.2.3'), ...signed.signatures];
    for (const sent of [more, [...both.slice(1), ...signed.signatures]]) {
      const [changed] = signedRRsets(sent);
      if (changed === undefined) throw new Error('no RRset');
      expect(verifyRRset(changed, zone, validationAt()).status).toBe('bogus');
    }
  });
});
