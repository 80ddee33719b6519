// What `check` must say about every domain of the universe, each line derived from an RFC clause, none from a run of our code.
import type { FindingCode } from '../../shared/findings/codes.ts';
import type { Severity } from '../../shared/findings/finding.ts';
import type { DomainOutcome, HostOutcome, Security } from '../../shared/inspection/report.ts';
import { FAULTY_EXPECTATIONS } from './expectations/faulty.ts';
import { SOUND_EXPECTATIONS } from './expectations/sound.ts';
import { WITHOUT_DANE_EXPECTATIONS } from './expectations/without-dane.ts';

export interface DomainExpectation {
  readonly domain: string;
  readonly outcome: DomainOutcome;
  /** Exit code of `check`. */
  readonly exit: 0 | 1 | 2 | 3;
  /** Status of the MX look-up; null where nothing is said of it. */
  readonly mx: Security | null;
  /** Every host that is listed, by name. */
  readonly hosts: Readonly<Record<string, HostOutcome>>;
  /** Finding codes that must appear. */
  readonly must: readonly FindingCode[];
  /** Finding codes that must not, besides those of severity error outside `must` and `may`. */
  readonly mustNot: readonly FindingCode[];
  /** Codes of severity error that may stand beside those in `must`. */
  readonly may?: readonly FindingCode[];
  /** Where the severity depends on the case. */
  readonly severities?: Readonly<Partial<Record<FindingCode, Severity>>>;
  /** Cannot be asked on a machine without it. */
  readonly needs?: 'ipv6';
  /** The clause that decides. */
  readonly why: string;
}

export const EXPECTATIONS: readonly DomainExpectation[] = [
  ...SOUND_EXPECTATIONS,
  ...WITHOUT_DANE_EXPECTATIONS,
  ...FAULTY_EXPECTATIONS,
];
