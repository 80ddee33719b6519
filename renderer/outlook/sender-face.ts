/** What a cell of the table of senders shows, and what the whole table comes to in a sentence. */
import type { SenderCell, SenderRow, SenderVerdict } from '../../shared/mail-software/senders.ts';
import { RESOLVERS } from '../../shared/mail-software/senders.ts';
import type { Face } from '../ui/tone.ts';
import { words } from '../words/words.ts';

const { senders: said } = words.outlook;

type Deed = SenderCell['possible'][number];
type Resolver = SenderCell['resolver'];

export const VERDICT_FACE: Readonly<Record<SenderVerdict, Face>> = {
  authenticated: { tone: 'ok', icon: 'tick', word: said.verdicts.authenticated },
  encrypted: { tone: 'warn', icon: 'triangle', word: said.verdicts.encrypted },
  'no-dane': { tone: 'none', icon: 'ring', word: said.verdicts['no-dane'] },
  deferred: { tone: 'err', icon: 'octagon', word: said.verdicts.deferred },
  returned: { tone: 'err', icon: 'close', word: said.verdicts.returned },
  depends: { tone: 'warn', icon: 'question', word: said.verdicts.depends },
  unknown: { tone: 'none', icon: 'question', word: said.verdicts.unknown },
};

/** `verified or waits`; empty where only one thing can come of it. */
export function possibleWords(possible: readonly Deed[]): string {
  return possible.length < 2 ? '' : said.either(possible.map((deed) => VERDICT_FACE[deed].word));
}

/** The cell that is opened first: where most is lost. */
export function worstCell(rows: readonly SenderRow[]): SenderCell | null {
  const cells = rows.flatMap((row) => row.cells);
  for (const verdict of WORST_FIRST) {
    const found = cells.find((cell) => cell.verdict === verdict);
    if (found !== undefined) return found;
  }
  return null;
}

const WORST_FIRST: readonly SenderVerdict[] = [
  'deferred',
  'returned',
  'depends',
  'encrypted',
  'no-dane',
  'unknown',
  'authenticated',
];

/** One sentence for all resolvers where they make no difference, else one for each. */
export function tableSentences(rows: readonly SenderRow[]): readonly string[] {
  const columns = RESOLVERS.map((resolver, index) => ({
    resolver,
    verdicts: rows.map(({ cells }) => cells[index]?.verdict ?? 'unknown'),
  }));
  if (rows.length === 0) return [];
  const alike = new Map<string, { readonly counts: readonly string[]; resolvers: Resolver[] }>();
  for (const { resolver, verdicts } of columns) {
    const counts = countWords(verdicts);
    const group = alike.get(counts.join()) ?? { counts, resolvers: [] };
    group.resolvers.push(resolver);
    alike.set(counts.join(), group);
  }
  return [...alike.values()].map(({ counts, resolvers }) => {
    if (resolvers.length === columns.length) return said.whateverResolver(counts);
    const titles = resolvers.map((resolver) => said.resolvers[resolver].title);
    return said.behindResolver(said.either(titles), counts);
  });
}

function countWords(verdicts: readonly SenderVerdict[]): readonly string[] {
  return IN_A_SENTENCE.flatMap((verdict) => {
    const count = verdicts.filter((each) => each === verdict).length;
    return count === 0 ? [] : [said.counts[verdict](count, verdicts.length)];
  });
}

const IN_A_SENTENCE: readonly SenderVerdict[] = [
  'authenticated',
  'encrypted',
  'no-dane',
  'deferred',
  'returned',
  'depends',
  'unknown',
];
