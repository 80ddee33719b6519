/** Words of the tables of senders and of what breaks next. */
import { counted } from './language.ts';

type Pieces<Piece> = readonly (string | Piece)[];

export const outlook = {
  sendersButton: 'What senders do',
  breaksButton: 'What breaks next',
  breaksButtonWhen: (distance: string) => `What breaks next, ${distance}`,
  headline: {
    unfinished: 'Still looking: more may come to light.',
    /** What stops mail now goes before what will. */
    already: (next: string) => `What stops mail already stands in the findings. ${next}`,
    nothing: 'Nothing that was seen here has a date on which mail would break.',
    passed: (what: string, distance: string) =>
      `It has come to pass: ${within(what)}, ${distance}.`,
    stops: (what: string, distance: string) =>
      `Next to stop mail, unless somebody acts: ${within(what)}, ${distance}.`,
    routine: (what: string, distance: string) =>
      `As long as signatures are renewed, no date stops mail from senders that check DANE. The first to be renewed: ${within(what)}, ${distance}.`,
    others: (what: string, distance: string) =>
      `No date here stops mail from senders that check DANE. The next one for others: ${within(what)}, ${distance}.`,
  },
  deadline: {
    title: 'What happens then',
    harmless: 'nothing breaks',
    endedForOthers: 'has ended, DANE does not mind',
    ended: 'has ended',
    routine: 'renewed as a matter of course',
    forOthers: 'DANE does not mind',
    soon: 'soon',
    inTime: 'in time',
    distance: (distance: string) => `(${distance})`,
    menders: {
      'mail host': (reference: string) =>
        `Whose it is to see to: whoever runs the mail host. ${reference}.`,
      'DNS operator': (reference: string) =>
        `Whose it is to see to: the DNS operator. ${reference}.`,
      'domain owner': (reference: string) =>
        `Whose it is to see to: the owner of the domain. ${reference}.`,
      'this network': (reference: string) => `It is this network’s. ${reference}.`,
      nobody: (reference: string) => `Nobody has to do anything. ${reference}.`,
    },
    partUntil: (instant: string) => `until ${instant}`,
    moreParts: (count: number) => `and ${count} more, later`,
    judgeThen: 'Judge just after it ends',
  },
  table: {
    caption: 'What ends when, the earliest first',
    what: 'what',
    axis: 'on the line of time',
    until: 'until',
    legend: {
      stops: 'stops mail when it ends',
      routine: 'would, but is renewed as a matter of course',
      some: 'only for senders that go by other things than DANE',
      harmless: 'nothing breaks',
    },
    judged: 'judged',
    inspected: 'inspected',
    steps: {
      hour: '1 hour',
      day: '1 day',
      week: '1 week',
      month: '1 month',
      quarter: '3 months',
      year: '1 year',
      fiveYears: '5 years',
      quarterCentury: '25 years',
    },
  },
  judge: {
    form: 'Judge at another time',
    field: <Piece>(input: Piece): Pieces<Piece> => ['Judge at ', input, ' UTC'],
    submit: 'Judge',
    now: 'Now',
    inDays: (days: number) => `In ${counted(days, 'day', 'days')}`,
    asInspected: 'As inspected',
    title: 'Judgement',
    judging: 'Judging…',
    before: 'as inspected',
    after: 'if nothing is renewed',
    ended: 'What has ended by then',
    change: (host: string, before: string, after: string, because: string) =>
      `${host}: ${before} → ${after}. ${because}`,
    basis:
      'Judged from what was seen when it was inspected. Signatures over DS records are not among it, and what failed then is taken to fail still.',
  },
  senders: {
    unfinished: 'Still looking: what is not known yet may change.',
    caption: 'What senders do, by the resolver that they ask',
    senderAndSetting: 'sender and setting',
    title: 'What this sender does',
    heading: (sender: string, resolver: string) => `${sender}, behind a ${resolver} resolver`,
    possible: (deeds: string) => `What can come of it: ${deeds}.`,
    sources: 'By these sources',
    either: (items: readonly string[]) => items.join(' or '),
    verdicts: {
      authenticated: 'verified',
      encrypted: 'TLS only',
      'no-dane': 'no DANE',
      deferred: 'waits',
      returned: 'returned',
      depends: 'depends',
      unknown: 'not known',
    },
    resolvers: {
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
    },
    whateverResolver: (counts: readonly string[]) =>
      `Whatever resolver they ask: ${counts.join(', ')}.`,
    behindResolver: (resolvers: string, counts: readonly string[]) =>
      `Behind a ${resolvers} resolver: ${counts.join(', ')}.`,
    /** Of all settings, how many do so. */
    counts: {
      authenticated: (count: number, all: number) =>
        `${share(count, all)} deliver over verified TLS`,
      encrypted: (count: number, all: number) =>
        `${share(count, all)} deliver over TLS to whoever answers`,
      'no-dane': (count: number, all: number) =>
        `${share(count, all)} deliver as if there were no DANE`,
      deferred: (count: number, all: number) => `${share(count, all)} keep the mail waiting`,
      returned: (count: number, all: number) => `${share(count, all)} return the mail`,
      depends: (count: number, all: number) => `${share(count, all)} depend on what they meet`,
      unknown: (count: number, all: number) => `${share(count, all)} could not be told`,
    },
  },
};

/** As it stands inside a sentence. */
function within(what: string): string {
  return `${what.slice(0, 1).toLowerCase()}${what.slice(1)}`;
}

function share(count: number, all: number): string {
  return count === all ? `all ${count}` : `${count} of ${all}`;
}
