// A few hundred questions, most with one fault in the answers, put to the inspector, to Unbound and to delv: every difference stands in docs/differential.md (RFC 4033 §5).
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Case } from '../differential/case.ts';
import { classOf } from '../differential/classes.ts';
import { denialCases } from '../differential/faults/denials.ts';
import { forgedDenialCases } from '../differential/faults/forged-denials.ts';
import { keyCases } from '../differential/faults/keys.ts';
import { signatureCases } from '../differential/faults/signatures.ts';
import { mutatedCases, validCases } from '../differential/generated.ts';
import { judge, type Verdicts } from '../differential/judges.ts';
import { differenceOf, readTable } from '../differential/table.ts';
import { startWorld, type World } from '../differential/world.ts';

/** Milliseconds for one group of cases on a busy machine. */
const PATIENCE = 600_000;
const SEED = 20_261_124;

const table = readTable();
const seen = new Set<string>();
let world: World;

beforeAll(async () => {
  world = await startWorld();
}, 120_000);

afterAll(async () => {
  await world.stop();
});

test.each<[string, (world: World) => readonly Case[] | Promise<readonly Case[]>]>([
  ['generated names', () => validCases(SEED, 80)],
  ['generated faults', () => mutatedCases(SEED, 80)],
  ['faults of signatures', signatureCases],
  ['faults of keys and delegations', keyCases],
  ['faults of denials', denialCases],
  ['denials that prove nearly enough', forgedDenialCases],
])(
  '%s: we judge as the RFCs say, and where a judge differs the table says why',
  async (_title, casesIn) => {
    const cases = await casesIn(world);
    const wrong: string[] = [];
    for (const each of cases) {
      world.setFault(each.fault);
      const verdicts = await judge(world, each);
      wrong.push(...complaints(each, verdicts));
    }
    world.setFault(null);
    expect(cases.length).toBeGreaterThan(50);
    expect(wrong).toEqual([]);
  },
  PATIENCE,
);

test('every row of the table was needed', () => {
  expect(table.filter((row) => !seen.has(JSON.stringify(row)))).toEqual([]);
  expect(table.every(({ clause, why }) => /RFC \d+/.test(clause) && why.length > 20)).toBe(true);
});

function complaints(each: Case, verdicts: Verdicts): readonly string[] {
  const about = `${each.id} | ${each.name} ${each.type}`;
  const { ours } = verdicts;
  const wrong =
    each.expected === null || each.expected === ours.security
      ? []
      : [`${about}: ${each.clause} makes it ${each.expected}, we ${ours.security} (${ours.words})`];
  const difference = differenceOf(verdicts);
  if (difference === null) return wrong;
  const id = classOf(each, verdicts);
  const row = table.find(
    (known) =>
      known.id === id &&
      known.ours === difference.ours &&
      known.unbound === difference.unbound &&
      known.delv === difference.delv,
  );
  if (row !== undefined) {
    seen.add(JSON.stringify(row));
    return wrong;
  }
  const { unbound, delv } = verdicts;
  const said = [ours, unbound, delv].map(({ words }) => words.trim().slice(0, 300));
  return [
    ...wrong,
    `${about}: not in the table as ${id}: ${JSON.stringify(difference)} ${said.join(' // ')}`,
  ];
}
