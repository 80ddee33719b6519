// What a case of the differential test is: a question, at most one fault, and what the RFCs make of it.
import type { Security } from '../../shared/inspection/report.ts';
import type { Fault } from './front.ts';
import type { Asked } from './judges.ts';

export interface Case extends Asked {
  /** Kind of fault and zone; unique together with the question. */
  readonly id: string;
  readonly fault: Fault | null;
  /** Null where only the judges are compared. */
  readonly expected: Security | null;
  /** The clause that decides. */
  readonly clause: string;
}
