/** Exit codes that scripts rely on: the worst of what was found decides. */
import type { DomainOutcome, Security } from '../../shared/inspection/report.ts';

export type ExitCode = 0 | 1 | 2 | 3 | 130;

/** Bad usage, unreadable input, or nothing could be told. */
export const USAGE_ERROR: ExitCode = 3;

/** 128 + SIGINT: what shells expect of a program that a person stopped. */
export const STOPPED: ExitCode = 130;

/** `failed`: an argument could not be used, or a report could not be written. */
export function exitCodeOfCheck(outcomes: readonly DomainOutcome[], failed: boolean): ExitCode {
  const some = (...wanted: readonly DomainOutcome[]): boolean =>
    outcomes.some((outcome) => wanted.includes(outcome));
  if (some('degraded', 'broken')) return 2;
  if (failed || some('unknown', 'pending')) return USAGE_ERROR;
  return some('partial', 'insecure', 'no-mail') ? 1 : 0;
}

export function exitCodeOfResolve(security: Security): ExitCode {
  switch (security) {
    case 'secure':
    case 'insecure':
      return 0;
    case 'bogus':
      return 2;
    case 'indeterminate':
      return 3;
  }
}

export function exitCodeOfVerify(outcome: 'authenticated' | 'encrypted-only' | 'failed'): ExitCode {
  switch (outcome) {
    case 'authenticated':
      return 0;
    case 'encrypted-only':
      return 1;
    case 'failed':
      return 2;
  }
}
