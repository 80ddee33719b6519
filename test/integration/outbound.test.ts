// Real senders put to the outbound test: what it says of them is what their documentation says.
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { conclude } from '../../shared/lab/conclusion.ts';
import type { Observation } from '../../shared/lab/observation.ts';
import { SCENARIOS, type ScenarioId } from '../../shared/lab/scenario.ts';
import type { Standing } from '../../shared/lab/standing.ts';
import { attribute } from '../../shared/lab/attribution.ts';
import { standingsOf, type TestRun } from '../../shared/lab/test-run.ts';
import { CONCLUSION_WORD } from '../../shared/lab/words.ts';
import { sendByPostfix, startRig } from './outbound-rig.ts';
import { SENDERS, type Sender } from './outbound-senders.ts';

/** Milliseconds: signing, starting, sending, and waiting for those that do not come. */
const ALL_DECIDED_MS = 200_000;
const POLL_MS = 500;

/** As few as there may be without leaving a situation out. */
const FEW_ADDRESSES = 5;
/** What is served from few addresses must look the same to who looks closely. */
const CHECKING = SENDERS.filter(({ name }) => /`(?:dane|hosts_try_dane)`/.test(name));

interface Outcome {
  readonly run: TestRun;
  readonly standings: readonly Standing[];
  readonly observations: readonly Observation[];
  /** Of Postfix; empty where there is none. */
  readonly log: string;
}

const NOTHING_SENT: Sender['send'] = () => Promise.resolve(() => Promise.resolve());

let folder: string;
let outcomes: readonly Outcome[];
let sharing: readonly Outcome[];
let neverSends: Outcome;
let zoneUnknown: Outcome;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dane-inspector-outbound-'));
  chmodSync(folder, 0o755);
  [outcomes, sharing, neverSends, zoneUnknown] = await Promise.all([
    Promise.all(SENDERS.map(({ send }, index) => outcomeOf(`${index}`, send, true))),
    Promise.all(
      CHECKING.map(({ send }, index) => outcomeOf(`few-${index}`, send, true, FEW_ADDRESSES)),
    ),
    outcomeOf('never', NOTHING_SENT, true),
    outcomeOf('unknown', (rig, run) => sendByPostfix(rig, 'dane', run), false),
  ]);
}, ALL_DECIDED_MS + 60_000);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Each sender by itself, so that all it does is its own. */
async function outcomeOf(
  name: string,
  send: Sender['send'],
  pointed: boolean,
  addresses?: number,
): Promise<Outcome> {
  const rig = await startRig(
    join(folder, name),
    pointed,
    addresses === undefined ? {} : { addresses },
  );
  try {
    const run = rig.service.begin();
    const stop = await send(rig, run);
    const end = Date.now() + ALL_DECIDED_MS;
    const now = (): readonly Standing[] => rig.service.standings(run.alias) ?? [];
    const open = ({ phase }: Standing): boolean => phase === 'waiting' || phase === 'under-way';
    while (now().some(open) && Date.now() < end)
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    await stop();
    const file = join(rig.folder, 'mail.log');
    const log = existsSync(file) ? readFileSync(file, 'utf8') : '';
    return { run, standings: now(), observations: rig.observations(), log };
  } finally {
    await rig.close();
  }
}

function standingIn(standings: readonly Standing[], id: ScenarioId): Standing {
  const standing = standings.find(({ scenario }) => scenario.id === id);
  if (standing === undefined) throw new Error(id);
  return standing;
}

describe.each(SENDERS.map((sender, index) => ({ ...sender, index })))('$name', (sender) => {
  const outcome = (): Outcome => {
    const found = outcomes[sender.index];
    if (found === undefined) throw new Error(sender.name);
    return found;
  };

  test('is judged as its documentation has it', () => {
    expect(conclude(outcome().standings).conclusion).toBe(sender.conclusion);
  });

  test.each(SCENARIOS.map(({ id }) => id))('%s', (id) => {
    const { deed, sessions } = standingIn(outcome().standings, id);
    const steps = sessions.map((session) => session.steps.map(({ name }) => name));
    expect(deed, JSON.stringify(steps)).toBe(sender.deeds[id]);
  });
});

describe.each(CHECKING.map((sender, index) => ({ ...sender, index })))(
  '$name, where situations share an address,',
  ({ index, conclusion, deeds }) => {
    test('is judged as if each had its own', () => {
      const found = sharing[index];
      expect(found?.standings.map(({ scenario: { id }, deed }) => [id, deed])).toEqual(
        SCENARIOS.map(({ id }) => [id, deeds[id]]),
      );
      expect(conclude(found?.standings ?? []).conclusion).toBe(conclusion);
    });
  },
);

const REFUSING = SENDERS.map((sender, index) => ({ ...sender, index })).filter(
  ({ deeds }) => deeds['wrong'] === 'refused',
);

test.each(REFUSING)(
  '$name: its refusal of wrong records is certain ten seconds after it broke off, and not before it did',
  ({ index, name }) => {
    const found = outcomes[index];
    if (found === undefined) throw new Error(name);
    const { run, standings, observations } = found;
    const { sessions } = standingIn(standings, 'wrong');
    const brokeOffAt = Math.max(...sessions.map(({ lastAt }) => lastAt));
    const wrongAt = (now: number): Standing => {
      const known = observations.filter(({ at }) => at <= now);
      return standingIn(
        standingsOf(run, attribute([run], known).get(run.alias) ?? [], now),
        'wrong',
      );
    };
    expect(wrongAt(brokeOffAt - 1)).toMatchObject({ phase: 'under-way', deed: null });
    expect(wrongAt(brokeOffAt + 10_000)).toMatchObject({ phase: 'decided', deed: 'refused' });
  },
);

describe('silence is not success', () => {
  test('of a sender that never sends nothing is concluded', () => {
    expect(neverSends.observations).toEqual([]);
    expect(conclude(neverSends.standings).conclusion).toBe('could-not-tell');
    for (const { phase } of neverSends.standings) expect(phase).toBe('silent');
  });

  test('of a sender whose resolver does not find the zone nothing is concluded', () => {
    // It did try.
    expect(zoneUnknown.log).toMatch(
      /to=<\w+@do\.havedane\.test>.* status=bounced \(Host or domain/,
    );
    expect(conclude(zoneUnknown.standings).conclusion).toBe('could-not-tell');
    for (const { phase } of zoneUnknown.standings) expect(phase).toBe('silent');
  });
});

test('the table in docs/outbound.md says what was seen', () => {
  const text = readFileSync(new URL('../../docs/outbound.md', import.meta.url), 'utf8');
  const rows = text
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim()),
    );
  const head = rows.findIndex((row) => row[1] === SENDERS[0]?.name);
  const table = [
    ['', ...SENDERS.map(({ name }) => name)],
    ...SCENARIOS.map(({ id }) => [
      `\`${id}\``,
      ...outcomes.map(({ standings }) => cellOf(standingIn(standings, id))),
    ]),
    [
      'Verdict',
      ...outcomes.map(({ standings }) => CONCLUSION_WORD[conclude(standings).conclusion]),
    ],
  ];
  const written = rows.slice(head).filter((row) => !/^-*$/.test(row[1] ?? ''));
  expect(
    written.slice(0, table.length),
    table.map((row) => `| ${row.join(' | ')} |`).join('\n'),
  ).toEqual(table);
});

/** As the words under the table have it. */
function cellOf({ deed, basis, worth }: Standing): string {
  switch (deed) {
    case null:
      return '–';
    case 'delivered-tls':
      return worth === 'unsafe' ? '**TLS**' : 'TLS';
    case 'delivered-clear':
      return worth === 'unsafe' ? '**clear**' : 'clear';
    case 'fooled':
      return '**fooled**';
    case 'refused':
      return basis === 'inferred' ? 'not connected' : 'kept';
  }
}
