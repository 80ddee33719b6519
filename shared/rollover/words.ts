/** A rollover plan in words: what to do, what must hold before going on, what breaks otherwise. */
import { assertNever } from '../failure.ts';
import { printable } from '../findings/safe-text.ts';
import type { PlanNote, RolloverPlan, RolloverStep, Scheme } from './plan.ts';
import type { Refusal } from './refusal.ts';

export interface StepWords {
  readonly title: string;
  readonly todo: string;
  /** What must hold before the next step. */
  readonly check: string;
  readonly otherwise: string;
}

export function wordsOfStep(step: RolloverStep, plan: RolloverPlan): StepWords {
  const { scheme } = plan;
  const isFirst = plan.steps[0] === step;
  switch (step.kind) {
    case 'publish':
      if (!isFirst) return PUBLISH_AFTER;
      return plan.inForce ? publishBeside(step, scheme) : PUBLISH_FIRST;
    case 'wait':
      return {
        title: 'Wait for old answers to expire',
        todo: 'Do nothing: caches may still hold the record set of before.',
        check: `${duration(plan.settled)} have gone by since the records were published, or ${duration(plan.settle)} since the last name server began to show them.`,
        otherwise: plan.inForce
          ? 'Some senders keep the mail back until their cache lets the old answer go.'
          : UNHARMED,
      };
    case 'deploy':
      return {
        title: 'Install the new certificate',
        todo: 'Install the key, the certificate and those of its issuers on every address of the host, and reload the mail server.',
        check: 'Every address presents the new certificate, for each kind of key, and it matches.',
        otherwise: deployOtherwise(isFirst, plan),
      };
    case 'settle':
      return {
        title: 'Wait once more',
        todo: 'Leave both records where they are. No mail depends on this wait; it keeps the way back open.',
        check: 'No connection that began before the change is left, and mail has come in.',
        otherwise: 'Going back to the old certificate would mean publishing its record first.',
      };
    case 'remove':
      return {
        title:
          scheme === 'current+next'
            ? 'Remove the old record, publish the following next key'
            : 'Remove the old record',
        todo: `Remove it only once every address was seen with the new certificate.${scheme === 'current+next' ? ` ${NEXT_KEY}` : ''}`,
        check:
          scheme === 'current+next'
            ? 'Every authoritative name server shows exactly the record in use and the next one.'
            : 'Every authoritative name server shows the record in use and that of its issuer.',
        otherwise:
          'Old records left behind let a lost key impersonate the host, and pile up at each renewal.',
      };
    case 'prepare':
      return {
        title: 'Make the next key and publish its record',
        todo: NEXT_KEY,
        check: `The records are those of ${scheme}: one of the key in use and one of the next.`,
        otherwise:
          'The next renewal has to be staged again, and a lost key cannot be replaced at once.',
      };
    default:
      return assertNever(step.kind);
  }
}

const NEXT_KEY =
  'Make a key now, keep it safe, and publish its 3 1 1 record: the next change then needs no wait.';

const UNHARMED =
  'Nothing, as no record is in force yet; unless records were taken out lately, which caches may still hold.';

function deployOtherwise(isFirst: boolean, { inForce }: RolloverPlan): string {
  if (isFirst)
    return 'Records published before the certificate make senders refuse the one in use.';
  return inForce
    ? 'Installed before this time, it meets senders whose caches hold the old records only.'
    : UNHARMED;
}

/** Nothing is in force before: it comes into force with the first of them. */
const PUBLISH_FIRST: StepWords = {
  title: 'Publish the first records',
  todo: 'Add all the records in one change: with the first of them senders begin to refuse what none matches.',
  check: 'Every authoritative name server, primary and secondaries, shows all of them.',
  otherwise: 'Nothing breaks: without records senders go on without authenticating the host.',
};

const PUBLISH_AFTER: StepWords = {
  title: 'Publish the records of the certificate in use',
  todo: 'Add the records once every address was seen with the new certificate and with no other: a second kind of key needs its record too.',
  check: 'Every authoritative name server, primary and secondaries, shows the records.',
  otherwise: 'Without them senders go on without authenticating the host.',
};

function publishBeside({ add }: RolloverStep, scheme: Scheme): StepWords {
  return {
    title:
      scheme === 'current+next'
        ? 'Publish the next record beside the current one'
        : 'Publish the records of the new certificate beside the old ones',
    todo:
      add.length === 0
        ? 'Done: every name server shows them. Leave the certificate and the old records as they are.'
        : 'Add the records; leave the certificate and the old records as they are.',
    check:
      'Every authoritative name server, primary and secondaries, shows the old and the new records.',
    otherwise:
      'Senders that have only the old records refuse the new certificate and keep the mail back.',
  };
}

/** What a person should know beside the steps. */
export function wordsOfNote(note: PlanNote, plan: RolloverPlan): string {
  switch (note.code) {
    case 'deploy-first':
      return 'Nothing is published yet and what the host presents was not seen, so the certificate comes first: without records, no sender refuses it. Where records were taken out lately, wait until caches have let them go.';
    case 'presented-unknown':
      return 'What the host presents could not be seen. Which of the published records are old is not known, so none is listed for removal.';
    case 'presented-in-part':
      return 'Some address of the host could not be seen. It must present the new certificate too before anything is removed.';
    case 'uncovered-now':
      return `The host presents a certificate now (${note.kinds.join(', ')}) that no record matches: senders with DANE keep its mail back until the record is published.`;
    case 'other-keys-stay':
      return `The host also has a key of another kind (${note.kinds.join(', ')}), for which nothing new was given. It stays, and so does its record: senders see either.`;
    case 'since-unknown':
      return `${listed(note.records)} is at every name server now, but for how long is not known here, so the wait counts from now. If it has been there for ${duration(plan.settle)} or longer, nothing need be waited for.`;
    case 'same-key':
      return `The key is the one in use: its record stays right, and the certificate may be installed at any time, unless its records were changed within the last ${duration(plan.settle)}.`;
    case 'issuers-undecided':
      return `${listed(note.records)} names an issuer. Whether the new certificate will come from it is not known yet: keep the record until it is.`;
    case 'alias':
      return `${printable(note.name)} is an alias: the records stand at ${printable(note.owner)}. Every host that leads there shares them, so all of those must present the new certificate before an old record goes.`;
    case 'undecided':
      return `${listed(note.records)} matches nothing that the host presents or will present. It could be of a next key, or left over: keep it if you have its key; else remove it.`;
    default:
      return assertNever(note);
  }
}

function listed(records: readonly string[]): string {
  const short = records.map((record) => {
    const text = printable(record);
    return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
  });
  return short.join(' and ');
}

/** Enough of a record to know it again. */
const SHOWN_CHARACTERS = 14;

export function wordsOfRefusal(refusal: Refusal): string {
  switch (refusal.code) {
    case 'insecure':
      return `No plan can be made: the look-up of ${printable(refusal.owner)} is insecure. DANE needs a signed zone, and until it is signed nobody looks at its TLSA records.`;
    case 'failed': {
      const why = refusal.reason === null ? '' : `: ${printable(refusal.reason)}`;
      const how = refusal.status === 'bogus' ? 'is bogus' : 'fails';
      return `No plan can be made: the look-up of ${printable(refusal.owner)} ${how}${why}. Mend that first; until then senders keep the mail back, and nobody can tell what caches hold.`;
    }
    case 'not-applicable':
      return `No plan can be made: ${printable(refusal.host)} has no ${refusal.hasAddress ? 'signed address' : 'address'}, so senders do not look for its TLSA records.`;
    case 'nothing-to-come':
      return 'No plan can be made: no certificate or key to come was given.';
    case 'digest-shadows-current':
      return `No plan can be made: the new SHA-512 record would make senders ignore the SHA-256 record of ${refusal.kind === 'unseen' ? 'a' : `the ${refusal.kind}`} key in use (RFC 7671, section 9). Publish a SHA-512 record for that key first, or leave the new one out.`;
    case 'digest-shadows-next':
      return `No plan can be made: a SHA-512 record that is published makes senders ignore the SHA-256 record of the new ${refusal.kind} key (RFC 7671, section 9). Give the new key a SHA-512 record as well.`;
    default:
      return assertNever(refusal);
  }
}

/** The whole plan for a terminal or a ticket. */
export function planText(plan: RolloverPlan, owner: string, ttl: number): string {
  const blocks = plan.steps.map((step, index) => {
    const words = wordsOfStep(step, plan);
    return [
      `${index + 1}. ${words.title}`,
      `   Not before ${iso(step.earliest)}${afterWords(step)}. ${words.todo}`,
      ...step.add.map((record) => `   + ${owner} ${ttl} IN TLSA ${record}`),
      ...step.remove.map((record) => `   - ${owner} ${ttl} IN TLSA ${record}`),
      `   Go on when: ${words.check}`,
      `   If skipped: ${words.otherwise}`,
    ].join('\n');
  });
  const notes = plan.notes.map((note) => `Note: ${wordsOfNote(note, plan)}`);
  return [waitText(plan), ...blocks, ...notes].join('\n\n');
}

/** A plan is for steps taken as early as they may be; who is later waits from then on. */
export function afterWords({ kind, after }: RolloverStep): string {
  if (after === 0) return '';
  const event = kind === 'deploy' ? 'the records were published' : 'it was installed everywhere';
  return `, and ${duration(after)} after ${event}`;
}

function waitText({ wait, covered, scheme }: RolloverPlan): string {
  if (wait > 0) return `Scheme ${scheme}. Between publishing and installing: ${duration(wait)}.`;
  const why = covered.length === 0 ? '' : ` The new certificate matches ${listed(covered)}.`;
  return `Scheme ${scheme}.${why} Nothing need be waited for before it is installed.`;
}

/** Of whole seconds, e.g. `2 h 30 min`. */
export function duration(seconds: number): string {
  const parts = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ] as const;
  const said = parts.filter(([count]) => count > 0).map(([count, unit]) => `${count} ${unit}`);
  return said.length === 0 ? 'no time' : said.join(' ');
}

/** UTC, to the second. */
export function iso(instant: number): string {
  return new Date(instant).toISOString().replace(/\.\d+Z$/, 'Z');
}
