/** Plans a key change: which records stand when, and how long each step must wait (RFC 7671 §8.1, §8.4). */
import { formatTlsa, type Tlsa } from '../dane/tlsa.ts';

export type Scheme = 'current+next' | 'current+issuer';

export interface RolloverQuestion {
  readonly scheme: Scheme;
  /** The RRset as published now; empty when there is none. */
  readonly published: readonly Tlsa[];
  /** The records that fit the chain to come: its key's, and with `current+issuer` its issuers'. */
  readonly next: readonly Tlsa[];
  /** Seconds that a cache may keep the RRset. */
  readonly ttl: number;
  /** Seconds that a cache may keep its absence (RFC 2308 §5); counts where nothing is published yet. */
  readonly negativeTtl: number;
  /** Seconds that a secondary may lag behind the primary: SOA REFRESH (RFC 1035 §3.3.13); null when not known. */
  readonly refresh: number | null;
  /** How many TTLs to wait: 2 is what operators are advised, as caches may hold on a little longer. */
  readonly safety: number;
  /** Milliseconds since the epoch: when the first step may be taken. */
  readonly start: number;
}

export interface RolloverStep {
  readonly kind: 'publish' | 'deploy' | 'remove' | 'prepare';
  /** Milliseconds since the epoch; the checks of the steps before must hold as well. */
  readonly earliest: number;
  /** The whole RRset from this step on, in presentation form, sorted. */
  readonly records: readonly string[];
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

export interface RolloverPlan {
  readonly scheme: Scheme;
  readonly steps: readonly RolloverStep[];
  /** Seconds between publishing and deploying; 0 where the new chain is covered already. */
  readonly wait: number;
  /** Seconds after which a published record has reached every cache. */
  readonly settled: number;
  /** Published records that the new chain will match: they are why nothing need be waited for. */
  readonly covered: readonly string[];
}

/** `next` must not be empty. */
export function planRollover(question: RolloverQuestion): RolloverPlan {
  const published = texts(question.published);
  const next = texts(question.next);
  const covered = next.filter((record) => published.includes(record));
  const add = next.filter((record) => !published.includes(record));
  const stale = published.filter((record) => !next.includes(record));
  const both = [...new Set([...published, ...next])].sort();
  const { start } = question;
  // RFC 7671 §8.1: while one published record fits the new chain, no cache is in the way.
  const settled = waitOf(question);
  const wait = covered.length > 0 ? 0 : settled;
  const deployed = start + wait * 1000;
  const steps: readonly (RolloverStep | null)[] = [
    add.length === 0 ? null : { kind: 'publish', earliest: start, records: both, add, remove: [] },
    { kind: 'deploy', earliest: deployed, records: both, add: [], remove: [] },
    stale.length === 0
      ? null
      : { kind: 'remove', earliest: deployed, records: next, add: [], remove: stale },
    question.scheme === 'current+next'
      ? { kind: 'prepare', earliest: deployed, records: next, add: [], remove: [] }
      : null,
  ];
  return {
    scheme: question.scheme,
    steps: steps.filter((step) => step !== null),
    wait,
    settled,
    covered,
  };
}

/** Seconds until no cache holds the old state: the slowest secondary, then so many TTLs. */
function waitOf({ published, ttl, negativeTtl, refresh, safety }: RolloverQuestion): number {
  const cached = published.length > 0 ? ttl : Math.max(ttl, negativeTtl);
  return Math.ceil((refresh ?? 0) + safety * cached);
}

function texts(records: readonly Tlsa[]): readonly string[] {
  return [...new Set(records.map(formatTlsa))].sort();
}
