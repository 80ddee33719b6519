/** Settings as a file that a person can carry to another computer: versioned JSON without anything secret. */
import { z } from 'zod';
import { printable } from '../../shared/findings/safe-text.ts';
import type { Theme } from '../../shared/ipc/contract.ts';
import { DEFAULT_PREFERENCES } from '../../shared/ipc/default-preferences.ts';
import { preferenceShapes } from '../../shared/ipc/preferences-schema.ts';
import type { Preferences, PreferenceField } from '../../shared/ipc/preferences.ts';
import { problemOf } from './preferences-check.ts';

export interface PortableSettings {
  readonly theme: Theme;
  readonly preferences: Preferences;
}

const FORMAT = 'dane-inspector-settings';
const VERSION = 1;
/** Told of one file; more would be read by nobody. */
const MAX_PROBLEMS = 20;
/** Characters of a name that is told. */
const MAX_NAME = 60;

/** Where the window stood and which domains were asked about stay on this computer. */
export function settingsDocument({ theme, preferences }: PortableSettings): string {
  return `${JSON.stringify({ format: FORMAT, version: VERSION, theme, preferences }, null, 2)}\n`;
}

export type DocumentReading =
  | { readonly ok: true; readonly settings: PortableSettings; readonly problems: readonly string[] }
  /** One plain sentence without a subject: “is no file of settings”. */
  | { readonly ok: false; readonly message: string };

/** What is good in it over what is set now; what it does not hold stays as it is. */
export function readSettingsDocument(text: string, current: PortableSettings): DocumentReading {
  const document = envelopeOf(text);
  if (document === null) return { ok: false, message: 'holds no settings of DANE Inspector' };
  const { format: _format, version, theme: themeText, preferences: given, ...others } = document;
  if (version !== VERSION) {
    return {
      ok: false,
      message: 'comes from a version of DANE Inspector that this one does not know',
    };
  }
  const problems: string[] = Object.keys(others).map(unknownSetting);
  const theme = themeShape.safeParse(themeText ?? current.theme);
  if (!theme.success) problems.push(unusable('theme', 'it is none of “system”, “light”, “dark”.'));
  const read = readPreferences(given ?? {}, current.preferences);
  problems.push(...read.unknown, ...read.unusable);
  const more = problems.length - MAX_PROBLEMS;
  return {
    ok: true,
    settings: {
      theme: theme.success ? theme.data : current.theme,
      preferences: read.preferences,
    },
    problems:
      more > 0 ? [...problems.slice(0, MAX_PROBLEMS), `And ${more} more of the kind.`] : problems,
  };
}

/** Each by itself: what is wrong with one costs no other. */
export function readPreferences(
  given: unknown,
  otherwise: Preferences,
): {
  readonly preferences: Preferences;
  /** One sentence each. */
  readonly unusable: readonly string[];
  readonly unknown: readonly string[];
} {
  const stored = z.record(z.string(), z.unknown()).safeParse(given);
  if (!stored.success) {
    const message = unusable('preferences', 'it holds no settings.');
    return { preferences: otherwise, unusable: [message], unknown: [] };
  }
  const problems: string[] = [];
  let preferences = otherwise;
  for (const field of FIELDS) {
    if (!Object.hasOwn(stored.data, field)) continue;
    const value = preferenceShapes[field].safeParse(stored.data[field]);
    const next = value.success ? { ...preferences, [field]: value.data } : null;
    const problem = next === null ? 'it is of another kind.' : problemOf(field, next);
    if (next !== null && problem === null) preferences = next;
    else problems.push(unusable(field, problem ?? ''));
  }
  const known: readonly string[] = FIELDS;
  const unknown = Object.keys(stored.data).filter((name) => !known.includes(name));
  return { preferences, unusable: problems, unknown: unknown.map(unknownSetting) };
}

const FIELDS = Object.keys(DEFAULT_PREFERENCES).filter(
  (name): name is PreferenceField => name in preferenceShapes,
);

const themeShape = z.enum(['system', 'light', 'dark']);

const envelope = z.looseObject({ format: z.literal(FORMAT), version: z.unknown() });

function envelopeOf(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const parsed = envelope.safeParse(JSON.parse(text.replace(/^\ufeff/, '')));
    return parsed.success ? parsed.data : null;
  } catch {
    // Not JSON at all.
    return null;
  }
}

function unknownSetting(name: string): string {
  return `“${short(name)}” is no setting of this version, and was left out.`;
}

function unusable(name: string, why: string): string {
  return `“${short(name)}” was left as it is: ${why}`;
}

function short(name: string): string {
  const shown = printable(name);
  return shown.length > MAX_NAME ? `${shown.slice(0, MAX_NAME)}…` : shown;
}
