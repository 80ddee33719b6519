// What a check of resolvers looks like, one by one and all together.
import { expect, test } from 'vitest';
import { checkFace, checksFace } from '../../../../renderer/lab/resolver-face.ts';
import type { SelfCheckState } from '../../../../shared/lab/self-check.ts';

const STATES: readonly SelfCheckState[] = [
  'ready',
  'no-answer',
  'not-found',
  'fails',
  'not-trusted',
  'bit-lost',
  'takes-forged',
];

function checked(...states: readonly SelfCheckState[]) {
  const checks = states.map((state) => ({
    ...{ state, resolver: '127.0.0.1#53', sentence: '', advice: null },
  }));
  return { checks, problem: null };
}

test('only one that is ready is green, and none is red: nothing is broken yet', () => {
  const tones = STATES.map((state) => [state, checkFace({ state }).tone]);
  expect(tones.filter(([, tone]) => tone === 'ok')).toEqual([['ready', 'ok']]);
  expect(tones.filter(([, tone]) => tone === 'err')).toEqual([]);
});

test('several are one face where they agree', () => {
  expect(checksFace(checked('ready', 'ready'))).toEqual(checkFace({ state: 'ready' }));
  expect(checksFace(checked('fails', 'fails'))).toEqual(checkFace({ state: 'fails' }));
});

test('one that is not ready among others is not passed over', () => {
  const face = checksFace(checked('ready', 'not-found', 'ready'));
  expect(face).toEqual({ tone: 'warn', icon: 'triangle', word: '2 of 3 ready' });
});

test('nothing was checked where nothing answered for itself', () => {
  const unasked = { tone: 'none', icon: 'ring', word: 'not checked yet' };
  expect(checksFace(null)).toEqual(unasked);
  expect(checksFace({ checks: [], problem: 'No resolver is set.' })).toEqual(unasked);
});
