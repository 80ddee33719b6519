/** `--case FILE`: reads recorded runs, and says whether their evidence comes to what was recorded. */
import { createReadStream } from 'node:fs';
import { readCase, recordedReport } from '../../shared/export/case-file.ts';
import { compareReports, type Likeness } from '../../shared/export/compare-reports.ts';
import { MAX_ARCHIVE_OCTETS } from '../../shared/export/zip.ts';
import type { RecordedRun } from '../../shared/inspection/recorded-run.ts';
import type { Report } from '../../shared/inspection/report.ts';
import { parseRecordedRun } from '../../shared/ipc/case-schema.ts';
import { bringsOwnTrust, type CoreOptions } from '../compose.ts';
import { readUpTo, systemReason } from './input-file.ts';

/** One that cannot be used is told, and takes no other along. */
export async function readCaseFiles(
  paths: readonly string[],
): Promise<{ readonly runs: readonly RecordedRun[]; readonly refusals: readonly string[] }> {
  const runs: RecordedRun[] = [];
  const refusals: string[] = [];
  for (const path of paths) {
    const reading = await readOne(path);
    if (typeof reading === 'string') refusals.push(`--case: ${path} cannot be used: ${reading}.`);
    else runs.push(...reading);
  }
  return { runs, refusals };
}

async function readOne(path: string): Promise<readonly RecordedRun[] | string> {
  let octets: Buffer;
  try {
    octets = await readUpTo(createReadStream(path), MAX_ARCHIVE_OCTETS);
  } catch (error) {
    return systemReason(error);
  }
  const reading = readCase(octets);
  if (!reading.ok) return reading.reason;
  const runs = reading.runs.map(parseRecordedRun);
  return runs.every((run) => run !== null) ? runs : 'it holds what no inspection records';
}

/** Another instant or other trust anchors may be asked for; what was not asked then stays unknown. */
export function asWished(run: RecordedRun, { at, trustAnchors }: Wishes): RecordedRun {
  const { settings } = run;
  return {
    ...run,
    settings: {
      ...settings,
      at: at ?? settings.at,
      trustAnchors: trustAnchors ?? settings.trustAnchors,
    },
  };
}

type Wishes = Pick<CoreOptions, 'at' | 'trustAnchors'>;

/** The evidence decides; what the file says of itself is only held against it. */
export function compareWithRecorded(
  run: RecordedRun,
  wished: RecordedRun,
  report: Report,
): { readonly differs: boolean; readonly sentences: readonly string[] } {
  const { domain, at, trustAnchors } = wished.settings;
  const instant = new Date(at).toISOString();
  const trust = bringsOwnTrust(wished)
    ? ['Trust anchors other than the root’s were used: nothing is proven by the root’s keys.']
    : [];
  if (at !== run.settings.at || trustAnchors !== run.settings.trustAnchors) {
    const sentence = `The evidence about ${domain} was judged otherwise than when it was recorded: as of ${instant}.`;
    return { differs: false, sentences: [sentence, ...trust] };
  }
  const likeness = compareReports(recordedReport(run), report);
  const verdict = `The evidence about ${domain} ${LIKENESS[likeness]}, as of ${instant}.`;
  return { differs: likeness === 'different', sentences: [verdict, ...trust] };
}

const LIKENESS: Readonly<Record<Likeness, string>> = {
  same: 'gives the same report again',
  'same findings': 'gives the same outcomes and findings again, if not every particular',
  different: 'does not give the report that the file holds; what the evidence gives is printed',
};
