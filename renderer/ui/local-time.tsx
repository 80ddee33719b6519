/** Instants of a plan that is carried out here: in the clock of this computer, with UTC beside it. */
import type { ReactNode } from 'react';
import { words } from '../words/words.ts';
import { clockOf, instantText, monthText } from './time.ts';

const { time } = words;
const SECONDS_PER_MINUTE = 60;
const SECONDS_PER_HOUR = 3600;
const SECONDS_PER_DAY = 86_400;

export interface LocalTimeProps {
  /** Milliseconds since the epoch; `now` decides whether the day is told. */
  readonly at: number;
  readonly now: number;
}

export function LocalTime({ at, now }: LocalTimeProps): ReactNode {
  return (
    <time dateTime={new Date(at).toISOString()} title={utcText(at)}>
      {clockText(at, now)}
    </time>
  );
}

/** `17:04`, or `1 Dec, 17:04` where it is not the day of `now`. */
export function clockText(at: number, now: number): string {
  const date = new Date(at);
  const clock = clockOf(date.getHours(), date.getMinutes());
  if (date.toDateString() === new Date(now).toDateString()) return clock;
  const [day, month, year] = [date.getDate(), monthText(date.getMonth()), date.getFullYear()];
  const isThisYear = year === new Date(now).getFullYear();
  return time.dayAndClock(
    isThisYear ? time.day(day, month) : time.dayOfYear(day, month, year),
    clock,
  );
}

/** `1 Dec 2026, 16:04 UTC`. */
export function utcText(at: number): string {
  return instantText(new Date(at).toISOString());
}

/** Of this computer's clock at that instant: `UTC`, `UTC+1`, `UTC−3:30`. */
export function zoneText(at: number): string {
  const minutes = -new Date(at).getTimezoneOffset();
  if (minutes === 0) return 'UTC';
  const size = Math.abs(minutes);
  const rest = size % 60 === 0 ? '' : `:${twoDigits(size % 60)}`;
  return `UTC${minutes < 0 ? '−' : '+'}${Math.floor(size / 60)}${rest}`;
}

/** Of a wait: `1 h 33 min`, `2 d 4 h`, `less than a minute`; the two largest units, rounded up. */
export function waitText(seconds: number): string {
  if (seconds < SECONDS_PER_MINUTE) return time.underAMinute;
  const minutes = Math.ceil(seconds / SECONDS_PER_MINUTE);
  const rounded = minutes * SECONDS_PER_MINUTE;
  if (rounded >= SECONDS_PER_DAY) {
    const hours = Math.ceil(rounded / SECONDS_PER_HOUR);
    return joined([Math.floor(hours / 24), time.days], [hours % 24, time.hours]);
  }
  return joined([Math.floor(minutes / 60), time.hours], [minutes % 60, time.minutes]);
}

function joined(...units: readonly (readonly [number, (count: number) => string])[]): string {
  return units.flatMap(([count, say]) => (count > 0 ? [say(count)] : [])).join(' ');
}

function twoDigits(count: number): string {
  return String(count).padStart(2, '0');
}
