/** What is known of one domain of a list: a line of the table, and all that is held in memory of it. */
import type { Finding } from '../findings/finding.ts';
import { worstFirst } from '../export/finding-order.ts';
import type { DomainOutcome, Report } from '../inspection/report.ts';
import { MAX_ROW_CODES, MAX_SENTENCE_CHARACTERS } from './limits.ts';

export interface BatchRow {
  /** Place in the list, from 0. */
  readonly index: number;
  readonly domain: string;
  readonly status: 'waiting' | 'running' | 'done' | 'failed';
  /** Null until it is done. */
  readonly outcome: DomainOutcome | null;
  readonly errors: number;
  readonly warnings: number;
  /** Codes of its findings that are no `ok`, worst first, each once. */
  readonly codes: readonly string[];
  /** The worst of its errors and warnings, in a few words; empty where there are none. */
  readonly first: string;
  /** One sentence: the summary, or why it failed. */
  readonly sentence: string;
  readonly durationMs: number;
  /** ISO 8601, UTC; null until it is done. */
  readonly at: string | null;
}

export function waitingRow(index: number, domain: string): BatchRow {
  return {
    index,
    domain,
    status: 'waiting',
    outcome: null,
    errors: 0,
    warnings: 0,
    codes: [],
    first: '',
    sentence: '',
    durationMs: 0,
    at: null,
  };
}

/** Of a report that has come to its end. */
export function doneRow(index: number, domain: string, report: Report): BatchRow {
  const faults = worstFirst(report).filter(({ severity }) => severity !== 'ok');
  const count = (severity: Finding['severity']): number =>
    faults.filter((finding) => finding.severity === severity).length;
  const [worst] = faults;
  return {
    index,
    domain,
    status: 'done',
    outcome: report.outcome,
    errors: count('error'),
    warnings: count('warning'),
    codes: [...new Set(faults.map(({ code }) => code))].slice(0, MAX_ROW_CODES),
    first: worst === undefined || worst.severity === 'notice' ? '' : worst.title,
    sentence: report.summary.slice(0, MAX_SENTENCE_CHARACTERS),
    durationMs: report.durationMs,
    at: report.startedAt,
  };
}

/** The program, or what it was given, could not do it. `at`: milliseconds since the epoch. */
export function failedRow(index: number, domain: string, sentence: string, at: number): BatchRow {
  return {
    ...waitingRow(index, domain),
    status: 'failed',
    sentence: sentence.slice(0, MAX_SENTENCE_CHARACTERS),
    at: new Date(at).toISOString(),
  };
}
