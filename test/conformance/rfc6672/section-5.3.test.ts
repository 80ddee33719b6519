/** RFC 6672 §2.2 and §5.3: a DNAME is signed, the CNAME made from it is not, and only ours is believed. */
import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../electron/lab/authority.ts';
import { nameToWire } from '../../../shared/dns/name.ts';
import { TYPE } from '../../../shared/dns/record-type.ts';
import type { ResourceRecord } from '../../../shared/dns/record.ts';
import { both } from '../../replay/dns/scripts.ts';
import {
  createWorld,
  name,
  summary,
  THREE_LEVELS,
  type ServerScript,
  type ZoneScript,
} from '../../replay/dns/world.ts';

const zones: readonly ZoneScript[] = THREE_LEVELS.map((zone) =>
  zone.apex === 'example.test'
    ? {
        ...zone,
        records: `old DNAME new
          old TXT "beside the DNAME"
          host.new A 198.51.100.7
          evil A 198.51.100.66
          long DNAME ${'a'.repeat(60)}.${'b'.repeat(60)}.${'c'.repeat(60)}.example.test.`,
      }
    : zone,
);

const look = (question: string, change?: (record: ResourceRecord) => ResourceRecord | null) => {
  const tamper: ServerScript['tamper'] = (_, answer: Answer) => ({
    ...answer,
    answers: answer.answers.flatMap((record) =>
      change === undefined ? record : (change(record) ?? []),
    ),
  });
  return createWorld(zones, change === undefined ? {} : both({ tamper })).lookUp(question);
};

const RIGHT = [
  'secure NOERROR',
  'old.example.test. 3600 IN DNAME new.example.test.',
  'host.old.example.test. 3600 IN CNAME host.new.example.test.',
  'host.new.example.test. 3600 IN A 198.51.100.7',
];

describe('§5.3.1: the answer through a DNAME', () => {
  it('is secure, with the CNAME that belongs to it', async () => {
    const { result } = await look('host.old.example.test A');
    expect(summary(result)).toEqual(RIGHT);
    expect(result.aliases.map(({ via, security }) => `${via} ${security}`)).toEqual([
      'DNAME secure',
    ]);
  });

  it('is the same when the server sends no CNAME, or one that leads elsewhere', async () => {
    const none = await look('host.old.example.test A', (record) =>
      record.type === TYPE.CNAME ? null : record,
    );
    expect(summary(none.result)).toEqual(RIGHT);
    const elsewhere = await look('host.old.example.test A', (record) =>
      record.type === TYPE.CNAME
        ? { ...record, rdata: nameToWire(name('evil.example.test')) }
        : record,
    );
    expect(summary(elsewhere.result)).toEqual(RIGHT);
  });

  it('is bogus when the DNAME is not as it was signed, or not signed', async () => {
    const changed = await look('host.old.example.test A', (record) =>
      record.type === TYPE.DNAME
        ? { ...record, rdata: nameToWire(name('evil.example.test')) }
        : record,
    );
    expect(summary(changed.result)).toEqual(['bogus SERVFAIL']);
    const unsigned = await look('host.old.example.test A', (record) =>
      record.type === TYPE.RRSIG ? null : record,
    );
    expect(summary(unsigned.result)).toEqual(['bogus SERVFAIL']);
  });

  it('is bogus when only an unsigned CNAME is left', async () => {
    const { result } = await look('host.old.example.test A', (record) =>
      record.type === TYPE.CNAME ? record : null,
    );
    expect(summary(result)).toEqual(['bogus SERVFAIL']);
  });

  it('is the made CNAME where that is what was asked for', async () => {
    const { result } = await look('host.old.example.test CNAME');
    expect(result.security).toBe('secure');
    expect(result.rrset?.records.map((record) => record.name.key)).toEqual([
      'host.old.example.test',
    ]);
  });
});

describe('§2.2 and §2.3', () => {
  it('the owner of the DNAME itself is not redirected', async () => {
    const { result } = await look('old.example.test TXT');
    expect(summary(result)).toEqual([
      'secure NOERROR',
      'old.example.test. 3600 IN TXT "beside the DNAME"',
    ]);
    expect(summary((await look('old.example.test A')).result)).toEqual(['secure NOERROR']);
  });

  it('a name that would become too long is YXDOMAIN', async () => {
    const label = 'd'.repeat(63);
    const { result } = await look(`${label}.${label}.long.example.test A`);
    expect(result.rcode).toBe('YXDOMAIN');
    expect(result.security).toBe('secure');
  });

  it('a name that does not exist at the target does not exist', async () => {
    const { result } = await look('none.old.example.test A');
    expect(summary(result)).toEqual([
      'secure NXDOMAIN',
      'old.example.test. 3600 IN DNAME new.example.test.',
      'none.old.example.test. 3600 IN CNAME none.new.example.test.',
    ]);
  });
});
