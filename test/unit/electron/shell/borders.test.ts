/** What the shell lets through: arguments, files, links, clipboard text, stored settings. */
import { DEFAULT_PREFERENCES } from '../../../../shared/ipc/default-preferences.ts';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readArguments } from '../../../../electron/shell/arguments.ts';
import { clipboardText } from '../../../../electron/shell/clipboard-text.ts';
import { allowedLink } from '../../../../electron/shell/external-link.ts';
import { MAX_FILE_BYTES, SettingsFile } from '../../../../electron/shell/settings-file.ts';

describe('the command line of the window', () => {
  const read = (...words: string[]) => readArguments(words, '/app');

  it('takes a domain, and not the folder of the app for one', () => {
    expect(read('/app', 'example.org').domain).toBe('example.org');
    expect(read('.', '--lab').domain).toBeNull();
    expect(read('--lab', '/app/', 'good.lab')).toMatchObject({ lab: true, domain: 'good.lab' });
  });

  it('leaves Chromium’s switches alone', () => {
    const given = read('--no-sandbox', '--remote-debugging-port=0', '--user-data-dir=/x', '/app');
    expect(given).toMatchObject({ domain: null, problem: null });
  });

  it('takes the options of check, joined with = or not', () => {
    expect(
      read('/app', '--dns-port', '5353', '--smtp-port=2525', '--allow-private', '--timeout=0.5'),
    ).toMatchObject({
      options: { dnsPort: 5353, smtpPort: 2525, allowPrivate: true, timeoutSeconds: 0.5 },
    });
  });

  it.each(['0', '65536', 'x', '-1'])('refuses %s as a port, in words', (port) => {
    const { options, problem } = read(`--dns-port=${port}`);
    expect(options.dnsPort).toBeNull();
    expect(problem).toContain('--dns-port');
  });

  it('says so when a value is missing', () => {
    expect(read('/app', '--root-hints').problem).toContain('--root-hints needs a value');
  });
});

describe('links', () => {
  it('to the RFC editor may be opened', () => {
    const address = 'https://www.rfc-editor.org/rfc/rfc7672#section-2.2';
    expect(allowedLink(address)).toBe(address);
  });

  it.each([
    'http://www.rfc-editor.org/rfc/rfc7672',
    'https://rfc-editor.org/',
    'https://www.rfc-editor.org.example.net/',
    'https://www.rfc-editor.org@example.net/',
    'https://user:word@www.rfc-editor.org/',
    'https://www.rfc-editor.org:8443/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'not an address',
    '',
  ])('to %j may not', (address) => {
    expect(allowedLink(address)).toBeNull();
  });
});

describe('text for the clipboard', () => {
  it('keeps lines and tabs', () => {
    expect(clipboardText('a\tb\nc\r\nd')).toBe('a\tb\nc\nd');
  });

  it.each(['\u001b[2J', '\u0000', '\u202e', '\u200b', '\ufeff', '\u2028', '\u009b', '\r'])(
    'loses %j, which is not seen',
    (character) => {
      expect(clipboardText(`rm ${character}x`)).not.toContain(character);
    },
  );
});

describe('the settings file', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'settings-'));
    told = [];
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
    vi.restoreAllMocks();
  });
  let told: string[];
  const open = () =>
    new SettingsFile(join(folder, 'settings.json'), (message) => told.push(message));

  it('keeps what is changed for the next start', () => {
    open().change({ theme: 'dark' });
    expect(open().current.theme).toBe('dark');
  });

  it('remembers the last twelve domains once each, the last one first', () => {
    const settings = open();
    for (let index = 0; index < 15; index += 1) settings.remember(`d${index}.example`);
    settings.remember('d10.example');
    const { recent } = open().current;
    expect(recent).toHaveLength(12);
    expect(recent.slice(0, 2)).toEqual(['d10.example', 'd14.example']);
    expect(new Set(recent).size).toBe(12);
  });

  it.each(['', '{', '[]', 'null', '7', '{"theme":"dark"', '\u0000\u0001'])(
    'starts with the defaults when it holds %j, keeps that aside, and says so',
    (text) => {
      writeFileSync(join(folder, 'settings.json'), text);
      expect(open().current).toEqual({
        theme: 'system',
        recent: [],
        preferences: DEFAULT_PREFERENCES,
        window: null,
        zoom: 1,
      });
      expect(readFileSync(join(folder, 'settings.json.damaged'), 'utf8')).toBe(text);
      expect(told).toHaveLength(1);
      expect(told[0]).toContain(join(folder, 'settings.json.damaged'));
    },
  );

  it('is told of once: the next start has nothing to say', () => {
    writeFileSync(join(folder, 'settings.json'), '{');
    open().change({ theme: 'dark' });
    told = [];
    expect(open().current.theme).toBe('dark');
    expect(told).toEqual([]);
  });

  it('keeps a second damaged file beside the first', () => {
    for (const text of ['{1', '{2']) {
      writeFileSync(join(folder, 'settings.json'), text);
      open();
    }
    expect(readFileSync(join(folder, 'settings.json.damaged'), 'utf8')).toBe('{1');
    expect(readFileSync(join(folder, 'settings.json.damaged-2'), 'utf8')).toBe('{2');
  });

  it('does not read a file that is far too large to be its own', () => {
    const text = JSON.stringify({ theme: 'dark', recent: [], window: null });
    writeFileSync(join(folder, 'settings.json'), text + ' '.repeat(MAX_FILE_BYTES));
    expect(open().current.theme).toBe('system');
    expect(told[0]).toContain('too large');
  });

  it('keeps the rest when parts are damaged, names them, and keeps a copy', () => {
    const text = JSON.stringify({
      theme: 'dark',
      recent: 7,
      zoom: 40,
      preferences: { timeoutSeconds: 9, resolver: 'localhost', smtp: 'no' },
    });
    writeFileSync(join(folder, 'settings.json'), text);
    expect(open().current).toMatchObject({
      theme: 'dark',
      recent: [],
      zoom: 1,
      preferences: { ...DEFAULT_PREFERENCES, timeoutSeconds: 9 },
    });
    for (const name of ['recent', 'zoom', 'resolver', 'smtp']) {
      expect(told[0]).toContain(`“${name}”`);
    }
    expect(told[0]).not.toContain('theme');
    expect(readFileSync(join(folder, 'settings.json.damaged'), 'utf8')).toBe(text);
  });

  it.each([
    { x: 1e15, y: 0, width: 1200, height: 800 },
    { x: 0, y: 0, width: 1e12, height: 800 },
    { x: 0, y: -40_000, width: 1200, height: 800 },
  ])('takes no place for the window that no system has: %j', (place) => {
    const text = JSON.stringify({ theme: 'dark', window: { ...place, maximized: false } });
    writeFileSync(join(folder, 'settings.json'), text);
    expect(open().current).toMatchObject({ theme: 'dark', window: null });
    expect(told[0]).toContain('“window”');
  });

  it('goes on without memory when the disk cannot be written, and says so once', () => {
    writeFileSync(join(folder, 'file'), '');
    const path = join(folder, 'file', 'settings.json');
    const settings = new SettingsFile(path, (message) => told.push(message));
    // It is no fault yet: there is nothing to read.
    expect(told).toEqual([]);
    expect(settings.change({ theme: 'dark' }).theme).toBe('dark');
    settings.change({ theme: 'light' });
    expect(told).toHaveLength(1);
    expect(told[0]).toContain('cannot be written');
  });

  it('that can neither be read nor moved is not written over', () => {
    mkdirSync(join(folder, 'settings.json'));
    // No name is free, and none of them can be replaced: each is a folder that holds something.
    for (const end of ['', '-2', '-3', '-4', '-5', '-6', '-7', '-8', '-9']) {
      mkdirSync(join(folder, `settings.json.damaged${end}`, 'x'), { recursive: true });
    }
    const settings = open();
    settings.change({ theme: 'dark' });
    expect(told).toHaveLength(1);
    expect(told[0]).toContain('nothing that you change is kept');
  });

  it('leaves no half-written file behind', () => {
    open().change({ theme: 'light' });
    expect(JSON.parse(readFileSync(join(folder, 'settings.json'), 'utf8'))).toMatchObject({
      theme: 'light',
    });
  });
});
