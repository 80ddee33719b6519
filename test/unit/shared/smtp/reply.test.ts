/** SMTP replies as bytes arrive, and the bounds on them (RFC 5321 §4.2). */
import { describe, expect, test } from 'vitest';
import { NO_REPLY_YET, readReply, type ReplyStep } from '../../../../shared/smtp/reply.ts';

function octets(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'latin1'));
}

function read(...chunks: readonly string[]): ReplyStep {
  let partial = NO_REPLY_YET;
  let step: ReplyStep = { kind: 'more', partial };
  for (const chunk of chunks) {
    step = readReply(partial, octets(chunk));
    if (step.kind !== 'more') return step;
    partial = step.partial;
  }
  return step;
}

describe('replies', () => {
  test.each([
    ['one line', '220 mx ESMTP\r\n', 220, ['mx ESMTP']],
    ['LF alone', '220 mx\n', 220, ['mx']],
    ['no text', '250\r\n', 250, ['']],
    [
      'several lines',
      '250-mx\r\n250-SIZE 10\r\n250 STARTTLS\r\n',
      250,
      ['mx', 'SIZE 10', 'STARTTLS'],
    ],
    ['control characters', '220 a\x1b[2Jb\r\n', 220, [String.raw`a\x1b[2Jb`]],
    ['octets beyond ASCII', '220 \xe9\r\n', 220, [String.raw`\xe9`]],
  ])('%s', (_, text, code, lines) => {
    expect(read(text)).toEqual({ kind: 'reply', reply: { code, lines }, rest: octets('') });
    expect(read(...text)).toEqual({ kind: 'reply', reply: { code, lines }, rest: octets('') });
  });

  test('bytes behind the reply are kept apart', () => {
    expect(read('220 ready\r\n250 injected')).toMatchObject({ rest: octets('250 injected') });
  });

  test.each([
    ['another protocol', 'SSH-2.0-OpenSSH\r\n'],
    ['a code of two digits', '22 mx\r\n'],
    ['a code of four digits', '2200 mx\r\n'],
    ['a code that is none', '120 mx\r\n'],
    ['a letter behind the code', '220x\r\n'],
    ['an empty line', '\r\n'],
    ['a code that changes', '250-a\r\n550 b\r\n'],
  ])('%s is not SMTP', (_, text) => {
    expect(read(text).kind).toBe('garbage');
  });
});

describe('bounds', () => {
  test('a line of 2048 octets is read, one more is not, whether it ends or not', () => {
    expect(read(`220 ${'a'.repeat(2042)}\r\n`).kind).toBe('reply');
    expect(read(`220 ${'a'.repeat(2043)}\r\n`)).toEqual({
      kind: 'limit',
      limit: 'MAX_LINE_OCTETS',
    });
    expect(read(`220 ${'a'.repeat(2045)}`)).toEqual({ kind: 'limit', limit: 'MAX_LINE_OCTETS' });
  });

  test('100 lines are read, the 101st is not', () => {
    expect(read(`${'250-A\r\n'.repeat(99)}250 B\r\n`).kind).toBe('reply');
    expect(read(`${'250-A\r\n'.repeat(100)}250 B\r\n`)).toEqual({
      kind: 'limit',
      limit: 'MAX_REPLY_LINES',
    });
  });

  test('64 KiB are read, more is not', () => {
    const line = `250-${'a'.repeat(2042)}\r\n`;
    expect(read(...Array.from({ length: 40 }, () => line))).toEqual({
      kind: 'limit',
      limit: 'MAX_REPLY_OCTETS',
    });
  });
});
