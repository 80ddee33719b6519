/** What a cell of the grid means: what should have been said, and who can change it. */
import { faultQuestion } from '../../shared/elsewhere/ticket-ancestors.ts';
import type { Report, ServerQuestion } from '../../shared/inspection/report.ts';
import { words } from '../words/words.ts';
import { explain, type Explanation } from './ancestor-words.ts';
import { bestOf, isBogus, isWhole } from './server-cell.ts';
import type { GridCell } from './server-grid.ts';

const { fault: said, opened } = words.servers;

export function explainCell(cell: GridCell): Explanation {
  const { ancestor, address, questions } = cell;
  const what = `${cell.name} ${cell.type}`;
  const best = bestOf(questions);
  if (ancestor !== null && (!ancestor.ok || best === undefined)) return explain(ancestor);
  if (best === undefined || !isWhole(best)) {
    return plain(said.silent(address, what), said.silentWhy);
  }
  if (questions.some(isBogus)) return plain(said.bogus(address, what), said.bogusWhy);
  if (cell.differs) return plain(said.differs(address, what), differing(cell));
  if (cell.note !== '') {
    return plain(said.oneTransport(address, what, cell.note), said.oneTransportWhy);
  }
  if (ancestor !== null && cell.type !== 'TLSA') return explain(ancestor);
  return plain(said.sound(address, what));
}

function plain(headline: string, ...paragraphs: readonly string[]): Explanation {
  return { headline, paragraphs, parts: [] };
}

function differing({ type }: GridCell): string {
  const { differsWhy } = said;
  switch (type) {
    case 'SOA':
    case 'DNSKEY':
    case 'TLSA':
      return differsWhy[type];
    default:
      return differsWhy.other;
  }
}

/** What was noticed, as a sentence; null where the heading says as much. */
export function reasonOf({ ancestor }: GridCell): string | null {
  if (ancestor === null || ancestor.reason === '') return null;
  const { reason, fault } = ancestor;
  if (fault === 'ancestor-nxdomain' && reason.startsWith('says that')) return null;
  if (fault === 'ancestor-denied' && reason.startsWith('a signed denial covers')) return null;
  const sentence = `${reason.slice(0, 1).toUpperCase()}${reason.slice(1)}`;
  return sentence.endsWith('.') ? sentence : `${sentence}.`;
}

/** Whose it is to mend. */
export function whomToTell({ server, zone, tone }: GridCell): string | null {
  return tone === 'ok' ? null : opened.whom(server, zone);
}

/** The question that shows what is wrong; else what a resolver would go by. */
export function tellingQuestion(report: Report, cell: GridCell): ServerQuestion | undefined {
  const { ancestor, questions } = cell;
  const shown = ancestor === null ? undefined : faultQuestion(report, ancestor);
  const silent = cell.note === '' ? undefined : questions.find(({ answer }) => answer === 'none');
  return (
    shown ?? questions.find(isBogus) ?? (cell.differs ? undefined : silent) ?? bestOf(questions)
  );
}
