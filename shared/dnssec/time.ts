/** Seconds since the epoch as ISO 8601 in UTC, and spans of seconds in words. */

/** Years that ISO 8601 writes with four digits end here, in seconds (9999-12-31T23:59:59Z). */
const LAST_SECOND = 253_402_300_799;

export function timeToText(seconds: number): string {
  const within = Math.max(0, Math.min(LAST_SECOND, Math.trunc(seconds)));
  return new Date(within * 1000).toISOString().replace('.000Z', 'Z');
}

/** A span in its largest whole unit, as a person says it: `3 days`, `1 hour`, `20 seconds`. */
export function spanToText(seconds: number): string {
  for (const [unit, length] of UNITS) {
    const count = Math.floor(seconds / length);
    if (count >= 2 || (count === 1 && length <= HOUR)) return plural(count, unit);
  }
  return plural(Math.max(0, Math.floor(seconds)), 'second');
}

const HOUR = 3600;
/** A day is said in hours, so that nobody waits until tomorrow for what ends tonight. */
const UNITS = [
  ['year', 365 * 24 * HOUR],
  ['day', 24 * HOUR],
  ['hour', HOUR],
  ['minute', 60],
] as const;

function plural(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
