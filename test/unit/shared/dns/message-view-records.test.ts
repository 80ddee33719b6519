// Records read out of answers that BIND gave, against what dig and tshark made of them.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fromHex } from '../../../../shared/dns/bytes.ts';
import { messageRecords } from '../../../../shared/dns/message-view-records.ts';

const messages = readFileSync(new URL('dissected-messages.txt', import.meta.url), 'utf8')
  .split(/^message /m)
  .slice(1)
  .map((text) => {
    const [title = '', hex = ''] = text.split('\n');
    return { title, bytes: fromHex(hex.replace('hex ', '')) ?? new Uint8Array(0) };
  });

function recordsOf(title: string) {
  const message = messages.find((each) => each.title === title);
  return messageRecords(message?.bytes ?? new Uint8Array(0));
}

it('have owner, TTL and data written out, the signature among them', () => {
  const [tlsa, signature, ...others] = recordsOf('_2525._tcp.mx.right-311.test TLSA').filter(
    ({ section }) => section === 'answer',
  );
  expect(others).toEqual([]);
  expect(tlsa).toEqual({
    section: 'answer',
    owner: '_2525._tcp.mx.right-311.test.',
    type: 'TLSA',
    ttl: 3600,
    data: '3 1 1 975e3a19d9559a83eb95b99229bdf4e75c26a484c2df3adf072c495daaf97073',
  });
  // As dig showed it; tshark reads the same key tag and dates.
  expect(signature?.data).toMatch(
    /^TLSA 13 5 3600 20261228175617 20261128175617 35816 right-311\.test\. JAqTWpMSAbkVDqJeALRQ6KVvhZv/,
  );
});

it('are those of each section, without EDNS', () => {
  const sections = recordsOf('_2525._tcp.mx.right-311.test TLSA').map(({ section }) => section);
  // ANCOUNT 2, NSCOUNT 3, ARCOUNT 5 with the OPT record.
  expect(sections.filter((section) => section === 'authority')).toHaveLength(3);
  expect(sections.filter((section) => section === 'additional')).toHaveLength(4);
  const [ns] = recordsOf('_2525._tcp.mx.right-311.test TLSA').filter(({ type }) => type === 'NS');
  expect(ns).toMatchObject({ owner: 'right-311.test.', data: 'ns1.right-311.test.' });
});

it('never throw, whatever the octets', () => {
  fc.assert(
    fc.property(fc.constantFrom(...messages), fc.nat(), fc.nat(255), ({ bytes }, at, value) => {
      const copy = bytes.slice();
      copy[at % copy.length] = value;
      for (const { ttl, data } of messageRecords(copy)) {
        expect(ttl).toBeGreaterThanOrEqual(0);
        expect(data.length).toBeGreaterThan(0);
      }
    }),
    { numRuns: 300 },
  );
});
