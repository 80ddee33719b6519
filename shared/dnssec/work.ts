/** The allowance of work for one look-up, spent as validation goes along (see limits.ts). */
import type { CryptoPort } from './crypto-port.ts';
import { MAX_VALIDATION_FAILURES_PER_LOOK_UP, MAX_VALIDATIONS_PER_LOOK_UP } from './limits.ts';

/** What every validating function needs besides the data. */
export interface Validation {
  readonly crypto: CryptoPort;
  /** The instant at which signatures are judged, seconds since the epoch, without any skew. */
  readonly at: number;
  /** One for each look-up: one question, its DNSKEY and DS look-ups having their own. */
  readonly work: Work;
}

/** Counts public-key operations; it alone changes while validation runs. */
export interface Work {
  /** False when nothing is left; then the operation must not be done. */
  startValidation(): boolean;
  /** To be told of each operation that did not succeed. */
  validationFailed(): void;
  /** The name of the limit that ended the work, or null. */
  exceeded(): string | null;
}

export function createWork(): Work {
  let validations = 0;
  let failures = 0;
  let limit: string | null = null;
  return {
    startValidation() {
      if (failures >= MAX_VALIDATION_FAILURES_PER_LOOK_UP) {
        limit = 'MAX_VALIDATION_FAILURES_PER_LOOK_UP';
      } else if (validations >= MAX_VALIDATIONS_PER_LOOK_UP) {
        limit = 'MAX_VALIDATIONS_PER_LOOK_UP';
      } else {
        validations += 1;
        return true;
      }
      return false;
    },
    validationFailed() {
      failures += 1;
    },
    exceeded: () => limit,
  };
}
