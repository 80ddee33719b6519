/** Settings: what is refused and why, what the command line overrules, and what a file of them may bring. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { hasOptions, readArguments } from '../../../../electron/shell/arguments.ts';
import { checkPreferences } from '../../../../electron/shell/preferences-check.ts';
import { coreOptions, readStartOptions } from '../../../../electron/shell/preferences-core.ts';
import {
  readSettingsDocument,
  settingsDocument,
} from '../../../../electron/shell/preferences-document.ts';
import { DEFAULT_CORE_OPTIONS } from '../../../../electron/compose.ts';
import { DEFAULT_PREFERENCES } from '../../../../shared/ipc/default-preferences.ts';
import type { Preferences } from '../../../../shared/ipc/preferences.ts';

const HINTS = readFileSync('assets/root-hints.zone', 'utf8');
const ANCHORS = readFileSync('assets/root-anchors.zone', 'utf8');
const start = (...words: string[]) => readStartOptions(readArguments(words, '/app'));

describe('a setting', () => {
  it.each<Partial<Preferences>>([
    {},
    { resolver: '192.0.2.53' },
    { resolver: '2001:db8::53#5353' },
    { rootHints: HINTS, trustAnchors: ANCHORS },
    { rootHints: ' \n' },
    { proxy: 'socks5://127.0.0.1:1080' },
    { proxy: 'socks5://[2001:db8::1]' },
    { ehloName: 'probe.example.org' },
    { ehloName: '[192.0.2.1]' },
    { timeoutSeconds: 0.5, maxConnections: 1 },
    { timeoutSeconds: 60, maxConnections: 200 },
  ])('%j is taken', (change) => {
    expect(checkPreferences({ ...DEFAULT_PREFERENCES, ...change })).toBeNull();
  });

  it.each<[keyof Preferences, Partial<Preferences>, RegExp]>([
    ['resolver', { resolver: 'localhost' }, /IP address/],
    ['resolver', { resolver: '192.0.2.53#0' }, /IP address/],
    ['resolver', { resolver: '192.0.2.53#53#54' }, /IP address/],
    ['resolver', { resolver: 'iterative' }, /IP address/],
    ['rootHints', { rootHints: 'not a zone' }, /root hints cannot be read/],
    ['rootHints', { rootHints: ANCHORS }, /no usable record/],
    ['rootHints', { rootHints: 'a.example. 3600 IN A 192.0.2.1' }, /No NS record of the root/],
    ['rootHints', { rootHints: '. 3600 IN NS a.example.' }, /No address/],
    [
      'rootHints',
      { rootHints: '. 3600 IN NS a.example.\nb.example. 3600 IN A 192.0.2.1' },
      /No address/,
    ],
    ['rootHints', { rootHints: HINTS + '\n'.repeat(65_536) }, /65536 are taken/],
    ['trustAnchors', { trustAnchors: HINTS }, /no usable record/],
    ['proxy', { proxy: 'http://127.0.0.1:8080' }, /socks5:\/\/HOST:PORT/],
    ['proxy', { proxy: 'socks5://user:word@127.0.0.1:1080' }, /keep no secret/],
    ['proxy', { proxy: 'socks5://user@127.0.0.1:1080' }, /keep no secret/],
    ['ehloName', { ehloName: 'two words' }, /greet mail servers/],
    ['ehloName', { ehloName: 'x\r\nMAIL FROM:<a@b>' }, /greet mail servers/],
    ['ehloName', { ehloName: 'a'.repeat(2000) }, /1024 are taken/],
    ['timeoutSeconds', { timeoutSeconds: 0 }, /seconds above 0/],
    ['timeoutSeconds', { timeoutSeconds: 61 }, /60 at most/],
    ['timeoutSeconds', { timeoutSeconds: Infinity }, /60 at most/],
    ['maxConnections', { maxConnections: 1.5 }, /whole number/],
    ['maxConnections', { maxConnections: 201 }, /whole number/],
  ])('%s cannot be %j', (field, change, why) => {
    const problem = checkPreferences({ ...DEFAULT_PREFERENCES, ...change });
    expect(problem?.field).toBe(field);
    expect(problem?.message).toMatch(why);
    // What was typed may be a secret.
    expect(problem?.message).not.toContain('word@');
  });
});

describe('what the core asks with', () => {
  it('is as built in where nothing was changed', () => {
    expect(coreOptions(start(), DEFAULT_PREFERENCES, '1')).toEqual({
      ...DEFAULT_CORE_OPTIONS,
      version: '1',
    });
  });

  it('follows the settings', () => {
    const preferences: Preferences = {
      ...DEFAULT_PREFERENCES,
      ...{ resolver: '192.0.2.53#5353', rootHints: HINTS, trustAnchors: ANCHORS },
      ...{ proxy: 'socks5://127.0.0.1', ehloName: 'probe.example', timeoutSeconds: 2.5 },
      ...{ families: 'ipv6', smtp: false, allowPrivate: true, maxConnections: 3 },
    };
    expect(coreOptions(start(), preferences, '1')).toMatchObject({
      ...{ resolver: { address: '192.0.2.53', port: 5353 }, rootHints: HINTS },
      ...{ trustAnchors: ANCHORS, proxy: 'socks5://127.0.0.1', ehloName: 'probe.example' },
      ...{ timeoutMs: 2500, families: [6], smtp: false, allowPrivate: true, maxConnections: 3 },
    });
  });

  it('follows the command line where both say something', () => {
    const preferences: Preferences = {
      ...DEFAULT_PREFERENCES,
      ...{ resolver: '192.0.2.53', timeoutSeconds: 2, families: 'ipv6', ehloName: 'kept.example' },
      ...{ rootHints: 'kept', proxy: 'socks5://kept' },
    };
    const options = start(
      ...['--resolver=iterative', '--timeout=7', '--ipv4', '--no-smtp', '--allow-private'],
      ...['--root-hints', 'assets/root-hints.zone', '--proxy', 'socks5://u:secret@127.0.0.1'],
    );
    expect(options.problem).toBeNull();
    expect(coreOptions(options, preferences, '1')).toMatchObject({
      ...{ resolver: null, timeoutMs: 7000, families: [4], smtp: false, allowPrivate: true },
      ...{ rootHints: HINTS, ehloName: 'kept.example', proxy: 'socks5://u:secret@127.0.0.1' },
    });
    expect(options.fixed).toEqual([
      { field: 'resolver', option: '--resolver iterative' },
      { field: 'rootHints', option: '--root-hints assets/root-hints.zone' },
      { field: 'timeoutSeconds', option: '--timeout 7' },
      { field: 'proxy', option: '--proxy' },
      { field: 'allowPrivate', option: '--allow-private' },
      { field: 'smtp', option: '--no-smtp' },
      { field: 'families', option: '--ipv4' },
    ]);
    expect(JSON.stringify(options.fixed)).not.toContain('secret');
  });

  it('tells the options that no setting stands for', () => {
    expect(start('--lab', '--dns-port=5353').others).toEqual(['--lab', '--dns-port 5353']);
    expect(start('example.org').others).toEqual([]);
  });
});

describe('the command line', () => {
  const read = (...words: string[]) => readArguments(words, '/app');

  it('tells options that nobody knows, and not those of Chromium', () => {
    const given = read(
      '--resolvr=x',
      '-z',
      '--no-sandbox',
      '--user-data-dir=/x',
      '--lang=de',
      '--enable-logging',
      '--ozone-platform-hint=auto',
    );
    expect(given.unknown).toEqual(['--resolvr', '-z']);
    expect(hasOptions(given)).toBe(false);
  });

  it('shows them harmlessly, and not endlessly', () => {
    const { unknown } = read(
      ...Array.from({ length: 20 }, (_, at) => `--${at}\u001b[2J${'x'.repeat(100)}`),
    );
    expect(unknown).toHaveLength(5);
    expect(unknown.join('')).not.toContain('\u001b');
    expect(unknown.every((option) => option.length <= 60)).toBe(true);
  });

  it.each([
    '--ipv4 --ipv6',
    '--lab=no',
    '--allow-private=yes',
    '--max-connections=201',
    '--timeout=61',
  ])('%s is refused in words', (words) => {
    expect(read(...words.split(' ')).problem).toContain(words.split(/[ =]/)[0]);
  });
});

describe('a file of settings', () => {
  const current = { theme: 'light', preferences: DEFAULT_PREFERENCES } as const;

  it('brings back what was saved', () => {
    const settings = {
      theme: 'dark',
      preferences: {
        ...DEFAULT_PREFERENCES,
        resolver: '192.0.2.53',
        rootHints: HINTS,
        smtp: false,
      },
    } as const;
    const reading = readSettingsDocument(settingsDocument(settings), current);
    expect(reading).toEqual({ ok: true, settings, problems: [] });
  });

  it('holds no domain and no place', () => {
    const stored = { ...current, recent: ['secret.example'], window: { x: 1 }, zoom: 2 };
    expect(Object.keys(JSON.parse(settingsDocument(stored)))).toEqual([
      ...['format', 'version', 'theme', 'preferences'],
    ]);
  });

  const document = (rest: object): string =>
    JSON.stringify({ format: 'dane-inspector-settings', version: 1, ...rest });

  it('is taken for its good parts; what is wrong and what is unknown is told one by one', () => {
    const text = document({
      ...{ theme: 'pink', colour: 1 },
      preferences: {
        ...{ timeoutSeconds: 600, resolver: 5, smtp: false, ehloName: 'probe.example' },
        ...{ proxy: 'socks5://u:hush@127.0.0.1', 'bell\u0007': true },
      },
    });
    const reading = readSettingsDocument(text, current);
    if (!reading.ok) throw new Error(reading.message);
    expect(reading.settings).toEqual({
      theme: 'light',
      preferences: { ...DEFAULT_PREFERENCES, smtp: false, ehloName: 'probe.example' },
    });
    const names = ['colour', 'theme', 'bell\\x07', 'resolver', 'proxy', 'timeoutSeconds'];
    expect(reading.problems.map((problem) => /“(.*?)”/.exec(problem)?.[1])).toEqual(names);
    expect(reading.problems.join(' ')).not.toContain('hush');
  });

  it('leaves alone what it does not hold', () => {
    const preferences = { ...DEFAULT_PREFERENCES, resolver: '192.0.2.53' };
    const reading = readSettingsDocument(document({ preferences: { smtp: false } }), {
      theme: 'dark',
      preferences,
    });
    expect(reading).toEqual({
      ...{ ok: true, problems: [] },
      settings: { theme: 'dark', preferences: { ...preferences, smtp: false } },
    });
  });

  it.each(['', '{', '[]', '7', '{}', '{"format":"other","version":1}', '['.repeat(100_000)])(
    'is refused whole where it is none',
    (text) => {
      expect(readSettingsDocument(text, current)).toMatchObject({
        ok: false,
        message: expect.stringContaining('no settings'),
      });
    },
  );

  it.each([0, 2, '1', null])('of version %j is refused', (version) => {
    expect(readSettingsDocument(document({ version }), current).ok).toBe(false);
  });

  it('cannot reach beyond the settings, and says so much and no more', () => {
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`x${at}`, 1]));
    const text = document({ preferences: many }).replace('"x0":1', '"__proto__":{"smtp":false}');
    const reading = readSettingsDocument(text, current);
    if (!reading.ok) throw new Error(reading.message);
    expect(reading.settings.preferences).toEqual(DEFAULT_PREFERENCES);
    expect(reading.problems).toHaveLength(21);
    expect(reading.problems.at(-1)).toContain('479 more');
  });
});
