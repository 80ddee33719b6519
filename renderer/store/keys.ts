/** Which keys the window obeys: those of the one table that the menu and the list of shortcuts show too. */
import { COMMAND_NAMES, COMMANDS, type CommandName } from '../../shared/ipc/commands.ts';

export interface KeyPressed {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly defaultPrevented: boolean;
  readonly target: unknown;
}

export function commandOfKey(pressed: KeyPressed): CommandName | null {
  if (pressed.defaultPrevented || pressed.altKey) return null;
  const named = COMMAND_NAMES.find((name) =>
    COMMANDS[name].keys.some((accelerator) => isPressed(accelerator, pressed)),
  );
  return named ?? null;
}

function isPressed(accelerator: string, pressed: KeyPressed): boolean {
  const parts = accelerator.split('+');
  const name = parts.at(-1) ?? '';
  const control = parts.includes('CmdOrCtrl');
  if (control !== (pressed.ctrlKey || pressed.metaKey)) return false;
  const keys = KEYS.get(name) ?? [name.toLowerCase()];
  if (!keys.includes(pressed.key.toLowerCase())) return false;
  // Where digits and signs lie, and whether they need Shift, differs from keyboard to keyboard.
  const isNamed = /^[A-Z]$|^.{2,}$/.test(name) && name !== 'Plus';
  if (isNamed && parts.includes('Shift') !== pressed.shiftKey) return false;
  // A sign without Ctrl is text where text is typed.
  return control || isNamed || !isTextField(pressed.target);
}

/** As the accelerators call them, and as pages do (UI Events KeyboardEvent key values). */
const KEYS: ReadonlyMap<string, readonly string[]> = new Map([
  ['Esc', ['escape']],
  // It shares its key with the equals sign, which needs no Shift.
  ['Plus', ['+', '=']],
]);

function isTextField(target: unknown): boolean {
  if (typeof target !== 'object' || target === null || !('tagName' in target)) return false;
  return ['INPUT', 'TEXTAREA', 'SELECT'].includes(String(target.tagName));
}
