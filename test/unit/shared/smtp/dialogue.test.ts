/** The STARTTLS dialogue as a pure machine: what is said when, and what each answer means (RFC 3207 §4). */
import { describe, expect, test } from 'vitest';
import {
  BEGINNING,
  advance,
  isEhloName,
  type DialogueAction,
} from '../../../../shared/smtp/dialogue.ts';

/** Plays the server's lines and gives back all that the client did. */
function play(...chunks: readonly (string | null)[]): readonly DialogueAction[] {
  let state = BEGINNING;
  const actions: DialogueAction[] = [];
  for (const chunk of chunks) {
    const input =
      chunk === null
        ? ({ kind: 'ended' } as const)
        : ({ kind: 'bytes', bytes: new Uint8Array(Buffer.from(chunk, 'latin1')) } as const);
    const step = advance(state, input, 'me.example');
    state = step.state;
    actions.push(...step.actions);
  }
  return actions;
}

function commands(actions: readonly DialogueAction[]): readonly string[] {
  return actions.flatMap((action) => (action.kind === 'send' ? [action.command] : []));
}

function stopped(actions: readonly DialogueAction[]): unknown {
  return actions.find((action) => action.kind === 'stop') ?? actions.at(-1);
}

const GREETING = '220 mx ESMTP\r\n';
const EHLO = '250-mx\r\n250-PIPELINING\r\n250 STARTTLS\r\n';

test('the ordinary course: banner, EHLO, STARTTLS, TLS; and nothing that begins a mail', () => {
  const actions = play(GREETING, EHLO, '220 go ahead\r\n');
  expect(commands(actions)).toEqual(['EHLO me.example\r\n', 'STARTTLS\r\n']);
  expect(actions).toContainEqual({ kind: 'greeted', banner: 'mx ESMTP' });
  expect(actions.at(-1)).toEqual({ kind: 'upgrade', injected: new Uint8Array(0) });
});

test('nothing is sent before the greeting is complete', () => {
  expect(commands(play('220-please wait\r\n'))).toEqual([]);
  expect(commands(play('220-please wait\r\n', '220 mx\r\n'))).toEqual(['EHLO me.example\r\n']);
});

describe('whether STARTTLS is offered', () => {
  test.each(['starttls', 'StartTLS', 'STARTTLS', 'STARTTLS '])('%s is the keyword', (keyword) => {
    expect(play(GREETING, `250-mx\r\n250 ${keyword}\r\n`)).toContainEqual({
      kind: 'offered',
      starttls: true,
    });
  });

  test.each(['XSTARTTLS', 'STARTTLSX', 'AUTH STARTTLS', 'X-STARTTLS'])('%s is not', (keyword) => {
    const actions = play(GREETING, `250-mx\r\n250 ${keyword}\r\n`);
    expect(stopped(actions)).toMatchObject({ failure: 'starttls-missing' });
    expect(commands(actions).at(-1)).toBe('QUIT\r\n');
  });

  test('a server that is called so does not offer it', () => {
    expect(stopped(play(GREETING, '250 STARTTLS\r\n'))).toMatchObject({
      failure: 'starttls-missing',
    });
  });
});

describe('what the server may say instead', () => {
  test.each([
    [
      'a greeting of 554',
      ['554 no\r\n'],
      'rejected',
      /turned us away in its greeting: "554 no"/,
      true,
    ],
    ['a greeting of 421', ['421 busy\r\n'], 'rejected', /for now: "421 busy"/, false],
    ['a greeting of 250', ['250 hm\r\n'], 'protocol', /answered with "250 hm"/, true],
    ['EHLO refused', [GREETING, '550 no\r\n'], 'rejected', /did not accept EHLO: "550/, true],
    [
      'EHLO unknown, HELO known',
      [GREETING, '502 what\r\n', '250 mx\r\n'],
      'rejected',
      /knows HELO but not EHLO \("502 what"\)/,
      true,
    ],
    ['EHLO unknown, then the end', [GREETING, '500 what\r\n', null], 'closed', /to HELO/, false],
    ['EHLO put off', [GREETING, '451 later\r\n'], 'rejected', /EHLO for now: "451/, true],
    [
      'STARTTLS: 454',
      [GREETING, EHLO, '454 no TLS\r\n'],
      'starttls-refused',
      /not available now/,
      true,
    ],
    ['STARTTLS: 421', [GREETING, EHLO, '421 bye\r\n'], 'starttls-refused', /hung up/, false],
    [
      'STARTTLS: 500',
      [GREETING, EHLO, '500 no\r\n'],
      'starttls-refused',
      /refused STARTTLS: /,
      true,
    ],
    ['STARTTLS: 450', [GREETING, EHLO, '450 no\r\n'], 'starttls-refused', /for now/, true],
    ['STARTTLS: 250', [GREETING, EHLO, '250 ok\r\n'], 'protocol', /answered STARTTLS with/, true],
    ['garbage', ['SSH-2.0\r\n'], 'protocol', /not SMTP: "SSH-2.0"/, false],
    ['too much', ['2'.repeat(3000)], 'limit', /MAX_LINE_OCTETS/, false],
    ['the end before the greeting', [null], 'closed', /before its greeting/, false],
    [
      'the end in the middle of EHLO',
      [GREETING, '250-mx\r\n', null],
      'closed',
      /reply to EHLO/,
      false,
    ],
    ['the end at STARTTLS', [GREETING, EHLO, null], 'closed', /answer to STARTTLS/, false],
  ] as const)('%s', (_, chunks, failure, reason, quits) => {
    const actions = play(...chunks);
    expect(stopped(actions)).toMatchObject({ failure, reason: expect.stringMatching(reason) });
    expect(commands(actions).includes('QUIT\r\n')).toBe(quits);
    expect(actions.some(({ kind }) => kind === 'upgrade')).toBe(false);
  });
});

describe('RFC 3207 §6: plaintext that is slipped in', () => {
  test('behind the 220 to STARTTLS it is handed out as injected, never read as a reply', () => {
    const actions = play(GREETING, EHLO, '220 go\r\n250 injected\r\n');
    expect(actions.at(-1)).toEqual({
      kind: 'upgrade',
      injected: new Uint8Array(Buffer.from('250 injected\r\n')),
    });
  });

  test('a 220 that comes before STARTTLS was said does not begin TLS', () => {
    const actions = play(GREETING, `${EHLO}220 go\r\n`);
    expect(stopped(actions)).toMatchObject({ failure: 'protocol' });
    expect(commands(actions)).toEqual(['EHLO me.example\r\n']);
  });
});

test('input after the end changes nothing', () => {
  expect(play(null, GREETING, EHLO).filter(({ kind }) => kind === 'send')).toEqual([]);
});

describe('the EHLO name', () => {
  test.each(['mx.example', 'mx', '[192.0.2.1]', '[IPv6:2001:db8::1]'])('%s is one', (name) => {
    expect(isEhloName(name)).toBe(true);
  });

  test.each([
    '',
    'a b',
    'x\r\nMAIL FROM:<a@b>',
    'a'.repeat(256),
    'a..b',
    '-a.b',
    '[1.2.3]',
    '[x]',
    '[1.2.3.4',
    '2001:db8::1',
  ])('%j is none', (name) => {
    expect(isEhloName(name)).toBe(false);
    expect(() => advance(BEGINNING, { kind: 'ended' }, name)).toThrow(RangeError);
  });
});
