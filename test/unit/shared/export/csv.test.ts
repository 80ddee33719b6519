// The table of many domains: its columns are a promise to whoever reads it with a program.
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { reportsToCsv } from '../../../../shared/export/csv.ts';
import { address, host, hostNamed, judged, mismatch, probe } from '../inspection/evidence.ts';

test('has these columns, in this order', () => {
  const [heading] = parse(reportsToCsv([]));
  expect(heading).toEqual(
    (
      'domain outcome summary first_to_mend errors warnings notices findings mx_security hosts ' +
      'hosts_authenticated hosts_encrypted_only hosts_without_dane hosts_deferred hosts_unreachable ' +
      'host_names addresses tlsa_records certificate_expires signature_expires mta_sts tls_rpt ' +
      'judged_at asked_at duration_ms dns_queries resolver smtp_port version'
    ).split(' '),
  );
});

test('counts hosts by what becomes of their mail, and names the first thing to mend', () => {
  const report = judged([
    host({ addresses: [address('192.0.2.1', [probe()]), address('192.0.2.2', [probe()])] }),
    hostNamed('mx2.example.org', { addresses: [address('192.0.2.3', [mismatch()])] }),
  ]);
  const [row] = parse(reportsToCsv([report]), { columns: true });
  expect(row).toMatchObject({
    domain: 'example.org',
    outcome: 'degraded',
    first_to_mend: 'tlsa-mismatch',
    hosts: '2',
    hosts_authenticated: '1',
    hosts_deferred: '1',
    host_names: 'mx.example.org mx2.example.org',
    addresses: '3',
    tlsa_records: '2',
    certificate_expires: '2027-01-01T00:00:00.000Z',
    mta_sts: '',
    smtp_port: '25',
  });
});

test('is one line a domain', () => {
  const report = judged([host({})]);
  expect(reportsToCsv([report, report]).trimEnd().split('\r\n')).toHaveLength(3);
});
