/** What the icon in the tray offers and says: a menu, a line of words, and how bad things stand. */
import type { DomainOutcome } from '../../shared/inspection/report.ts';
import type { Watched } from '../../shared/watch/watched.ts';
import { OUTCOME_WORDS } from '../../shared/watch/words.ts';

/** From good to bad; each has a shape of its own. */
export type TrayFace = 'idle' | 'good' | 'open' | 'care' | 'bad';

export interface TrayItem {
  readonly label: string;
  /** Null only says something. */
  readonly action: 'open' | 'look' | 'pause' | 'quit' | null;
  /** Of what can be switched on and off. */
  readonly checked?: boolean;
  readonly enabled: boolean;
}

export interface TrayView {
  readonly face: TrayFace;
  readonly tip: string;
  readonly items: readonly (TrayItem | 'line')[];
}

export function trayView(list: readonly Watched[], on: boolean, looking: number): TrayView {
  const face = list.map(faceOf).reduce(worse, 'idle');
  const status = statusWords(list, on, looking);
  return {
    face,
    tip: `DANE Inspector: ${status}`,
    items: [
      { label: status, action: null, enabled: false },
      'line',
      { label: 'Open DANE Inspector', action: 'open', enabled: true },
      { label: 'Look at all now', action: 'look', enabled: list.length > 0 },
      { label: 'Pause watching', action: 'pause', checked: !on, enabled: true },
      'line',
      { label: 'Quit', action: 'quit', enabled: true },
    ],
  };
}

const ORDER: readonly TrayFace[] = ['idle', 'good', 'open', 'care', 'bad'];

function worse(a: TrayFace, b: TrayFace): TrayFace {
  return ORDER.indexOf(b) > ORDER.indexOf(a) ? b : a;
}

const OUTCOME_FACES: Readonly<Record<DomainOutcome, TrayFace>> = {
  pending: 'idle',
  secure: 'good',
  insecure: 'idle',
  'no-mail': 'idle',
  unknown: 'open',
  partial: 'care',
  degraded: 'care',
  broken: 'bad',
};

function faceOf({ outcome, ends, failures }: Watched): TrayFace {
  const ofOutcome = outcome === null ? 'idle' : OUTCOME_FACES[outcome];
  const ofEnd = ends?.soon === true ? 'care' : 'idle';
  const ofFailure = failures > 1 ? 'open' : 'idle';
  return worse(ofOutcome, worse(ofEnd, ofFailure));
}

function statusWords(list: readonly Watched[], on: boolean, looking: number): string {
  if (list.length === 0) return 'no domain is watched';
  const count = list.length === 1 ? '1 domain' : `${list.length} domains`;
  const bad = (['broken', 'degraded', 'unknown'] as const).flatMap((outcome) => {
    const those = list.filter((watched) => watched.outcome === outcome);
    return those.length === 0 ? [] : [`${those.length} ${OUTCOME_WORDS[outcome]}`];
  });
  const soon = list.filter(({ ends }) => ends?.soon === true).length;
  const endings = soon === 0 ? [] : [`something ends soon at ${soon}`];
  const doing = looking > 0 ? ['looking'] : on ? [] : ['paused'];
  return [count, ...bad, ...endings, ...doing].join(', ');
}
