/** What has changed at a domain since it was last looked at, as text or as JSON; nothing where all is as before. */
import { printable } from '../../shared/findings/safe-text.ts';
import type { Report } from '../../shared/inspection/report.ts';
import { lookOf } from '../../shared/watch/look.ts';
import { takeLook } from '../../shared/watch/take-look.ts';
import { newlyWatched, type WatchNote } from '../../shared/watch/watched.ts';
import type { SinceFile } from './since-file.ts';
import type { Terminal } from './terminal.ts';
import { wrap } from './wrap.ts';

/** Takes the report in; empty for no news. At the first look the outcome itself is news. */
export function takeNews(
  report: Report,
  since: SinceFile,
  expiryDays: number,
): readonly WatchNote[] {
  const before = since.of(report.domain) ?? newlyWatched(report.domain, 0);
  const look = lookOf(report);
  const { watched, news } = takeLook(before, look, expiryDays);
  // Notes have been printed: whoever wants to keep them has them.
  since.take({ ...watched, notes: [] });
  const isFirst = before.outcome === null && watched.outcome !== null;
  return isFirst ? [...watched.notes].reverse() : news;
}

/** Errors listed under a change of the outcome; `check` shows them all. */
const ERRORS_SHOWN = 5;

export function printNews(report: Report, news: readonly WatchNote[], terminal: Terminal): string {
  const { paint, width } = terminal;
  const isChange = news.some(({ kind }) => kind === 'outcome');
  const errors = report.findings.filter(({ severity }) => severity === 'error');
  const shown = isChange ? errors.slice(0, ERRORS_SHOWN) : [];
  return [
    paint('strong', printable(report.domain)),
    ...news.map(({ text }) => wrap(printable(text), width, '  ')),
    ...shown.map(({ title, mends }) => `  ${paint('bad', '✗')} ${printable(title)} (${mends})`),
  ].join('\n');
}
