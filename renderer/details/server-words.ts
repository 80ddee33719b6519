/** What a cell of the grid means: what should have been said, and who can change it. */
import { digCommand as digFor } from '../../shared/elsewhere/command-dns.ts';
import { words } from '../words/words.ts';
import { explain, type Explanation } from './ancestor-words.ts';
import { bestOf } from './server-cell.ts';
import type { GridCell } from './server-grid.ts';

const { fault: said, opened } = words.servers;

export function explainCell(cell: GridCell): Explanation {
  const { ancestor, address } = cell;
  if (ancestor !== null && (!ancestor.ok || cell.type !== 'TLSA')) return explain(ancestor);
  const what = `${cell.name} ${cell.type}`;
  const best = bestOf(cell.questions);
  if (best === undefined || best.answer === 'none') {
    return plain(said.silent(address, what), said.silentWhy);
  }
  if (best.security === 'bogus') return plain(said.bogus(address, what), said.bogusWhy);
  if (cell.differs) return plain(said.differs(address, what), differing(cell));
  if (cell.note !== '') {
    return plain(said.oneTransport(address, what, cell.note), said.oneTransportWhy);
  }
  return plain(said.alike(address, what));
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

/** Asks the same question again, with another tool. */
export function digCommand({ address, name, type, questions }: GridCell): string {
  const best = bestOf(questions);
  const asked = best?.type ?? (type.includes(',') ? 'A' : type);
  return digFor({ name, type: asked }, { address, tcp: best?.transport === 'tcp' });
}
