/** Commands as lines of the Copy menu: each by itself, one choice a command. */
import { words } from '../words/words.ts';
import type { CopyChoice } from './copy-menu.tsx';
import type { NamedCommand } from './smtp-copies.ts';

export function commandChoices(commands: readonly NamedCommand[]): readonly CopyChoice[] {
  return commands.map(({ about, command }) => ({
    name: words.details.copy.command,
    about,
    text: () => `${command}\n`,
  }));
}
