/** RFC 7672 §3.2.1: under DANE-EE(3) no name is checked, whatever the server is called. */
import { expect, test } from 'vitest';
import { codesOf, inspectWith, named, onlyHost, presents, tlsaLine } from '../mail-world.ts';

test('a certificate for quite another name authenticates, and nothing is said of its names', async () => {
  const elsewhere = named('elsewhere.example');
  const replayed = await inspectWith(
    { '_25._tcp.mx.example.org TLSA': { records: tlsaLine('3 1 1', elsewhere) } },
    { mail: { '192.0.2.1': presents(elsewhere.der) } },
  );
  expect(onlyHost(replayed).outcome).toBe('authenticated');
  expect(codesOf(replayed)).not.toContain('certificate-name-mismatch');
  expect(codesOf(replayed)).not.toContain('tlsa-ta-name-mismatch');
});
