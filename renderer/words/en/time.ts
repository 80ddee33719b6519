/** Words of instants and durations. */
import { counted, LOCALE } from './language.ts';

export const time = {
  locale: LOCALE,
  day: (day: number, month: string) => `${day} ${month}`,
  dayOfYear: (day: number, month: string, year: number) => `${day} ${month} ${year}`,
  dayAndClock: (day: string, clock: string) => `${day}, ${clock}`,
  utc: (instant: string) => `${instant} UTC`,
  today: 'today',
  inDays: (days: number) => `in ${counted(days, 'day', 'days')}`,
  daysAgo: (days: number) => `${counted(days, 'day', 'days')} ago`,
  /** Of a span in words: `in 41 days`. */
  ahead: (span: string) => `in ${span}`,
  gone: (span: string) => `${span} ago`,
  seconds: (count: string) => `${count} s`,
  minutesAndSeconds: (minutes: number, seconds: number) => `${minutes} min ${seconds} s`,
  underAMinute: 'less than a minute',
  days: (count: number) => `${count} d`,
  hours: (count: number) => `${count} h`,
  minutes: (count: number) => `${count} min`,
};
