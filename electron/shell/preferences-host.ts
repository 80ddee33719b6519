/** What the window asks about settings and about itself, done with the dialogs of the system. */
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { dialog, type BrowserWindow, type OpenDialogOptions } from 'electron';
import writeFileAtomic from 'write-file-atomic';
import { printable } from '../../shared/findings/safe-text.ts';
import type { SaveReply, Settings } from '../../shared/ipc/contract.ts';
import { PREFERENCE_LIMITS } from '../../shared/ipc/default-preferences.ts';
import type {
  ImportReply,
  PreferenceReply,
  Preferences,
  StartFacts,
  ZoneField,
} from '../../shared/ipc/preferences.ts';
import { shown, type Handle } from './ipc-host.ts';
import type { Notices } from './notices.ts';
import type { OutsideDomains } from './outside-domain.ts';
import { checkPreferences } from './preferences-check.ts';
import { readSettingsDocument, settingsDocument } from './preferences-document.ts';
import { MAX_FILE_BYTES, type SettingsFile } from './settings-file.ts';
import { readReason, writeReason } from './system-reason.ts';
import { zoom } from './window.ts';

export interface PreferenceParts {
  readonly window: BrowserWindow;
  readonly settings: SettingsFile;
  readonly facts: StartFacts;
  readonly notices: Notices;
  readonly outside: OutsideDomains;
  readonly applyTheme: (theme: Settings['theme']) => void;
}

export function hostPreferences(parts: PreferenceParts): (handle: Handle) => void {
  const { window, settings, facts, notices, outside } = parts;
  return (handle) => {
    handle('preferences:change', (preferences) => keep(settings, preferences));
    handle('preferences:read-file', ({ field }) => readZone(window, settings, field));
    handle('preferences:export', () => exportSettings(window, settings));
    handle('preferences:import', () => importSettings(parts));
    handle('preferences:start', () => facts);
    handle('notices:take', () => notices.take());
    handle('domain:take', () => outside.take());
    handle('window:zoom', ({ step }) => {
      zoom(window, settings, step);
      return null;
    });
  };
}

function keep(settings: SettingsFile, preferences: Preferences): PreferenceReply {
  const problem = checkPreferences(preferences);
  if (problem !== null) return { kind: 'refused', ...problem };
  return { kind: 'kept', settings: shown(settings.change({ preferences })) };
}

async function readZone(
  window: BrowserWindow,
  settings: SettingsFile,
  field: ZoneField,
): Promise<PreferenceReply | { readonly kind: 'cancelled' }> {
  const path = await choose(window, { title: ZONE_TITLES[field] });
  if (path === null) return { kind: 'cancelled' };
  const read = readUpTo(path, PREFERENCE_LIMITS.zoneCharacters);
  if (!read.ok) return { kind: 'refused', field, message: read.message };
  return keep(settings, { ...settings.current.preferences, [field]: read.text });
}

const ZONE_TITLES: Readonly<Record<ZoneField, string>> = {
  rootHints: 'Choose root hints',
  trustAnchors: 'Choose trust anchors',
};

async function exportSettings(window: BrowserWindow, settings: SettingsFile): Promise<SaveReply> {
  const choice = await dialog.showSaveDialog(window, {
    title: 'Save the settings',
    defaultPath: 'dane-inspector-settings.json',
    filters: [JSON_FILES],
  });
  const path = choice.filePath ?? '';
  if (choice.canceled || path === '') return { kind: 'cancelled' };
  try {
    await writeFileAtomic(path, settingsDocument(settings.current));
    return { kind: 'saved', path };
  } catch (error) {
    const message = `${path} could not be written: ${writeReason(error)}. Save it elsewhere.`;
    return { kind: 'failed', message };
  }
}

async function importSettings(parts: PreferenceParts): Promise<ImportReply> {
  const { window, settings, applyTheme } = parts;
  const path = await choose(window, { title: 'Choose a file of settings', filters: [JSON_FILES] });
  if (path === null) return { kind: 'cancelled' };
  const read = readUpTo(path, MAX_FILE_BYTES);
  if (!read.ok) return { kind: 'refused', message: read.message };
  const document = readSettingsDocument(read.text, settings.current);
  if (!document.ok) {
    const message = `${printable(basename(path))} ${document.message}. Everything stays as it was.`;
    return { kind: 'refused', message };
  }
  applyTheme(document.settings.theme);
  const changed = settings.change(document.settings);
  return { kind: 'imported', settings: shown(changed), problems: document.problems };
}

const JSON_FILES = { name: 'Settings of DANE Inspector', extensions: ['json'] };

async function choose(window: BrowserWindow, options: OpenDialogOptions): Promise<string | null> {
  const choice = await dialog.showOpenDialog(window, { ...options, properties: ['openFile'] });
  return choice.canceled ? null : (choice.filePaths[0] ?? null);
}

type Reading =
  { readonly ok: true; readonly text: string } | { readonly ok: false; readonly message: string };

/** Reads no more than that, also of a file that grows. */
function readUpTo(path: string, most: number): Reading {
  const name = printable(basename(path));
  try {
    // Opening a pipe would wait for whoever writes into it.
    if (!statSync(path).isFile()) return { ok: false, message: `${name} is no file.` };
    const file = openSync(path, 'r');
    try {
      const octets = Buffer.alloc(most + 1);
      let length = 0;
      for (let read = -1; read !== 0 && length <= most; length += read) {
        read = readSync(file, octets, length, octets.length - length, null);
      }
      if (length <= most) return { ok: true, text: octets.toString('utf8', 0, length) };
      return { ok: false, message: `${name} is larger than ${most} octets. It was not read.` };
    } finally {
      closeSync(file);
    }
  } catch (error) {
    return { ok: false, message: `${name} could not be read: ${readReason(error)}.` };
  }
}
