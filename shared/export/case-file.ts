/** Case files (`.danecase`): a run with all its evidence in one zip archive, for people and for another try. */
import { gather } from '../inspection/fold.ts';
import { emptyReport } from '../inspection/empty-report.ts';
import { judge } from '../inspection/judge.ts';
import type { RecordedExchange, RecordedRun } from '../inspection/recorded-run.ts';
import type { HostReport, ProbeReport, Report } from '../inspection/report.ts';
import { printable } from '../findings/safe-text.ts';
import { reportsToHtml } from './html.ts';
import { reportsToJson } from './json.ts';
import {
  MAX_ARCHIVE_OCTETS,
  MAX_FILES,
  MAX_UNPACKED_OCTETS,
  unzipFiles,
  zipFiles,
  type TextFile,
} from './zip.ts';

export const CASE_EXTENSION = '.danecase';

/** Runs in one file. */
export const MAX_RUNS = 200;

/** Null where it would be more than `readCase` takes: a file that cannot be opened again is no case. */
export function writeCase(runs: readonly RecordedRun[]): Uint8Array | null {
  if (runs.length > MAX_RUNS) return null;
  const folders = runs.map((run, index) => `${index + 1}-${fileName(run.settings.domain)}`);
  const manifest = { format: FORMAT, formatVersion: FORMAT_VERSION, runs: folders };
  const needed: readonly TextFile[] = [
    { name: 'case.json', text: `${JSON.stringify(manifest, null, 2)}\n` },
    { name: 'README.txt', text: README },
    ...runs.flatMap((run, index) => filesOf(run, folders[index] ?? '')),
  ];
  const more = runs.flatMap((run, index) => probeFiles(run, folders[index] ?? ''));
  // What they hold is in run.json too.
  const files = needed.length + more.length > MAX_FILES ? needed : [...needed, ...more];
  const characters = files.reduce((total, { text }) => total + text.length, 0);
  if (characters > MAX_UNPACKED_OCTETS) return null;
  const archive = zipFiles(files, runs[0]?.settings.startedAt ?? 0);
  return archive.length > MAX_ARCHIVE_OCTETS ? null : archive;
}

export type CaseReading =
  /** What the runs hold is not looked at here. */
  | { readonly ok: true; readonly runs: readonly unknown[] }
  /** Plain words, without a full stop. */
  | { readonly ok: false; readonly reason: string };

export function readCase(archive: Uint8Array): CaseReading {
  const unzipped = unzipFiles(archive);
  if (!unzipped.ok) return { ok: false, reason: printable(unzipped.reason) };
  if (!unzipped.names.includes('case.json')) return refuse('it is a zip archive, but no case');
  const manifest = parseJson(unzipped.read('case.json'));
  if (manifest === DAMAGED) return refuse('it is damaged');
  if (!isManifest(manifest)) return refuse('it is no case of this program');
  if (manifest.formatVersion !== FORMAT_VERSION) return refuse('a newer program wrote it');
  if (manifest.runs.length > MAX_RUNS) return refuse(`it holds more than ${MAX_RUNS} runs`);
  const runs: unknown[] = [];
  for (const folder of manifest.runs) {
    const run = parseJson(unzipped.read(`${folder}/run.json`));
    if (run === DAMAGED) return refuse('it is damaged');
    runs.push(run);
  }
  return { ok: true, runs };
}

/** The report as it was when it was recorded. */
export function recordedReport({ settings, events }: RecordedRun): Report {
  return judge(events.reduce(gather, emptyReport(settings.domain)));
}

const FORMAT = 'dane-inspector-case';
const FORMAT_VERSION = 1;

interface Manifest {
  readonly formatVersion: unknown;
  readonly runs: readonly string[];
}

function isManifest(value: unknown): value is Manifest {
  if (typeof value !== 'object' || value === null) return false;
  if (!('format' in value) || value.format !== FORMAT || !('formatVersion' in value)) return false;
  if (!('runs' in value) || !Array.isArray(value.runs)) return false;
  return value.runs.every((folder) => typeof folder === 'string');
}

function refuse(reason: string): CaseReading {
  return { ok: false, reason };
}

const DAMAGED = Symbol('damaged');

function parseJson(text: string | null): unknown {
  if (text === null) return DAMAGED;
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    // Not JSON, or nested deeper than anything we wrote.
    return DAMAGED;
  }
}

function filesOf(run: RecordedRun, folder: string): readonly TextFile[] {
  const report = recordedReport(run);
  const inFolder = (name: string, text: string): TextFile => ({ name: `${folder}/${name}`, text });
  return [
    inFolder('run.json', JSON.stringify(run)),
    inFolder('report.json', reportsToJson([report])),
    inFolder('report.html', reportsToHtml([report])),
    inFolder('dns.txt', run.exchanges.map(exchangeText).join('\n')),
  ];
}

/** For people: chains and conversations, one file each. */
function probeFiles(run: RecordedRun, folder: string): readonly TextFile[] {
  const { hosts } = recordedReport(run);
  return hosts.flatMap(probesOf).flatMap(({ name, probe }) => [
    ...(probe.chain.length === 0
      ? []
      : [
          {
            name: `${folder}/chains/${name}.pem`,
            text: probe.chain.map(({ pem }) => pem).join('\n'),
          },
        ]),
    ...(probe.transcript.length === 0
      ? []
      : [{ name: `${folder}/conversations/${name}.txt`, text: transcriptText(probe) }]),
  ]);
}

function probesOf(
  host: HostReport,
  place: number,
): readonly { readonly name: string; readonly probe: ProbeReport }[] {
  // Long names may begin alike, and what counts stands behind them.
  const named =
    host.name.length <= MAX_HOST_NAME
      ? host.name
      : `${host.name.slice(0, MAX_HOST_NAME)}-host${place + 1}`;
  return host.addresses.flatMap(({ address, probes }) =>
    probes.map((probe, index) => ({
      name: fileName(`${named}-${address}${index === 0 ? '' : `-${index + 1}`}`),
      probe,
    })),
  );
}

/** Characters of a host’s name in that of a file. */
const MAX_HOST_NAME = 40;

function transcriptText({ transcript }: ProbeReport): string {
  const marks = new Map([
    ['server', '<'],
    ['client', '>'],
  ]);
  const rows = transcript.map(
    ({ from, text, atMs }) =>
      `${atMs.toFixed(0).padStart(6)} ms ${marks.get(from) ?? '·'} ${printable(text)}`,
  );
  return `${rows.join('\n')}\n`;
}

/** Octets with their places, as `text2pcap` of Wireshark reads them. */
function exchangeText({ transport, address, port, query, answers, end }: RecordedExchange): string {
  const parts = [
    `# ${transport} to ${address}#${port}`,
    hexRows(query),
    ...answers.flatMap(({ afterMs, octets }) => [`# after ${afterMs} ms`, hexRows(octets)]),
    ...(end === null ? [] : [`# ${end.failure?.kind ?? 'closed'} after ${end.afterMs} ms`]),
  ];
  return `${parts.join('\n')}\n`;
}

function hexRows(octets: string): string {
  const rows: string[] = [];
  for (let start = 0; start < octets.length; start += 32) {
    const row = octets.slice(start, start + 32).replaceAll(/(..)(?=.)/g, '$1 ');
    rows.push(`${(start / 2).toString(16).padStart(6, '0')} ${row}`);
  }
  return rows.join('\n');
}

/** Characters that every system takes in a file name. */
function fileName(text: string): string {
  return (
    text
      .replaceAll(/[^A-Za-z0-9._-]/g, '_')
      .replace(/^[.]/, '_')
      .slice(0, 100) || '_'
  );
}

const README = `This is a case file of DANE Inspector: what an inspection of a mail domain found, and all that it was told.

In each folder:
  report.html     for people
  report.json     for programs
  dns.txt         every DNS message, in hex
  chains/         certificates as mail servers presented them
  conversations/  what was said in SMTP
  run.json        all of it, for dane-inspector

To go through it again, without a network, at its own time:
  dane-inspector check --case FILE
`;
