// Text from the network as it may be shown, pasted into a shell, and put into a zone file.
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { printable, shellWord, zoneFileName } from '../../../../shared/findings/safe-text.ts';

describe('printable text', () => {
  test.each([
    ['\u001b[31mred', '\\x1b[31mred'],
    ['a\r\nb', 'a\\x0d\\x0ab'],
    ['\u009b2J', '\\x9b2J'],
    ['evil\u202egro.elpmaxe', 'evil\\u{202e}gro.elpmaxe'],
    ['zero\u200bwidth', 'zero\\u{200b}width'],
    ['half \ud83d emoji', 'half \\u{d83d} emoji'],
  ])('shows %j as %j', (given, shown) => {
    expect(printable(given)).toBe(shown);
  });

  test('leaves letters of every script alone', () => {
    expect(printable('bücher.例え.🙂')).toBe('bücher.例え.🙂');
  });
});

describe('a shell word', () => {
  test.each(['mx.example.org', '192.0.2.1', '2001:db8::1', '_25._tcp.mx.example.org'])(
    'is %s as it stands',
    (word) => {
      expect(shellWord(word)).toBe(word);
    },
  );

  test.each([
    '',
    'a b',
    "it's",
    "a'b'c",
    '$(id)',
    '`id`',
    'a;b',
    'a|b',
    '~root',
    '*',
    '!x',
    '\\',
    '#x',
  ])('of %j is read back unchanged by a real shell', (word) => {
    const shown = execFileSync('/bin/sh', ['-c', `printf %s ${shellWord(word)}`], {
      encoding: 'utf8',
    });
    expect(shown).toBe(word);
  });

  test('is never an option, whoever reads it', () => {
    expect(shellWord('-f.example.org')).toBe(String.raw`'\045f.example.org'`);
  });

  test('never ends its own quotes', () => {
    fc.assert(
      fc.property(fc.string(), (word) => {
        const quoted = shellWord(word);
        expect(quoted.replace(/'[^']*'|\\'/g, '')).toMatch(/^[A-Za-z0-9_.:/@%+=,-]*$/);
      }),
    );
  });
});

describe('a name in a zone file', () => {
  test.each([
    ['example.org', 'example.org.'],
    ['.', '.'],
    ['a;b.example', 'a\\;b.example.'],
    ['$ttl.example', '\\$ttl.example.'],
    ['say"hi".example', 'say\\"hi\\".example.'],
    ['(a)@b.example', '\\(a\\)\\@b.example.'],
  ])('%s is written %s', (key, written) => {
    expect(zoneFileName(key)).toBe(written);
  });
});
