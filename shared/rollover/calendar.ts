/** A rollover plan as calendar entries (RFC 5545), one a step. */
import type { RolloverPlan } from './plan.ts';
import { wordsOfStep } from './words.ts';

/** `madeAt`, milliseconds since the epoch, is when the file was made (DTSTAMP). */
export function planCalendar(plan: RolloverPlan, host: string, madeAt: number): string {
  const events = plan.steps.flatMap((step, index) => {
    const words = wordsOfStep(step, plan);
    const changes = [
      ...step.add.map((record) => `add ${record}`),
      ...step.remove.map((record) => `remove ${record}`),
    ];
    return [
      'BEGIN:VEVENT',
      `UID:${step.earliest}-${index}-${step.kind}@${host}`,
      `DTSTAMP:${stamp(madeAt)}`,
      `DTSTART:${stamp(step.earliest)}`,
      `SUMMARY:${text(`${host}: ${words.title}`)}`,
      `DESCRIPTION:${text([words.todo, ...changes, `Go on when: ${words.check}`].join('\n'))}`,
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
