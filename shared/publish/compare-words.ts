/** What the comparison with the world comes to, in words. */
import { assertNever } from '../failure.ts';
import { printable } from '../findings/safe-text.ts';
import type { Refusal } from '../rollover/refusal.ts';
import { wordsOfRefusal } from '../rollover/words.ts';
import { isOfIssuer, type PublishedComparison, type WantedComparison } from './compare.ts';

/** Above the lists: null where all that follows counts. */
export function wordsOfWorld(refusal: Refusal | null): string | null {
  switch (refusal?.code) {
    case undefined:
      return null;
    case 'insecure':
      return `The zone of ${printable(refusal.owner)} is not signed: its TLSA records count for nobody, whatever they say.`;
    case 'failed': {
      const why = refusal.reason === null ? '' : `: ${printable(refusal.reason)}`;
      return `The look-up of ${printable(refusal.owner)} ${refusal.status === 'bogus' ? 'is bogus' : 'fails'}${why}. What is published could not be told.`;
    }
    case 'not-applicable':
      return `${printable(refusal.host)} has no ${refusal.hasAddress ? 'signed address' : 'address'}, so senders do not look for its TLSA records.`;
    case 'nothing-to-come':
    case 'digest-shadows-current':
    case 'digest-shadows-next':
      return wordsOfRefusal(refusal);
    default:
      return assertNever(refusal);
  }
}

export function wordsOfWanted({ code, servers }: WantedComparison): string {
  switch (code) {
    case 'published':
      return 'already published';
    case 'published-in-part': {
      const lacking =
        servers.wrong.length === 0 ? '' : `; not at ${servers.wrong.map(printable).join(', ')}`;
      const silent =
        servers.silent.length === 0
          ? ''
          : `; no answer from ${servers.silent.map(printable).join(', ')}`;
      const all = servers.right.length + servers.wrong.length + servers.silent.length;
      return `published at ${servers.right.length} of ${all} name servers${lacking}${silent}`;
    }
    case 'to-add':
      return 'to add';
    case 'could-not-tell':
      return 'could not tell whether it is published';
    default:
      return assertNever(code);
  }
}

/** `time` writes an instant (milliseconds since the epoch) the way the reader is used to. */
export function wordsOfPublished(
  { record, code, matches, fitsDropped, removal }: PublishedComparison,
  time: (instant: number) => string,
): string {
  const advice = adviceOf(record, removal, time);
  switch (code) {
    case 'matches-now': {
      const kinds = [...new Set(matches.flatMap((match) => match.kinds))].join(' and ');
      const where = `${matches.length} ${matches.length === 1 ? 'address' : 'addresses'}`;
      const too = fitsDropped ? ', and what you dropped' : '';
      return `matches now (${kinds}, at ${where})${too}${advice}`;
    }
    case 'matches-dropped':
      return `matches what you dropped${advice}`;
    case 'matches-nothing':
      return `matches nothing${advice}`;
    case 'could-not-tell':
      return 'could not tell what it matches: not every address showed its certificate';
    default:
      return assertNever(code);
  }
}

function adviceOf(
  record: string,
  removal: PublishedComparison['removal'],
  time: (instant: number) => string,
): string {
  switch (removal.kind) {
    case 'keep':
    case 'could-not-tell':
      return '';
    case 'after-installing':
      return ': remove it after every address presents the new certificate';
    case 'after':
      return `: remove it from ${time(removal.instant)} on; until then it keeps the way back to its key open`;
    case 'unless-kept':
      return isOfIssuer(record)
        ? ': remove it, unless its issuer may sign a certificate to come'
        : ': remove it, unless you keep its key for the next change';
    default:
      return assertNever(removal);
  }
}
