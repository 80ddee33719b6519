/** What the desktop is told: the same files and links in the entry, in the packages, and in the program. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { LINK_SCHEME } from '../../../../electron/shell/outside-domain.ts';

const entry = readFileSync('assets/dane-inspector.desktop', 'utf8');
const packages = readFileSync('electron-builder.yml', 'utf8');

function listed(key: string): readonly string[] {
  const [, value = ''] = new RegExp(`^${key}=(.*);$`, 'm').exec(entry) ?? [];
  return value.split(';');
}

it('all kinds of files that packages offer to open, and the links, are in the desktop entry', () => {
  const types = [...packages.matchAll(/mimeType: (\S+)/g)].map(([, type = '']) => type);
  const [, scheme = ''] = /schemes: \[(\S+)\]/.exec(packages) ?? [];
  expect(scheme).toBe(LINK_SCHEME);
  expect([...listed('MimeType')].sort()).toEqual([...types, `x-scheme-handler/${scheme}`].sort());
});

it('the entry starts the program that packages install, with what is opened', () => {
  const [, program] = /executableName: (\S+)/.exec(packages) ?? [];
  expect(entry).toContain(`\nExec=${program} %U\n`);
  expect(entry).toContain(`\nIcon=${program}\n`);
});
