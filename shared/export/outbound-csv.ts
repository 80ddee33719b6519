/** An outbound test as CSV (RFC 4180): a heading, then one line a situation; columns are added at the end, never renamed. */
import type { SmtpStep } from '../lab/observation.ts';
import { SCENARIOS, type Scenario } from '../lab/scenario.ts';
import type { Situation, TestReport } from '../lab/test-report.ts';
import { csvRow } from './escape-csv.ts';
import { resolversIn, sendersIn } from './outbound-told.ts';

export function testReportToCsv(report: TestReport, tool: { readonly version: string }): string {
  const rows = SCENARIOS.flatMap((scenario): readonly Row[] => {
    const situation = report.situations.find(({ id }) => id === scenario.id) ?? null;
    const isThere = situation !== null || report.leftOut.includes(scenario.id);
    return isThere ? [{ report, scenario, situation, version: tool.version }] : [];
  });
  return [
    csvRow(COLUMNS.map(([name]) => name)),
    ...rows.map((row) => csvRow(COLUMNS.map(([, cell]) => cell(row)))),
  ].join('');
}

interface Row {
  readonly report: TestReport;
  readonly scenario: Scenario;
  /** Null where it was left out. */
  readonly situation: Situation | null;
  readonly version: string;
}

type Column = readonly [name: string, cell: (row: Row) => string | number];

const of =
  (read: (situation: Situation) => string | number): Column[1] =>
  ({ situation }) =>
    situation === null ? '' : read(situation);

/** Lists inside a cell are separated by spaces; none of their items holds one. */
const COLUMNS: readonly Column[] = [
  ['scenario', ({ scenario }) => scenario.id],
  ['title', ({ scenario }) => scenario.title],
  ['recipient', of(({ recipient }) => recipient)],
  ['phase', ({ situation }) => situation?.phase ?? 'left-out'],
  ['deed', of(({ deed }) => deed ?? '')],
  ['worth', of(({ worth }) => worth ?? '')],
  ['basis', of(({ basis }) => basis ?? '')],
  ['sentence', of(({ sentence }) => sentence)],
  ['duty', ({ scenario }) => scenario.duty],
  ['clause', ({ scenario }) => scenario.clause],
  ['first_seen_at', of(({ seen }) => seen[0]?.at ?? '')],
  ['last_seen_at', of(({ seen }) => seen.at(-1)?.at ?? '')],
  ['steps', of(({ seen, unshown }) => seen.length + unshown)],
  ['senders', of((situation) => sendersIn({ situations: [situation] }).join(' '))],
  ['resolvers', of((situation) => resolversIn({ situations: [situation] }).join(' '))],
  ['greeting', of((situation) => last(situation, 'ehlo')?.greeting ?? '')],
  ['tls_version', of((situation) => last(situation, 'tls')?.version ?? '')],
  ['tls_cipher', of((situation) => last(situation, 'tls')?.cipher ?? '')],
  ['server_name', of((situation) => last(situation, 'tls')?.serverName ?? '')],
  ['conclusion', ({ report }) => report.verdict.conclusion],
  ['final', ({ report }) => (report.isFinal ? 'yes' : 'no')],
  ['base', ({ report }) => report.base],
  ['started_at', ({ report }) => report.startedAt],
  ['at', ({ report }) => report.at],
  ['smtp_port', ({ report }) => report.smtpPort],
  ['version', ({ version }) => version],
];

function last<Name extends SmtpStep['name']>(
  { seen }: Situation,
  name: Name,
): Extract<SmtpStep, { readonly name: Name }> | null {
  const isIt = (step: SmtpStep): step is Extract<SmtpStep, { readonly name: Name }> =>
    step.name === name;
  return (
    seen
      .flatMap(({ what }) => (what.kind === 'smtp' && isIt(what.step) ? [what.step] : []))
      .at(-1) ?? null
  );
}
