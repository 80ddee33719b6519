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
  const sessions = new Map<string, Session>();
  for (const { at, seen } of observations) {
    if (seen.kind === 'smtp') sessions.set(seen.connection, extended(sessions, seen, at));
  }
  return [...sessions.values()];
}

function extended(known: ReadonlyMap<string, Session>, seen: MailStep, at: number): Session {
  const { connection, from, host, step } = seen;
  const before = known.get(connection);
  return {
    ...{ connection, from, host },
    startedAt: before?.startedAt ?? at,
    lastAt: at,
    steps: [...(before?.steps ?? []), step],
    end: before?.end ?? endOf(step),
  };
}

function endOf(step: SmtpStep): Session['end'] {
  if (step.name !== 'closed') return null;
  return step.cutOff === true ? 'cut-off' : 'left';
}
