/** RFC 2308 §5 with RFC 9077 §3 and RFC 4035 §5.3.3: how long a denial may be believed. */
import { expect, it } from 'vitest';
import { readUint32, uint32Bytes } from '../../../shared/dns/bytes.ts';
import { TYPE } from '../../../shared/dns/record-type.ts';
import type { ResourceRecord } from '../../../shared/dns/record.ts';
import { both, UNSIGNED_CHILD } from '../../replay/dns/scripts.ts';
import { createWorld, THREE_LEVELS, type ServerScript } from '../../replay/dns/world.ts';

/** The SOA of `example.test` says 300 s as its minimum, with a TTL of an hour. */
const MINIMUM = 300;

const ttlWith = async (question: string, change: (record: ResourceRecord) => ResourceRecord) => {
  const tamper: ServerScript['tamper'] = (_, answer) => ({
    ...answer,
    authorities: answer.authorities.map(change),
  });
  const { result } = await createWorld(THREE_LEVELS, both({ tamper })).lookUp(question);
  return [result.security, result.ttl];
};
const ofType =
  (type: number, ttl: number) =>
  (record: ResourceRecord): ResourceRecord =>
    record.type === type ? { ...record, ttl } : record;

it.each(['mx.example.test TXT', 'missing.example.test A'])(
  '%s: the least of the SOA’s TTL, its minimum, and the proof’s own TTL',
  async (question) => {
    expect(await ttlWith(question, (record) => record)).toEqual(['secure', MINIMUM]);
    expect(await ttlWith(question, ofType(TYPE.SOA, 20))).toEqual(['secure', 20]);
    expect(await ttlWith(question, ofType(TYPE.SOA, 9000))).toEqual(['secure', MINIMUM]);
    expect(await ttlWith(question, ofType(TYPE.NSEC, 10))).toEqual(['secure', 10]);
    // A TTL above the one that was signed counts as the signed one.
    expect(await ttlWith(question, ofType(TYPE.NSEC, 9000))).toEqual(['secure', MINIMUM]);
  },
);

it('of an unsigned zone, the lesser of the SOA’s TTL and its minimum', async () => {
  const ttlOf = async (ttl: number) => {
    const tamper: ServerScript['tamper'] = (_, answer) => ({
      ...answer,
      authorities: answer.authorities.map(ofType(TYPE.SOA, ttl)),
    });
    const world = createWorld(UNSIGNED_CHILD, both({ tamper }));
    const { result } = await world.lookUp('mx.example.test TXT');
    return [result.security, result.ttl];
  };
  expect(await ttlOf(9000)).toEqual(['insecure', MINIMUM]);
  expect(await ttlOf(20)).toEqual(['insecure', 20]);
});

it('a minimum that was raised after signing makes the denial bogus', async () => {
  const raise = (record: ResourceRecord): ResourceRecord => {
    if (record.type !== TYPE.SOA) return record;
    const at = record.rdata.length - 4;
    const minimum = uint32Bytes(readUint32(record.rdata, at) + 1);
    return { ...record, rdata: Uint8Array.from([...record.rdata.subarray(0, at), ...minimum]) };
  };
  expect(await ttlWith('mx.example.test TXT', raise)).toEqual(['bogus', null]);
});
