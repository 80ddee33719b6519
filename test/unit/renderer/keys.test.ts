/** Keys: what each stands for, on any keyboard, and what is left to the text that is being typed. */
import { describe, expect, it } from 'vitest';
import { COMMAND_NAMES, COMMANDS, SYSTEM_COMMANDS } from '../../../shared/ipc/commands.ts';
import { commandOfKey, type KeyPressed } from '../../../renderer/store/keys.ts';

const press = (key: string, more: Partial<KeyPressed> = {}) =>
  commandOfKey({
    ...{ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false },
    ...{ defaultPrevented: false, target: { tagName: 'BODY' } },
    ...more,
  });
const control = { ctrlKey: true };
const INPUT = { tagName: 'INPUT' };

describe('a key', () => {
  it.each([
    ['l', control, 'inspect'],
    ['1', control, 'inspect'],
    ['F5', {}, 'again'],
    ['r', control, 'again'],
    ['R', control, 'again'],
    ['Escape', {}, 'cancel'],
    [',', control, 'settings'],
    ['o', control, 'outline'],
    ['O', { ...control, shiftKey: true }, 'open-files'],
    ['p', control, 'print'],
    ['+', { ...control, shiftKey: true }, 'zoom-in'],
    ['=', control, 'zoom-in'],
    ['-', control, 'zoom-out'],
    ['0', control, 'zoom-reset'],
    ['F1', {}, 'shortcuts'],
    ['?', { shiftKey: true }, 'shortcuts'],
    ['l', { metaKey: true }, 'inspect'],
    // French keyboards need Shift for digits, German ones for the question mark.
    ['2', { ...control, shiftKey: true }, 'generate'],
    ['?', {}, 'shortcuts'],
  ] as const)('%s with %j is “%s”', (key, more, command) => {
    expect(press(key, more)).toBe(command);
  });

  it.each([
    ['l', {}],
    ['o', { ...control, altKey: true }],
    ['l', { ...control, shiftKey: true }],
    ['F5', control],
    ['F1', { shiftKey: true }],
    ['0', {}],
    ['+', {}],
    ['c', control],
    ['v', control],
    ['Enter', {}],
    ['F5', { defaultPrevented: true }],
  ] as const)('%s with %j is none of the window’s', (key, more) => {
    expect(press(key, more)).toBeNull();
  });

  it('that is a sign is text where text is typed, and all others work there too', () => {
    for (const tagName of ['INPUT', 'TEXTAREA', 'SELECT']) {
      expect(press('?', { target: { tagName } }), tagName).toBeNull();
    }
    expect(press('F1', { target: INPUT })).toBe('shortcuts');
    expect(press('Escape', { target: INPUT })).toBe('cancel');
    expect(press('-', { ...control, target: INPUT })).toBe('zoom-out');
  });
});

describe('the table', () => {
  it('gives no key two meanings', () => {
    const keys = [...Object.values(COMMANDS), ...Object.values(SYSTEM_COMMANDS)].flatMap(
      (command) => command.keys,
    );
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('has a key for each command but About, and the keyboard obeys the first of each', () => {
    for (const name of COMMAND_NAMES.filter((each) => each !== 'about')) {
      const [accelerator = ''] = COMMANDS[name].keys;
      const parts = accelerator.split('+');
      const key = new Map([
        ['Plus', '+'],
        ['Esc', 'Escape'],
      ]).get(parts.at(-1) ?? '');
      const pressed = press(key ?? parts.at(-1) ?? '', {
        ctrlKey: parts.includes('CmdOrCtrl'),
        shiftKey: parts.includes('Shift'),
      });
      expect(pressed, accelerator).toBe(name);
    }
  });
});
