// What dropped files hold, and that no file, however broken, takes another part of it along.
import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_FILE_OCTETS } from '../../../../shared/material/limits.ts';
import { readMaterialFile } from '../../../../shared/material/read-file.ts';

const encoder = new TextEncoder();

function read(text: string): ReturnType<typeof readMaterialFile> {
  return readMaterialFile('dropped.pem', encoder.encode(text));
}

const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const publicPem = pair.publicKey.export({ type: 'spki', format: 'pem' }).toString();
const publicDer = pair.publicKey.export({ type: 'spki', format: 'der' });
const privatePem = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

function keyOf(reading: ReturnType<typeof readMaterialFile>): Uint8Array | null {
  const [item] = reading.items;
  return item?.kind === 'key' ? item.spki : null;
}

describe('private keys', () => {
  test.each([
    ['RSA', generateKeyPairSync('rsa', { modulusLength: 2048 })],
    ['P-256', pair],
    ['P-384', generateKeyPairSync('ec', { namedCurve: 'P-384' })],
    ['P-521', generateKeyPairSync('ec', { namedCurve: 'P-521' })],
    ['Ed25519', generateKeyPairSync('ed25519')],
    ['Ed448', generateKeyPairSync('ed448')],
  ])('of %s give the public half that OpenSSL exports, and nothing else', (_, keys) => {
    const expected = keys.publicKey.export({ type: 'spki', format: 'der' });
    const pem = keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const reading = read(pem);
    expect(reading.problems).toEqual([]);
    expect(Buffer.from(keyOf(reading) ?? []).equals(expected)).toBe(true);
    expect(Object.keys(reading.items[0] ?? {}).sort()).toEqual([
      'fingerprint',
      'keyType',
      'kind',
      'names',
      'origin',
      'spki',
      'subject',
    ]);
  });

  test('behind a password are told as such, in the new form and in OpenSSL’s old one', () => {
    const options = { cipher: 'aes-256-cbc', passphrase: 'secret' };
    const pkcs8 = pair.privateKey.export({ type: 'pkcs8', format: 'pem', ...options });
    const sec1 = pair.privateKey.export({ type: 'sec1', format: 'pem', ...options });
    for (const pem of [pkcs8, sec1]) {
      const { items, problems } = read(pem.toString());
      expect(items).toEqual([]);
      expect(problems.join()).toContain('encrypted with a password');
    }
  });

  test('whose scalar is out of range are refused without a crash (RFC 5915 §3)', () => {
    const der = pair.privateKey.export({ type: 'sec1', format: 'der' });
    // Version, then OCTET STRING of 32: the scalar begins at octet 7.
    const zero = Uint8Array.from(der).fill(0, 7, 39);
    expect(readMaterialFile('key.der', zero).problems).not.toEqual([]);
  });
});

describe('text', () => {
  test('around the blocks does not matter', () => {
    const reading = read(`depth=0 CN = mx\n---\n${publicPem}---\nverify error: x\n`);
    expect(Buffer.from(keyOf(reading) ?? []).equals(publicDer)).toBe(true);
  });

  test('with Windows line ends and trailing blanks is read alike', () => {
    expect(read(publicPem.replaceAll('\n', ' \r\n')).items).toHaveLength(1);
  });

  test.each([
    ['UTF-16 with a mark', Buffer.from(`\ufeff${publicPem}`, 'utf16le')],
    ['UTF-16 without one', Buffer.from(publicPem, 'utf16le')],
    ['UTF-16 the other way round', Buffer.from(`\ufeff${publicPem}`, 'utf16le').swap16()],
    ['UTF-8 with a mark and base64 alone', encoder.encode(`\ufeff${publicDer.toString('base64')}`)],
    [
      'UTF-16 amid words of another language',
      Buffer.from(`Schlüssel ключ\n${publicPem}`, 'utf16le'),
    ],
  ])('saved as %s is read alike', (_, bytes) => {
    const reading = readMaterialFile('x', new Uint8Array(bytes));
    expect(Buffer.from(keyOf(reading) ?? []).equals(publicDer)).toBe(true);
    expect(reading.problems).toEqual([]);
  });

  test('of s_client -showcerts is read for its certificates', () => {
    const output = `CONNECTED(00000003)\n---\nCertificate chain\n 0 s:CN = mx\n   i:CN = mx\n   a:PKEY: id-ecPublicKey, 256 (bit)\n${publicPem}---\nServer certificate\nsubject=CN = mx\n---\nSSL-Session:\n    Session-ID: 00\n---\n250 CHUNKING\n`;
    expect(read(output)).toMatchObject({ items: [{ kind: 'key' }], problems: [] });
  });

  test('of one block as long as a file may be is read to its end', () => {
    const long = `-----BEGIN CERTIFICATE-----\n${'AAAA'.repeat(200_000)}\n-----END CERTIFICATE-----\n`;
    expect(read(long + publicPem).items).toHaveLength(1);
  });

  test('of bare base64 is read as what it encodes', () => {
    expect(read(publicDer.toString('base64')).items).toHaveLength(1);
  });

  test('a broken block is told with its number and loses no other', () => {
    const broken = '-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----\n';
    const unended = '-----BEGIN CERTIFICATE-----\nAAAA\n';
    const { items, problems } = read(`${broken}${unended}${publicPem}`);
    expect(items).toHaveLength(1);
    expect(problems).toEqual([
      'Block 1 (CERTIFICATE) is not base64 text.',
      'One block begins and does not end: the file was cut off there.',
    ]);
  });

  test('hundreds of broken blocks are told by the first of them', () => {
    const broken = '-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----\n';
    const { items, problems } = read(broken.repeat(300) + publicPem);
    expect(items).toEqual([]);
    expect(problems).toHaveLength(101);
    expect(problems.at(-1)).toBe('The blocks from number 101 on were not read.');
  });

  test('EC parameters beside a key are no problem', () => {
    const parameters =
      '-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n';
    expect(read(parameters + privatePem).problems).toEqual([]);
  });
});

describe('anything else', () => {
  const OPENSSH =
    '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEA\n-----END OPENSSH PRIVATE KEY-----\n';
  const OPENPGP =
    '-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmDMEZ\n=abcd\n-----END PGP PUBLIC KEY BLOCK-----\n';
  const PARAMETERS = '-----BEGIN DH PARAMETERS-----\nMAYCAQcCAQI=\n-----END DH PARAMETERS-----\n';
  // openssl ca -gencrl
  const CRL = `-----BEGIN X509 CRL-----
MIGkMEwCAQEwCgYIKoZIzj0EAwIwDTELMAkGA1UEAwwCQ0EXDTI2MTEyOTE0NTMx
M1oXDTI2MTIyOTE0NTMxM1qgDjAMMAoGA1UdFAQDAgEBMAoGCCqGSM49BAMCA0gA
MEUCIQCAibhRCECHThwa9DL1Ha7lENLZZWUt9exoMZRxj5G+wwIgb8A1/9oje34v
r3DtAGNdvE63eRjrMRTzkn3AyYVPT3k=
-----END X509 CRL-----`;

  test.each([
    ['nothing', new Uint8Array(0), 'empty'],
    ['too much', new Uint8Array(MAX_FILE_OCTETS + 1), 'larger than 1 MiB'],
    ['a picture', Uint8Array.of(0x89, 0x50, 0x4e, 0x47), 'neither a certificate nor a key'],
    ['a bare sequence', Uint8Array.of(0x30, 0x00), 'no certificate that can be read'],
    ['a ZIP archive', Uint8Array.of(0x50, 0x4b, 0x03, 0x04, 0), 'archive'],
    ['an OpenSSH key', encoder.encode(OPENSSH), 'key for SSH'],
    ['an OpenSSH public key', encoder.encode('ssh-ed25519 AAAAC3Nz me@here\n'), 'key for SSH'],
    ['an OpenPGP key', encoder.encode(OPENPGP), 'OpenPGP'],
    ['a revocation list', encoder.encode(CRL), 'list of revoked certificates'],
    [
      'a revocation list in DER',
      new Uint8Array(Buffer.from(CRL.replace(/-----.*-----/g, ''), 'base64')),
      'list of revoked certificates',
    ],
    ['parameters', encoder.encode(PARAMETERS), 'parameters only'],
    ['a zone file', encoder.encode('$ORIGIN example.org.\n@ IN SOA ns a 1 2 3 4 5\n'), 'zone file'],
    ['a zone file’s line', encoder.encode('mx 3600 IN A 192.0.2.1\n'), 'zone file'],
  ])('%s is told in place', (_, bytes, words) => {
    const { items, problems } = readMaterialFile('x', bytes);
    expect(items).toEqual([]);
    expect(problems.join()).toContain(words);
  });

  test('never throws, whatever octets come', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(publicDer.length - 1), (noise, at) => {
        const mixed = Buffer.concat([publicDer.subarray(0, at), noise, publicDer.subarray(at)]);
        const readings = [noise, mixed, encoder.encode(publicPem.slice(0, at) + String(noise))];
        for (const bytes of readings) {
          const { items, problems } = readMaterialFile('x', bytes);
          expect(items.length + problems.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('a megabyte of begin lines takes no longer than one of text', () => {
    const begins = '-----BEGIN CERTIFICATE-----\n'.repeat(Math.floor(MAX_FILE_OCTETS / 28));
    expect(read(begins).problems).toEqual([
      '37,449 blocks begin and do not end: parts of the file are missing.',
    ]);
  });
});
