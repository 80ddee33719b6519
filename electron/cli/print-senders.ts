/** The table of senders as text: each software and setting with what it does, behind each kind of resolver where that differs. */
import type { Report } from '../../shared/inspection/report.ts';
import type { ResolverKind } from '../../shared/mail-software/sender-view.ts';
import {
  sendersNotes,
  sendersTable,
  type SenderCell,
  type SenderRow,
  type SenderVerdict,
} from '../../shared/mail-software/senders.ts';
import type { Terminal, Tone } from './terminal.ts';
import { wrap } from './wrap.ts';

export function printSenders(report: Report, terminal: Terminal): string {
  const { paint, width } = terminal;
  return [
    paint('strong', 'What senders do'),
    ...sendersTable(report).flatMap((row) => printRow(row, terminal)),
    ...sendersNotes(report).flatMap((note) => ['', wrap(note, width, '')]),
  ].join('\n');
}

function printRow({ sender, setting, cells }: SenderRow, terminal: Terminal): readonly string[] {
  const heading = `${terminal.paint('strong', sender)}  ${terminal.paint('quiet', setting)}`;
  return ['', heading, ...alike(cells).map((group) => printGroup(group, cells, terminal))];
}

/** Cells that say the same stand together. */
function alike(cells: readonly SenderCell[]): readonly (readonly SenderCell[])[] {
  const sentences = [...new Set(cells.map(({ sentence }) => sentence))];
  return sentences.map((sentence) => cells.filter((cell) => cell.sentence === sentence));
}

function printGroup(
  group: readonly SenderCell[],
  all: readonly SenderCell[],
  { paint, width }: Terminal,
): string {
  const [first] = group;
  if (first === undefined) return '';
  const resolvers = group.map(({ resolver }) => RESOLVER_WORDS[resolver]).join(' or ');
  const behind = group.length === all.length ? '' : `Behind a ${resolvers} resolver: `;
  const [tone, mark] = TONES[first.verdict];
  return `  ${paint(tone, mark)} ${wrap(`${behind}${first.sentence}`, width, '    ').trimStart()}`;
}

const RESOLVER_WORDS: Readonly<Record<ResolverKind, string>> = {
  plain: 'plain',
  minimising: 'minimising',
  strict: 'strictly minimising',
};

const TONES: Readonly<Record<SenderVerdict, readonly [Tone, string]>> = {
  authenticated: ['good', '✓'],
  encrypted: ['warning', '!'],
  'no-dane': ['quiet', '·'],
  deferred: ['bad', '✗'],
  returned: ['bad', '✗'],
  depends: ['warning', '!'],
  unknown: ['quiet', '?'],
};
