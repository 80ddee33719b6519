// The verdict on a sender: its face, how far the test is, and what comes next.
import { describe, expect, test } from 'vitest';
import { millisecondText, secondText } from '../../../../renderer/lab/clock-text.ts';
import { conclusionFace, nextStep, progressFacts } from '../../../../renderer/lab/verdict-view.ts';
import type { Conclusion } from '../../../../shared/lab/conclusion.ts';
import type { ScenarioId } from '../../../../shared/lab/scenario.ts';
import { mailStep, reportWith } from './reports.ts';

const CONCLUSIONS: readonly Conclusion[] = [
  'open',
  'validates',
  'validates-with-faults',
  'does-not-check',
  'encrypts-without-checking',
  'refuses-everything',
  'could-not-tell',
];

function concluded(conclusion: Conclusion, because: readonly ScenarioId[] = []) {
  const seen = [mailStep({ name: 'recipient', alias: 'abcdefghjkmnpqrstu', tls: true })];
  return reportWith({ verdict: { conclusion, because, unknown: [] } }, { do: { seen } });
}

test('only who gives mail to wrong records is red, and only who checks is green', () => {
  const of = (tone: string) =>
    CONCLUSIONS.filter((conclusion) => conclusionFace(conclusion).tone === tone);
  expect(of('err')).toEqual(['does-not-check', 'encrypts-without-checking']);
  expect(of('ok')).toEqual(['validates']);
});

describe('what comes next', () => {
  test('is to send, until mail was seen', () => {
    expect(nextStep(reportWith(), null)).toMatchObject({ kind: 'step', step: 'send' });
    expect(nextStep(concluded('open'), null)).toBeNull();
  });

  test('is told by the step that is open', () => {
    expect(nextStep(reportWith(), 'resolver')).toBeNull();
    expect(nextStep(concluded('does-not-check'), 'mail-server')).toBeNull();
    expect(nextStep(concluded('does-not-check'), 'send')).not.toBeNull();
  });

  test.each([
    ['does-not-check', 'mail-server'],
    ['encrypts-without-checking', 'mail-server'],
    ['refuses-everything', 'resolver'],
    ['could-not-tell', 'resolver'],
  ] as const)('after %s is %s', (conclusion, step) => {
    expect(nextStep(concluded(conclusion), null)).toMatchObject({ kind: 'step', step });
  });

  test('leads to the worst situation where there are faults, and nowhere where all is well', () => {
    const faults = nextStep(concluded('validates-with-faults', ['strip', 'ta']), null);
    expect(faults).toEqual({ kind: 'situation', label: 'See “No STARTTLS”', id: 'strip' });
    expect(nextStep(concluded('validates', ['wrong', 'do']), null)).toBeNull();
  });
});

describe('how far it is', () => {
  const clock = secondText(Date.parse('2026-11-29T17:10:00.000Z'));

  test('while nothing is certain', () => {
    expect(progressFacts(reportWith())).toEqual(['0 of 19 decided', `waiting until ${clock}`]);
  });

  test('with a verdict, and more to come', () => {
    const verdict = { conclusion: 'validates', because: [], unknown: [] } as const;
    const decided = { phase: 'decided', deed: 'refused', worth: 'conforms' } as const;
    const report = reportWith({ verdict }, { wrong: decided, do: decided });
    expect(progressFacts(report)).toEqual(['2 of 19 decided', `still waiting until ${clock}`]);
  });

  test('when nothing more comes, whatever the clock says', () => {
    const facts = progressFacts(reportWith({ isFinal: true }));
    expect(facts[1]).toBe('nothing more is waited for');
  });
});

test('instants are those of the clock on the wall, to be found in a log', () => {
  const at = new Date(2026, 10, 29, 7, 4, 5, 9).getTime();
  expect(secondText(at)).toBe('07:04:05');
  expect(millisecondText(at)).toBe('07:04:05.009');
});
