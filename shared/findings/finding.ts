/** The shape of a finding: a code of the catalogue and its parameters; the words live in `wording.ts`. */
import type { FindingCode } from './codes.ts';

export type Severity = 'error' | 'warning' | 'notice' | 'ok';

/** Whose it is to mend. */
export type Mender = 'mail host' | 'DNS operator' | 'domain owner' | 'this network' | 'nobody';

export type Parameters = Readonly<
  Record<string, string | number | boolean | null | readonly string[]>
>;

/** As in the `findings[]` of a report. */
export interface Finding {
  readonly code: FindingCode;
  readonly severity: Severity;
  /** DNS name or address it is about. */
  readonly subject: string;
  /** A few words, as a heading. */
  readonly title: string;
  /** Plain sentence(s): who, what happens to mail, why, whose it is to mend. */
  readonly message: string;
  /** Text to paste or commands to run; empty only for `ok`. */
  readonly remedy: string;
  readonly mends: Mender;
  /** The deciding clause, e.g. `RFC 7672 §2.2`. */
  readonly reference: string;
  readonly data: Parameters;
}
