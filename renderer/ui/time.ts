/** Instants and durations in words; always UTC, for a report is read elsewhere too. */
import { words } from '../words/words.ts';

const { time } = words;
const MS_PER_DAY = 86_400_000;
const MONTHS = new Intl.DateTimeFormat(time.locale, { month: 'short', timeZone: 'UTC' });
const TENTHS = new Intl.NumberFormat(time.locale, {
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});

/** `24 Nov 2026, 15:03 UTC`; the text itself when it is no instant. */
export function instantText(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  const clock = clockOf(date.getUTCHours(), date.getUTCMinutes());
  return time.utc(time.dayAndClock(dayText(iso), clock));
}

/** `24 Nov 2026`. */
export function dayText(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  return time.dayOfYear(date.getUTCDate(), MONTHS.format(date), date.getUTCFullYear());
}

/** `24 Nov`. */
export function shortDayText(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  return time.day(date.getUTCDate(), MONTHS.format(date));
}

/** `Nov`: of the month that a clock of this place is in, 0 being January. */
export function monthText(month: number): string {
  return MONTHS.format(Date.UTC(2000, month, 15));
}

/** `07:05`. */
export function clockOf(hours: number, minutes: number): string {
  return [hours, minutes].map((count) => String(count).padStart(2, '0')).join(':');
}

/** `0.4 s`, `12 s`, `2 min 5 s`. */
export function durationText(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 10) return time.seconds(TENTHS.format(seconds));
  if (seconds < 60) return time.seconds(String(Math.round(seconds)));
  return time.minutesAndSeconds(Math.floor(seconds / 60), Math.round(seconds % 60));
}

/** How far `iso` is from `now`: `in 41 days`, `3 days ago`, `today`. */
export function distanceText(iso: string, now: string): string {
  const days = Math.round((Date.parse(iso) - Date.parse(now)) / MS_PER_DAY);
  if (Number.isNaN(days)) return '';
  if (days === 0) return time.today;
  return days > 0 ? time.inDays(days) : time.daysAgo(-days);
}
