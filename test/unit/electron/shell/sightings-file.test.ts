// What looks have shown outlives the program, apart for each network; a damaged file is as good as none.
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { SightingsFile } from '../../../../electron/shell/sightings-file.ts';
import type { HostReport } from '../../../../shared/inspection/report.ts';
import { leaf, look } from '../../shared/rollover/looks.ts';

const AT = Date.UTC(2026, 10, 24, 12);
const MINUTE = 60_000;

let folder = '';
const path = (): string => join(folder, 'sightings.json');
const open = () => new SightingsFile(path());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sightings-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
  vi.restoreAllMocks();
});

const host = look();
const named = (owner: string): HostReport => ({ ...host, tlsa: { ...host.tlsa, name: owner } });
const sinceOf = (file: SightingsFile, network: 'internet' | 'lab', minute: number) =>
  file.remember(network, host, AT + minute * MINUTE).map(({ since }) => since);
const iso = (minute: number): string => new Date(AT + minute * MINUTE).toISOString();

describe('the file of sightings', () => {
  test('keeps since when for the next start', () => {
    expect(open().remember('internet', host, AT)).toMatchObject([
      { record: leaf('aa'), since: iso(0) },
    ]);
    expect(sinceOf(open(), 'internet', 5)).toEqual([iso(0)]);
  });

  test('keeps the lab apart from the internet', () => {
    sinceOf(open(), 'internet', 0);
    expect(sinceOf(open(), 'lab', 5)).toEqual([iso(5)]);
    expect(sinceOf(open(), 'internet', 9)).toEqual([iso(0)]);
  });

  test('two windows that are open at once know what either has seen', () => {
    const [one, other] = [open(), open()];
    sinceOf(one, 'internet', 0);
    const gone = look({ servers: { ns1: [leaf('bb')], ns2: [leaf('bb')] } });
    other.remember('internet', gone, AT + 5 * MINUTE);
    expect(sinceOf(one, 'internet', 9)).toEqual([iso(9)]);
  });

  test.each([
    ['nothing', ''],
    ['half of it', '{"internet":{"_25._tcp.mx.example.org":{"lookedAt"'],
    ['something else', '[1,2]'],
    [
      'times that are none',
      '{"internet":{"x":{"lookedAt":"soon","servers":[],"records":[],"ttl":null}},"lab":{}}',
    ],
  ])('starts anew when it holds %s', (_what, text) => {
    writeFileSync(path(), text);
    expect(sinceOf(open(), 'internet', 3)).toEqual([iso(3)]);
  });

  test('forgets the one host that is damaged, and no other', () => {
    sinceOf(open(), 'internet', 0);
    const kept = JSON.parse(readFileSync(path(), 'utf8')) as Record<string, object>;
    writeFileSync(path(), JSON.stringify({ ...kept, internet: { ...kept['internet'], x: 7 } }));
    expect(sinceOf(open(), 'internet', 5)).toEqual([iso(0)]);
  });

  test('does not read a file that is far too large to be its own', () => {
    sinceOf(open(), 'internet', 0);
    writeFileSync(path(), readFileSync(path(), 'utf8') + ' '.repeat(1024 * 1024));
    expect(sinceOf(open(), 'internet', 5)).toEqual([iso(5)]);
  });

  test('stays within its size, and forgets the hosts that were looked at longest ago', () => {
    const file = open();
    for (let index = 0; index < 210; index += 1) {
      file.remember('internet', named(`_25._tcp.mx${index}.example.org`), AT);
    }
    expect(statSync(path()).size).toBeLessThan(1024 * 1024);
    file.remember('internet', named('_25._tcp.mx15.example.org'), AT);
    for (let index = 0; index < 9; index += 1) {
      file.remember('internet', named(`_25._tcp.new${index}.example.org`), AT);
    }
    const since = (index: number) =>
      open()
        .remember('internet', named(`_25._tcp.mx${index}.example.org`), AT + MINUTE)
        .map((sighting) => sighting.since);
    expect(since(209)).toEqual([iso(0)]);
    expect(since(15)).toEqual([iso(0)]);
    expect(since(10)).toEqual([iso(1)]);
    expect(since(0)).toEqual([iso(1)]);
  });

  test('goes on without memory when the disk cannot be written', () => {
    const told = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    writeFileSync(join(folder, 'file'), '');
    const file = new SightingsFile(join(folder, 'file', 'sightings.json'));
    expect(file.remember('internet', host, AT)).toHaveLength(1);
    expect(told).toHaveBeenCalled();
  });
});
