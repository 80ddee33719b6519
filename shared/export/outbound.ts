/** A report of an outbound test in each format (docs/reports.md). */
import type { TestReport } from '../lab/test-report.ts';
import { harmless } from './json.ts';
import { testReportToCsv } from './outbound-csv.ts';
import { testReportToHtml } from './outbound-html.ts';
import { testReportToMarkdown } from './outbound-markdown.ts';

export type TestReportFormat = 'html' | 'markdown' | 'csv' | 'json';

export function writeTestReport(
  report: TestReport,
  format: TestReportFormat,
  tool: { readonly version: string },
): string {
  switch (format) {
    case 'html':
      return testReportToHtml(report, tool);
    case 'markdown':
      return testReportToMarkdown(report, tool);
    case 'csv':
      return testReportToCsv(report, tool);
    case 'json':
      return testReportToJson(report, tool);
  }
}

/** Of the document’s form: fields are added freely, and none is renamed. */
const SCHEMA_VERSION = 1;

function testReportToJson(report: TestReport, { version }: { readonly version: string }): string {
  const document = {
    schemaVersion: SCHEMA_VERSION,
    kind: 'outbound-test',
    tool: { version },
    ...report,
  };
  return `${harmless(JSON.stringify(document, null, 2))}\n`;
}
