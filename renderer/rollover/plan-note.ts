/** What stands in the place of a plan while there is none, or above one that is not from now. */
import { wordsOfRefusal } from '../../shared/rollover/words.ts';
import type { HostView } from '../store/world-store.ts';
import type { Tone } from '../ui/tone.ts';
import type { PlanState } from './use-plan.ts';
import { words } from '../words/words.ts';

const { note: said } = words.rollover;

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
  if (view === null) return { tone: 'none', ...said.whichHost };
  if (view.phase === 'refused') {
    const why = view.message ?? '';
    const sentence = plan === null ? why : said.fromBefore(why);
    return { tone: 'warn', title: said.couldNotLook, sentence };
  }
  if (plan === null) {
    return { tone: 'pending', title: said.looking, sentence: said.asking(view.host) };
  }
  if (plan.kind === 'planned') return null;
  if (plan.refusal.code !== 'nothing-to-come') {
    return { tone: 'none', title: said.couldNotTell, sentence: wordsOfRefusal(plan.refusal) };
  }
  if (droppedCount > 0) return { tone: 'none', ...said.nothingChosen };
  return { tone: 'none', ...(publishedCount > 0 ? said.nothingDropped : said.nothingPublished) };
}
