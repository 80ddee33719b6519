/** The word, the shape and the colour of each verdict in a report; never the colour alone. */

export type Tone = 'ok' | 'warn' | 'err' | 'none';
export type Shape = 'tick' | 'triangle' | 'octagon' | 'ring' | 'question' | 'lock' | 'unlocked';

export interface Face {
  readonly tone: Tone;
  readonly shape: Shape;
  readonly word: string;
}

/** A value that this version does not know is shown by its own name. */
export function outcomeFace(outcome: string): Face {
  return OUTCOMES.get(outcome) ?? unknown(outcome);
}

export function hostFace(outcome: string): Face {
  return HOSTS.get(outcome) ?? unknown(outcome);
}

export function securityFace(security: string | null): Face {
  return security === null ? NOT_LOOKED_UP : (SECURITY.get(security) ?? unknown(security));
}

export function severityFace(severity: string): Face {
  return SEVERITIES.get(severity) ?? unknown(severity);
}

export function verdictFace(verdict: string | null): Face {
  return verdict === null ? NOT_JUDGED : (VERDICTS.get(verdict) ?? unknown(verdict));
}

const face = (tone: Tone, shape: Shape, word: string): Face => ({ tone, shape, word });
const unknown = (value: string): Face => face('none', 'question', value);

const NOT_LOOKED_UP = face('none', 'question', 'not looked up');
const NOT_JUDGED = face('none', 'ring', 'not judged');

/** No DANE is a dotted ring, not an error: nothing is red that is not broken. */
const OUTCOMES: ReadonlyMap<string, Face> = new Map([
  ['pending', face('none', 'question', 'Not finished')],
  ['secure', face('ok', 'tick', 'Secure')],
  ['partial', face('warn', 'triangle', 'Partial')],
  ['insecure', face('none', 'ring', 'Without DANE')],
  ['degraded', face('warn', 'triangle', 'Degraded')],
  ['broken', face('err', 'octagon', 'Broken')],
  ['unknown', face('none', 'question', 'Could not tell')],
  ['no-mail', face('none', 'ring', 'Takes no mail')],
]);

const HOSTS: ReadonlyMap<string, Face> = new Map([
  ['pending', face('none', 'question', 'not finished')],
  ['authenticated', face('ok', 'tick', 'authenticated')],
  ['encrypted-only', face('warn', 'triangle', 'encrypted only')],
  ['opportunistic', face('none', 'ring', 'without DANE')],
  ['deferred', face('err', 'octagon', 'mail deferred')],
  ['unreachable', face('none', 'question', 'not reached')],
  ['gone', face('none', 'ring', 'no address')],
]);

const SECURITY: ReadonlyMap<string, Face> = new Map([
  ['secure', face('ok', 'lock', 'secure')],
  ['insecure', face('none', 'unlocked', 'insecure')],
  ['bogus', face('err', 'octagon', 'bogus')],
  ['indeterminate', face('none', 'question', 'unknown')],
]);

const SEVERITIES: ReadonlyMap<string, Face> = new Map([
  ['error', face('err', 'octagon', 'error')],
  ['warning', face('warn', 'triangle', 'warning')],
  ['notice', face('none', 'ring', 'notice')],
  ['ok', face('ok', 'tick', 'in order')],
]);

const VERDICTS: ReadonlyMap<string, Face> = new Map([
  ['authenticated', face('ok', 'tick', 'authenticated')],
  ['encrypted-only', face('warn', 'triangle', 'encrypted only')],
  ['failed', face('err', 'octagon', 'no match')],
]);
