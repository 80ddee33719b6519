/** Which questions to the name server are kept: few of a kind, since anybody may ask, in anybody’s name. */
import type { DnsQuestion } from '../../shared/lab/observation.ts';
import type { ScenarioId } from '../../shared/lab/scenario.ts';

/** The same question again and again: a resolver repeats what it gets no valid answer to. */
const MAX_ALIKE = 4;
/** Of one situation, about its records: what is concluded from a question is concluded from the first ones. */
const MAX_FOR_RECORDS = 60;
/** Of one situation, about anything else. */
const MAX_OTHERS = 200;

/** Begun anew with each test, so that no test lacks what was asked for its sake. */
export class QuestionFilter {
  readonly #counts = new Map<string, number>();

  wants(scenario: ScenarioId, question: DnsQuestion): boolean {
    const { from, name, type, dnssec, minimised } = question;
    const forRecords = type === 'TLSA' || minimised;
    const kind = `${scenario} ${forRecords ? 'records' : 'others'}`;
    const alike = `${kind} ${from} ${type} ${name} ${dnssec}`;
    const max = forRecords ? MAX_FOR_RECORDS : MAX_OTHERS;
    // What has no room is not counted: nobody fills the memory with it.
    if (this.#count(kind) >= max || this.#count(alike) >= MAX_ALIKE) return false;
    this.#counts.set(kind, this.#count(kind) + 1);
    this.#counts.set(alike, this.#count(alike) + 1);
    return true;
  }

  #count(key: string): number {
    return this.#counts.get(key) ?? 0;
  }
}
