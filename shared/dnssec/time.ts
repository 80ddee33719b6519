/** Seconds since the epoch as ISO 8601 in UTC. */

/** Years that ISO 8601 writes with four digits end here, in seconds (9999-12-31T23:59:59Z). */
const LAST_SECOND = 253_402_300_799;

export function timeToText(seconds: number): string {
  const within = Math.max(0, Math.min(LAST_SECOND, Math.trunc(seconds)));
  return new Date(within * 1000).toISOString().replace('.000Z', 'Z');
}
