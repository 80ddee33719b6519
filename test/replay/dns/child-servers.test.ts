// The parent's list of name servers and the zone's own differ: either is enough while somebody is right (RFC 1034 §4.2.2).
import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../electron/lab/authority.ts';
import { TYPE } from '../../../shared/dns/record-type.ts';
import { atTld, NS1, text } from './scripts.ts';
import {
  createWorld,
  summary,
  THREE_LEVELS,
  type ServerScript,
  type World,
  type ZoneScript,
} from './world.ts';

const OWN = '192.0.2.23';

/** `example.test` stands at a server that the TLD does not list; the TLD lists one at NS1. */
const MOVED: readonly ZoneScript[] = THREE_LEVELS.map((zone) =>
  zone.apex === 'example.test' ? { ...zone, servers: [['ns3.example.test', OWN]] } : zone,
);

const oldReferral: ServerScript = {
  tamper: (_, answer) => ({
    ...answer,
    authorities: answer.authorities.map((record) =>
      record.type === TYPE.NS && record.name.key === 'example.test'
        ? { ...record, rdata: rdataOf('example.test. 60 NS ns1.example.test.') }
        : record,
    ),
    additionals: text(`ns1.example.test. 60 A ${NS1}`),
  }),
};

function rdataOf(line: string): Uint8Array {
  return text(line)[0]?.rdata ?? new Uint8Array(0);
}

function moved(listed: ServerScript): World {
  return createWorld(MOVED, { ...atTld(oldReferral), [NS1]: listed });
}

const ownList = `example.test. 60 NS ns3.example.test.`;
const ownGlue = text(`ns3.example.test. 60 A ${OWN}`);

describe('a zone whose servers are not those that the parent lists', () => {
  it('is resolved where a server that does not know it says who does', async () => {
    const sideways: ServerScript = {
      tamper: (_, answer) => ({
        ...answer,
        rcode: 0,
        authoritative: false,
        authorities: text(ownList),
        additionals: ownGlue,
      }),
    };
    const { result } = await moved(sideways).lookUp('mx.example.test A');
    expect(summary(result)).toEqual(['secure NOERROR', 'mx.example.test. 3600 IN A 198.51.100.1']);
    expect(result.observations).toContainEqual(
      expect.objectContaining({ code: 'server-lame', subject: NS1 }),
    );
  });

  it('is resolved where an old server knows no more than the list', async () => {
    const onlyList: ServerScript = {
      tamper: (question, answer): Answer =>
        question.type === TYPE.NS
          ? {
              ...answer,
              rcode: 0,
              authoritative: true,
              answers: text(ownList),
              additionals: ownGlue,
            }
          : { ...answer, rcode: 2 },
    };
    const { result } = await moved(onlyList).lookUp('mx.example.test A');
    expect(summary(result)[0]).toBe('secure NOERROR');
  });

  it.each([
    ['silent', { silent: true }],
    ['refusing', {}],
  ])('is not found where those are %s', async (_, script: ServerScript) => {
    const { result, ms, queries } = await moved(script).lookUp('mx.example.test A');
    expect(summary(result)).toEqual(['indeterminate SERVFAIL']);
    expect(ms).toBeLessThanOrEqual(10_000);
    expect(queries).toBeLessThan(20);
  });

  it('does not make us ask a stranger much, however long its list is (NXNSAttack)', async () => {
    const flood = Array.from(
      { length: 60 },
      (_, index) => `example.test. 60 NS n${index}.nic.test.`,
    );
    const attack: ServerScript = {
      tamper: (_, answer) => ({
        ...answer,
        rcode: 0,
        authoritative: false,
        authorities: text(flood.join('\n')),
        additionals: [],
      }),
    };
    const world = moved(attack);
    const { result } = await world.lookUp('mx.example.test A');
    expect(summary(result)).toEqual(['indeterminate SERVFAIL']);
    const asked = [...world.askedAt('192.0.2.11'), ...world.askedAt('192.0.2.12')];
    const names = new Set(
      asked.filter((each) => /^n\d+\.nic/.test(each)).map((each) => each.split(' ')[0]),
    );
    expect(names.size).toBeLessThanOrEqual(5);
    expect(result.observations).toContainEqual(
      expect.objectContaining({
        code: 'limit-reached',
        parameters: {
          limit: 'MAX_NAME_SERVERS_PER_DELEGATION',
          zone: 'example.test',
          leftOut: 47,
        },
      }),
    );
  });
});

describe('a zone that lists other servers than its parent', () => {
  it('is none the worse while those of the parent answer, and they alone are asked', async () => {
    const dead: ServerScript = {
      tamper: (_, answer) => ({
        ...answer,
        authorities: [...answer.authorities, ...text('example.test. 60 NS gone.example.test.')],
        additionals: text('gone.example.test. 60 A 192.0.2.99'),
      }),
    };
    const world = createWorld(THREE_LEVELS, {
      [NS1]: dead,
      '192.0.2.22': dead,
      '192.0.2.99': { silent: true },
    });
    const { result, queries } = await world.lookUp('mx.example.test A');
    expect(result.security).toBe('secure');
    expect(queries).toBe(7);
    expect(world.askedAt('192.0.2.99')).toEqual([]);
  });
});
