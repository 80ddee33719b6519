/** RFC 7672 §3.2.2: which names a certificate may carry under DANE-TA(2). */
import { describe, expect, test } from 'vitest';
import {
  alias,
  codesOf,
  inspectWith,
  named,
  onlyHost,
  presents,
  root,
  tlsaLine,
} from '../mail-world.ts';

const MX = 'example.org. MX 10 mx.example.org.';
const anchored = { '_25._tcp.mx.example.org TLSA': { records: tlsaLine('2 1 1', root) } };
const aliased = {
  'mx.example.org A': {
    records: 'real.example.net. A 192.0.2.1',
    aliases: [alias('mx.example.org', 'real.example.net')],
  },
};
const presenting = (name: string) => ({
  mail: { '192.0.2.1': presents(named(name).der, root.der) },
});

describe('behind a secure MX', () => {
  test.each([
    ['the TLSA base domain', 'mx.example.org'],
    ['the domain that mail is for', 'example.org'],
  ])('%s authenticates', async (_, name) => {
    expect(onlyHost(await inspectWith(anchored, presenting(name))).outcome).toBe('authenticated');
  });

  test('another name does not, and is told', async () => {
    const replayed = await inspectWith(anchored, presenting('other.example.org'));
    expect(onlyHost(replayed).outcome).toBe('deferred');
    expect(codesOf(replayed)).toContain('tlsa-ta-name-mismatch');
  });

  test('a domain that is a secure alias counts by both names', async () => {
    const answers = {
      ...anchored,
      'example.org MX': {
        records: 'canonical.example.net. MX 10 mx.example.org.',
        aliases: [alias('example.org', 'canonical.example.net')],
      },
    };
    for (const name of ['example.org', 'canonical.example.net']) {
      expect(onlyHost(await inspectWith(answers, presenting(name))).outcome).toBe('authenticated');
    }
  });
});

describe('behind an insecure MX', () => {
  const insecure = {
    ...anchored,
    'example.org MX': { records: MX, security: 'insecure' as const },
  };

  test('the host’s name is the only one: the domain is no proof of the way to it', async () => {
    const byDomain = await inspectWith(insecure, presenting('example.org'));
    expect(codesOf(byDomain)).toContain('tlsa-ta-name-mismatch');
    const byHost = await inspectWith(insecure, presenting('mx.example.org'));
    expect(codesOf(byHost)).toContain('tlsa-match');
  });
});

describe('where the records were found at the expanded name of a host', () => {
  const expanded = {
    ...aliased,
    '_25._tcp.real.example.net TLSA': { records: tlsaLine('2 1 1', root, 'real.example.net') },
  };

  test('that name counts, and the domain that mail is for', async () => {
    for (const name of ['real.example.net', 'example.org']) {
      expect(onlyHost(await inspectWith(expanded, presenting(name))).outcome).toBe('authenticated');
    }
  });

  test('the alias in the MX record does not: it is no TLSA base domain', async () => {
    const replayed = await inspectWith(expanded, presenting('mx.example.org'));
    expect(onlyHost(replayed).outcome).toBe('deferred');
    expect(codesOf(replayed)).toContain('tlsa-ta-name-mismatch');
  });
});

test('where they were found at the alias itself, that name counts and the expanded one does not', async () => {
  const original = { ...aliased, ...anchored };
  const byAlias = await inspectWith(original, presenting('mx.example.org'));
  expect(onlyHost(byAlias).outcome).toBe('authenticated');
  const byTarget = await inspectWith(original, presenting('real.example.net'));
  expect(onlyHost(byTarget).outcome).toBe('deferred');
});
