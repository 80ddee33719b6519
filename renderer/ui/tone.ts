/** The few things a colour may say; each goes with a shape and a word. */
import type { DomainOutcome, HostOutcome, Security } from '../../shared/inspection/report.ts';
import type { Severity } from '../../shared/findings/finding.ts';
import type { IconName } from './icon.tsx';
import { words } from '../words/words.ts';

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

const { outcomes, hostOutcomes, securities, severities } = words.frame;

/** No DANE is a dotted ring, not an error: nothing is red that is not broken. */
export const OUTCOME_FACE: Readonly<Record<DomainOutcome, Face>> = {
  pending: { tone: 'pending', icon: 'clock', word: outcomes.pending },
  secure: { tone: 'ok', icon: 'tick', word: outcomes.secure },
  partial: { tone: 'warn', icon: 'triangle', word: outcomes.partial },
  insecure: { tone: 'none', icon: 'ring', word: outcomes.insecure },
  degraded: { tone: 'warn', icon: 'triangle', word: outcomes.degraded },
  broken: { tone: 'err', icon: 'octagon', word: outcomes.broken },
  unknown: { tone: 'none', icon: 'question', word: outcomes.unknown },
  'no-mail': { tone: 'none', icon: 'ring', word: outcomes['no-mail'] },
};

export const HOST_FACE: Readonly<Record<HostOutcome, Face>> = {
  pending: { tone: 'pending', icon: 'clock', word: hostOutcomes.pending },
  authenticated: { tone: 'ok', icon: 'tick', word: hostOutcomes.authenticated },
  'encrypted-only': { tone: 'warn', icon: 'triangle', word: hostOutcomes['encrypted-only'] },
  opportunistic: { tone: 'none', icon: 'ring', word: hostOutcomes.opportunistic },
  deferred: { tone: 'err', icon: 'octagon', word: hostOutcomes.deferred },
  unreachable: { tone: 'none', icon: 'question', word: hostOutcomes.unreachable },
  gone: { tone: 'none', icon: 'ring', word: hostOutcomes.gone },
};

export const SECURITY_FACE: Readonly<Record<Security, Face>> = {
  secure: { tone: 'ok', icon: 'lock', word: securities.secure },
  insecure: { tone: 'none', icon: 'unlocked', word: securities.insecure },
  bogus: { tone: 'err', icon: 'octagon', word: securities.bogus },
  indeterminate: { tone: 'none', icon: 'question', word: securities.indeterminate },
};

export const SEVERITY_FACE: Readonly<Record<Severity, Face>> = {
  error: { tone: 'err', icon: 'octagon', word: severities.error },
  warning: { tone: 'warn', icon: 'triangle', word: severities.warning },
  notice: { tone: 'none', icon: 'ring', word: severities.notice },
  ok: { tone: 'ok', icon: 'tick', word: severities.ok },
};
