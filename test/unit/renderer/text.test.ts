/** Text from the network made visible; addresses of clauses; times in words. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attribute } from '../../../renderer/chain/chain-nodes.ts';
import { citations } from '../../../renderer/ui/rfc-reference.ts';
import { distanceText, durationText, instantText } from '../../../renderer/ui/time.ts';
import { textPieces, visibleText } from '../../../renderer/ui/visible-text.ts';

describe('text from the network', () => {
  it('keeps what can be seen', () => {
    expect(visibleText('220 mx.example.org ESMTP ä 中')).toBe('220 mx.example.org ESMTP ä 中');
  });

  it.each([
    ['\u202eexe.gpj', '‹U+202E›exe.gpj'],
    ['a\u0000b', 'a‹U+0000›b'],
    ['a\u001b[31m', 'a‹U+001B›[31m'],
    ['exam\u200bple', 'exam‹U+200B›ple'],
    ['\u2066x\u2069', '‹U+2066›x‹U+2069›'],
    ['a\r\nb', 'a‹U+000D›‹U+000A›b'],
  ])('shows %j as %j', (text, shown) => {
    expect(visibleText(text)).toBe(shown);
  });

  it('never lets a control or a bidirectional mark through', { timeout: 30_000 }, () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const shown = textPieces(text)
          .map((piece) => piece.text)
          .join('');
        expect(shown).not.toMatch(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u);
      }),
    );
  });
});

describe('the clauses that a text cites', () => {
  const page = 'https://www.rfc-editor.org/rfc';

  it.each([
    ['RFC 7672 §2.2.1', [['RFC 7672 §2.2.1', `${page}/rfc7672#section-2.2.1`]]],
    ['RFC 7672 §2.2', [['RFC 7672 §2.2', `${page}/rfc7672#section-2.2`]]],
    ['RFC 8020', [['RFC 8020', `${page}/rfc8020`]]],
    [
      'RFC 9276 §3.1, RFC 5155 §10.3',
      [
        ['RFC 9276 §3.1', `${page}/rfc9276#section-3.1`],
        ['RFC 5155 §10.3', `${page}/rfc5155#section-10.3`],
      ],
    ],
    [
      'RFC 7672 §2.2, §3.1.3, §6',
      [
        ['RFC 7672 §2.2', `${page}/rfc7672#section-2.2`],
        ['RFC 7672 §3.1.3', `${page}/rfc7672#section-3.1.3`],
        ['RFC 7672 §6', `${page}/rfc7672#section-6`],
      ],
    ],
  ])('of %j have each its own address', (reference, cited) => {
    expect(citations(reference).map(({ clause, address }) => [clause, address])).toEqual(cited);
  });

  it('have none where no RFC is cited', () => {
    for (const text of [
      'IANA registry',
      'postconf(5)',
      'see RFC 7672',
      'RFC 7672, the registry, §2',
    ])
      expect(citations(text).at(-1)?.address).toBeNull();
  });

  it('are all that is written', () => {
    const [first, second] = citations('RFC 7672 §2.2, §6');
    expect([first?.text, second?.text]).toEqual(['RFC 7672 §2.2', '§6']);
  });
});

describe('times in words', () => {
  it('are in UTC', () => {
    expect(instantText('2026-11-24T15:03:00.000Z')).toBe('24 Nov 2026, 15:03 UTC');
    expect(instantText('2026-01-01T00:00:00+02:00')).toBe('31 Dec 2025, 22:00 UTC');
  });

  it('are the text itself when it is no instant', () => {
    expect(instantText('soon')).toBe('soon');
  });

  it.each([
    ['2026-12-04T00:00:00Z', 'in 10 days'],
    ['2026-11-23T00:00:00Z', '1 day ago'],
    ['2026-11-24T01:00:00Z', 'today'],
  ])('%s is %s from 24 November', (iso, words) => {
    expect(distanceText(iso, '2026-11-24T00:00:00Z')).toBe(words);
  });

  it('durations lose precision as they grow', () => {
    expect([340, 9_940, 42_300, 125_000].map(durationText)).toEqual([
      '0.3 s',
      '9.9 s',
      '42 s',
      '2 min 5 s',
    ]);
  });
});

describe('an attribute of a distinguished name', () => {
  it.each([
    ['CN=R11, O=Let’s Encrypt, C=US', 'CN', 'R11'],
    ['CN=R11, O=Let’s Encrypt, C=US', 'O', 'Let’s Encrypt'],
    ['O=Widgets\\, Inc., CN=x', 'O', 'Widgets, Inc.'],
    ['OU=CN=fake, CN=real', 'CN', 'real'],
    ['O=nobody', 'CN', null],
  ])('of %j, %s is %j', (name, type, value) => {
    expect(attribute(name, type)).toBe(value);
  });
});
