// Every bound on the work is met by a server that provokes it: told with its zone or server, never secure, never a hang.
import { describe, expect, it } from 'vitest';
import { createDnssecCrypto } from '../../../electron/crypto/dnssec-crypto.ts';
import type { Answer } from '../../../electron/lab/authority.ts';
import { generateZoneKey } from '../../../electron/lab/zone-key.ts';
import type { LookUp } from '../../../electron/resolver/resolver.ts';
import { concatBytes, toBase64, uint16Bytes } from '../../../shared/dns/bytes.ts';
import { TYPE } from '../../../shared/dns/record-type.ts';
import type { ResourceRecord } from '../../../shared/dns/record.ts';
import type { CryptoPort } from '../../../shared/dnssec/crypto-port.ts';
import { parseDnskey } from '../../../shared/dnssec/dnskey.ts';
import type { Observation } from '../../../shared/dnssec/reason.ts';
import { atTld, both, text, UNSIGNED_CHILD } from './scripts.ts';
import {
  createWorld,
  name,
  summary,
  THREE_LEVELS,
  type ServerScript,
  type ZoneScript,
} from './world.ts';

const signal = new AbortController().signal;

function limits(result: LookUp): readonly Observation['parameters'][] {
  return result.observations
    .filter(({ code }) => code === 'limit-reached')
    .map(({ parameters }) => parameters);
}

function names(result: LookUp): readonly unknown[] {
  return [...new Set(limits(result).map((each) => each['limit']))];
}

/** `example.test` with something changed. */
function withChild(change: Partial<ZoneScript>): readonly ZoneScript[] {
  return THREE_LEVELS.map((zone) => (zone.apex === 'example.test' ? { ...zone, ...change } : zone));
}

function answersTo(type: number, change: (answer: Answer) => Answer): ServerScript {
  return { tamper: (question, answer) => (question.type === type ? change(answer) : answer) };
}

/** Copies of a signature, each wrong in another place. */
function spoilt(record: ResourceRecord, count: number): readonly ResourceRecord[] {
  return Array.from({ length: count }, (_, index) => {
    const rdata = Uint8Array.from(record.rdata);
    const at = rdata.length - 1 - index;
    rdata[at] = (rdata[at] ?? 0) ^ 0xff;
    return { ...record, rdata };
  });
}

/** Public-key operations that do not succeed. */
function counting(): { readonly crypto: CryptoPort; readonly failed: () => number } {
  const crypto = createDnssecCrypto();
  let failures = 0;
  const verify: CryptoPort['verify'] = (...given) => {
    const result = crypto.verify(...given);
    if (result !== 'valid') failures += 1;
    return result;
  };
  return { crypto: { ...crypto, verify }, failed: () => failures };
}

describe('signatures without number (KeyTrap, CVE-2023-50387)', () => {
  it('are tried eight times for a question, whichever servers send them', async () => {
    const script = answersTo(TYPE.A, (answer) => ({
      ...answer,
      answers: answer.answers.flatMap((record) =>
        record.type === TYPE.RRSIG ? spoilt(record, 40) : [record],
      ),
    }));
    const { crypto, failed } = counting();
    const { result } = await createWorld(THREE_LEVELS, both(script)).lookUp('mx.example.test A', {
      crypto,
    });
    expect(summary(result)).toEqual(['bogus SERVFAIL']);
    expect(failed()).toBe(8);
    expect(limits(result)[0]).toMatchObject({
      limit: 'MAX_SIGNATURES_PER_RRSET',
      zone: 'example.test',
      server: expect.stringMatching(/^192\.0\.2\.2[12]$/),
    });
    expect(result.reason?.text).toMatch(/limit/);
  });

  it('do no harm behind a good one', async () => {
    const script = answersTo(TYPE.A, (answer) => ({
      ...answer,
      answers: answer.answers.flatMap((record) =>
        record.type === TYPE.RRSIG ? [record, ...spoilt(record, 5)] : [record],
      ),
    }));
    const { result } = await createWorld(THREE_LEVELS, both(script)).lookUp('mx.example.test A');
    expect(result.security).toBe('secure');
    expect(limits(result)).toEqual([]);
  });

  it('of keys that share one tag are tried with two of them', async () => {
    const keys = [generateZoneKey(13, true), generateZoneKey(13, false)];
    const signing = keys[1];
    if (signing === undefined) throw new Error('no key');
    const impostors = Array.from({ length: 3 }, (_, seed) => sameTag(signing.dnskey, seed + 1));
    const zones = withChild({
      keys,
      records: `mx A 198.51.100.1\n${impostors.map((key) => `@ DNSKEY ${key}`).join('\n')}`,
    });
    const impostorsFirst = answersTo(TYPE.DNSKEY, (answer) => ({
      ...answer,
      answers: [...answer.answers].sort(
        (a, b) => Number(sameBytes(a, signing.dnskey)) - Number(sameBytes(b, signing.dnskey)),
      ),
    }));
    const { result } = await createWorld(zones, both(impostorsFirst)).lookUp('mx.example.test A');
    expect(summary(result)).toEqual(['bogus SERVFAIL']);
    expect(limits(result)[0]).toMatchObject({ limit: 'MAX_KEYS_PER_TAG', zone: 'example.test' });
  });
});

/** An unusable key of the same tag, algorithm and flags, as zone-file fields. */
function sameTag(dnskey: Uint8Array, seed: number): string {
  const wanted = parseDnskey(dnskey)?.keyTag;
  for (let last = 0; last < 0x10000; last++) {
    const rdata = concatBytes(
      dnskey.subarray(0, 4),
      new Uint8Array(62).fill(seed),
      uint16Bytes(last),
    );
    if (parseDnskey(rdata)?.keyTag === wanted) return `256 3 13 ${toBase64(rdata.subarray(4))}`;
  }
  throw new Error('no key of that tag');
}

function sameBytes({ rdata }: ResourceRecord, other: Uint8Array): boolean {
  return rdata.length === other.length && rdata.every((octet, index) => octet === other[index]);
}

describe('DS records that name a key and do not fit it', () => {
  it('are compared four times', async () => {
    const keys = [generateZoneKey(13, true), generateZoneKey(13, false)];
    const tag = keys[0]?.keyTag ?? 0;
    const wrong = Array.from(
      { length: 6 },
      (_, index) => `example.test. DS ${tag} 13 2 ${`0${index}`.repeat(32)}`,
    );
    const zones = withChild({ keys, withoutDs: true }).map((zone) =>
      zone.apex === 'test' ? { ...zone, records: wrong.join('\n') } : zone,
    );
    const { result } = await createWorld(zones).lookUp('mx.example.test A');
    expect(summary(result)).toEqual(['bogus SERVFAIL']);
    expect(limits(result)[0]).toMatchObject({
      limit: 'MAX_DS_MISMATCHES',
      zone: 'example.test',
      address: expect.stringMatching(/^192\.0\.2\.2[12]$/),
    });
  });
});

describe('RSA keys', () => {
  it.each([
    ['of more than 4096 bits', [3, 1, 0, 1], 520, 'MAX_RSA_MODULUS_BITS'],
    ['with an exponent above 2^32 + 1', [5, 1, 0, 0, 0, 3], 256, 'MAX_RSA_EXPONENT'],
  ])('%s are not used', async (_, exponent, octets, limit) => {
    const field = concatBytes(Uint8Array.from(exponent), new Uint8Array(octets).fill(0xab));
    const dnskey = concatBytes(Uint8Array.of(1, 1, 3, 8), field);
    const keyTag = parseDnskey(dnskey)?.keyTag ?? 0;
    const sign = (): Uint8Array => new Uint8Array(octets);
    const key = {
      ...({ algorithm: 8, keyTag, secureEntryPoint: true, dnskey, sign } as const),
      privateKey: new Uint8Array(0),
    };
    const { result } = await createWorld(withChild({ keys: [key] })).lookUp('mx.example.test A');
    expect(summary(result)).toEqual(['bogus SERVFAIL']);
    expect(limits(result)[0]).toMatchObject({ limit, zone: 'example.test' });
  });
});

describe('NSEC3', () => {
  const nsec3 = (iterations: number) =>
    ({
      kind: 'nsec3',
      iterations,
      salt: new Uint8Array(0),
      optOut: false,
      omitEmptyNonTerminals: false,
    }) as const;

  it.each([
    [50, 'secure NXDOMAIN'],
    [51, 'insecure NXDOMAIN'],
  ])('of %i iterations gives %s, and is told', async (iterations, expected) => {
    const world = createWorld(withChild({ denial: nsec3(iterations) }));
    const { result } = await world.lookUp('nope.example.test A');
    expect(summary(result)[0]).toBe(expected);
    expect(result.observations).toContainEqual(
      expect.objectContaining({ code: 'nsec3-iterations', subject: 'example.test' }),
    );
  });

  it('is hashed eight times for one denial, and no more', async () => {
    const deep = 'a.b.c.d.e.f.g.h.i.j.k.l';
    const zones = withChild({ denial: nsec3(0), records: `g.h.i.j.k.l TXT "half way"` });
    const { result } = await createWorld(zones).lookUp(`${deep}.example.test A`);
    expect(summary(result)).toEqual(['bogus SERVFAIL']);
    expect(limits(result)[0]).toMatchObject({
      limit: 'MAX_NSEC3_HASHES_PER_PROOF',
      zone: 'example.test',
    });
  });

  it.each(['a.b.c.d.e.f.g.h.i.j.k.l', '_25._tcp.mx.d.e.f.g.h.i.j.k.l', 'a.b.c.d.e.f'])(
    'denies an honest deep name (%s) all the same',
    async (deep) => {
      const zones = withChild({ denial: nsec3(0), records: 'mx.d.e.f.g.h.i.j.k.l A 198.51.100.1' });
      const world = createWorld(zones);
      const { result } = await world.lookUp(`${deep}.example.test TLSA`);
      expect(summary(result)[0]).toBe('secure NXDOMAIN');
    },
  );
});

describe('name servers', () => {
  it('of one name are asked at eight of its addresses, and it is told to every look-up', async () => {
    const flood: ServerScript = {
      tamper: (question, answer) =>
        question.name.key.endsWith('example.test')
          ? {
              ...answer,
              additionals: [
                ...answer.additionals,
                ...text(
                  Array.from(
                    { length: 12 },
                    (_, index) => `ns1.example.test. 60 A 192.0.2.${100 + index}`,
                  ).join('\n'),
                ),
              ],
            }
          : answer,
    };
    const resolver = createWorld(THREE_LEVELS, atTld(flood)).resolver();
    for (const question of ['mx', 'www']) {
      const result = await resolver.resolve(name(`${question}.example.test`), TYPE.A, signal);
      expect(result.security).toBe('secure');
      expect(limits(result)).toContainEqual({
        limit: 'MAX_ADDRESSES_PER_SERVER',
        zone: 'example.test',
        server: 'ns1.example.test',
      });
    }
  });

  it('beyond thirteen of a delegation are left out, which is told though the others answer', async () => {
    const more = Array.from(
      { length: 20 },
      (_, index) => `example.test. 60 NS n${index}.far.test.`,
    );
    const flood: ServerScript = {
      tamper: (question, answer) =>
        question.name.key.endsWith('example.test') && answer.answers.length === 0
          ? { ...answer, authorities: [...answer.authorities, ...text(more.join('\n'))] }
          : answer,
    };
    const resolver = createWorld(UNSIGNED_CHILD, atTld(flood)).resolver();
    for (const question of ['mx', 'www']) {
      const result = await resolver.resolve(name(`${question}.example.test`), TYPE.A, signal);
      expect(summary(result)[0]).toBe('insecure NOERROR');
      expect(limits(result)).toEqual([
        { limit: 'MAX_NAME_SERVERS_PER_DELEGATION', zone: 'example.test', leftOut: 9 },
      ]);
    }
  });

  it('within one another are looked up seven deep', async () => {
    // Each zone's only server has its address in the next zone.
    const zones: readonly ZoneScript[] = [
      ...UNSIGNED_CHILD,
      ...Array.from({ length: 12 }, (_, index) => ({
        apex: `z${index}.test`,
        unsigned: true,
        servers: [[`ns.z${index + 1}.test`, null]] as const,
        records: `www A 203.0.113.${index}`,
      })),
    ];
    const world = createWorld(zones);
    const resolver = world.resolver();
    const result = await resolver.resolve(name('www.z0.test'), TYPE.A, signal);
    expect(summary(result)).toEqual(['indeterminate SERVFAIL']);
    expect(limits(result)).toContainEqual({ limit: 'MAX_RECURSION_DEPTH', server: 'ns.z8.test' });
    // Whoever comes later is told as well, and gets seven levels of its own.
    const again = await resolver.resolve(name('www.z0.test'), TYPE.TXT, signal);
    expect(names(again)).toContain('MAX_RECURSION_DEPTH');
  });
});

describe('a look-up', () => {
  it('sends a hundred queries, no more', async () => {
    // Twelve of thirteen servers fail, and each of eleven aliases is asked of all of them.
    const addresses = Array.from({ length: 13 }, (_, index) => `192.0.2.${100 + index}`);
    const failing: ServerScript = { tamper: (_, answer) => ({ ...answer, rcode: 2 }) };
    const zones = withChild({
      unsigned: true,
      servers: addresses.map(
        (address, index) => [`ns${index + 10}.example.test`, address] as const,
      ),
      records: Array.from({ length: 11 }, (_, index) => `c${index} CNAME c${index + 1}`).join('\n'),
    });
    // The good one is the slowest, and lets the first question pass, so that all others are tried.
    let asked = 0;
    const good: ServerScript = {
      datagrams: (honest) => (payload, reply) => {
        asked += 1;
        if (asked > 1) honest(payload, (bytes) => later(100, () => reply(bytes)));
      },
    };
    const world = createWorld(zones, {
      ...Object.fromEntries(addresses.slice(0, 12).map((each) => [each, failing])),
      [addresses[12] ?? '']: good,
    });
    const later = (ms: number, callback: () => void): void => {
      world.network.clock.setTimer(ms, callback);
    };
    const { result, queries, ms } = await world.lookUp('c0.example.test A');
    expect(summary(result)[0]).toBe('indeterminate SERVFAIL');
    // Priming and the root's keys, which are for the whole run, have allowances of their own.
    expect(queries).toBeLessThanOrEqual(102);
    expect(limits(result)).toEqual([{ limit: 'MAX_QUERIES_PER_LOOK_UP', zone: 'example.test' }]);
    expect(ms).toBeLessThanOrEqual(10_000);
  });

  it('ends after ten seconds, whatever is still open', async () => {
    // A chain of aliases, each of them answered only when asked again, after most of a time-out.
    const slow: ServerScript = {
      datagrams: (honest) => (payload, reply) =>
        honest(payload, (bytes) => later(4500, () => reply(bytes))),
    };
    const zones = withChild({
      unsigned: true,
      records: 'a CNAME b\nb CNAME c\nc CNAME d\nd A 198.51.100.1',
    });
    const world = createWorld(zones, both(slow));
    const later = (ms: number, callback: () => void): void => {
      world.network.clock.setTimer(ms, callback);
    };
    const { result, ms } = await world.lookUp('a.example.test A');
    expect(ms).toBe(10_000);
    expect(summary(result)[0]).toBe('indeterminate SERVFAIL');
    expect(limits(result)).toEqual([expect.objectContaining({ limit: 'MAX_LOOK_UP_MS' })]);
    expect(result.aliases.length).toBeGreaterThan(0);
  });
});
