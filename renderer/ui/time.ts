/** Instants and durations in words; always UTC, for a report is read elsewhere too. */

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
const MS_PER_DAY = 86_400_000;

/** `24 Nov 2026, 15:03 UTC`; the text itself when it is no instant. */
export function instantText(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  const hours = String(date.getUTCHours()).padStart(2, '0');
  const minutes = String(date.getUTCMinutes()).padStart(2, '0');
  return `${dayText(iso)}, ${hours}:${minutes} UTC`;
}

/** `24 Nov 2026`. */
export function dayText(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  return `${shortDayText(iso)} ${date.getUTCFullYear()}`;
}

/** `24 Nov`. */
export function shortDayText(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()] ?? ''}`;
}

/** `0.4 s`, `12 s`, `2 min 5 s`. */
export function durationText(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

/** How far `iso` is from `now`: `in 41 days`, `3 days ago`, `today`. */
export function distanceText(iso: string, now: string): string {
  const days = Math.round((Date.parse(iso) - Date.parse(now)) / MS_PER_DAY);
  if (Number.isNaN(days)) return '';
  if (days === 0) return 'today';
  const count = `${Math.abs(days)} ${Math.abs(days) === 1 ? 'day' : 'days'}`;
  return days > 0 ? `in ${count}` : `${count} ago`;
}

/** `1 query`, `84 queries`. */
export function countText(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
