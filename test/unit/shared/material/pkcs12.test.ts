// PKCS #12 files of OpenSSL, Java and Python: what comes out of them, and that no file hangs, crashes or leaks.
import { createHash, generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { write, writeSequence } from '../../../../shared/material/der-writer.ts';
import { MAX_ITEMS_PER_FILE } from '../../../../shared/material/limits.ts';
import type { MaterialFile } from '../../../../shared/material/material.ts';
import { readMaterialFile } from '../../../../shared/material/read-file.ts';
import * as samples from './pkcs12-samples.ts';

function open(bytes: Uint8Array, password?: string): MaterialFile {
  return readMaterialFile('x.p12', bytes, password === undefined ? {} : { password });
}

function hashesOf({ items }: MaterialFile): readonly string[] {
  return items.map((item) => (item.kind === 'key' ? item.spki : item.certificate.spki)).map(sha256);
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

const BOTH = [samples.KEY_HASH, samples.KEY_HASH];

describe('with the right password', () => {
  test.each([
    ['of OpenSSL 3', samples.modern, 'secret', BOTH],
    ['of OpenSSL with old ciphers', samples.legacy, 'secret', BOTH],
    ['of Java', samples.java, 'secretsecret', [samples.JAVA_KEY_HASH, samples.JAVA_KEY_HASH]],
  ])(
    'a file %s gives its certificate and the public half of its key',
    (_, bytes, password, hashes) => {
      const file = open(bytes, password);
      expect(hashesOf(file)).toEqual(hashes);
      expect(file.items.map(({ kind }) => kind).sort()).toEqual(['certificate', 'key']);
      expect(file).toMatchObject({ problems: [], locked: null });
    },
  );

  test('the certificate is byte for byte the one that went in', () => {
    const [certificate] = open(samples.legacy, 'secret').items.flatMap((item) =>
      item.kind === 'certificate' ? [item] : [],
    );
    expect(certificate?.fingerprint).toBe(samples.CERTIFICATE_HASH);
    expect(sha256(certificate?.certificate.der ?? new Uint8Array())).toBe(samples.CERTIFICATE_HASH);
  });

  test('base64 of a file is the file', () => {
    const text = Buffer.from(samples.modern).toString('base64');
    expect(hashesOf(open(new TextEncoder().encode(text), 'secret'))).toEqual(BOTH);
  });
});

describe('without a password', () => {
  test.each([
    ['with the empty password', samples.emptyPassword, BOTH],
    ['sealed with none at all', samples.noPassword, BOTH],
    ['neither sealed nor encrypted', samples.open, [samples.KEY_HASH]],
  ])('a file %s opens', (_, bytes, hashes) => {
    expect(open(bytes)).toMatchObject({ problems: [], locked: null });
    expect(hashesOf(open(bytes))).toEqual(hashes);
  });

  test('any other file says that it needs one', () => {
    expect(open(samples.modern)).toEqual({
      name: 'x.p12',
      items: [],
      problems: ['It is a PKCS #12 file, which opens with its password only.'],
      locked: 'password-needed',
    });
  });
});

test.each([samples.modern, samples.legacy, samples.java])(
  'a wrong password is told as such',
  (bytes) => {
    for (const password of ['Secret', 'secret ', '']) {
      expect(open(bytes, password)).toMatchObject({
        items: [],
        problems: ['It is a PKCS #12 file, and the password given does not open it.'],
        locked: 'password-wrong',
      });
    }
  },
);

test('a Java key store of the old kind is told by name', () => {
  expect(open(samples.javaKeyStore).problems.join()).toContain('Java key store');
});

describe('hostile files', () => {
  const oid = (...octets: readonly number[]): Uint8Array => write(0x06, Uint8Array.from(octets));
  const DATA = oid(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01);
  const ENCRYPTED = oid(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x06);
  const SHA1 = writeSequence(oid(0x2b, 0x0e, 0x03, 0x02, 0x1a));
  const OLD_3DES = oid(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x0c, 0x01, 0x03);
  const octets = (bytes: Uint8Array): Uint8Array => write(0x04, bytes);
  const inside = (bytes: Uint8Array): Uint8Array => write(0xa0, bytes);
  const integer = (...bytes: readonly number[]): Uint8Array => write(0x02, Uint8Array.from(bytes));

  function sealed(rounds: Uint8Array, salt = new Uint8Array(8)): Uint8Array {
    const content = writeSequence(DATA, inside(octets(writeSequence())));
    const mac = writeSequence(
      writeSequence(SHA1, octets(new Uint8Array(20))),
      octets(salt),
      rounds,
    );
    return writeSequence(integer(3), content, mac);
  }

  function safe(rounds: Uint8Array): Uint8Array {
    const algorithm = writeSequence(OLD_3DES, writeSequence(octets(new Uint8Array(8)), rounds));
    const inner = writeSequence(DATA, algorithm, write(0x80, new Uint8Array(64)));
    return writeSequence(ENCRYPTED, inside(writeSequence(integer(0), inner)));
  }

  function encrypted(rounds: Uint8Array): Uint8Array {
    const content = writeSequence(DATA, inside(octets(writeSequence(safe(rounds)))));
    return writeSequence(integer(3), content);
  }

  const TOO_MUCH = /more hashing of its password than the 2,000,000 rounds/;

  test.each([
    ['the seal asks for two thousand million rounds', sealed(integer(0x7f, 0xff, 0xff, 0xff))],
    [
      'the count is a hundred octets long',
      sealed(integer(...Array.from({ length: 100 }, () => 1))),
    ],
    ['the count is negative', sealed(integer(0xff))],
    ['the salt fills half a megabyte', sealed(integer(1), new Uint8Array(500_000))],
    ['a part asks for too many', encrypted(integer(0x7f, 0xff, 0xff, 0xff))],
  ])('are refused before any work where %s', (_, bytes) => {
    const file = open(bytes, 'secret');
    expect(file.problems.join()).toMatch(TOO_MUCH);
    expect(file.items).toEqual([]);
  });

  test('are worked on where the count is usual', () => {
    expect(open(sealed(integer(0x08, 0x00)), 'secret').locked).toBe('password-wrong');
    expect(open(encrypted(integer(0x08, 0x00)), 'secret').locked).toBe('password-wrong');
  });

  test('parts that are each allowed share one budget', () => {
    // Each takes three times its count: two blocks for the key, one for the vector.
    const small = safe(integer(0x00, 0x9c, 0x40));
    const large = safe(integer(0x09, 0xc4, 0x00));
    const both = writeSequence(DATA, inside(octets(writeSequence(small, large))));
    expect(open(writeSequence(integer(3), both), 'secret').problems.join()).toMatch(TOO_MUCH);
  });

  test('a cipher that nobody uses is told once, however many parts have it', () => {
    const RC4 = oid(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x0c, 0x01, 0x01);
    const algorithm = writeSequence(RC4, writeSequence(octets(new Uint8Array(8)), integer(1)));
    const inner = writeSequence(DATA, algorithm, write(0x80, new Uint8Array(64)));
    const part = writeSequence(ENCRYPTED, inside(writeSequence(integer(0), inner)));
    const content = writeSequence(DATA, inside(octets(writeSequence(part, part))));
    expect(open(writeSequence(integer(3), content), 'secret')).toMatchObject({
      problems: [
        'It is a PKCS #12 file that cannot be used. A part of it is encrypted in a way that is not known here.',
      ],
      locked: null,
    });
  });

  test('are read as far as files are, and no more keys worked out than that', () => {
    const KEY_BAG = oid(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x0c, 0x0a, 0x01, 0x01);
    const { privateKey } = generateKeyPairSync('ed25519');
    const key = new Uint8Array(privateKey.export({ type: 'pkcs8', format: 'der' }));
    const bags = Array.from({ length: 800 }, () => writeSequence(KEY_BAG, inside(key)));
    const part = writeSequence(DATA, inside(octets(writeSequence(...bags))));
    const whole = writeSequence(DATA, inside(octets(writeSequence(part, part))));
    const { items, problems } = open(writeSequence(integer(3), whole));
    expect(items).toHaveLength(MAX_ITEMS_PER_FILE);
    expect(problems).toEqual(['Only the first 1,000 certificates and keys were read.']);
  });

  test('a file sealed with a certificate is told', () => {
    const SIGNED = oid(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02);
    const file = open(writeSequence(integer(3), writeSequence(SIGNED, inside(writeSequence()))));
    expect(file.problems.join()).toContain('sealed with a certificate');
  });

  test('never throw and never hang, wherever octets are changed or cut', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(samples.open, samples.noPassword),
        fc.array(fc.tuple(fc.nat(700), fc.nat(255)), { maxLength: 4 }),
        fc.nat(900),
        (sample, changes, length) => {
          const bytes = Uint8Array.from(sample).subarray(0, Math.max(1, length));
          for (const [at, octet] of changes) if (at < bytes.length) bytes[at] = octet;
          const { items, problems } = open(bytes, 'secret');
          expect(items.length + problems.length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('files with lengths left open (X.690 §8.1.3.6)', () => {
  test('are read as the same file', () => {
    const loose = withOpenLengths(samples.modern);
    expect(loose.length).toBeGreaterThan(samples.modern.length);
    expect(hashesOf(open(loose, 'secret'))).toEqual(BOTH);
  });

  test('that lie a hundred thousand deep are refused', () => {
    const deep = Uint8Array.from({ length: 200_000 }, (_, index) =>
      index % 2 === 0 ? 0x30 : 0x80,
    );
    expect(open(deep).problems).toHaveLength(1);
  });
});

/** Every sequence of indefinite length, and the octets of the outer OCTET STRING in pieces, as NSS writes them. */
function withOpenLengths(der: Uint8Array): Uint8Array {
  const tag = der[0] ?? 0;
  const { content } = readElement(der);
  if (tag === 0x04 && content.length > 300) {
    const pieces = [content.subarray(0, 100), content.subarray(100)].map((part) =>
      write(0x04, part),
    );
    return openLength(0x24, pieces);
  }
  if (tag !== 0x30 && tag !== 0xa0) return der;
  const parts: Uint8Array[] = [];
  for (let offset = 0; offset < content.length;) {
    const element = readElement(content.subarray(offset));
    parts.push(withOpenLengths(element.whole));
    offset += element.whole.length;
  }
  return openLength(tag, parts);
}

function openLength(tag: number, parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(Buffer.concat([Uint8Array.of(tag, 0x80), ...parts, Uint8Array.of(0, 0)]));
}

function readElement(der: Uint8Array): {
  readonly content: Uint8Array;
  readonly whole: Uint8Array;
} {
  const first = der[1] ?? 0;
  const count = first < 0x80 ? 0 : first - 0x80;
  let length = count === 0 ? first : 0;
  for (const octet of der.subarray(2, 2 + count)) length = length * 256 + octet;
  const end = 2 + count + length;
  return { content: der.subarray(2 + count, end), whole: der.subarray(0, end) };
}
