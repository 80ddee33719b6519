// Archives as strangers make them: each is refused for its own reason, within bounded work.
import { deflateSync, strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { crc32 } from '../../../../shared/export/crc32.ts';
import {
  MAX_ARCHIVE_OCTETS,
  MAX_FILES,
  unzipFiles,
  zipFiles,
} from '../../../../shared/export/zip.ts';

const AT = Date.UTC(2026, 10, 24, 12);

test('CRC-32 is that of ISO 3309: the check value of the ASCII digits', () => {
  expect(crc32(strToU8('123456789'))).toBe(0xcbf43926);
});

test('what was written is read again', () => {
  const files = [
    { name: 'a.txt', text: 'ä “b” \u{1f600}\n' },
    { name: 'b/c.txt', text: '' },
    { name: 'b/d.txt', text: Array.from({ length: 90_000 }, (_, index) => index).join(' ') },
  ];
  const unzipped = unzipFiles(zipFiles(files, AT));
  if (!unzipped.ok) throw new Error(unzipped.reason);
  expect(unzipped.names).toEqual(files.map(({ name }) => name));
  for (const { name, text } of files) expect(unzipped.read(name)).toBe(text);
  expect(unzipped.read('none')).toBeNull();
});

test('the same files at the same time are the same octets, whenever they were written', () => {
  const files = [{ name: 'a', text: 'a' }];
  expect(zipFiles(files, AT)).toEqual(zipFiles(files, AT));
  expect(zipFiles(files, 0).length).toBe(zipFiles(files, 8.64e15).length);
});

describe('refused:', () => {
  const refusalOf = (archive: Uint8Array): string => {
    const unzipped = unzipFiles(archive);
    return unzipped.ok ? 'not refused' : unzipped.reason;
  };

  test.each([
    '../a',
    'a/../../b',
    '/etc/passwd',
    'C:\\a',
    'a\\b',
    '.hidden',
    'a//b',
    'a/',
    'a\u0000b',
    'a/b/c/d/e',
    '',
  ])('the name %j', (name) => {
    expect(refusalOf(zipSync({ [name]: strToU8('a') }))).toContain('it holds a file named');
  });

  test('two files of one name', () => {
    const archive = zipSync({ aa: strToU8('1'), ab: strToU8('2') });
    const twice = archive.map((octet, at) =>
      octet === 0x62 && archive[at - 1] === 0x61 ? 0x61 : octet,
    );
    expect(refusalOf(twice)).toBe('it holds two files named “aa”');
  });

  test('a file that unpacks to far more than any case', () => {
    const archive = zipSync({ bomb: new Uint8Array(20_000_000) });
    expect(archive.length).toBeLessThan(30_000);
    expect(refusalOf(archive)).toBe('its file “bomb” unpacks to more than 200 times its size');
  });

  test('many files that are large together', () => {
    const noise = Uint8Array.from({ length: 500_000 }, (_, index) => (index * 7919) % 251);
    const one = zipSync({ a: noise }, { level: 0 });
    const size = field(one, 'size');
    // The directory promises 300 MB of a file that is stored in as much.
    const liar = changed(changed(one, size, 300_000_000), size - 4, 300_000_000);
    expect(refusalOf(liar)).toBe('it unpacks to more than 256 MiB');
  });

  test('an archive that is too large', () => {
    expect(refusalOf(new Uint8Array(MAX_ARCHIVE_OCTETS + 1))).toBe('it is larger than 64 MiB');
  });

  test('too many files', () => {
    const names = Array.from({ length: MAX_FILES + 1 }, (_, index) => [`f${index}`, strToU8('')]);
    expect(refusalOf(zipSync(Object.fromEntries(names), { level: 0 }))).toBe(
      `it holds more than ${MAX_FILES} files`,
    );
  });

  test('an encrypted one, and one packed in another way', () => {
    const archive = zipSync({ a: strToU8('a') });
    expect(refusalOf(changed16(archive, field(archive, 'flags'), 1))).toBe('it is encrypted');
    expect(refusalOf(changed16(archive, field(archive, 'method'), 12))).toBe(
      'it is packed in a way that no case is',
    );
  });

  test('a directory that lies outside', () => {
    const archive = zipSync({ a: strToU8('a') });
    const end = archive.length - 22;
    expect(refusalOf(changed(archive, end + 16, 0xffffffff))).toBe('it is damaged');
    expect(refusalOf(archive.subarray(0, 50))).toMatch(/no zip archive/);
  });
});

describe('damaged within, it is read as nothing:', () => {
  const text = 'The quick brown fox. '.repeat(500);
  const archive = zipFiles([{ name: 'a', text }], AT);
  const reading = (octets: Uint8Array): string | null => {
    const unzipped = unzipFiles(octets);
    return unzipped.ok ? unzipped.read('a') : null;
  };

  test('whatever octet is altered, another text never comes out', () => {
    const start = 31;
    const end = field(archive, 'directory');
    expect(reading(archive)).toBe(text);
    let damaged = 0;
    for (let at = start; at < end; at += 1) {
      const altered = archive.slice();
      altered[at] = (altered[at] ?? 0) ^ 0x10;
      const read = reading(altered);
      // A repetition may be told in more than one way.
      expect([null, text], `octet ${at}`).toContain(read);
      if (read === null) damaged += 1;
    }
    expect(damaged).toBeGreaterThan((end - start) / 2);
  });

  test('a size that is less, or more, than what is inside', () => {
    const size = field(archive, 'size');
    for (const wrong of [0, text.length - 1, text.length + 1, text.length * 2]) {
      expect(reading(changed(archive, size, wrong))).toBeNull();
    }
  });

  test('a file that swells beyond what the directory promises', () => {
    const packed = deflateSync(new Uint8Array(50_000_000), { level: 9 });
    const bomb = zipSync({ a: [packed, { level: 0 }] });
    // Said to be deflated, and of a size that the ratio allows.
    const method = changed16(bomb, field(bomb, 'method'), 8);
    const liar = changed(method, field(method, 'size'), packed.length * 150);
    const began = process.memoryUsage().arrayBuffers;
    expect(reading(liar)).toBeNull();
    expect(process.memoryUsage().arrayBuffers - began).toBeLessThan(40_000_000);
  });
});

/** Where a field of the first directory entry stands. */
function field(archive: Uint8Array, name: 'flags' | 'method' | 'size' | 'directory'): number {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.length);
  const directory = view.getUint32(archive.length - 22 + 16, true);
  return directory + { directory: 0, flags: 8, method: 10, size: 24 }[name];
}

function changed(archive: Uint8Array, at: number, value: number): Uint8Array {
  const copy = archive.slice();
  new DataView(copy.buffer).setUint32(at, value, true);
  return copy;
}

function changed16(archive: Uint8Array, at: number, value: number): Uint8Array {
  const copy = archive.slice();
  new DataView(copy.buffer).setUint16(at, value, true);
  return copy;
}
