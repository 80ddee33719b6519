/** How a deadline is shown: nothing is red before it has come to pass. */
import { spanToText } from '../../shared/dnssec/time.ts';
import type { Deadline } from '../../shared/outlook/deadline.ts';
import type { Face } from '../ui/tone.ts';
import { words } from '../words/words.ts';

const { deadline: said } = words.outlook;

const DAY_MS = 86_400_000;
/** Renewals usually run a month ahead: what is not renewed by then has been forgotten. */
const SOON_MS = 14 * DAY_MS;

export function faceOf({ weight, at, from }: Deadline, now: number): Face {
  if (weight === 'harmless') return { tone: 'none', icon: 'clock', word: said.harmless };
  if (at < now) {
    return weight === 'some'
      ? { tone: 'none', icon: 'ring', word: said.endedForOthers }
      : { tone: 'err', icon: 'octagon', word: said.ended };
  }
  switch (weight) {
    case 'routine':
      return { tone: 'none', icon: 'cycle', word: said.routine };
    case 'some':
      return { tone: 'none', icon: 'ring', word: said.forOthers };
    case 'stops': {
      const isSoon = at - now < Math.min(SOON_MS, (at - from) / 4);
      return isSoon
        ? { tone: 'warn', icon: 'triangle', word: said.soon }
        : { tone: 'ok', icon: 'tick', word: said.inTime };
    }
  }
}

/** `in 41 days`, `3 hours ago`. */
export function distanceWords(at: number, now: number): string {
  const span = spanToText(Math.abs(at - now) / 1000);
  return at < now ? words.time.gone(span) : words.time.ahead(span);
}
