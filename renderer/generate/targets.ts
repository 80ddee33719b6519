/** The hosts and ports at which records are to stand, each with its records in presentation form. */
import { formatTlsa } from '../../shared/dane/tlsa.ts';
import type { WantedRecord } from '../../shared/publish/wanted.ts';

export interface Target {
  readonly host: string;
  readonly port: number;
  readonly records: readonly string[];
}

/** What carries no name has no place in the world yet. */
export function targetsOf(records: readonly WantedRecord[]): readonly Target[] {
  const byOwner = new Map<string, { host: string; port: number; records: string[] }>();
  for (const { owner, host, tlsa } of records) {
    if (host === null) continue;
    const port = Number(/^_(\d+)\._tcp/.exec(owner)?.[1]);
    const target = byOwner.get(owner) ?? { host, port, records: [] };
    target.records.push(formatTlsa(tlsa));
    byOwner.set(owner, target);
  }
  return [...byOwner.values()];
}

/** `3 1 1 e4b7690c…d1fa`: enough to recognise a record by. */
export function shortRecord(record: string): string {
  const [usage, selector, matchingType, data = ''] = record.split(' ');
  const shown =
    data.length <= SHOWN_START * 2
      ? data
      : `${data.slice(0, SHOWN_START)}…${data.slice(-SHOWN_END)}`;
  return `${usage} ${selector} ${matchingType} ${shown}`;
}

const SHOWN_START = 16;
const SHOWN_END = 4;
