/** What all situations together say of a sender: whether it checks DANE, and where it goes wrong. */
import type { ScenarioId } from './scenario.ts';
import type { Standing } from './standing.ts';

export type Conclusion =
  /** Not yet known. */
  | 'open'
  /** It refuses wrong records and delivers to right ones, and nothing else is amiss. */
  | 'validates'
  /** It validates, but does something in another situation that it must not do. */
  | 'validates-with-faults'
  /** Wrong records did not stop it, or right ones did not make it use TLS. */
  | 'does-not-check'
  /** The same, but it never sends in the clear. */
  | 'encrypts-without-checking'
  /** Right records do not get mail through either, so that refusals prove nothing. */
  | 'refuses-everything'
  /** Too little was seen. */
  | 'could-not-tell';

export interface Verdict {
  readonly conclusion: Conclusion;
  /** The situations that say so, worst first. */
  readonly because: readonly ScenarioId[];
  /** Situations of which nothing is known. */
  readonly unknown: readonly ScenarioId[];
}

/** Only what was seen counts: silence makes no verdict. */
export function conclude(standings: readonly Standing[]): Verdict {
  const unknown = standings
    .filter(({ phase }) => phase !== 'decided')
    .map(({ scenario }) => scenario.id);
  const running = standings.some(({ phase }) => phase === 'waiting' || phase === 'under-way');
  const of = (id: ScenarioId): Standing | undefined =>
    standings.find(({ scenario }) => scenario.id === id);
  const wrong = of('wrong')?.deed ?? null;
  const right = of('do')?.deed ?? null;
  const verdict = (conclusion: Conclusion, because: readonly ScenarioId[]): Verdict => ({
    conclusion,
    because,
    unknown,
  });
  if (wrong === 'delivered-tls' || wrong === 'delivered-clear') {
    const encrypts = wrong === 'delivered-tls' && of('strip')?.deed === 'refused';
    return encrypts
      ? verdict('encrypts-without-checking', ['wrong', 'strip'])
      : verdict('does-not-check', ['wrong', ...idsOf(standings, 'unsafe', ['wrong'])]);
  }
  // Then what kept it from the wrong records was not that they are wrong.
  const proof = PROOFS.find((id) => of(id)?.worth === 'unsafe');
  if (proof !== undefined)
    return verdict('does-not-check', [proof, ...idsOf(standings, 'unsafe', [proof])]);
  if (right === 'refused' && wrong === 'refused') return verdict('refuses-everything', ['do']);
  if (wrong !== 'refused' || right !== 'delivered-tls')
    return verdict(running ? 'open' : 'could-not-tell', []);
  const faults = [...idsOf(standings, 'unsafe', []), ...idsOf(standings, 'too-strict', [])];
  return faults.length > 0
    ? verdict('validates-with-faults', faults)
    : verdict('validates', ['wrong', 'do']);
}

/** Where nobody who checks DANE can be unsafe: right records for TLS, and wrong ones beside a second host. */
const PROOFS: readonly ScenarioId[] = ['do', 'fallback'];

function idsOf(
  standings: readonly Standing[],
  worth: Standing['worth'],
  without: readonly ScenarioId[],
): readonly ScenarioId[] {
  return standings
    .filter((standing) => standing.worth === worth && !without.includes(standing.scenario.id))
    .map(({ scenario }) => scenario.id);
}
