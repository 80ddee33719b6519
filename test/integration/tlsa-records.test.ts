/** The records made of files equal those of the commands that operators are told to use (openssl, danetool, ldns-dane). */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { formatTlsa } from '../../shared/dane/tlsa.ts';
import { arrange } from '../../shared/material/arrange.ts';
import { readMaterialFile } from '../../shared/material/read-file.ts';
import { digests } from '../../shared/publish/digests.ts';
import { formats } from '../../shared/publish/formats.ts';
import { wantedRecords, type RecordKind, type WantedRecord } from '../../shared/publish/wanted.ts';

const HOST = 'mx.example.org';
const PLACE = { hosts: [HOST], ports: [25], ttl: 3600, zone: 'example.org' };

/** As people have them: not all of it ASCII. */
const SECRET = 'correct hörse';
const PASSWORD = '-passout file:password';

const KEYS = {
  'RSA 2048': ['-newkey', 'rsa:2048'],
  'RSA 4096': ['-newkey', 'rsa:4096'],
  'ECDSA P-256': ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'],
  'ECDSA P-384': ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-384'],
  Ed25519: ['-newkey', 'ed25519'],
  Ed448: ['-newkey', 'ed448'],
} as const;

type KeyType = keyof typeof KEYS;
const KEY_TYPES: readonly KeyType[] = [
  'RSA 2048',
  'RSA 4096',
  'ECDSA P-256',
  'ECDSA P-384',
  'Ed25519',
  'Ed448',
];

/** Each made by OpenSSL from one key and certificate. */
const FORMS = {
  'certificate (PEM)': 'x509 -in cert.pem',
  'certificate (DER)': 'x509 -in cert.pem -outform DER',
  'certificate with text': 'x509 -in cert.pem -text',
  'private key (PKCS #8, PEM)': 'pkey -in key.pem',
  'private key (PKCS #8, DER)': 'pkey -in key.pem -outform DER',
  'private key (of its own kind)': 'pkey -in key.pem -traditional',
  'public key (PEM)': 'pkey -in key.pem -pubout',
  'public key (DER)': 'pkey -in key.pem -pubout -outform DER',
  'request (PEM)': `req -new -key key.pem -subj /CN=${HOST}`,
  'request (DER)': `req -new -key key.pem -subj /CN=${HOST} -outform DER`,
  'PKCS #7 (PEM)': 'crl2pkcs7 -nocrl -certfile cert.pem',
  'PKCS #7 (DER)': 'crl2pkcs7 -nocrl -certfile cert.pem -outform DER',
  'PKCS #12': `pkcs12 -export ${PASSWORD} -inkey key.pem -in cert.pem`,
  'PKCS #12 (old ciphers)': `pkcs12 -export -legacy ${PASSWORD} -inkey key.pem -in cert.pem`,
  'PKCS #12 (of the key alone)': `pkcs12 -export ${PASSWORD} -inkey key.pem -nocerts`,
  'PKCS #12 (without a MAC)': `pkcs12 -export -nomac ${PASSWORD} -inkey key.pem -in cert.pem`,
  'PKCS #12 (SHA-512, 3DES)': `pkcs12 -export ${PASSWORD} -macalg SHA512 -keypbe DES-EDE3-CBC -certpbe AES-128-CBC -inkey key.pem -in cert.pem`,
} as const;

/** Only RSA and ECDSA keys have had a form of their own before PKCS #8. */
function formsOf(keyType: KeyType): readonly (keyof typeof FORMS)[] {
  const forms = Object.keys(FORMS) as (keyof typeof FORMS)[];
  const isOld = /^(RSA|ECDSA)/.test(keyType);
  return forms.filter((form) => isOld || form !== 'private key (of its own kind)');
}

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tlsa-records-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(program: string, args: readonly string[], cwd: string, input?: Uint8Array): Buffer {
  return execFileSync(program, args, { cwd, input, stdio: ['pipe', 'pipe', 'pipe'] });
}

function openssl(args: readonly string[], cwd: string, input?: Uint8Array): Buffer {
  return run('openssl', args, cwd, input);
}

function recordsOf(
  files: readonly Uint8Array[],
  kinds: readonly RecordKind[] | null = null,
): readonly WantedRecord[] {
  const read = files.map((bytes, index) =>
    readMaterialFile(`file ${index}`, bytes, { password: SECRET }),
  );
  expect(read.flatMap(({ problems }) => problems)).toEqual([]);
  const arranged = arrange(read.flatMap(({ items }) => items));
  const wanted = wantedRecords(arranged, kinds, PLACE, digests);
  expect(wanted.problems).toEqual([]);
  return wanted.records;
}

describe.each(KEY_TYPES)('%s', (keyType) => {
  let cwd = '';
  let expected = '';

  beforeAll(() => {
    cwd = mkdtempSync(join(folder, 'key-'));
    writeFileSync(join(cwd, 'password'), SECRET);
    const about = ['-nodes', '-days', '30', '-subj', `/CN=${HOST}`];
    const names = ['-addext', `subjectAltName=DNS:${HOST}`];
    const out = ['-keyout', 'key.pem', '-out', 'cert.pem'];
    openssl(['req', '-x509', ...KEYS[keyType], ...about, ...names, ...out], cwd);
    // The how-to's own command line.
    const key = openssl(['x509', '-in', 'cert.pem', '-noout', '-pubkey'], cwd);
    const der = openssl(['pkey', '-pubin', '-outform', 'DER'], cwd, key);
    expected = openssl(['sha256', '-r'], cwd, der).toString().split(' ')[0] ?? '';
    expect(expected).toMatch(/^[0-9a-f]{64}$/);
  });

  test.each(formsOf(keyType))('gives the record of openssl from a %s', (form) => {
    const bytes = openssl(FORMS[form].split(' '), cwd);
    const records = recordsOf([bytes]).map(({ tlsa }) => formatTlsa(tlsa));
    expect(records).toEqual([`3 1 1 ${expected}`]);
  });

  test('gives the records that ldns-dane makes, for every kind', () => {
    const certificate = readFileSync(join(cwd, 'cert.pem'));
    for (const selector of [0, 1]) {
      for (const matchingType of [0, 1, 2]) {
        const [record] = recordsOf([certificate], [{ usage: 3, selector, matchingType }]);
        const kind = ['3', String(selector), String(matchingType)];
        const command = ['-c', 'cert.pem', '-n', 'create', HOST, '25', ...kind];
        const theirs = run('ldns-dane', command, cwd).toString();
        const [, data = ''] = /TLSA\s+\d \d \d ([0-9a-fA-F ]+)/.exec(theirs) ?? [];
        expect(record === undefined ? '' : formatTlsa(record.tlsa)).toBe(
          `${kind.join(' ')} ${data.replaceAll(' ', '').toLowerCase()}`,
        );
      }
    }
  });

  test('gives the record that danetool makes', () => {
    const about = ['--host', HOST, '--port', '25', '--load-certificate', 'cert.pem'];
    const theirs = run('danetool', ['--tlsa-rr', ...about], cwd).toString();
    expect(theirs.toLowerCase()).toContain(expected);
  });
});

test('reads each form of record as BIND does', () => {
  const cwd = mkdtempSync(join(folder, 'zone-'));
  const out = ['-keyout', 'key.pem', '-out', 'cert.pem'];
  openssl(['req', '-x509', ...KEYS['RSA 2048'], '-nodes', '-subj', `/CN=${HOST}`, ...out], cwd);
  const records = recordsOf([readFileSync(join(cwd, 'cert.pem'))]);
  const head =
    '$ORIGIN example.org.\n@ 3600 IN SOA ns.example.org. a.example.org. 1 2 3 4 5\n@ 3600 IN NS ns\nns 3600 IN A 192.0.2.1\n';
  const normalised = (['zone', 'generic'] as const).map((format) => {
    writeFileSync(join(cwd, 'zone'), `${head}${formats[format].write(records, PLACE)}\n`);
    const text = run('named-compilezone', ['-q', '-o', '-', 'example.org', 'zone'], cwd);
    return text.toString();
  });
  expect(normalised[0]).toContain('TLSA');
  expect(normalised[1]).toBe(normalised[0]);
});
