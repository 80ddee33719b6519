// Files that are huge, misleading or joined: what they hold is told, in bounded work and in few words.
import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { MAX_FILE_OCTETS, MAX_ITEMS_PER_FILE } from '../../../../shared/material/limits.ts';
import { readMaterialFile } from '../../../../shared/material/read-file.ts';
import { issueCertificate } from '../../../../shared/x509/issue.ts';

const encoder = new TextEncoder();

const { publicKey } = generateKeyPairSync('ed25519');
const publicPem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
const certificate = issueCertificate(
  {
    commonName: 'mx.example.org',
    names: ['mx.example.org'],
    notBefore: Date.UTC(2026, 0, 1),
    notAfter: Date.UTC(2027, 0, 1),
    authority: false,
    serial: Uint8Array.of(1),
    publicKeyInfo: publicKey.export({ type: 'spki', format: 'der' }),
  },
  { commonName: 'Issuer', keyType: 'ed25519', sign: () => new Uint8Array(64) },
);

function read(content: string | Uint8Array): ReturnType<typeof readMaterialFile> {
  const bytes = typeof content === 'string' ? encoder.encode(content) : content;
  return readMaterialFile('file', bytes);
}

function der(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const content = Buffer.concat(parts);
  const { length } = content;
  return Buffer.concat([
    Uint8Array.of(tag, 0x83, length >>> 16, (length >>> 8) & 0xff, length & 0xff),
    content,
  ]);
}

describe('a file that begins like DER', () => {
  test('and is what s_client says, from its chain on, is read as text', () => {
    const { items, problems } = read(`0 s:CN = mx\n  i:CN = Issuer\n${publicPem}`);
    expect(items).toHaveLength(1);
    expect(problems).toEqual([]);
  });

  test('and holds a PEM block inside a certificate counts for the certificate', () => {
    const hidden = Buffer.concat([certificate, Buffer.from(`\n${publicPem}`)]);
    expect(read(hidden).items).toMatchObject([{ kind: 'certificate' }]);
  });

  test('with a second certificate behind the first tells that it was not read', () => {
    const { items, problems } = read(Buffer.concat([certificate, certificate]));
    expect(items).toHaveLength(1);
    expect(problems).toEqual([
      'Only the first certificate was read: others follow it, which only PEM files may hold.',
    ]);
  });

  test('with a line end behind it has nothing amiss', () => {
    expect(read(Buffer.concat([certificate, Buffer.from('\n')])).problems).toEqual([]);
  });

  test('and has half a million elements is told after the first of them', () => {
    const elements = new Uint8Array(MAX_FILE_OCTETS - 16);
    for (let index = 0; index < elements.length; index += 2) elements[index] = 0x30;
    expect(read(der(0x30, elements)).problems).toEqual([
      'It is no container of certificates, and for a single one it is too long: more than 102,400 octets.',
    ]);
  });
});

test('a PKCS #7 file with more certificates than are kept tells so (RFC 2315 §9.1)', () => {
  const oid = Buffer.from('06092a864886f70d010702', 'hex');
  const list = Array.from({ length: MAX_ITEMS_PER_FILE + 1 }, () => certificate);
  const bundle = der(0x30, oid, der(0xa0, der(0x30, der(0xa0, ...list))));
  const { items, problems } = read(bundle);
  expect(items).toHaveLength(MAX_ITEMS_PER_FILE);
  expect(problems).toEqual(['Only the first 1,000 certificates and keys were read.']);
});

test('no label of a block makes a sentence as long as the file', () => {
  const label = 'A'.repeat(100_000);
  const { problems } = read(`-----BEGIN ${label}-----\n!\n-----END ${label}-----\n`);
  expect(problems).toEqual(['There is neither a certificate nor a key in it.']);
});

test.each([
  ['with tabs', 'mx\t3600\tIN\tA\t192.0.2.1\n', true],
  ['without owner', '@ IN SOA ns.example.org. h.example.org. 1 2 3 4 5\n  IN NS ns\n', true],
  // Looked for across lines, blank ones take time that grows with their square.
  ['only where it stands in one line', 'mx\nIN\nA\n192.0.2.1\n', false],
])('a zone file is recognised %s', (_, text, is) => {
  expect(read(text).problems.join().includes('zone file')).toBe(is);
});
