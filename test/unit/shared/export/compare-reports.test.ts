// What makes two reports of one run the same, and what does not.
import { expect, test } from 'vitest';
import { compareReports } from '../../../../shared/export/compare-reports.ts';
import type { Report } from '../../../../shared/inspection/report.ts';
import { address, host, judged, mismatch, probe, server, tlsa } from '../inspection/evidence.ts';

const withServers = (...addresses: readonly string[]): Report =>
  judged([host({ tlsa: tlsa({ servers: addresses.map((each) => server({ address: each })) }) })]);
const withProbe = (more: Parameters<typeof probe>[0]): Report =>
  judged([host({ addresses: [address('192.0.2.1', [probe(more)])] })]);

test('how long it took, and the order of names, are no difference', () => {
  const report = withServers('192.0.2.53');
  const turned = Object.fromEntries(Object.entries(report).reverse()) as unknown as Report;
  expect(compareReports(report, { ...turned, durationMs: 99 })).toBe('same');
});

test('particulars may differ where the findings are the same', () => {
  const [one, other] = [
    withServers('192.0.2.1', '192.0.2.2'),
    withServers('192.0.2.2', '192.0.2.1'),
  ];
  expect(compareReports(one, other)).toBe('same findings');
});

test('another outcome, instant, certificate or finding is another report', () => {
  const report = withProbe({});
  const others: readonly Report[] = [
    judged([host({ addresses: [address('192.0.2.1', [mismatch()])] })]),
    { ...report, at: '2027-01-01T00:00:00.000Z' },
    withProbe({ chain: [] }),
    { ...report, findings: report.findings.slice(1) },
    { ...report, mx: { ...report.mx, security: 'insecure' } },
  ];
  for (const other of others) expect(compareReports(report, other)).toBe('different');
});
