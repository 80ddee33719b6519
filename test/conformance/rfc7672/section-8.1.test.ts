/** RFC 7672 §8.1: the client sends the TLSA base domain as SNI, and no other name. */
import { expect, test } from 'vitest';
import { alias, inspectWith, leaf, tlsaLine } from '../mail-world.ts';

const aliased = {
  'mx.example.org A': {
    records: 'real.example.net. A 192.0.2.1',
    aliases: [alias('mx.example.org', 'real.example.net')],
  },
};

test('the host’s own name', async () => {
  expect((await inspectWith()).spokenTo).toEqual(['192.0.2.1 mx.example.org']);
});

test('the expanded name where the records were found there', async () => {
  const records = tlsaLine('3 1 1', leaf, 'real.example.net');
  const replayed = await inspectWith({ ...aliased, '_25._tcp.real.example.net TLSA': { records } });
  expect(replayed.spokenTo).toEqual(['192.0.2.1 real.example.net']);
});

test('the original name where the expanded one has none', async () => {
  expect((await inspectWith(aliased)).spokenTo).toEqual(['192.0.2.1 mx.example.org']);
});
