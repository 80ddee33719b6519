/** The connections of one situation, put together from their steps. */
import type { MailStep, Observation, SmtpStep } from './observation.ts';

export interface Session {
  readonly connection: string;
  readonly from: string;
  readonly host: number;
  readonly startedAt: number;
  readonly lastAt: number;
  readonly steps: readonly SmtpStep[];
  /** `left`: the other side went. `cut-off`: it had gone on for too long. Null while it is open. */
  readonly end: 'left' | 'cut-off' | null;
}

/** In the order in which they began. */
export function sessionsOf(observations: readonly Observation[]): readonly Session[] {
  const sessions = new Map<string, Growing>();
  for (const { at, seen } of observations) {
    if (seen.kind !== 'smtp') continue;
    const session = sessions.get(seen.connection) ?? begun(seen, at);
    session.lastAt = at;
    session.steps.push(seen.step);
    session.end ??= endOf(seen.step);
    sessions.set(seen.connection, session);
  }
  return [...sessions.values()];
}

interface Growing extends Session {
  lastAt: number;
  readonly steps: SmtpStep[];
  end: Session['end'];
}

function begun({ connection, from, host }: MailStep, at: number): Growing {
  return { connection, from, host, startedAt: at, lastAt: at, steps: [], end: null };
}

function endOf(step: SmtpStep): Session['end'] {
  if (step.name !== 'closed') return null;
  return step.cutOff === true ? 'cut-off' : 'left';
}
