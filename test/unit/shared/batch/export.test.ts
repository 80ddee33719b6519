// A list as a file: each format is whole, and a domain without its report is in it all the same.
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { exportRows, type BatchFormat } from '../../../../shared/batch/export.ts';
import { doneRow, failedRow, waitingRow, type BatchRow } from '../../../../shared/batch/row.ts';
import type { Report } from '../../../../shared/inspection/report.ts';
import { reportsToCsv } from '../../../../shared/export/csv.ts';
import { address, host, hostNamed, judged, mismatch, probe } from '../inspection/evidence.ts';

const REPORT = judged([
  host({ addresses: [address('192.0.2.1', [probe()])] }),
  hostNamed('mx2.example.org', { addresses: [address('192.0.2.3', [mismatch()])] }),
]);
const HOSTILE = '=1+1|<script>alert(1)</script>\u001b[31m\u202e';

const ROWS: readonly BatchRow[] = [
  doneRow(0, 'example.org', REPORT),
  doneRow(1, 'lost.example', REPORT),
  failedRow(2, 'failed.example', HOSTILE, Date.UTC(2026, 10, 24)),
  waitingRow(3, 'waiting.example'),
];
const reportOf = ({ index }: BatchRow): Promise<Report | null> =>
  Promise.resolve(index === 0 ? REPORT : null);

async function text(format: BatchFormat, rows = ROWS, of = reportOf): Promise<string> {
  let whole = '';
  for await (const piece of exportRows(format, rows, of)) whole += piece;
  return whole;
}

test('a row tells what the report says, worst first', () => {
  expect(ROWS[0]).toMatchObject({
    status: 'done',
    outcome: 'degraded',
    errors: 1,
    first: REPORT.findings.find(({ code }) => code === 'tlsa-mismatch')?.title,
    sentence: REPORT.summary,
    at: REPORT.startedAt,
  });
  expect(ROWS[0]?.codes[0]).toBe('tlsa-mismatch');
  expect(ROWS[0]?.codes).not.toContain('tlsa-match');
});

describe('CSV', () => {
  test('has the same columns as that of one report, a line each', async () => {
    const csv = await text('csv');
    expect(csv.startsWith(reportsToCsv([REPORT]))).toBe(true);
    const rows = parse(csv, { columns: true });
    expect(rows).toHaveLength(4);
    expect(rows[1]).toMatchObject({
      domain: 'lost.example',
      outcome: 'degraded',
      first_to_mend: 'tlsa-mismatch',
      errors: '1',
      hosts: '',
    });
    expect(rows[3]).toMatchObject({ domain: 'waiting.example', outcome: 'pending', errors: '' });
  });

  test('has no formula in it, and no control character', async () => {
    const csv = await text('csv', [failedRow(2, '=1+1.example', HOSTILE, 0)]);
    const [row] = parse(csv, { columns: true });
    expect(row).toMatchObject({ domain: "'=1+1.example" });
    expect(csv).not.toContain('"=');
    // oxlint-disable-next-line no-control-regex -- these must not be there
    expect(csv.replaceAll('\r\n', '')).not.toMatch(/[\u0000-\u001f\u202e]/);
  });
});

describe('JSON', () => {
  test('is one array, with the whole report where there is one', async () => {
    const documents = JSON.parse(await text('json'));
    expect(documents).toHaveLength(4);
    expect(documents[0]).toMatchObject({ schemaVersion: 1, domain: 'example.org' });
    expect(documents[0].hosts).toHaveLength(2);
    expect(documents[1]).toMatchObject({ domain: 'lost.example', outcome: 'degraded' });
    expect(documents[1].note).toContain('not kept');
    expect(documents[3]).toMatchObject({ domain: 'waiting.example', outcome: 'pending' });
  });

  test('is an empty array where nothing is shown', async () => {
    expect(JSON.parse(await text('json', []))).toEqual([]);
  });
});

describe('Markdown', () => {
  test('begins with a table of all, and tells each', async () => {
    const markdown = await text('markdown');
    const [heading, , , , first] = markdown.split('\n');
    expect(heading).toBe('# 4 domains');
    expect(first).toMatch(/^\| `example\.org` \| Degraded \| /);
    for (const { domain } of ROWS) expect(markdown).toMatch(new RegExp(`^# ${domain}: `, 'm'));
    expect(markdown).not.toContain('<script>');
  });

  test('is the report alone where there is one domain', async () => {
    expect(await text('markdown', ROWS.slice(0, 1))).toMatch(/^# example\.org: degraded\n/);
  });
});

describe('HTML', () => {
  test('has all in the overview and a hundred in full', async () => {
    const rows = Array.from({ length: 130 }, (_, index) => doneRow(index, 'example.org', REPORT));
    const html = await text('html', rows, () => Promise.resolve(REPORT));
    expect(html.match(/<article/g)).toHaveLength(100);
    const overview = html.slice(html.indexOf('<tbody>'), html.indexOf('</tbody>'));
    expect(overview.match(/<tr>/g)).toHaveLength(130);
    // What is first to mend is told of all.
    const title = ROWS[0]?.first ?? '?';
    expect(overview.split(title)).toHaveLength(131);
  });

  test('escapes what it is given', async () => {
    const html = await text('html');
    expect(html).not.toContain('<script>alert');
    expect(html).toContain('Not inspected yet.');
  });
});
