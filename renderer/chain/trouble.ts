/** The first broken place of the chain: what its finding says in one sentence, and the text that ends it. */
import type { Finding } from '../../shared/findings/finding.ts';
import type { Report } from '../../shared/inspection/report.ts';
import { nodeOfFinding } from '../store/finding-node.ts';
import { worstFirst } from '../store/finding-order.ts';
import { hostOf } from '../store/node-id.ts';
import type { Trouble } from './graph.ts';

export interface FoundTrouble {
  readonly finding: Finding;
  readonly trouble: Trouble;
}

/** Null where nothing is broken; what only might be better is no trouble. */
export function firstTrouble(report: Report): FoundTrouble | null {
  const placed = worstFirst(report)
    .filter(({ severity }) => severity === 'error')
    .map((finding) => ({ finding, host: hostOf(nodeOfFinding(report, finding)) }));
  // With hosts in the picture, it is about the first error that stands at one of them.
  const first = report.hosts.length === 0 ? placed[0] : placed.find(({ host }) => host !== null);
  if (first === undefined) return null;
  const { finding, host } = first;
  const { title, message, remedy } = finding;
  const sentence = firstSentence(message);
  return { finding, trouble: { host, title, sentence, remedy, shown: shownLines(remedy) } };
}

/** A full stop within a name or an address has no space behind it. */
function firstSentence(message: string): string {
  const end = /[.?]\s+(?=\p{Lu})/u.exec(message);
  return end === null ? message : message.slice(0, end.index + 1);
}

/** Lines of the remedy that are shown; all of it is copied, and stands with the finding. */
const SHOWN_LINES = 2;

/** The records to publish, else the lines that do something; what is said about them stands with the finding. */
function shownLines(remedy: string): readonly string[] {
  const lines = remedy.split('\n').filter((line) => line.trim() !== '');
  const records = lines.filter((line) => /^[^;#].*\sIN\s/.test(line));
  const doing = lines.filter((line) => !/^[;#]/.test(line));
  const most = [records, doing, lines].find(({ length }) => length > 0) ?? [];
  return most.slice(0, SHOWN_LINES);
}
