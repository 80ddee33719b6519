/** The picture in words, for those who hear it: marks in the order of time, then every bar. */
import type { BarFacts, MarkFacts, TimeLineFacts } from './time-line.ts';
import { words } from '../words/words.ts';

const { aloud: said } = words.rollover.picture;

export function pictureWords({ marks, records, served }: TimeLineFacts): string {
  const ordered = [...marks].sort((a, b) => a.at - b.at);
  return [
    said.order(ordered.map(saidMark)),
    ...(records.length > 0 ? [said.records(records.map(saidBar))] : []),
    ...(served.length > 0 ? [said.served(served.map(saidBar))] : []),
  ].join(' ');
}

function saidMark({ title, note }: MarkFacts): string {
  return note === '' ? title : said.mark(title, note);
}

function saidBar({ label, from, to }: BarFacts): string {
  const { events } = said;
  if (from === null) return to === null ? said.stands(label) : said.standsUntil(label, events[to]);
  return to === null
    ? said.begins(label, events[from])
    : said.beginsUntil(label, events[from], events[to]);
}
