/** What a check of resolvers looks like. */
import type { ResolverCheck, ResolverChecks } from '../../shared/ipc/outbound.ts';
import type { Face } from '../ui/tone.ts';
import { words } from '../words/words.ts';

const { states } = words.outbound.setup.resolver;

/** Nothing is broken before a mail server relies on it: what is not ready is to be mended, and not red. */
export function checkFace({ state }: Pick<ResolverCheck, 'state'>): Face {
  if (state === 'ready') return { tone: 'ok', icon: 'tick', word: states.ready };
  if (state === 'no-answer') return { tone: 'none', icon: 'question', word: states[state] };
  return { tone: 'warn', icon: 'triangle', word: states[state] };
}

/** All of them in one face, for the path of the steps. */
export function checksFace(checked: ResolverChecks | null): Face {
  const [first, ...others] = checked?.checks ?? [];
  if (checked === null || first === undefined)
    return { tone: 'none', icon: 'ring', word: states.unasked };
  if (others.every(({ state }) => state === first.state)) return checkFace(first);
  const ready = checked.checks.filter(({ state }) => state === 'ready').length;
  const word = states.mixed(ready, checked.checks.length);
  return { tone: 'warn', icon: 'triangle', word };
}
