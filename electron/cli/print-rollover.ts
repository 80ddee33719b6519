/** A rollover plan, and how far it has come, as text, JSON or calendar. */
import { zoneFileName } from '../../shared/findings/safe-text.ts';
import type { HostReport } from '../../shared/inspection/report.ts';
import { planCalendar } from '../../shared/rollover/calendar.ts';
import type { RolloverPlan } from '../../shared/rollover/plan.ts';
import { wordsOfCheck, wordsOfVerdict } from '../../shared/rollover/progress-words.ts';
import { recordOwner } from '../../shared/rollover/owner.ts';
import type { Progress } from '../../shared/rollover/progress.ts';
import { iso, planText, wordsOfNote, wordsOfStep } from '../../shared/rollover/words.ts';
import { cacheableTtl, USUAL_TTL } from '../../shared/rollover/zone-times.ts';

export type RolloverForm = 'json' | 'text' | 'ics';

export interface RolloverResult {
  readonly plan: RolloverPlan;
  /** Null where it was not asked for. */
  readonly progress: Progress | null;
  readonly host: HostReport;
  /** Milliseconds since the epoch: of the look, and of the plan. */
  readonly now: number;
}

export function printRollover(result: RolloverResult, form: RolloverForm): string {
  const { plan, progress, host, now } = result;
  const ttl = cacheableTtl(host.tlsa) ?? USUAL_TTL;
  switch (form) {
    case 'json':
      return JSON.stringify(plainResult(result, ttl));
    case 'ics':
      // The line feed of the last line is the terminal’s.
      return planCalendar(plan, { host: host.name, owner: host.tlsa.name }, now).replace(/\n$/, '');
    case 'text': {
      const text = planText(plan, zoneFileName(recordOwner(host.tlsa)), ttl);
      return progress === null ? text : `${text}\n\n${progressText(plan, progress, now)}`;
    }
  }
}

function plainResult({ plan, progress, host, now }: RolloverResult, ttl: number): object {
  const steps = plan.steps.map((step) => ({
    ...step,
    earliest: new Date(step.earliest).toISOString(),
    ...wordsOfStep(step, plan),
  }));
  const notes = plan.notes.map((note) => ({ ...note, message: wordsOfNote(note, plan) }));
  return {
    host: host.name,
    owner: recordOwner(host.tlsa),
    ttl,
    ...plan,
    steps,
    notes,
    ...(progress === null ? {} : { checked: plainProgress(plan, progress, now) }),
  };
}

function plainProgress(plan: RolloverPlan, progress: Progress, now: number): object {
  const { verdict } = progress;
  return {
    at: new Date(now).toISOString(),
    verdict: {
      kind: verdict.kind,
      because: verdict.because,
      until: instant(verdict.until),
      ...wordsOfVerdict(progress, plan, iso),
    },
    steps: progress.steps.map(({ kind, state, until, check }) => ({
      kind,
      state,
      until: instant(until),
      check: check.kind === 'time' ? { ...check, until: instant(check.until) } : check,
      message: wordsOfCheck(check, iso),
    })),
  };
}

function instant(milliseconds: number | null): string | null {
  return milliseconds === null ? null : new Date(milliseconds).toISOString();
}

function progressText(plan: RolloverPlan, progress: Progress, now: number): string {
  const { title, sentence } = wordsOfVerdict(progress, plan, iso);
  const lines = progress.steps.map(({ state, check }, index) => {
    const words = state === 'not-yet' ? '' : wordsOfCheck(check, iso);
    const checked = words === '' ? '' : `: ${words}`;
    return `  ${index + 1}. ${STATES[state]}${checked}`;
  });
  return [`At ${iso(now)}: ${title} ${sentence}`, ...lines].join('\n');
}

const STATES = {
  done: 'done',
  now: 'now',
  wait: 'waiting',
  'not-yet': 'not yet',
  unknown: 'could not tell',
} as const;
