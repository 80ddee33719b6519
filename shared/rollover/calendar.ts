/** A rollover plan as calendar entries (RFC 5545), one a step. */
import type { RolloverPlan } from './plan.ts';
import { afterWords, wordsOfStep } from './words.ts';

export interface CalendarPlace {
  readonly host: string;
  /** Of the records: another port is another plan. */
  readonly owner: string;
}

/** `madeAt`, milliseconds since the epoch, is when the file was made (DTSTAMP). */
export function planCalendar(
  plan: RolloverPlan,
  { host, owner }: CalendarPlace,
  madeAt: number,
): string {
  const keys = plan.coming.map(({ key }) => key.slice(0, KEY_DIGITS)).join('-');
  const events = plan.steps.flatMap((step) => {
    const words = wordsOfStep(step, plan);
    const changes = [
      ...step.add.map((record) => `add ${record}`),
      ...step.remove.map((record) => `remove ${record}`),
    ];
    return [
      'BEGIN:VEVENT',
      // RFC 5545 §3.8.4.7: the same for each making, so that a later plan takes the place of this one.
      `UID:${text(`${step.kind}-${keys}@${owner}`)}`,
      `SEQUENCE:${Math.floor(madeAt / MS_PER_MINUTE)}`,
      `DTSTAMP:${stamp(madeAt)}`,
      `DTSTART:${stamp(step.earliest)}`,
      `SUMMARY:${text(`${host}: ${words.title}`)}`,
      `DESCRIPTION:${text([`Not before this time${afterWords(step)}.`, words.todo, ...changes, `Go on when: ${words.check}`].join('\n'))}`,
      'END:VEVENT',
    ];
  });
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//DANE Inspector//rollover plan//EN',
    ...events,
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

/** Enough to tell two keys apart. */
const KEY_DIGITS = 16;
/** RFC 5545 §3.8.7.4: revisions are counted; minutes count up too, and fit 31 bits for long. */
const MS_PER_MINUTE = 60_000;

/** RFC 5545 §3.3.5, in UTC. */
function stamp(instant: number): string {
  return new Date(instant).toISOString().replace(/[-:]|\.\d+/g, '');
}

/** RFC 5545 §3.3.11. */
function text(value: string): string {
  return value.replace(/[\\;,]/g, String.raw`\$&`).replaceAll('\n', String.raw`\n`);
}

/** RFC 5545 §3.1: at most 75 octets a line; all that is written here is ASCII. */
function folded(line: string): string {
  return line.match(/^.{1,75}|.{1,74}/g)?.join('\r\n ') ?? line;
}
