/** RFC 7671 §7: TLSA records may live behind an alias, of the host's name or of their own. */
import { describe, expect, test } from 'vitest';
import {
  alias,
  codesOf,
  inspectWith,
  leaf,
  onlyHost,
  root,
  named,
  presents,
  tlsaLine,
} from '../mail-world.ts';

const behind = (
  security: 'secure' | 'insecure',
  via: 'CNAME' | 'DNAME' = 'CNAME',
  records = tlsaLine('3 1 1', leaf).replace('_25._tcp.mx.example.org', '_dane.example.net'),
) => ({
  '_25._tcp.mx.example.org TLSA': {
    records,
    security,
    aliases: [{ ...alias('_25._tcp.mx.example.org', '_dane.example.net', security), via }],
  },
});

describe('an alias of the records’ own name', () => {
  test.each(['CNAME', 'DNAME'] as const)(
    '%s, secure: the records at its end apply',
    async (via) => {
      const replayed = await inspectWith(behind('secure', via));
      expect(onlyHost(replayed)).toMatchObject({
        outcome: 'authenticated',
        tlsa: { cname: ['_dane.example.net'], baseDomain: 'mx.example.org' },
      });
      expect(codesOf(replayed)).toContain('tlsa-cname');
    },
  );

  test('into an unsigned zone: they do not, and nothing has failed', async () => {
    const replayed = await inspectWith(behind('insecure'));
    expect(onlyHost(replayed).outcome).toBe('opportunistic');
    expect(codesOf(replayed)).toContain('tlsa-insecure');
  });

  test('does not change the base domain: SNI and name checks stay with the host', async () => {
    const records = tlsaLine('2 1 1', root).replace('_25._tcp.mx.example.org', '_dane.example.net');
    const answers = behind('secure', 'CNAME', records);
    expect((await inspectWith(answers)).spokenTo).toEqual(['192.0.2.1 mx.example.org']);
    const mail = { '192.0.2.1': presents(named('_dane.example.net').der, root.der) };
    expect(onlyHost(await inspectWith(answers, { mail })).outcome).toBe('deferred');
  });

  test('without records at its end is a denial', async () => {
    const answers = behind('secure', 'CNAME', '');
    expect(onlyHost(await inspectWith(answers)).outcome).toBe('opportunistic');
  });
});
