/** What stands in the place of the picture while it holds no mail host. */
import type { Report } from '../../shared/inspection/report.ts';
import { words } from '../words/words.ts';
import type { EmptyState } from './graph.ts';

const say = words.chain.empty;

/** Null when there are hosts to be drawn. */
export function emptyState({ hosts, mx, finished }: Report, ended: boolean): EmptyState | null {
  if (hosts.length > 0) return null;
  if (!ended) return { tone: 'pending', ...say.looking };
  if (mx.nonexistent) return { tone: 'none', ...say.nonexistent };
  if (mx.null) return { tone: 'none', ...say.nullMx };
  if (mx.failed) {
    if (mx.networkDown === true) return { tone: 'none', ...say.networkDown };
    return mx.security === 'bogus' ? { tone: 'err', ...say.bogus } : { tone: 'err', ...say.failed };
  }
  if (!finished) return { tone: 'none', ...say.stopped };
  if (mx.lookUp === null) return { tone: 'none', ...say.unknown };
  return { tone: 'none', ...say.noAddress };
}
