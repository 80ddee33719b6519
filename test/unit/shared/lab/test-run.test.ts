import { describe, expect, test } from 'vitest';
import { conclude, type Conclusion } from '../../../../shared/lab/conclusion.ts';
import type { Observation, SmtpStep } from '../../../../shared/lab/observation.ts';
import { SCENARIOS, type ScenarioId } from '../../../../shared/lab/scenario.ts';
import { newAlias, recipientsOf, standingsOf } from '../../../../shared/lab/test-run.ts';
import { CONCLUSION_WORD, conclusionSentence, deedSentence } from '../../../../shared/lab/words.ts';
import { ALL, CLOSED, EHLO, LATER, START, TLS, kept, run, steps, taken } from './seen-mail.ts';

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

describe('the verdict', () => {
  const verdictOf = (...seen: readonly (readonly Observation[])[]) =>
    conclude(standingsOf(run('a'), seen.flat(), LATER));

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

  test.each([
    ['the clear where the records are right', 'do', 1, false, 'in the clear'],
    ['the first of two hosts, whose records are wrong', 'fallback', 1, true, 'making sure'],
    ['the clear where the second host is right', 'fallback', 2, false, 'making sure'],
  ] as const)('mail to %s: what kept it from wrong records was something else', (...given) => {
    const [, id, host, tls, word] = given;
    const mail = taken(id, '::1', 'a').map(({ seen, ...rest }): Observation => {
      if (seen.kind !== 'smtp') throw new Error('a question');
      const step = seen.step.name === 'delivered' ? { ...seen.step, tls } : seen.step;
      return { ...rest, seen: { ...seen, host, step } };
    });
    const right = id === 'do' ? [] : taken('do', '::1', 'a');
    const verdict = verdictOf(right, mail, kept('wrong', '::1'));
    expect(verdict).toMatchObject({ conclusion: 'does-not-check', because: [id] });
    expect(conclusionSentence(verdict)).toContain(word);
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
    // Titles hold commas themselves.
    expect(conclusionSentence(verdict)).toMatch(
      /: “Right issuer, other name”, “Expired, with its own record”\.$/,
    );
  });

  test('after the end silence is no success', () => {
    const end = START + 600_000;
    const silent = conclude(standingsOf(run('a'), taken('do', '::1', 'a'), end));
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
  const toldOf = (id: ScenarioId, ...all: readonly SmtpStep[]): string => {
    const seen = steps(id, '::1', 'c', ...all);
    const standing = standingsOf(run('a'), seen, LATER).find(({ scenario }) => scenario.id === id);
    return standing === undefined ? '' : deedSentence(standing);
  };
  const told = (...all: readonly SmtpStep[]): string => toldOf('wrong', ...all);
  expect(told(EHLO, TLS, CLOSED)).toContain('Saw the certificate');
  expect(told(EHLO, { name: 'tls-failed', reason: 'x' }, CLOSED)).toContain('handshake');
  expect(toldOf('strip', EHLO, CLOSED)).toContain('no STARTTLS');
  expect(told(EHLO)).toBe('Connected.');
});
