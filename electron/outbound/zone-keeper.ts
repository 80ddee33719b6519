/** Signs the zones anew every day, with the same key, so that a service that runs for weeks stays valid. */
import type { SignedZone } from '../lab/zone-signer.ts';
import type { Clock } from '../net/network.ts';

/** Milliseconds; signatures last for two weeks, and are dated a day back. */
export const SIGN_ANEW_MS = 86_400_000;

/**
 * Looks at the clock with every question rather than waiting for a timer, so that neither a machine that
 * slept nor a clock that was set leaves it with signatures that do not hold now.
 */
export function keepZones(
  build: (at: number) => readonly SignedZone[],
  clock: Pick<Clock, 'now'>,
): () => readonly SignedZone[] {
  let madeAt = clock.now();
  let zones = build(madeAt);
  return () => {
    const now = clock.now();
    if (Math.abs(now - madeAt) >= SIGN_ANEW_MS) {
      madeAt = now;
      zones = build(now);
    }
    return zones;
  };
}
