import { describe, expect, test } from 'vitest';
import { attribute } from '../../../../shared/lab/attribution.ts';
import type { Observation, SmtpStep } from '../../../../shared/lab/observation.ts';
import { standingsOf, type TestRun } from '../../../../shared/lab/test-run.ts';
import { CLOSED, LATER, START, kept, run, steps, taken } from './seen-mail.ts';

function own(alias: string, runs: readonly TestRun[], seen: readonly Observation[]) {
  return attribute(runs, seen).get(alias) ?? [];
}

function standings(alias: string, runs: readonly TestRun[], seen: readonly Observation[]) {
  return standingsOf(run(alias), own(alias, runs, seen), LATER);
}

describe('what belongs to a run:', () => {
  test('a connection that names another run’s recipient does not', () => {
    const seen = taken('do', '192.0.2.1', 'other');
    expect(own('mine', [run('mine')], seen)).toEqual([]);
    expect(own('other', [run('mine'), run('other')], seen)).toEqual(seen);
  });

  test('a connection that names nobody does while no other run is open', () => {
    const seen = kept('wrong', '192.0.2.1');
    expect(own('mine', [run('mine')], seen)).toEqual(seen);
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
      const its = own('mine', [run('mine')], [...seen, ...sent('192.0.2.1')]);
      expect(its.filter(({ scenario }) => scenario === 'wrong')).toEqual(counts ? seen : []);
    });

    test.each([
      ['2001:db8:1::1', '2001:db8:1:ffff::9', true],
      ['2001:db8:1::1', '2001:db8:2::1', false],
    ])('from %s, and from %s', (known, from, counts) => {
      const seen = steps('wrong', from, 'unnamed', greeting('x'), CLOSED);
      const its = own('mine', [run('mine')], [...sent(known), ...seen]);
      expect(its.some(({ scenario }) => scenario === 'wrong')).toBe(counts);
    });
  });

  test('with two runs open it goes by the address of the sender, if that is known from one of them', () => {
    const runs = [run('mine'), run('other')];
    const seen = [
      ...taken('do', '192.0.2.1', 'mine'),
      ...taken('do', '192.0.2.2', 'other'),
      ...kept('wrong', '192.0.2.1'),
    ];
    expect(standings('mine', runs, seen)[2]).toMatchObject({ deed: 'refused' });
    expect(standings('other', runs, seen)[2]).toMatchObject({ phase: 'waiting' });
  });

  test('of a sender that both share nothing is said', () => {
    const runs = [run('mine'), run('other')];
    const seen = [
      ...taken('do', '192.0.2.1', 'mine'),
      ...taken('do', '192.0.2.1', 'other'),
      ...kept('wrong', '192.0.2.1'),
    ];
    for (const each of runs)
      expect(standings(each.alias, runs, seen)[2]).toMatchObject({ phase: 'waiting' });
  });

  test('while others begin and end, what counts is which are open at that moment', () => {
    const short = { ...run('short', START + 1000), silentAfterMs: 1000 };
    const runs = [run('mine'), short, run('late', START + 5000)];
    const asked = (at: number): Observation => ({
      ...{ at, scenario: 'bogus' },
      seen: {
        ...{ kind: 'dns', from: '192.0.2.53', name: 'bogus.havedane.test', type: 'MX' },
        ...{ dnssec: true, minimised: false },
      },
    });
    const times = [999, 999.5, 1000, 1500, 2000, 2000.5, 4999, 5000, 2500, 600_001];
    const seen = times.map((ms) => asked(START + ms));
    const at = (alias: string) => own(alias, runs, seen).map((each) => each.at - START);
    expect(at('mine')).toEqual([999, 999.5, 2000.5, 4999, 2500]);
    expect(at('short')).toEqual([]);
    expect(at('late')).toEqual([600_001]);
  });

  test('what came before it began, or after its end, does not', () => {
    const seen = kept('wrong', '192.0.2.1');
    const late = run('mine', START + 5000);
    expect(own('mine', [late], seen)).toEqual([]);
    const early = { ...run('mine', START - 700_000) };
    expect(own('mine', [early], seen)).toEqual([]);
  });

  describe('with two runs open a machine that named nobody is told apart by', () => {
    const runs = [run('mine'), run('other')];
    const named = (alias: string, from: string, greeting: string): readonly Observation[] =>
      steps(
        'do',
        from,
        `do-${alias}`,
        { name: 'ehlo', greeting, tls: true },
        { name: 'recipient', alias, tls: true },
      );
    const known = [
      ...named('mine', '192.0.2.1', 'out1.pool.example.net'),
      ...named('other', '198.51.100.1', 'mx.example.org'),
    ];
    test.each([
      ['its network', '192.0.2.77', 'x', 'mine'],
      ['its name', '203.0.113.5', 'out9.pool.example.net', 'mine'],
      ['its address before its name', '198.51.100.1', 'out9.pool.example.net', 'other'],
      ['nothing', '203.0.113.5', 'scanner.example.com', null],
    ])('%s', (_, from, greeting, alias) => {
      const unnamed = steps('wrong', from, 'u', { name: 'ehlo', greeting, tls: true }, CLOSED);
      const seen = [...unnamed, ...known];
      for (const each of runs)
        expect(own(each.alias, runs, seen).filter(({ scenario }) => scenario === 'wrong')).toEqual(
          each.alias === alias ? unnamed : [],
        );
    });
  });

  test('a question is only while no other run is open', () => {
    const asked: Observation = {
      ...{ at: START + 1, scenario: 'bogus' },
      seen: {
        ...{ kind: 'dns', from: '192.0.2.53', name: 'mx.bogus.havedane.test', type: 'TLSA' },
        ...{ dnssec: true, minimised: false },
      },
    };
    expect(own('mine', [run('mine')], [asked])).toEqual([asked]);
    expect(own('mine', [run('mine'), run('other')], [asked])).toEqual([]);
  });
});
