/** RFC 6698 §3: port and transport stand before the base domain. */
import { expect, test } from 'vitest';
import { tlsaOwnerName } from '../../../shared/dane/tlsa.ts';
import { replay } from '../../replay/inspection/script.ts';

test.each([
  ['mx.example.org', 25, '_25._tcp.mx.example.org'],
  ['mx.example.org', 8465, '_8465._tcp.mx.example.org'],
  ['xn--bcher-kva.example', 25, '_25._tcp.xn--bcher-kva.example'],
])('%s and %i: %s', (base, port, owner) => {
  expect(tlsaOwnerName(base, port)).toBe(owner);
});

test('the port asked for is the port spoken to', async () => {
  const answers = {
    'example.org MX': { records: 'example.org. MX 10 mx.example.org.' },
    'mx.example.org A': { records: 'mx.example.org. A 192.0.2.1' },
    'mx.example.org AAAA': {},
  };
  const { asked, report } = await replay({ answers }, { smtpPort: 2525 });
  expect(asked).toContain('_2525._tcp.mx.example.org TLSA');
  expect(report.hosts[0]?.tlsa.name).toBe('_2525._tcp.mx.example.org');
});

test('a base domain too long to hold the prefix has no records, and breaks nothing', async () => {
  const label = 'a'.repeat(60);
  const long = `${[label, label, label, label].join('.')}.example`;
  const answers = {
    'example.org MX': { records: `example.org. MX 10 ${long}.` },
    [`${long} A`]: { records: `${long}. A 192.0.2.1` },
    [`${long} AAAA`]: {},
  };
  const { report } = await replay({ answers });
  expect(report.hosts[0]?.outcome).toBe('opportunistic');
});
