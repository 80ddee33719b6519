/** A report as the JSON document that scripts read. */
import type { Report } from '../inspection/report.ts';

/** One line, so that several reports can be told apart line by line. */
export function reportToJsonLine(report: Report): string {
  return JSON.stringify(documentOf(report));
}

/** For a file: indented; one object for one report, an array for several. */
export function reportsToJson(reports: readonly Report[]): string {
  const [only, ...more] = reports.map(documentOf);
  return `${JSON.stringify(more.length === 0 && only !== undefined ? only : [only, ...more], null, 2)}\n`;
}

/** What only a report in the making needs is left out. */
function documentOf(report: Report): Omit<Report, 'step' | 'finished'> {
  const { step: _step, finished: _finished, ...document } = report;
  return document;
}
