/** The picture in words, for those who hear it: marks in the order of time, then every bar. */
import type { BarFacts, MarkFacts, TimeLineFacts } from './time-line.ts';

export function pictureWords({ marks, records, served }: TimeLineFacts): string {
  const ordered = [...marks].sort((a, b) => a.at - b.at);
  return [
    `In order: ${ordered.map(saidMark).join('; ')}.`,
    ...(records.length > 0 ? [`Records: ${records.map(saidBar).join('; ')}.`] : []),
    ...(served.length > 0 ? [`Certificate served: ${served.map(saidBar).join('; ')}.`] : []),
  ].join(' ');
}

function saidMark({ title, note }: MarkFacts): string {
  return note === '' ? title : `${title}, ${note}`;
}

function saidBar({ label, from, to }: BarFacts): string {
  const begins = from === null ? 'stands now' : `from “${from}”`;
  const ends = to === null ? 'and stays' : `until “${to}”`;
  return `${label}, ${begins} ${ends}`;
}
