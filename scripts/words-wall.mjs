// Refuses texts for people in the sources of the window outside renderer/words, where languages are added.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { literalTexts } from './literal-texts.mjs';
import { PROJECT } from './project.mjs';

const WINDOW = join(PROJECT, 'renderer');

/** Whose something is to mend, as `shared/findings` has it. */
const MENDERS = ['mail host', 'DNS operator', 'domain owner', 'this network'];

/** Texts that are no words of a language, by file. @type {Readonly<Record<string, readonly string[]>>} */
const EXCEPTIONS = {
  // Selectors, a media query, a border, classes.
  'renderer/batch/batch-screen.tsx': ['input, textarea, select, [role="dialog"]'],
  'renderer/generate/material-input.tsx': ['input, textarea, [contenteditable]'],
  'renderer/store/settings-preferences.ts': ['(prefers-contrast: more)'],
  'renderer/ui/provider.tsx': ['1px solid transparent'],
  'renderer/chain/promise-nodes.tsx': ['node node-host'],
  // Codes, and what answers are compared with.
  'renderer/findings/finding-card.tsx': MENDERS,
  'renderer/store/finding-filter.ts': MENDERS,
  'renderer/details/message-text.ts': ['digest type'],
  'renderer/details/server-grid.ts': ['no answer'],
  'renderer/details/server-words.ts': ['says that', 'a signed denial covers'],
  // The same in every language: a type of record, a line of PEM, a command.
  'renderer/details/policy-tab.tsx': ['TXT'],
  'renderer/details/chain-input.tsx': ['-----BEGIN CERTIFICATE-----'],
  'renderer/store/rollover-store.ts': ['systemctl reload postfix'],
};

const lines = sources().flatMap((file) =>
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
