/** How far a key change has come, in words. */
import { assertNever } from '../failure.ts';
import { printable } from '../findings/safe-text.ts';
import type { RolloverPlan } from './plan.ts';
import type { Check, Progress, StepProgress, Verdict } from './progress.ts';
import { duration, wordsOfRefusal } from './words.ts';

export interface VerdictWords {
  /** One short sentence. */
  readonly title: string;
  /** Why, and what to do. */
  readonly sentence: string;
}

/** `time` writes an instant (milliseconds since the epoch) the way the reader is used to. */
export function wordsOfVerdict(
  { verdict, steps }: Progress,
  plan: RolloverPlan | null,
  time: (instant: number) => string,
): VerdictWords {
  const until = verdict.until === null ? 'later' : time(verdict.until);
  return { title: titleOf(verdict, until), sentence: sentenceOf(verdict, steps, plan, until) };
}

function titleOf({ kind, because }: Verdict, until: string): string {
  switch (kind) {
    case 'publish-first':
      return because === 'records-missing' ? 'Publish first.' : 'Publish the record now.';
    case 'wait':
      if (because === 'installed-early') return 'Installed too early.';
      return because === 'settling'
        ? `Wait. The old record may go at ${until}.`
        : `Wait. Safe to deploy at ${until}.`;
    case 'deploy-now':
      return because === 'installed-in-part'
        ? 'Install it on the other addresses too.'
        : 'Safe to deploy now.';
    case 'remove-now':
      return 'Remove the old record now.';
    case 'nothing-to-do':
      return 'Nothing to do.';
    case 'could-not-tell':
      return because === 'look-old' ? 'Look again first.' : 'Could not tell.';
    default:
      return assertNever(kind);
  }
}

function sentenceOf(
  { because, refusal }: Verdict,
  steps: readonly StepProgress[],
  plan: RolloverPlan | null,
  until: string,
): string {
  switch (because) {
    case 'records-missing':
      return `${missing(steps)}Installed now, the certificate would make senders keep the mail back.`;
    case 'uncovered-now':
      return `${missing(steps)}The certificate in use has no record that matches either: senders keep the mail back now, until the records of this step are published.`;
    case 'unpublished':
      return 'No record is published yet, so senders take any certificate and authenticate none. The records of this step fit what the host presents: no mail is at risk.';
    case 'installed-unpublished':
      return 'The new certificate is in use, and its record is missing: senders keep the mail back. Publish it on every name server, or go back to the old certificate meanwhile.';
    case 'records-incomplete':
      return `${missing(steps)}Mail comes in by another record that matches; publish this one so that the next change is as safe.`;
    case 'caches':
      return `Every cache that holds the old answer has let it go by then${plan === null ? '' : ` (${duration(plan.settle)} after the last name server changed)`}.`;
    case 'installed-early':
      return `The new certificate is presented before all caches can have its records. Until ${until} some senders may hold the old ones and keep the mail back; go back to the old certificate until then.`;
    case 'installed-in-part':
      return 'Caches have the new records. Some addresses still present the old certificate.';
    case 'settling':
      return 'The new certificate is in use everywhere. No mail depends on this wait; it keeps the way back open.';
    case 'ready':
      return standing(steps);
    case 'same-key':
      return 'Its key is the one in use, so the records stay right.';
    case 'addresses-unseen':
      return `${standing(steps)} What the addresses present could not be seen from here.`;
    case 'install-first':
      return 'Nothing is published yet, so no sender refuses the certificate. Publish its record once every address presents it.';
    case 'old-records':
      return plan?.notes.some(({ code }) => code === 'alias') === true
        ? 'Every address of this host presents the new certificate. Other hosts share its records by an alias: look at each of them first.'
        : 'Every address presents the new certificate. What matched the old one is of no use any more.';
    case 'no-next-key':
      return 'Every address presents the certificate, and its record is at every name server. A record of the next key would let the next change go without a wait.';
    case 'maybe-next-key':
      return 'Every address presents the certificate, and its record is at every name server. A record that matches nothing could be that of the next key, or left over: keep it only if you have its key.';
    case 'complete':
      return 'Every address presents the certificate, and the records are right.';
    case 'servers-silent':
      return `${silent(steps)}Nobody can tell what caches are given there. Look again later.`;
    case 'look-old':
      return 'By the last look it would be safe by now. That is a while ago, and name servers or mail servers may have changed since.';
    case 'look-failed':
      return refusal === null ? 'The look at the host failed.' : wordsOfRefusal(refusal);
    default:
      return assertNever(because);
  }
}

/** What the name servers show, no more than was seen of it. */
function standing(steps: readonly StepProgress[]): string {
  const publish = steps.find(({ kind }) => kind === 'publish');
  const caches = 'and caches have let the old answer go.';
  if (publish?.check.kind !== 'servers') return '';
  if (publish.state !== 'done') {
    return `It matches a record that every name server has shown for long enough, ${caches} Its own record is not at all of them yet: add that too.`;
  }
  const { silent: unheard } = publish.check;
  return unheard.length === 0
    ? `Every name server shows the new records, ${caches}`
    : `Every name server that answers shows the new records, ${caches} ${named(unheard)} did when last heard, and ${unheard.length === 1 ? 'is' : 'are'} silent now.`;
}

/** E.g. `3 of 3 name servers`, and which are not. */
export function wordsOfCheck(check: Check, time: (instant: number) => string): string {
  switch (check.kind) {
    case 'servers':
      return counted(check.right, [...check.wrong, ...check.silent], 'name server');
    case 'addresses':
      return counted(check.right, [...check.wrong, ...check.unseen], 'address');
    case 'time':
      return check.until === null ? '' : `until ${time(check.until)}`;
    case 'none':
      return '';
    default:
      return assertNever(check);
  }
}

function counted(right: readonly string[], others: readonly string[], what: string): string {
  const all = right.length + others.length;
  const plural = what === 'address' ? 'addresses' : `${what}s`;
  const lacking = others.length === 0 ? '' : `; not ${named(others)}`;
  return `${right.length} of ${all} ${all === 1 ? what : plural}${lacking}`;
}

function missing(steps: readonly StepProgress[]): string {
  const check = steps.find(({ kind }) => kind === 'publish')?.check;
  if (check?.kind !== 'servers' || check.wrong.length === 0) return '';
  const all = check.right.length + check.wrong.length + check.silent.length;
  if (check.wrong.length === all) return 'No name server shows the new records yet. ';
  return `${named(check.wrong)} ${check.wrong.length === 1 ? 'does' : 'do'} not show all the records yet. `;
}

function silent(steps: readonly StepProgress[]): string {
  const check = steps.find(({ kind }) => kind === 'publish')?.check;
  if (check?.kind !== 'servers') return '';
  if (check.silent.length === 0) return 'No name server could be asked by itself. ';
  return `${named(check.silent)} did not answer. `;
}

/** Names that are told; more are counted. */
const NAMED = 3;

function named(names: readonly string[]): string {
  const shown = names.slice(0, NAMED).map(printable);
  const more = names.length - shown.length;
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(' and ');
}
