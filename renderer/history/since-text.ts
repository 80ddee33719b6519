/** The instant of an earlier run, as short as it can be told apart from that of the one shown. */
import { clockOf, instantText } from '../ui/time.ts';
import { words } from '../words/words.ts';

/** `15:03 UTC` on the same day, `15:03:12 UTC` within the same minute, else with the day. */
export function sinceText(before: string, now: string): string {
  const [then, since] = [new Date(before), new Date(now)];
  if (Number.isNaN(then.getTime()) || !isSame(before, now, DAY)) return instantText(before);
  const clock = clockOf(then.getUTCHours(), then.getUTCMinutes());
  const isSameMinute = !Number.isNaN(since.getTime()) && isSame(before, now, MINUTE);
  const seconds = String(then.getUTCSeconds()).padStart(2, '0');
  return words.time.utc(isSameMinute ? `${clock}:${seconds}` : clock);
}

/** Characters of `2026-11-24`, and of `2026-11-24T15:03`. */
const DAY = 10;
const MINUTE = 16;

function isSame(one: string, other: string, characters: number): boolean {
  return one.slice(0, characters) === other.slice(0, characters);
}
