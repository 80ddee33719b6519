/** A list of domains as a file, piece by piece: thousands of reports are never held at once. */
import { reportsToCsv } from '../export/csv.ts';
import { csvRow } from '../export/escape-csv.ts';
import { cellCode, code, joined, marked, sourceOf } from '../export/escape-markdown.ts';
import { outcomeFace } from '../export/faces.ts';
import { worstFirst } from '../export/finding-order.ts';
import { MAX_FULL_DOMAINS, reportsToHtml } from '../export/html.ts';
import { reportsToJson } from '../export/json.ts';
import { reportsToMarkdown } from '../export/markdown.ts';
import { emptyReport } from '../inspection/empty-report.ts';
import type { Report } from '../inspection/report.ts';
import type { BatchRow } from './row.ts';

export type BatchFormat = 'csv' | 'json' | 'markdown' | 'html';

/** Null where only the line of the table is left, or there is no result. */
type ReportOf = (row: BatchRow) => Promise<Report | null>;

/** Written one after the other, the pieces are the file. */
export function exportRows(
  format: BatchFormat,
  rows: readonly BatchRow[],
  reportOf: ReportOf,
): AsyncGenerator<string, void, void> {
  switch (format) {
    case 'csv':
      return csvPieces(rows, reportOf);
    case 'json':
      return jsonPieces(rows, reportOf);
    case 'markdown':
      return markdownPieces(rows, reportOf);
    case 'html':
      return htmlPieces(rows, reportOf);
  }
}

async function* csvPieces(rows: readonly BatchRow[], reportOf: ReportOf) {
  const heading = reportsToCsv([]);
  yield heading;
  const columns = heading.trim().replaceAll('"', '').split(',');
  for (const row of rows) {
    const report = await reportOf(row);
    yield report === null ? rowCsv(row, columns) : reportsToCsv([report]).slice(heading.length);
  }
}

/** What the table knows; the other cells stay empty, for nobody knows. */
function rowCsv(row: BatchRow, columns: readonly string[]): string {
  const { domain, sentence, codes, errors, warnings, at, durationMs } = row;
  const summary = [outcomeNote(row), sentence].filter((text) => text !== '').join(' ');
  const known = new Map<string, string | number>([
    ['domain', domain],
    ['outcome', outcomeOf(row)],
    ['summary', summary],
    ['findings', codes.join(' ')],
    ...(row.status === 'done'
      ? ([
          ['first_to_mend', errors + warnings > 0 ? (codes[0] ?? '') : ''],
          ['errors', errors],
          ['warnings', warnings],
          ['asked_at', at ?? ''],
          ['duration_ms', durationMs],
        ] as const)
      : []),
  ]);
  return csvRow(columns.map((column) => known.get(column) ?? ''));
}

async function* jsonPieces(rows: readonly BatchRow[], reportOf: ReportOf) {
  let separator = '[\n';
  for (const row of rows) {
    const report = await reportOf(row);
    yield separator + (report === null ? rowJson(row) : reportsToJson([report])).trimEnd();
    separator = ',\n';
  }
  yield rows.length === 0 ? '[]\n' : '\n]\n';
}

/** The same names as in a report, and why there is not more. */
function rowJson(row: BatchRow): string {
  const { domain, sentence, codes, errors, warnings, at, durationMs } = row;
  const result =
    row.status === 'done' ? { startedAt: at, durationMs, errors, warnings, codes } : {};
  const summary = sentence === '' ? {} : { summary: sentence };
  const document = {
    domain,
    outcome: outcomeOf(row),
    ...summary,
    ...result,
    note: outcomeNote(row),
  };
  return JSON.stringify(document, null, 2);
}

async function* markdownPieces(rows: readonly BatchRow[], reportOf: ReportOf) {
  if (rows.length !== 1) yield `${overview(rows)}\n`;
  for (const row of rows) {
    const report = await reportOf(row);
    const text = report === null ? rowMarkdown(row) : reportsToMarkdown([report]);
    yield rows.length === 1 ? text : `\n---\n\n${text}`;
  }
}

function overview(rows: readonly BatchRow[]): string {
  const lines = rows.map(
    (row) =>
      marked`| ${cellCode(row.domain)} | ${outcomeWord(row)} | ${cellCode(row.first || '–')} |`,
  );
  return sourceOf(
    joined(
      [
        marked`# ${rows.length} domains`,
        marked``,
        marked`| Domain | Outcome | First to mend |`,
        marked`| --- | --- | --- |`,
        ...lines,
      ],
      '\n',
    ),
  );
}

function rowMarkdown(row: BatchRow): string {
  const codes = joined(row.codes.map(code), ', ');
  const blocks = [
    marked`# ${row.domain}: ${outcomeOf(row)}`,
    ...(row.sentence === '' ? [] : [marked``, marked`${row.sentence}`]),
    ...(row.codes.length === 0 ? [] : [marked``, marked`Findings: ${codes}`]),
    marked``,
    marked`${outcomeNote(row)}`,
  ];
  return `${sourceOf(joined(blocks, '\n'))}\n`;
}

/** Of the domains that are not told in full only what their line needs is held. */
async function* htmlPieces(rows: readonly BatchRow[], reportOf: ReportOf) {
  const reports: Report[] = [];
  for (const row of rows) {
    const report = (await reportOf(row)) ?? rowReport(row);
    reports.push(reports.length < MAX_FULL_DOMAINS ? report : thin(report));
  }
  yield reportsToHtml(reports);
}

function rowReport(row: BatchRow): Report {
  const summary = [row.sentence, outcomeNote(row)].filter((text) => text !== '').join(' ');
  const report = { ...emptyReport(row.domain), outcome: row.outcome ?? 'pending', summary };
  return { ...report, at: row.at ?? '', startedAt: row.at ?? '', durationMs: row.durationMs };
}

function thin({ domain, outcome, summary, ...report }: Report): Report {
  const findings = worstFirst({ ...report, domain, outcome, summary }).slice(0, 1);
  return { ...emptyReport(domain), outcome, summary, findings };
}

function outcomeOf({ status, outcome }: BatchRow): string {
  return status === 'done' ? (outcome ?? 'unknown') : 'pending';
}

function outcomeWord(row: BatchRow): string {
  return outcomeFace(outcomeOf(row)).word;
}

function outcomeNote({ status }: BatchRow): string {
  switch (status) {
    case 'done':
      return 'The whole report is not kept any more.';
    case 'failed':
      return 'The inspection failed.';
    case 'waiting':
    case 'running':
      return 'Not inspected yet.';
  }
}
