/** What a cell of the table of senders shows, and what the whole table comes to in a sentence. */
import type { SenderCell, SenderRow, SenderVerdict } from '../../shared/mail-software/senders.ts';
import { RESOLVERS } from '../../shared/mail-software/senders.ts';
import type { Face } from '../ui/tone.ts';

type Deed = SenderCell['possible'][number];
type Resolver = SenderCell['resolver'];

export const VERDICT_FACE: Readonly<Record<SenderVerdict, Face>> = {
  authenticated: { tone: 'ok', icon: 'tick', word: 'verified' },
  encrypted: { tone: 'warn', icon: 'triangle', word: 'TLS only' },
  'no-dane': { tone: 'none', icon: 'ring', word: 'no DANE' },
  deferred: { tone: 'err', icon: 'octagon', word: 'waits' },
  returned: { tone: 'err', icon: 'close', word: 'returned' },
  depends: { tone: 'warn', icon: 'question', word: 'depends' },
  unknown: { tone: 'none', icon: 'question', word: 'not known' },
};

/** `verified or waits`; empty where only one thing can come of it. */
export function possibleWords(possible: readonly Deed[]): string {
  return possible.length < 2 ? '' : possible.map((deed) => VERDICT_FACE[deed].word).join(' or ');
}

export const RESOLVER_WORDS: Readonly<
  Record<Resolver, { readonly title: string; readonly example: string; readonly note: string }>
> = {
  plain: {
    title: 'plain',
    example: 'BIND as it comes',
    note: 'A plain resolver asks for the whole name, at once or after the first odd answer.',
  },
  minimising: {
    title: 'minimising',
    example: 'Unbound as it comes',
    note: 'A minimising resolver asks name by name; a signed denial on the way ends it.',
  },
  strict: {
    title: 'strict',
    example: 'set to be strict',
    note: 'A strict resolver asks name by name and is meant not to fall back.',
  },
};

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
  const alike = new Map<string, Resolver[]>();
  for (const { resolver, verdicts } of columns) {
    const words = countWords(verdicts);
    alike.set(words, [...(alike.get(words) ?? []), resolver]);
  }
  return [...alike].map(([words, resolvers]) => {
    if (resolvers.length === columns.length) return `Whatever resolver they ask: ${words}.`;
    const titles = resolvers.map((resolver) => RESOLVER_WORDS[resolver].title).join(' or ');
    return `Behind a ${titles} resolver: ${words}.`;
  });
}

function countWords(verdicts: readonly SenderVerdict[]): string {
  return IN_A_SENTENCE.flatMap((verdict) => {
    const count = verdicts.filter((each) => each === verdict).length;
    if (count === 0) return [];
    const all = count === verdicts.length ? `all ${count}` : `${count} of ${verdicts.length}`;
    return [`${all} ${DOING[verdict]}`];
  }).join(', ');
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

const DOING: Readonly<Record<SenderVerdict, string>> = {
  authenticated: 'deliver over verified TLS',
  encrypted: 'deliver over TLS to whoever answers',
  'no-dane': 'deliver as if there were no DANE',
  deferred: 'keep the mail waiting',
  returned: 'return the mail',
  depends: 'depend on what they meet',
  unknown: 'could not be told',
};
