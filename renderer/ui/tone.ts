/** The few things a colour may say; each goes with a shape and a word. */
import type { DomainOutcome, HostOutcome, Security } from '../../shared/inspection/report.ts';
import type { Severity } from '../../shared/findings/finding.ts';
import type { IconName } from './icon.tsx';

export type Tone = 'ok' | 'warn' | 'err' | 'none' | 'pending';

export const TONE_ICON: Readonly<Record<Tone, IconName>> = {
  ok: 'tick',
  warn: 'triangle',
  err: 'octagon',
  none: 'ring',
  pending: 'clock',
};

export interface Face {
  readonly tone: Tone;
  readonly icon: IconName;
  readonly word: string;
}

/** No DANE is a dotted ring, not an error: nothing is red that is not broken. */
export const OUTCOME_FACE: Readonly<Record<DomainOutcome, Face>> = {
  pending: { tone: 'pending', icon: 'clock', word: 'Looking' },
  secure: { tone: 'ok', icon: 'tick', word: 'Secure' },
  partial: { tone: 'warn', icon: 'triangle', word: 'Partial' },
  insecure: { tone: 'none', icon: 'ring', word: 'Insecure' },
  degraded: { tone: 'warn', icon: 'triangle', word: 'Degraded' },
  broken: { tone: 'err', icon: 'octagon', word: 'Broken' },
  unknown: { tone: 'none', icon: 'question', word: 'Unknown' },
  'no-mail': { tone: 'none', icon: 'ring', word: 'No mail' },
};

export const HOST_FACE: Readonly<Record<HostOutcome, Face>> = {
  pending: { tone: 'pending', icon: 'clock', word: 'looking' },
  authenticated: { tone: 'ok', icon: 'tick', word: 'authenticated' },
  'encrypted-only': { tone: 'warn', icon: 'triangle', word: 'encrypted only' },
  opportunistic: { tone: 'none', icon: 'ring', word: 'opportunistic' },
  deferred: { tone: 'err', icon: 'octagon', word: 'mail deferred' },
  unreachable: { tone: 'none', icon: 'question', word: 'unreachable' },
  gone: { tone: 'none', icon: 'ring', word: 'no address' },
};

export const SECURITY_FACE: Readonly<Record<Security, Face>> = {
  secure: { tone: 'ok', icon: 'lock', word: 'secure' },
  insecure: { tone: 'none', icon: 'unlocked', word: 'insecure' },
  bogus: { tone: 'err', icon: 'octagon', word: 'bogus' },
  indeterminate: { tone: 'none', icon: 'question', word: 'unknown' },
};

export const SEVERITY_FACE: Readonly<Record<Severity, Face>> = {
  error: { tone: 'err', icon: 'octagon', word: 'error' },
  warning: { tone: 'warn', icon: 'triangle', word: 'warning' },
  notice: { tone: 'none', icon: 'ring', word: 'notice' },
  ok: { tone: 'ok', icon: 'tick', word: 'passed' },
};
