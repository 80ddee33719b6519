// Reads docs/differential.md, the table of the differences that are known and why: the test holds what it sees against it.
import { readFileSync } from 'node:fs';
import type { Verdicts } from './judges.ts';

export interface KnownDifference {
  readonly id: string;
  /** Each as `secure`, or as `secure NXDOMAIN` where the RCODEs differ. */
  readonly ours: string;
  readonly unbound: string;
  readonly delv: string;
  readonly clause: string;
  readonly why: string;
}

const DOCUMENT = new URL('../../docs/differential.md', import.meta.url);

export function readTable(): readonly KnownDifference[] {
  const rows = readFileSync(DOCUMENT, 'utf8').match(/^\| `[^`]+` .*\|$/gm) ?? [];
  return rows.map((row) => {
    const [id = '', ours = '', unbound = '', delv = '', clause = '', why = ''] = row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim().replace(/^`(.*)`$/, '$1'));
    return { id, ours, unbound, delv, clause, why };
  });
}

/** Null where all three agree. */
export function differenceOf({
  ours,
  unbound,
  delv,
}: Verdicts): Pick<KnownDifference, 'ours' | 'unbound' | 'delv'> | null {
  const all = [ours, unbound, delv];
  const statuses = new Set(all.map(({ security }) => security));
  const rcodes = new Set(all.flatMap(({ rcode }) => rcode ?? []));
  if (statuses.size === 1 && rcodes.size <= 1) return null;
  const [a = '', b = '', c = ''] = all.map(({ security, rcode }) =>
    rcodes.size > 1 && rcode !== null ? `${security} ${rcode}` : security,
  );
  return { ours: a, unbound: b, delv: c };
}
