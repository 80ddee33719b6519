/** A report as the JSON document that scripts read. */
import type { Report } from '../inspection/report.ts';

/** One line, so that several reports can be told apart line by line. */
export function reportToJsonLine(report: Report): string {
  return harmless(JSON.stringify(documentOf(report)));
}

/** For a file: indented; one object for one report, an array for several. */
export function reportsToJson(reports: readonly Report[]): string {
  const [only, ...more] = reports.map(documentOf);
  const document = more.length === 0 && only !== undefined ? only : [only, ...more];
  return `${harmless(JSON.stringify(document, null, 2))}\n`;
}

/** What only a report in the making needs is left out. */
function documentOf(report: Report): Omit<Report, 'step' | 'finished'> {
  const { step: _step, finished: _finished, ...document } = report;
  return document;
}

/** The same values; but characters that steer a terminal, or are not seen, stand as escapes (RFC 8259 §7). */
export function harmless(json: string): string {
  return json.replace(UNSEEN, (units) =>
    [...units.matchAll(/[^]/g)].map(([unit]) => escapeOf(unit)).join(''),
  );
}

function escapeOf(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** What `JSON.stringify` leaves: DEL, C1, soft hyphen, direction marks, separators, tags; by UTF-16 units. */
const UNSEEN =
  /[\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\udb40[\udc00-\udc7f]/g;
