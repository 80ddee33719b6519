/** Which address each situation’s mail servers get, and which situations are left out for want of one. */
import { SCENARIOS, type ScenarioId } from '../../shared/lab/scenario.ts';

export interface Assignment {
  /** Of the situation’s hosts, the best preferred first. */
  readonly addresses: ReadonlyMap<ScenarioId, readonly string[]>;
  readonly leftOut: readonly ScenarioId[];
}

/**
 * One address for each host where there are enough. Otherwise those that are told apart by the server name in
 * TLS or by the recipient share the first one, and the others get one each for as long as there are some.
 */
export function assignAddresses(
  wanted: readonly ScenarioId[],
  addresses: readonly string[],
): Assignment {
  const scenarios = SCENARIOS.filter(({ id }) => wanted.includes(id));
  const hosts = scenarios.reduce((sum, { id }) => sum + hostCount(id), 0);
  const [shared, ...rest] = addresses;
  if (shared === undefined) return { addresses: new Map(), leftOut: wanted };
  const separate = addresses.length >= hosts;
  const free = separate ? [...addresses] : rest;
  const assigned = new Map<ScenarioId, readonly string[]>();
  const leftOut: ScenarioId[] = [];
  for (const { id, ownAddress } of scenarios) {
    const sharing = separate || ownAddress ? [] : [shared];
    // A sender tries an address once, whatever the name: of two hosts one has an address of its own.
    const own = hostCount(id) - sharing.length;
    if (own > free.length) leftOut.push(id);
    else assigned.set(id, [...sharing, ...free.splice(0, own)]);
  }
  return { addresses: assigned, leftOut };
}

function hostCount(id: ScenarioId): number {
  return id === 'fallback' ? 2 : 1;
}
