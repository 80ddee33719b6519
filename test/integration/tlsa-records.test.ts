/** The records made of files equal those of the commands that operators are told to use (openssl, danetool, ldns-dane). */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readMaterials } from '../../electron/cli/read-materials.ts';
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
  'PKCS #12 (RC2 of 128 bits)': `pkcs12 -export -legacy ${PASSWORD} -keypbe PBE-SHA1-RC2-128 -certpbe PBE-SHA1-RC2-128 -inkey key.pem -in cert.pem`,
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

/** The how-to's own command line. */
function keyHash(name: string, cwd: string): string {
  const key = openssl(['x509', '-in', `${name}.pem`, '-noout', '-pubkey'], cwd);
  const der = openssl(['pkey', '-pubin', '-outform', 'DER'], cwd, key);
  const hash = openssl(['sha256', '-r'], cwd, der).toString().split(' ')[0] ?? '';
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
  return hash;
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
    expected = keyHash('cert', cwd);
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

  test('gives the records that danetool makes, for every usage, selector and digest', () => {
    const certificate = readFileSync(join(cwd, 'cert.pem'));
    const about = ['--host', HOST, '--port', '25', '--load-certificate', 'cert.pem'];
    for (const usage of [1, 3]) {
      for (const selector of [0, 1]) {
        for (const [index, hash] of ['sha256', 'sha512'].entries()) {
          const kind = { usage, selector, matchingType: index + 1 };
          const [record] = recordsOf([certificate], [kind]);
          expect(record === undefined ? '' : formatTlsa(record.tlsa)).toBe(
            danetoolRecord([...about, '--hash', hash], kind, cwd),
          );
        }
      }
    }
  });
});

/** danetool names kinds by options: usage 2 and 3 are the domain's own, 0 and 2 an authority's. */
function danetoolRecord(
  about: readonly string[],
  { usage, selector }: RecordKind,
  cwd: string,
): string {
  const options = [
    usage >= 2 ? '--domain' : '--no-domain',
    ...(usage % 2 === 0 ? ['--ca'] : []),
    ...(selector === 0 ? ['--x509'] : []),
  ];
  const theirs = run('danetool', ['--tlsa-rr', ...about, ...options], cwd).toString();
  const [, numbers = '', data = ''] = /TLSA \( (\d\d \d\d \d\d) ([0-9a-f]+) \)/.exec(theirs) ?? [];
  return `${numbers.split(' ').map(Number).join(' ')} ${data}`;
}

/** A leaf below an issuer below a root, as an authority gives them out. */
describe.each(KEY_TYPES)('a chain whose leaf is %s', (keyType) => {
  let cwd = '';
  let expected: readonly string[] = [];

  beforeAll(() => {
    cwd = mkdtempSync(join(folder, 'chain-'));
    writeFileSync(join(cwd, 'password'), SECRET);
    writeFileSync(join(cwd, 'authority'), 'basicConstraints=critical,CA:TRUE\n');
    writeFileSync(join(cwd, 'server'), `subjectAltName=DNS:${HOST}\n`);
    issue('root', null, KEYS['ECDSA P-384'], 'authority');
    issue('issuer', 'root', KEYS['RSA 2048'], 'authority');
    issue('leaf', 'issuer', KEYS[keyType], 'server');
    for (const name of ['leaf', 'issuer', 'root']) pem(name);
    expected = ['3 1 1 leaf', '2 1 1 issuer', '2 1 1 root'].map((wanted) => {
      const name = wanted.slice('2 1 1 '.length);
      return wanted.replace(name, keyHash(name, cwd));
    });
  });

  function issue(
    name: string,
    issuer: string | null,
    key: readonly string[],
    extensions: string,
  ): void {
    const request = ['-nodes', '-subj', `/CN=${name}`, '-keyout', `${name}.key`];
    openssl(['req', '-new', ...key, ...request, '-out', `${name}.csr`], cwd);
    const by =
      issuer === null
        ? ['-signkey', `${name}.key`]
        : ['-CA', `${issuer}.pem`, '-CAkey', `${issuer}.key`, '-CAcreateserial'];
    const about = ['-days', '30', '-extfile', extensions, '-out', `${name}.pem`];
    openssl(['x509', '-req', '-in', `${name}.csr`, ...by, ...about], cwd);
  }

  function pem(name: string): Buffer {
    return readFileSync(join(cwd, `${name}.pem`));
  }

  function bundle(...names: readonly string[]): Buffer {
    return Buffer.concat(names.map(pem));
  }

  function sorted(files: readonly Uint8Array[]): readonly string[] {
    return recordsOf(files)
      .map(({ tlsa }) => formatTlsa(tlsa))
      .sort();
  }

  test('gives the records of openssl from a bundle in any order, and from single files', () => {
    const all = [...expected].sort();
    expect(sorted([bundle('leaf', 'issuer', 'root')])).toEqual(all);
    expect(sorted([bundle('root', 'leaf', 'issuer')])).toEqual(all);
    expect(sorted([bundle('issuer', 'root'), pem('leaf')])).toEqual(all);
    expect(recordsOf([bundle('leaf', 'issuer')]).map(({ tlsa }) => formatTlsa(tlsa))).toEqual(
      expected.slice(0, 2),
    );
  });

  test.each([
    ['PKCS #12', []],
    ['PKCS #12 with old ciphers', ['-legacy']],
  ])('gives them from a %s file with the whole chain', (_, options) => {
    writeFileSync(join(cwd, 'above.pem'), bundle('issuer', 'root'));
    const key = ['-inkey', 'leaf.key', '-in', 'leaf.pem', '-certfile', 'above.pem'];
    const store = openssl(['pkcs12', '-export', ...options, ...PASSWORD.split(' '), ...key], cwd);
    expect(sorted([store])).toEqual([...expected].sort());
  });

  test('gives them from a PKCS #7 bundle, PEM and DER', () => {
    writeFileSync(join(cwd, 'all.pem'), bundle('leaf', 'issuer', 'root'));
    for (const form of ['PEM', 'DER']) {
      const command = ['crl2pkcs7', '-nocrl', '-certfile', 'all.pem', '-outform', form];
      expect(sorted([openssl(command, cwd)])).toEqual([...expected].sort());
    }
  });

  test('gives them from what s_client prints, and from text of Windows', () => {
    const output = [
      'CONNECTED(00000003)\ndepth=2 CN = root\nverify error:num=19:self-signed certificate\n---',
      'Certificate chain',
      ...['leaf', 'issuer', 'root'].map(
        (name, depth) => ` ${depth} s:CN = ${name}\n${pem(name).toString()}`,
      ),
      '---\nServer certificate\nsubject=CN = leaf\n---\n250 SMTPUTF8\n',
    ].join('\n');
    expect(sorted([Buffer.from(output)])).toEqual([...expected].sort());
    const windows = Buffer.from(`\ufeff${output.replaceAll('\n', '\r\n')}`, 'utf16le');
    expect(sorted([windows])).toEqual([...expected].sort());
  });

  test('gives them from a folder as certbot keeps it', async () => {
    const live = join(cwd, 'live');
    mkdirSync(live);
    writeFileSync(join(live, 'cert.pem'), pem('leaf'));
    writeFileSync(join(live, 'chain.pem'), pem('issuer'));
    writeFileSync(join(live, 'fullchain.pem'), bundle('leaf', 'issuer'));
    writeFileSync(join(live, 'privkey.pem'), readFileSync(join(cwd, 'leaf.key')));
    writeFileSync(join(live, 'README'), 'This directory contains your keys and certificates.\n');
    const files = await readMaterials([live]);
    const arranged = arrange(files.flatMap(({ items }) => items));
    const { records, problems } = wantedRecords(arranged, null, PLACE, digests);
    expect(problems).toEqual([]);
    expect(records.map(({ tlsa }) => formatTlsa(tlsa))).toEqual(expected.slice(0, 2));
  });

  test('gives the issuer’s records that danetool makes', () => {
    const about = ['--host', HOST, '--port', '25', '--load-certificate', 'issuer.pem'];
    for (const usage of [0, 2]) {
      for (const selector of [0, 1]) {
        const kind = { usage, selector, matchingType: 1 };
        const [record] = recordsOf([bundle('leaf', 'issuer')], [kind]);
        expect(record === undefined ? '' : formatTlsa(record.tlsa)).toBe(
          danetoolRecord(about, kind, cwd),
        );
      }
    }
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
