/** Instants of a test that runs here, in the clock of this computer, as the log of a mail server has them. */
import { clockOf } from '../ui/time.ts';

/** `17:04:05`. */
export function secondText(at: number): string {
  const date = new Date(at);
  const seconds = String(date.getSeconds()).padStart(2, '0');
  return `${clockOf(date.getHours(), date.getMinutes())}:${seconds}`;
}

/** `17:04:05.120`: the steps of one connection are milliseconds apart. */
export function millisecondText(at: number): string {
  return `${secondText(at)}.${String(new Date(at).getMilliseconds()).padStart(3, '0')}`;
}
