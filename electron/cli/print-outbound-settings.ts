/** The texts that point a resolver and a mail server at the outbound test, for `--settings NAME`. */
import type { ResolverSettings } from '../../shared/lab/resolver-settings.ts';
import type { SenderSettings } from '../../shared/mail-software/outbound-test-settings.ts';
import type { TestSettings } from './lab-settings.ts';
import type { Terminal } from './terminal.ts';
import { indentLines, wrap } from './wrap.ts';

export function tellSettings({ resolvers, mailServers }: TestSettings, terminal: Terminal): void {
  for (const settings of resolvers) tellResolver(settings, terminal);
  for (const settings of mailServers) tellMailServer(settings, terminal);
}

function tellResolver(
  { software, file, text, apply, notes }: ResolverSettings,
  to: Terminal,
): void {
  tellHeading(software, to);
  if (file !== null) tellText(`Into ${file}:`, text, to);
  if (apply !== null) tellText('Then run:', apply, to);
  tellNotes(notes, to);
}

function tellMailServer(
  { software, basis, parts, apply, notes }: SenderSettings,
  to: Terminal,
): void {
  tellHeading(basis === 'tried' ? software : `${software} (from its documentation)`, to);
  for (const { where, kind, text } of parts)
    tellText(kind === 'text' ? `Into ${where}:` : `In ${where}:`, text, to);
  if (apply !== null) tellText('Then run:', apply, to);
  tellNotes(notes, to);
}

function tellHeading(software: string, { out, paint }: Terminal): void {
  out(paint('strong', `\nSettings for ${software}`));
}

/** Whole lines, however long: they are to be copied. */
function tellText(heading: string, text: string, { out, width }: Terminal): void {
  out(wrap(heading, width, ''));
  out(indentLines(text.trimEnd(), '  ').replaceAll(/^ +$/gm, ''));
}

function tellNotes(notes: readonly string[], { out, width }: Terminal): void {
  for (const note of notes) out(wrapItem(note, width));
}

/** `- ` and what is behind it, its further lines below each other. */
function wrapItem(text: string, width: number): string {
  return `- ${wrap(text, width, '  ').slice(2)}`;
}
