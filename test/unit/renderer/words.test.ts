/** The words of the window are whole: texts and functions that make texts, and nothing else. */
import { describe, expect, it } from 'vitest';
import { words } from '../../../renderer/words/words.ts';
import { counted, listed, numberText, pluralOf } from '../../../renderer/words/en/language.ts';

type Entry = readonly [path: string, value: unknown];

function entriesOf(value: unknown, path = 'words'): readonly Entry[] {
  if (typeof value !== 'object' || value === null) return [[path, value]];
  return Object.entries(value).flatMap(([key, inner]) => entriesOf(inner, `${path}.${key}`));
}

const entries = entriesOf(words);

describe('the words', () => {
  it('are texts and functions', () => {
    const others = entries.filter(([, value]) => !/^(string|function)$/.test(typeof value));
    expect(others).toEqual([]);
    expect(entries.length).toBeGreaterThan(400);
  });

  it('do not shout, and keep to the typography of the window', () => {
    const texts = entries.filter(([, value]) => typeof value === 'string');
    expect(texts.filter(([, text]) => /!|\.\.\.|\w'\w|(^|\s)"/.test(String(text)))).toEqual([]);
  });

  it('have something for every screen', () => {
    const bare = Object.entries(words).filter(([, part]) => Object.keys(part).length === 0);
    expect(bare.map(([name]) => name)).toEqual([]);
  });
});

describe('the grammar', () => {
  it.each([
    [0, '0 hosts'],
    [1, '1 host'],
    [2, '2 hosts'],
    [1200, '1,200 hosts'],
  ])('counts %d', (count, text) => {
    expect(counted(count, 'host', 'hosts')).toBe(text);
  });

  it('has the verb follow the count', () => {
    expect([1, 2, 0].map((count) => pluralOf(count, 'holds', 'hold'))).toEqual([
      'holds',
      'hold',
      'hold',
    ]);
  });

  it('groups digits', () => {
    expect([999, 10_000, 1_234_567].map(numberText)).toEqual(['999', '10,000', '1,234,567']);
  });

  it.each([
    [[], ''],
    [['A'], 'A'],
    [['A', 'B'], 'A and B'],
    [['A', 'B', 'C'], 'A, B and C'],
  ])('lists %j', (items, text) => {
    expect(listed(items)).toBe(text);
  });
});
