// The fields of where the test lives, and what is made of them.
import { describe, expect, test } from 'vitest';
import { formOf, readForm, withField } from '../../../../renderer/store/outbound-form.ts';
import { WISH } from '../lab/reports.ts';

const FORM = formOf(WISH);

test('what was wished is what the form says, and back', () => {
  expect(readForm(FORM)).toEqual({ ok: true, wish: WISH });
  const other = { ...WISH, algorithm: 15, seconds: 90, smtpPort: 2525, base: 'x' } as const;
  expect(readForm(formOf(other))).toEqual({ ok: true, wish: other });
});

test('time is typed in minutes', () => {
  expect(formOf({ ...WISH, seconds: 90 }).seconds).toBe('1.5');
  expect(readForm({ ...FORM, seconds: '2,5' })).toMatchObject({ wish: { seconds: 150 } });
});

describe('a number that cannot be used is refused at its field', () => {
  test.each([
    ['smtpPort', '0'],
    ['smtpPort', '65536'],
    ['smtpPort', ''],
    ['smtpPort', '25x'],
    ['listenPort', '-1'],
    ['listenPort', '2.5'],
    ['seconds', '0'],
    ['seconds', '-3'],
    ['seconds', '721'],
    ['seconds', '1e2'],
    ['seconds', 'ten'],
  ] as const)('%s: “%s”', (field, typed) => {
    expect(readForm({ ...FORM, [field]: typed })).toMatchObject({ ok: false, field });
  });

  test('the most is said, and taken', () => {
    expect(readForm({ ...FORM, seconds: '721' })).toMatchObject({
      message: expect.stringContaining('at most 720') as string,
    });
    expect(readForm({ ...FORM, seconds: '720' })).toMatchObject({ wish: { seconds: 43_200 } });
  });
});

test('nobody says yes to other machines by filling the form', () => {
  expect(readForm(formOf({ ...WISH, open: true }))).toMatchObject({ wish: { open: false } });
});

test('the port to listen on goes with the other until it is given by itself', () => {
  const both = withField(FORM, 'smtpPort', '2525');
  expect(both).toMatchObject({ smtpPort: '2525', listenPort: '2525' });
  const apart = withField(withField(FORM, 'listenPort', '2525'), 'smtpPort', '26');
  expect(apart).toMatchObject({ smtpPort: '26', listenPort: '2525' });
});
