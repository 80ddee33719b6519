/** Words of the frame: top bar, rail, dialogs, and the primitives. */
import { numberText } from './language.ts';

export const frame = {
  program: 'DANE Inspector',
  toStart: 'To the start screen',
  screens: {
    title: 'Screens',
    inspect: 'Inspect',
    generate: 'Generate',
    rollover: 'Rollover',
    batch: 'Batch',
    watch: 'Watch',
    settings: 'Settings',
  },
  switchTo: { dark: 'Switch to the dark theme', light: 'Switch to the light theme' },
  close: 'Close',
  dismiss: 'Dismiss',
  andMore: (count: number) => `and ${numberText(count)} more`,
  copy: {
    copy: 'Copy',
    copied: 'Copied',
    /** For those who hear the button instead of seeing where it is. */
    aloud: (label: string, what: string) => `${label} ${what}`,
  },
  oddCharacter: 'a character that is not meant to be seen',
  tooLargeChain: 'too large to be a certificate chain',
  savedAs: (path: string) => `Saved as ${path}`,
  couldNotSave: (fault: string) => `The program could not save it (${fault}).`,
  couldNotLook: (fault: string) => `The program could not look (${fault}). Try again.`,
  couldNotJudge: (fault: string) => `The program could not judge it (${fault}). Try again.`,
  nothingToJudge: 'Inspect a domain first: there is nothing to judge yet.',
  tooLargeToJudge: 'The inspection is too large to be judged once more.',
  unknownFault: 'unknown',
  password: {
    locked:
      'What is in it is locked with a password. The password is used once, here, and not kept.',
    wrong: 'That password does not open it. Try another.',
    tried: 'Trying the password; some files take seconds to open.',
    open: 'Open',
    opening: 'Opening…',
  },
  outcomes: {
    pending: 'Looking',
    secure: 'Secure',
    partial: 'Partial',
    insecure: 'Insecure',
    degraded: 'Degraded',
    broken: 'Broken',
    unknown: 'Unknown',
    'no-mail': 'No mail',
  },
  hostOutcomes: {
    pending: 'looking',
    authenticated: 'authenticated',
    'encrypted-only': 'encrypted only',
    opportunistic: 'opportunistic',
    deferred: 'mail deferred',
    unreachable: 'unreachable',
    gone: 'no address',
  },
  securities: {
    secure: 'secure',
    insecure: 'insecure',
    bogus: 'bogus',
    indeterminate: 'unknown',
  },
  severities: { error: 'error', warning: 'warning', notice: 'notice', ok: 'passed' },
};
