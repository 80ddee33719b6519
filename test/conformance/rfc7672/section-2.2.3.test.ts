/** RFC 7672 §2.2.3: when TLSA records are looked up, and at which base domain. */
import { describe, expect, test } from 'vitest';
import {
  alias,
  BOGUS,
  inspectWith,
  leaf,
  onlyHost,
  SERVFAIL,
  stranger,
  tlsaLine,
} from '../mail-world.ts';

const EXPANDED = '_25._tcp.real.example.org TLSA';
const ORIGINAL = '_25._tcp.mx.example.org TLSA';
const aliased = {
  'mx.example.org A': {
    records: 'real.example.org. A 192.0.2.1',
    aliases: [alias('mx.example.org', 'real.example.org')],
  },
};
const at = (line: string) => ({ records: line });

describe('the addresses', () => {
  test('all insecure: TLSA records do not apply, and a look-up that fails harms nobody', async () => {
    const insecure = { records: 'mx.example.org. A 192.0.2.1', security: 'insecure' as const };
    for (const tlsa of [at(tlsaLine('3 1 1', stranger)), SERVFAIL, BOGUS]) {
      const replayed = await inspectWith({ 'mx.example.org A': insecure, [ORIGINAL]: tlsa });
      expect(onlyHost(replayed)).toMatchObject({
        outcome: 'opportunistic',
        tlsa: { applies: false, failed: false },
      });
    }
  });

  test('one family secure: they apply to both', async () => {
    const replayed = await inspectWith(
      {
        'mx.example.org AAAA': {
          records: 'mx.example.org. AAAA 2001:db8::1',
          security: 'insecure',
        },
        [ORIGINAL]: at(tlsaLine('3 1 1', stranger)),
      },
      {},
    );
    expect(onlyHost(replayed).outcome).toBe('deferred');
  });
});

describe('behind an alias of which every step is secure', () => {
  test('the expanded name comes first', async () => {
    const replayed = await inspectWith({
      ...aliased,
      [EXPANDED]: at(tlsaLine('3 1 1', leaf, 'real.example.org')),
      [ORIGINAL]: at(tlsaLine('3 1 1', stranger)),
    });
    expect(onlyHost(replayed)).toMatchObject({
      outcome: 'authenticated',
      tlsa: { baseDomain: 'real.example.org' },
    });
  });

  test.each([
    ['none', {}],
    [
      'insecure ones',
      { records: tlsaLine('3 1 1', stranger, 'real.example.org'), security: 'insecure' },
    ],
  ] as const)('the original one follows where the expanded one has %s', async (_, answer) => {
    const replayed = await inspectWith({ ...aliased, [EXPANDED]: answer });
    expect(onlyHost(replayed)).toMatchObject({
      outcome: 'authenticated',
      tlsa: { baseDomain: 'mx.example.org' },
    });
  });

  test.each([
    ['SERVFAIL', SERVFAIL],
    ['bogus', BOGUS],
  ])('%s at the expanded name ends it: the host is skipped', async (_, answer) => {
    const replayed = await inspectWith({ ...aliased, [EXPANDED]: answer });
    expect(onlyHost(replayed)).toMatchObject({
      outcome: 'deferred',
      tlsa: { baseDomain: 'real.example.org' },
    });
  });

  test('a failure at the original name counts where the expanded one has none', async () => {
    const replayed = await inspectWith({ ...aliased, [EXPANDED]: {}, [ORIGINAL]: SERVFAIL });
    expect(onlyHost(replayed).outcome).toBe('deferred');
  });

  test('usable records at the original name do not help where unusable ones stand at the expanded one', async () => {
    const unusable = tlsaLine('3 1 1', leaf, 'real.example.org').replace('TLSA 3', 'TLSA 1');
    const replayed = await inspectWith({ ...aliased, [EXPANDED]: at(unusable) });
    expect(onlyHost(replayed)).toMatchObject({
      outcome: 'encrypted-only',
      tlsa: { baseDomain: 'real.example.org' },
    });
  });
});
