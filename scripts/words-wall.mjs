// Refuses texts for people in the sources of the window outside renderer/words, where languages are added.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { literalTexts } from './literal-texts.mjs';
import { PROJECT } from './project.mjs';

const WINDOW = join(PROJECT, 'renderer');

/** Parts of the window whose texts have not moved yet. @type {readonly string[]} */
const NOT_YET = [
  'renderer/batch/',
  'renderer/chain/',
  'renderer/details/',
  'renderer/findings/',
  'renderer/history/',
  'renderer/inspect/',
  'renderer/settings/',
  'renderer/store/inspection-store.ts',
  'renderer/watch/',
];

/** Texts that are no words of a language, by file. @type {Readonly<Record<string, readonly string[]>>} */
const EXCEPTIONS = {
  // A selector, a media query, a border.
  'renderer/generate/material-input.tsx': ['input, textarea, [contenteditable]'],
  'renderer/store/settings-preferences.ts': ['(prefers-contrast: more)'],
  'renderer/ui/provider.tsx': ['1px solid transparent'],
  // A command of the system, to be changed in its field.
  'renderer/store/rollover-store.ts': ['systemctl reload postfix'],
};

const lines = sources()
  .filter((file) => !NOT_YET.some((part) => file.startsWith(part)))
  .flatMap((file) =>
    literalTexts(readFileSync(join(PROJECT, file), 'utf8'), { tsx: file.endsWith('x') })
      .filter(({ text }) => !(EXCEPTIONS[file] ?? []).includes(text))
      .map(({ text, where }) => `${file}: ${where}: ${JSON.stringify(text)}`),
  );
if (lines.length > 0) {
  console.error(`${lines.join('\n')}\nTexts for people belong into renderer/words.`);
  process.exitCode = 1;
}

/** @returns {readonly string[]} */
function sources() {
  return readdirSync(WINDOW, { recursive: true, encoding: 'utf8' })
    .map((file) => relative(PROJECT, join(WINDOW, file)).split(sep).join('/'))
    .filter((file) => /\.tsx?$/.test(file) && !file.startsWith('renderer/words/'))
    .sort();
}
