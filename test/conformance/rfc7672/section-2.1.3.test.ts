/** RFC 7672 §2.1.3: an alias chain is as secure as its weakest link, but its first link can be secure alone. */
import { expect, test } from 'vitest';
import { alias, codesOf, inspectWith, leaf, onlyHost, stranger, tlsaLine } from '../mail-world.ts';

const address = (security: 'secure' | 'insecure', ...aliases: ReturnType<typeof alias>[]) => ({
  'mx.example.org A': { records: 'real.example.net. A 192.0.2.1', security, aliases },
});

test('a secure alias into an unsigned zone leaves the records of its own name binding', async () => {
  const replayed = await inspectWith({
    ...address('insecure', alias('mx.example.org', 'real.example.net')),
    '_25._tcp.mx.example.org TLSA': { records: tlsaLine('3 1 1', stranger) },
  });
  expect(onlyHost(replayed)).toMatchObject({
    outcome: 'deferred',
    tlsa: { applies: true, baseDomain: 'mx.example.org' },
  });
});

test('an alias in an unsigned zone leaves none', async () => {
  const replayed = await inspectWith({
    ...address('insecure', alias('mx.example.org', 'real.example.net', 'insecure')),
    '_25._tcp.mx.example.org TLSA': { records: tlsaLine('3 1 1', stranger) },
  });
  expect(onlyHost(replayed)).toMatchObject({
    outcome: 'opportunistic',
    tlsa: { applies: false },
  });
  expect(codesOf(replayed)).toContain('host-insecure');
});

test('of a longer chain the first step decides for the original name, the whole for the expanded one', async () => {
  const replayed = await inspectWith({
    ...address(
      'insecure',
      alias('mx.example.org', 'middle.example.org'),
      alias('middle.example.org', 'real.example.net', 'insecure'),
    ),
    '_25._tcp.real.example.net TLSA': { records: tlsaLine('3 1 1', leaf, 'real.example.net') },
    '_25._tcp.mx.example.org TLSA': { records: tlsaLine('3 1 1', stranger) },
  });
  expect(onlyHost(replayed)).toMatchObject({
    outcome: 'deferred',
    tlsa: { baseDomain: 'mx.example.org' },
  });
  expect(replayed.asked).not.toContain('_25._tcp.real.example.net TLSA');
});
