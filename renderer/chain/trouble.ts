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
  return { finding, trouble: { host, title, sentence: firstSentence(message), remedy } };
}

/** A full stop within a name or an address has no space behind it. */
function firstSentence(message: string): string {
  const end = /[.?]\s+(?=\p{Lu})/u.exec(message);
  return end === null ? message : message.slice(0, end.index + 1);
}
