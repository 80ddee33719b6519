/** The colour, shape and word of what a row comes to. */
import type { Standing } from '../../shared/batch/view.ts';
import { OUTCOME_FACE, type Face } from '../ui/tone.ts';
import { words } from '../words/words.ts';

/** A fault of this program is no fault of the domain: it is not red. */
export function standingFace(standing: Standing): Face {
  switch (standing) {
    case 'failed':
      return { tone: 'warn', icon: 'triangle', word: words.batch.standings.failed };
    case 'running':
      return { tone: 'pending', icon: 'clock', word: words.batch.standings.running };
    case 'waiting':
      return { tone: 'none', icon: 'ring', word: words.batch.standings.waiting };
    case 'pending':
    case 'secure':
    case 'partial':
    case 'insecure':
    case 'degraded':
    case 'broken':
    case 'unknown':
    case 'no-mail':
      return OUTCOME_FACE[standing];
  }
}
