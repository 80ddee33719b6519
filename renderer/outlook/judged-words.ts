/** What has changed between a report and the same evidence judged at another time, in words. */
import type { Report } from '../../shared/inspection/report.ts';
import type { Deadline } from '../../shared/outlook/deadline.ts';
import { HOST_FACE } from '../ui/tone.ts';
import { words } from '../words/words.ts';

/** Changes shown before the rest is only counted. */
const SHOWN = 8;

export function hostChanges(earlier: Report, later: Report): readonly string[] {
  const changes = later.hosts.flatMap((host) => {
    const was = earlier.hosts.find(({ name }) => name === host.name);
    if (was === undefined || was.outcome === host.outcome) return [];
    const [before, after] = [HOST_FACE[was.outcome].word, HOST_FACE[host.outcome].word];
    return [words.outlook.judge.change(host.name, before, after, host.because)];
  });
  return shortened(changes);
}

/** Going back, it is what had not begun. Milliseconds since the epoch. */
export function endedBetween(
  deadlines: readonly Deadline[],
  from: number,
  to: number,
): readonly string[] {
  const isOver = ({ from: begin, at }: Deadline, then: number): boolean =>
    then > at || then < begin;
  return shortened(
    deadlines
      .filter(({ weight }) => weight !== 'harmless')
      .filter((deadline) => isOver(deadline, to) && !isOver(deadline, from))
      .map(({ what }) => what),
  );
}

function shortened(items: readonly string[]): readonly string[] {
  if (items.length <= SHOWN) return items;
  return [...items.slice(0, SHOWN), words.frame.andMore(items.length - SHOWN)];
}

/** Of a date and time field, in UTC: `2026-11-24T12:00`. */
export function fieldText(at: number): string {
  return Number.isNaN(at) ? '' : new Date(at).toISOString().slice(0, 16);
}

/** Years that certificates and signatures are written in (RFC 5280 §4.1.2.5, RFC 4034 §3.2). */
const FIRST = Date.parse('1970-01-01T00:00:00Z');
const LAST = Date.parse('2106-01-01T00:00:00Z');

/** Null where the field holds no instant that can be judged at. */
export function instantOf(typed: string): number | null {
  const at = Date.parse(`${typed}Z`);
  return Number.isNaN(at) || at < FIRST || at > LAST ? null : at;
}
