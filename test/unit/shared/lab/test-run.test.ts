import { describe, expect, test } from 'vitest';
import { conclude, type Conclusion } from '../../../../shared/lab/conclusion.ts';
import type { Observation, SmtpStep } from '../../../../shared/lab/observation.ts';
import { SCENARIOS, type ScenarioId } from '../../../../shared/lab/scenario.ts';
import {
  newAlias,
  ownObservations,
  recipientsOf,
  standingsOf,
  type TestRun,
} from '../../../../shared/lab/test-run.ts';
import { CONCLUSION_WORD, conclusionSentence, deedSentence } from '../../../../shared/lab/words.ts';

const START = Date.UTC(2026, 10, 29, 12);
const ALL = SCENARIOS.map(({ id }) => id);

function run(alias: string, startedAt = START): TestRun {
  return { alias, startedAt, silentAfterMs: 600_000, scenarios: ALL };
}

function steps(
  scenario: ScenarioId,
  from: string,
  connection: string,
  ...all: readonly SmtpStep[]
): readonly Observation[] {
  return all.map((step, index) => ({
    at: START + 1000 + index,
    scenario,
    seen: { kind: 'smtp', connection, from, host: 1, step },
  }));
}

const EHLO: SmtpStep = { name: 'ehlo', greeting: 'mta', tls: true };
const TLS: SmtpStep = { name: 'tls', version: 'TLSv1.3', cipher: 'x', serverName: null };
const CLOSED: SmtpStep = { name: 'closed' };

function taken(scenario: ScenarioId, from: string, alias: string): readonly Observation[] {
  return steps(
    scenario,
    from,
    `${scenario}-${alias}`,
    EHLO,
    TLS,
    { name: 'recipient', alias, tls: true },
    { name: 'delivered', alias, tls: true },
    CLOSED,
  );
}

const kept = (scenario: ScenarioId, from: string, name = 'x'): readonly Observation[] =>
  steps(scenario, from, `${scenario}-${from}-${name}`, EHLO, TLS, CLOSED);

const LATER = START + 120_000;

describe('aliases', () => {
  test('are made of unpredictable octets without favouring a character', () => {
    const octets = Uint8Array.from({ length: 256 }, (_, index) => index);
    let at = 0;
    const alias = newAlias((count) => octets.subarray(at, (at += count)));
    expect(alias).toBe('abcdefghjkmnpqrstu');
    // 248 = 8 × 31: the octets above would favour the first eight characters.
    expect(newAlias(fromTop())).toBe('98765432zyxwvutsrq');
  });

  test('stand before the name of each situation', () => {
    const addresses = recipientsOf(run('abc'), 'havedane.test').map(({ address }) => address);
    expect(addresses.slice(0, 3)).toEqual([
      'abc@do.havedane.test',
      'abc@dont.havedane.test',
      'abc@wrong.havedane.test',
    ]);
    expect(addresses).toHaveLength(SCENARIOS.length);
  });
});

/** 255, 254, … */
function fromTop(): (count: number) => Uint8Array {
  let next = 255;
  return (count) => Uint8Array.from({ length: count }, () => next--);
}

describe('what belongs to a run', () => {
  test('a connection that names another run’s recipient does not', () => {
    const seen = taken('do', '192.0.2.1', 'other');
    expect(ownObservations(run('mine'), [run('mine')], seen)).toEqual([]);
    expect(ownObservations(run('other'), [run('mine'), run('other')], seen)).toEqual(seen);
  });

  test('a connection that names nobody does while no other run is open', () => {
    const seen = kept('wrong', '192.0.2.1');
    expect(ownObservations(run('mine'), [run('mine')], seen)).toEqual(seen);
  });

  describe('once its sender is known, a connection that names nobody is the run’s if it may be the same:', () => {
    const greeting = (name: string): SmtpStep => ({ name: 'ehlo', greeting: name, tls: true });
    const sent = (from: string): readonly Observation[] =>
      steps('do', from, 'known', greeting('out1.pool.example.net'), {
        ...{ name: 'recipient', alias: 'mine', tls: true },
      });
    test.each([
      ['its address', '192.0.2.1', 'anything', true],
      ['its network', '192.0.2.200', 'anything', true],
      ['its name', '198.51.100.1', 'OUT2.pool.example.net.', true],
      ['neither', '198.51.100.1', 'scanner.example.net', false],
      ['only the top of its name', '198.51.100.1', 'net', false],
    ])('%s', (_, from, name, counts) => {
      const seen = steps('wrong', from, 'unnamed', greeting(name), CLOSED);
      const own = ownObservations(run('mine'), [run('mine')], [...seen, ...sent('192.0.2.1')]);
      expect(own.filter(({ scenario }) => scenario === 'wrong')).toEqual(counts ? seen : []);
    });

    test.each([
      ['2001:db8:1::1', '2001:db8:1:ffff::9', true],
      ['2001:db8:1::1', '2001:db8:2::1', false],
    ])('from %s, and from %s', (known, from, counts) => {
      const seen = steps('wrong', from, 'unnamed', greeting('x'), CLOSED);
      const own = ownObservations(run('mine'), [run('mine')], [...sent(known), ...seen]);
      expect(own.some(({ scenario }) => scenario === 'wrong')).toBe(counts);
    });
  });

  test('with two runs open it goes by the address of the sender, if that is known from one of them', () => {
    const runs = [run('mine'), run('other')];
    const seen = [
      ...taken('do', '192.0.2.1', 'mine'),
      ...taken('do', '192.0.2.2', 'other'),
      ...kept('wrong', '192.0.2.1'),
    ];
    expect(standingsOf(run('mine'), runs, seen, LATER)[2]).toMatchObject({ deed: 'refused' });
    expect(standingsOf(run('other'), runs, seen, LATER)[2]).toMatchObject({ phase: 'waiting' });
  });

  test('of a sender that both share nothing is said', () => {
    const runs = [run('mine'), run('other')];
    const seen = [
      ...taken('do', '192.0.2.1', 'mine'),
      ...taken('do', '192.0.2.1', 'other'),
      ...kept('wrong', '192.0.2.1'),
    ];
    for (const each of runs)
      expect(standingsOf(each, runs, seen, LATER)[2]).toMatchObject({ phase: 'waiting' });
  });

  test('what came before it began, or after its end, does not', () => {
    const seen = kept('wrong', '192.0.2.1');
    const late = run('mine', START + 5000);
    expect(ownObservations(late, [late], seen)).toEqual([]);
    const early = { ...run('mine', START - 700_000) };
    expect(ownObservations(early, [early], seen)).toEqual([]);
  });
});

describe('the verdict', () => {
  const verdictOf = (...seen: readonly (readonly Observation[])[]) =>
    conclude(standingsOf(run('a'), [run('a')], seen.flat(), LATER));

  test('needs both: right records delivered to, wrong ones refused', () => {
    expect(verdictOf(taken('do', '::1', 'a'), kept('wrong', '::1')).conclusion).toBe('validates');
    expect(verdictOf(kept('wrong', '::1')).conclusion).toBe('open');
    expect(verdictOf(taken('do', '::1', 'a')).conclusion).toBe('open');
  });

  test('whoever delivers to wrong records does not check, whatever else it does', () => {
    const verdict = verdictOf(taken('wrong', '::1', 'a'), kept('bogus', '::1'));
    expect(verdict).toMatchObject({ conclusion: 'does-not-check', because: ['wrong'] });
  });

  test('who insists on TLS but does not check is told so', () => {
    const verdict = verdictOf(
      taken('do', '::1', 'a'),
      taken('wrong', '::1', 'a'),
      steps('strip', '::1', 's', EHLO, CLOSED),
    );
    expect(verdict.conclusion).toBe('encrypts-without-checking');
  });

  test('who refuses everything proves nothing', () => {
    expect(verdictOf(kept('do', '::1'), kept('wrong', '::1')).conclusion).toBe(
      'refuses-everything',
    );
  });

  test('faults elsewhere are named, the unsafe ones first', () => {
    const verdict = verdictOf(
      taken('do', '::1', 'a'),
      kept('wrong', '::1'),
      kept('expired', '::1'),
      taken('ta-name', '::1', 'a'),
    );
    expect(verdict).toMatchObject({
      conclusion: 'validates-with-faults',
      because: ['ta-name', 'expired'],
    });
    expect(conclusionSentence(verdict)).toContain('right issuer, other name, expired');
  });

  test('after the end silence is no success', () => {
    const end = START + 600_000;
    const silent = conclude(standingsOf(run('a'), [run('a')], taken('do', '::1', 'a'), end));
    expect(silent.conclusion).toBe('could-not-tell');
    expect(silent.unknown).toContain('wrong');
  });
});

test('every conclusion has a word and a sentence of its own', () => {
  const sentences = Object.keys(CONCLUSION_WORD).map((conclusion) =>
    conclusionSentence({ conclusion: conclusion as Conclusion, because: [], unknown: [] }),
  );
  expect(new Set(sentences).size).toBe(sentences.length);
  expect(new Set(Object.values(CONCLUSION_WORD)).size).toBe(sentences.length);
});

test('every situation says what is set up, what is asked of the client, and where that is written', () => {
  for (const { id, setting, duty, clause, worth } of SCENARIOS) {
    expect([id, /^RFC \d+/.test(clause)]).toEqual([id, true]);
    expect(setting.endsWith('.') && duty.endsWith('.')).toBe(true);
    expect(worth.refused, id).toBeDefined();
  }
  expect(new Set(ALL).size).toBe(ALL.length);
});

test('a sender that left is told by how far it had come', () => {
  const told = (...all: readonly SmtpStep[]): string => {
    const seen = steps('wrong', '::1', 'c', ...all);
    const standing = standingsOf(run('a'), [run('a')], seen, LATER)[2];
    return standing === undefined ? '' : deedSentence(standing);
  };
  expect(told(EHLO, TLS, CLOSED)).toContain('Saw the certificate');
  expect(told(EHLO, { name: 'tls-failed', reason: 'x' }, CLOSED)).toContain('handshake');
  expect(told(EHLO, CLOSED)).toContain('no STARTTLS');
  expect(told(EHLO)).toBe('Connected.');
});
