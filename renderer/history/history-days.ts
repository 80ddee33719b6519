/** Kept runs by the day they were judged on, and those that fit a text; days are those of UTC. */
import type { HistoryEntry } from '../../shared/ipc/history.ts';
import { clockOf, dayText } from '../ui/time.ts';
import { OUTCOME_FACE } from '../ui/tone.ts';
import { words } from '../words/words.ts';

export interface HistoryDay {
  readonly name: string;
  readonly entries: readonly HistoryEntry[];
}

const MS_PER_DAY = 86_400_000;

/** In the order given. `now`: ISO 8601. */
export function daysOf(entries: readonly HistoryEntry[], now: string): readonly HistoryDay[] {
  const days = new Map<string, HistoryEntry[]>();
  for (const entry of entries) {
    const name = dayName(entry.at, now);
    const day = days.get(name);
    if (day === undefined) days.set(name, [entry]);
    else day.push(entry);
  }
  return [...days].map(([name, some]) => ({ name, entries: some }));
}

function dayName(at: string, now: string): string {
  const ago = dayNumber(now) - dayNumber(at);
  const day = dayText(at);
  if (ago === 0) return words.history.today(day);
  return ago === 1 ? words.history.yesterday(day) : day;
}

function dayNumber(iso: string): number {
  return Math.floor(Date.parse(iso) / MS_PER_DAY);
}

/** All words of the text stand somewhere in what the list shows of the run. */
export function fitting(entries: readonly HistoryEntry[], filter: string): readonly HistoryEntry[] {
  const wanted = filter
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (wanted.length === 0) return entries;
  return entries.filter((entry) => {
    const text = searchText(entry);
    return wanted.every((word) => text.includes(word));
  });
}

function searchText({ domain, outcome, network, at, errors, warnings }: HistoryEntry): string {
  const { lab, counts } = words.history;
  const parts = [domain, OUTCOME_FACE[outcome].word, dayText(at), counts(errors, warnings)];
  return [...parts, network === 'lab' ? lab : ''].join(' ').toLowerCase();
}

/** `15:03`. */
export function timeText(iso: string): string {
  const date = new Date(iso);
  return clockOf(date.getUTCHours(), date.getUTCMinutes());
}
