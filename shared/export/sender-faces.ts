/** What senders do, and what breaks next, as a report shows it: words, shapes and a bound for each. */
import { spanToText } from '../dnssec/time.ts';
import type { Report } from '../inspection/report.ts';
import {
  RESOLVERS,
  sendersNotes,
  sendersTable,
  type SenderCell,
  type SenderRow,
  type SenderVerdict,
} from '../mail-software/senders.ts';
import type { Deadline } from '../outlook/deadline.ts';
import { deadlinesOf } from '../outlook/deadlines.ts';
import type { Face } from './faces.ts';
import { instant } from './instant.ts';

export interface SendersTold {
  readonly rows: readonly SenderRow[];
  /** Heading of a column, in the order of the cells. */
  readonly resolvers: readonly string[];
  /** Why, each once. */
  readonly sentences: readonly string[];
  readonly notes: readonly string[];
}

/** Sentences of a table of ten senders; more than these say the same of other hosts. */
const MAX_SENTENCES = 16;

export function sendersTold(report: Report): SendersTold {
  const rows = sendersTable(report);
  const sentences = rows.flatMap(({ cells }) => cells.map(({ sentence }) => sentence));
  return {
    rows,
    resolvers: RESOLVERS.map((resolver) => RESOLVER_WORDS[resolver]),
    sentences: [...new Set(sentences)].slice(0, MAX_SENTENCES),
    notes: sendersNotes(report),
  };
}

const RESOLVER_WORDS: Readonly<Record<SenderCell['resolver'], string>> = {
  plain: 'behind a plain resolver (BIND as it comes)',
  minimising: 'behind a minimising one (Unbound as it comes)',
  strict: 'behind a strictly minimising one',
};

export function senderFace({ verdict }: SenderCell): Face {
  return SENDER_FACES[verdict];
}

/** `verified or waits`; empty where only one thing can come of it. */
export function possibleWords({ possible }: SenderCell): string {
  return possible.length < 2 ? '' : possible.map((deed) => SENDER_FACES[deed].word).join(' or ');
}

const SENDER_FACES: Readonly<Record<SenderVerdict, Face>> = {
  authenticated: { tone: 'ok', shape: 'tick', word: 'verified' },
  encrypted: { tone: 'warn', shape: 'triangle', word: 'TLS only' },
  'no-dane': { tone: 'none', shape: 'ring', word: 'no DANE' },
  deferred: { tone: 'err', shape: 'octagon', word: 'waits' },
  returned: { tone: 'err', shape: 'octagon', word: 'returned' },
  depends: { tone: 'warn', shape: 'question', word: 'depends' },
  unknown: { tone: 'none', shape: 'question', word: 'not known' },
};

export interface DeadlineTold {
  readonly what: string;
  readonly face: Face;
  readonly until: string;
  readonly consequence: string;
  readonly mends: string;
  readonly reference: string;
}

/** Dated things of one domain that are told; thirty hosts have some hundred, the first of which count. */
const MAX_DEADLINES = 60;

export function deadlinesTold({ at, ...rest }: Report): {
  readonly told: readonly DeadlineTold[];
  readonly left: number;
} {
  // What is no instant is no present to count from.
  const now = ISO_INSTANT.test(at) ? Date.parse(at) : Number.NaN;
  if (Number.isNaN(now)) return { told: [], left: 0 };
  const all = deadlinesOf({ at, ...rest }, now).filter((each) => isInstant(each.at));
  return {
    told: all.slice(0, MAX_DEADLINES).map((deadline) => ({
      what: deadline.what,
      face: deadlineFace(deadline, now),
      until: `${instant(new Date(deadline.at).toISOString())} (${distance(deadline.at, now)})`,
      consequence: deadline.consequence,
      mends: deadline.mends,
      reference: deadline.reference,
    })),
    left: Math.max(all.length - MAX_DEADLINES, 0),
  };
}

const ISO_INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/;

/** Milliseconds since the epoch that a date can hold (ECMA-262 §21.4.1.1). */
const LAST_INSTANT = 8.64e15;

function isInstant(at: number): boolean {
  return Math.abs(at) <= LAST_INSTANT;
}

/** Nothing is red before it has come to pass. */
function deadlineFace({ weight, at }: Deadline, now: number): Face {
  switch (weight) {
    case 'harmless':
      return { tone: 'none', shape: 'ring', word: 'nothing breaks' };
    case 'some':
      return { tone: 'none', shape: 'ring', word: 'DANE does not mind' };
    case 'routine':
    case 'stops':
      if (at < now) return { tone: 'err', shape: 'octagon', word: 'has ended' };
      return weight === 'routine'
        ? { tone: 'none', shape: 'ring', word: 'renewed as a matter of course' }
        : { tone: 'warn', shape: 'triangle', word: 'stops mail' };
  }
}

function distance(at: number, now: number): string {
  const span = spanToText(Math.abs(at - now) / 1000);
  return at < now ? `${span} ago` : `in ${span}`;
}
