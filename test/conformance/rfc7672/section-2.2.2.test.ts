/** RFC 7672 §2.2.2: a domain without MX records is its own mail host. */
import { describe, expect, test } from 'vitest';
import { alias, inspectWith, named, onlyHost, presents, root, tlsaLine } from '../mail-world.ts';

const own = named('example.org');
const NO_MX = {
  'example.org MX': {},
  'example.org A': { records: 'example.org. A 192.0.2.1' },
  'example.org AAAA': {},
};
const mail = { '192.0.2.1': presents(own.der, root.der) };

describe('without MX records', () => {
  test('the TLSA records at the domain itself apply', async () => {
    const answers = {
      ...NO_MX,
      '_25._tcp.example.org TLSA': { records: tlsaLine('3 1 1', own, 'example.org') },
    };
    const replayed = await inspectWith(answers, { mail });
    expect(replayed.report).toMatchObject({ outcome: 'secure', mx: { implicit: true } });
    expect(onlyHost(replayed)).toMatchObject({
      name: 'example.org',
      tlsa: { baseDomain: 'example.org' },
    });
  });

  test('behind a secure alias the original domain counts as a name beside the base domain', async () => {
    const aliases = [alias('example.org', 'real.example.org')];
    const answers = {
      ...NO_MX,
      'example.org A': { records: 'real.example.org. A 192.0.2.1', aliases },
      '_25._tcp.real.example.org TLSA': { records: tlsaLine('2 1 1', root, 'real.example.org') },
    };
    const replayed = await inspectWith(answers, { mail });
    expect(onlyHost(replayed)).toMatchObject({
      outcome: 'authenticated',
      tlsa: { baseDomain: 'real.example.org' },
    });
  });

  test('and without an address there is no mail', async () => {
    const { report } = await inspectWith({ 'example.org MX': {} });
    expect(report).toMatchObject({ outcome: 'no-mail', hosts: [] });
  });
});
