// “Secure” by keys that somebody brought along must not read like “secure” by those of the real root.
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { reportsToCsv } from '../../../../shared/export/csv.ts';
import { reportsToHtml } from '../../../../shared/export/html.ts';
import { reportsToJson } from '../../../../shared/export/json.ts';
import { reportsToMarkdown } from '../../../../shared/export/markdown.ts';
import type { Report } from '../../../../shared/inspection/report.ts';
import { host, judged } from '../inspection/evidence.ts';

const usual = judged([host({})]);
const own: Report = { ...usual, tool: { ...usual.tool, ownTrust: true } };
const said = 'nothing in it is proven by the keys of the real root';

test.each([
  ['HTML', reportsToHtml],
  ['Markdown', reportsToMarkdown],
])('a report as %s says so beside the verdict, and only then', (_format, write) => {
  expect(write([own])).toContain(said);
  expect(write([usual])).not.toContain(said);
});

test('a table and a document say so in a cell of their own', () => {
  const resolver = (report: Report): unknown => {
    const rows: readonly unknown[] = parse(reportsToCsv([report]), { columns: true });
    return rows[0];
  };
  expect(resolver(own)).toMatchObject({ resolver: `${usual.tool.resolver}, own trust anchors` });
  expect(resolver(usual)).toMatchObject({ resolver: usual.tool.resolver });
  expect(JSON.parse(reportsToJson([own]))).toMatchObject({ tool: { ownTrust: true } });
});
