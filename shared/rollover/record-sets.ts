/** Which records stand between and after a key change, and which chains each set must fit (RFC 7671 §8.1, §9). */
import { authenticates, isInstalled, ownRecord, type Chain } from './chain.ts';
import type { RolloverQuestion } from './plan.ts';
import type { Refusal } from './refusal.ts';

export interface Parts {
  /** Presented chains that the coming ones take the place of, and those that stay beside them. */
  readonly replaced: readonly Chain[];
  readonly staying: readonly Chain[];
  /** The coming chains are presented everywhere, and nothing that they replace is. */
  readonly deployed: boolean;
  /** From publishing until the old ones go. */
  readonly both: readonly string[];
  readonly stale: readonly string[];
  readonly undecided: readonly string[];
  readonly final: readonly string[];
}

export function partsOf(question: RolloverQuestion): Parts {
  const { coming, published } = question;
  const presented = question.presented ?? [];
  const { replaced, staying } = shareOut(presented, question);
  // A key in use that no record covers gets its own: beside the next one it heals, and it goes with the old ones.
  const uncovered = [...replaced, ...staying].filter(
    (chain) => isReadable(chain) && !authenticates(published, chain),
  );
  const both = sorted([
    ...published,
    ...coming.flatMap(({ publish }) => publish),
    ...uncovered.map(ownRecord),
  ]);
  const wanted = new Set(coming.flatMap(({ publish }) => publish));
  const rest = both.filter(
    (record) => !wanted.has(record) && ![...coming, ...staying].some(fits(record)),
  );
  const stale = rest.filter((record) => isOld(record, replaced, question));
  return {
    replaced,
    staying,
    deployed:
      question.presentedComplete &&
      replaced.length === 0 &&
      coming.every((chain) => presented.some((each) => isInstalled(chain, each))),
    both,
    stale,
    undecided: rest.filter((record) => !stale.includes(record)),
    final: both.filter((record) => !stale.includes(record)),
  };
}

/** A server with one kind of key gets another one; of two kinds, one for which nothing came stays. */
function shareOut(
  presented: readonly Chain[],
  { coming }: RolloverQuestion,
): Pick<Parts, 'replaced' | 'staying'> {
  const others = presented.filter((each) => !coming.some((chain) => isInstalled(chain, each)));
  const hasSeveral = new Set(presented.map(({ kind }) => kind)).size > 1;
  const stays = ({ kind }: Chain): boolean =>
    hasSeveral && !coming.some((chain) => chain.kind === kind);
  return {
    replaced: others.filter((chain) => !stays(chain)),
    staying: others.filter(stays),
  };
}

function fits(record: string): (chain: Chain) => boolean {
  return (chain) => chain.records.includes(record) || ownRecord(chain) === record;
}

/** What matched the chains that go; what matches nothing known may be of a key that is kept for later. */
function isOld(
  record: string,
  replaced: readonly Chain[],
  { coming, outlived }: RolloverQuestion,
): boolean {
  // Until its issuers are known, a key's chain may turn out to match the record of an issuer.
  const mayFit = record.startsWith('2 ') && coming.some(({ issuersKnown }) => !issuersKnown);
  return !mayFit && (replaced.some(fits(record)) || outlived.includes(record));
}

/** The digest of an unreadable certificate stands for its key, but makes no record. */
function isReadable({ kind }: Chain): boolean {
  return kind !== 'unreadable';
}

/** RFC 7671 §9: a stronger digest makes clients ignore the weaker ones of its usage and selector, those of other keys too. */
export function faultOf(
  { published, coming, presented }: RolloverQuestion,
  { both, final, staying }: Parts,
): Refusal | null {
  const unfit = coming.find((chain) => !authenticates(both, chain) || !authenticates(final, chain));
  if (unfit !== undefined) return { code: 'digest-shadows-next', kind: unfit.kind };
  // Mail comes in now where a record fits, or where there is none at all.
  const works = (chain: Chain): boolean =>
    published.length === 0 || authenticates(published, chain);
  const fitsInto = (records: readonly string[], chain: Chain): boolean =>
    authenticates(records, { ...chain, records: [...chain.records, ownRecord(chain)] });
  const lost =
    (presented ?? published.map(keyBehind)).find(
      (chain) => works(chain) && !fitsInto(both, chain),
    ) ?? staying.find((chain) => fitsInto(both, chain) && !fitsInto(final, chain));
  return lost === undefined ? null : { code: 'digest-shadows-current', kind: lost.kind };
}

/** Where nothing of the host was seen, each record may be what it works by. */
function keyBehind(record: string): Chain {
  return { key: '', certificate: null, kind: 'unseen', records: [record] };
}

function sorted(records: readonly string[]): readonly string[] {
  return [...new Set(records)].sort();
}
