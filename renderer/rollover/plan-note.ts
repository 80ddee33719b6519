/** What stands in the place of a plan while there is none, or above one that is not from now. */
import { wordsOfRefusal } from '../../shared/rollover/words.ts';
import type { HostView } from '../store/world-store.ts';
import type { Tone } from '../ui/tone.ts';
import type { PlanState } from './use-plan.ts';

export interface PlanNote {
  readonly tone: Tone;
  readonly title: string;
  readonly sentence: string;
}

/** Null when the plan speaks for itself. */
export function noteFor(
  view: HostView | null,
  plan: PlanState | null,
  droppedCount: number,
  publishedCount: number,
): PlanNote | null {
  if (view === null) return WHICH_HOST;
  if (view.phase === 'refused') {
    const before = plan === null ? '' : ' What stands below is from the look before.';
    return { tone: 'warn', title: 'Could not look.', sentence: `${view.message ?? ''}${before}` };
  }
  if (plan === null) {
    return {
      tone: 'pending',
      title: 'Looking',
      sentence: `Asking the name servers and the mail server of ${view.host}.`,
    };
  }
  if (plan.kind === 'planned') return null;
  if (plan.refusal.code !== 'nothing-to-come') {
    return { tone: 'none', title: 'Could not tell.', sentence: wordsOfRefusal(plan.refusal) };
  }
  if (droppedCount > 0) return NOTHING_CHOSEN;
  return publishedCount > 0 ? NOTHING_DROPPED : NOTHING_PUBLISHED;
}

const WHICH_HOST: PlanNote = {
  tone: 'none',
  title: 'Which mail host?',
  sentence:
    'Name the mail host, and drop the certificate, key or request that comes next. The plan says when to publish its record, when the mail server may be given it, and when the old record goes.',
};

const NOTHING_CHOSEN: PlanNote = {
  tone: 'none',
  title: 'Nothing is chosen.',
  sentence:
    'Tick on the left what comes next. What names another host, or has expired, is not taken by itself.',
};

const NOTHING_DROPPED: PlanNote = {
  tone: 'none',
  title: 'What comes next?',
  sentence:
    'No key to come is known: nothing was dropped, and the published records do not tell of one. Drop the next certificate, its key or its request. A key made now, with its record published, lets the next change go without a wait.',
};

const NOTHING_PUBLISHED: PlanNote = {
  tone: 'none',
  title: 'No record is published yet.',
  sentence:
    'Senders do not authenticate this host, and what it presents was not seen. Drop the certificate in use, or its key, to have the first record and a plan for it; or the next one, for a plan with both.',
};
