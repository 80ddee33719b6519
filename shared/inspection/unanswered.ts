/** Questions that one server of a zone leaves without a usable answer while others answer them (RFC 1034 §4.3.2). */
import type { ServerQuestion } from './report.ts';
import {
  isLame,
  isMuteOverUdp,
  isSilent,
  isUsable,
  speaksNoEdns,
  type ServerFacts,
} from './server-facts.ts';

/**
 * One question for each name and type, the last one put. Of a server that does answer for the names of a
 * TLSA record, failures there are told with the name; what is wrong with the whole server is told as that.
 */
export function unanswered(
  facts: ServerFacts,
  others: readonly ServerFacts[],
): readonly ServerQuestion[] {
  const { questions } = facts;
  if ([isSilent, isLame, isMuteOverUdp, speaksNoEdns].some((fault) => fault(facts))) return [];
  const hasGrid = questions.some(({ type }) => type === 'NS');
  const toldByName =
    hasGrid && questions.some((each) => isUsable(each) && TOLD_BY_NAME.has(each.type));
  // Without any TCP what is cut off cannot be fetched, which is told as that.
  const hasTcp = questions.some((each) => each.transport === 'tcp' && isUsable(each));
  const groups = new Map<string, ServerQuestion[]>();
  for (const each of questions) {
    const key = subjectOf(each);
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  return [...groups.values()].flatMap((group) => {
    const last = group.filter(isFailure).at(-1);
    if (last === undefined || group.some((each) => isUsable(each) || isToldElsewhere(each))) {
      return [];
    }
    if (toldByName && TOLD_BY_NAME.has(last.type)) return [];
    if (!hasTcp && group.some(({ truncated }) => truncated)) return [];
    return others.some((other) => answers(other, last)) ? [last] : [];
  });
}

/** Types that are asked for at a TLSA name and the names above it, NS nowhere else. */
const TOLD_BY_NAME: ReadonlySet<string> = new Set(['A', 'NS', 'TLSA']);

/** An answer that is cut off is none of these: the whole is asked for over TCP. */
function isFailure({ truncated }: ServerQuestion): boolean {
  return !truncated;
}

/** What cannot be read has its own finding, and our bounds are nobody's fault. */
function isToldElsewhere({ rcode }: ServerQuestion): boolean {
  return rcode === 'MALFORMED' || rcode === 'LIMIT';
}

function answers({ questions }: ServerFacts, asked: ServerQuestion): boolean {
  return questions.some((each) => isUsable(each) && subjectOf(each) === subjectOf(asked));
}

function subjectOf({ name, type }: ServerQuestion): string {
  return `${name} ${type}`;
}
