// `tlsa` from files to records: what goes to stdout, what to stderr, and the exit code.
import { createHash, generateKeyPairSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MAX_FILES } from '../../../../shared/material/limits.ts';
import { emptyPassword, KEY_HASH, modern } from '../../shared/material/pkcs12-samples.ts';
import { run } from './rig.ts';

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const HASH = createHash('sha256')
  .update(publicKey.export({ type: 'spki', format: 'der' }))
  .digest('hex');

let folder = '';
/** Its files are not among those that a test reads as a folder. */
let elsewhere = '';
let keyFile = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dane-inspector-tlsa-'));
  elsewhere = mkdtempSync(join(tmpdir(), 'dane-inspector-stores-'));
  keyFile = join(folder, 'privkey.pem');
  writeFileSync(keyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }));
  writeFileSync(join(folder, 'README'), 'not a key');
  mkdirSync(join(folder, 'empty'));
});
afterAll(() => {
  for (const path of [folder, elsewhere]) rmSync(path, { recursive: true });
});

describe('tlsa', () => {
  test('prints zone-file lines and nothing else on stdout', async () => {
    const { exit, stdout } = await run(['tlsa', keyFile, '--host', 'mx.example.org']);
    expect(stdout).toBe(`_25._tcp.mx.example.org. 3600 IN TLSA 3 1 1 ${HASH}\n`);
    expect(exit).toBe(0);
  });

  test('takes host, port, TTL, kind and format from its options', async () => {
    const kind = ['--usage', '1', '--selector', '1', '--matching', '1'];
    const place = ['--host', 'MX.Example.org.', '--port', '465', '--ttl', '1800'];
    const { stdout } = await run(['tlsa', keyFile, ...kind, ...place, '--format', 'generic']);
    expect(stdout).toBe(`_465._tcp.mx.example.org. 1800 IN TYPE52 \\# 35 010101${HASH}\n`);
  });

  test.each([
    ['octodns', true],
    ['zone', false],
  ])('warns where the format %s takes away what it leaves out: %s', async (format, warns) => {
    const { stderr } = await run(['tlsa', keyFile, '--host', 'mx.example.org', '--format', format]);
    expect(stderr.includes('or they are taken away')).toBe(warns);
  });

  test('takes several hosts and ports, each once', async () => {
    const hosts = ['--host', 'mx1.example.org', '--host', 'mx2.example.net'];
    const ports = ['--port', '25', '--port', '465', '--port', '25'];
    const { exit, stdout } = await run(['tlsa', keyFile, ...hosts, ...ports]);
    expect(stdout.trimEnd().split('\n')).toEqual(
      ['mx1.example.org', 'mx2.example.net'].flatMap((host) =>
        [25, 465].map((port) => `_${port}._tcp.${host}. 3600 IN TLSA 3 1 1 ${HASH}`),
      ),
    );
    expect(exit).toBe(0);
  });

  describe('PKCS #12', () => {
    const written = (name: string, content: string | Uint8Array): string => {
      const path = join(elsewhere, name);
      writeFileSync(path, content);
      return path;
    };

    test('opens with the first line of a file', async () => {
      const store = written('store.p12', modern);
      const open = written('open.p12', emptyPassword);
      for (const line of ['secret', 'secret\r\nsecond line\n']) {
        const password = ['--password-file', written('password', line)];
        const { exit, stdout, stderr } = await run(['tlsa', store, open, ...password]);
        expect(stdout).toBe(`_25._tcp.mx.example.org. 3600 IN TLSA 3 1 1 ${KEY_HASH}\n`);
        expect(stderr).not.toContain('secret');
        expect(exit).toBe(0);
      }
    });

    test('says what to do without one, and with a wrong one', async () => {
      const store = written('store.p12', modern);
      const without = await run(['tlsa', store]);
      expect(without.stderr).toContain('Give the password with --password-file.');
      expect(without.exit).toBe(3);
      const wrong = ['--password-file', written('wrong', 'Secret\n')];
      const { exit, stdout } = await run(['tlsa', store, ...wrong, '--json']);
      expect(JSON.parse(stdout)).toMatchObject({ files: [{ locked: 'password-wrong' }] });
      expect(exit).toBe(3);
    });
  });

  test('tells which hosts lie outside the zone that was named', async () => {
    const hosts = ['--host', 'mx.example.org', '--host', 'mx.example.com'];
    const { exit, stdout, stderr } = await run([
      ...['tlsa', keyFile, ...hosts, '--zone', 'example.org', '--format', 'powerdns'],
    ]);
    expect(stdout).toContain('add-record example.com _25._tcp.mx TLSA');
    expect(stderr).toContain(
      'mx.example.com does not lie in example.org; its zone is taken to be example.com.',
    );
    expect(stderr).not.toContain('mx.example.org does not');
    expect(exit).toBe(0);
  });

  test('tells what is odd about what was given, on stderr and in JSON', async () => {
    const store = join(elsewhere, 'odd.p12');
    writeFileSync(store, emptyPassword);
    const { exit, stdout, stderr } = await run(['tlsa', store, keyFile, '--json']);
    expect(stderr).toContain('private key (ECDSA P-256): It fits none of the certificates.');
    const { pieces, chains } = JSON.parse(stdout) as Record<string, unknown>;
    expect(pieces).toMatchObject([
      { what: 'certificate', subject: 'CN=mx.example.org', notBefore: '2026-11-29T14:44:03.000Z' },
      { what: 'private-key', keyType: 'Ed25519', remarks: [] },
      { what: 'private-key', remarks: [{ code: 'fits-no-certificate' }] },
    ]);
    expect(chains).toMatchObject([{ missing: null }]);
    expect(exit).toBe(0);
  });

  test('says what speaks against a choice, and makes the record all the same', async () => {
    const kinds = ['--record', '3,1,1', '--record', '1,1,1', '--ttl', '60'];
    const place = ['--host', 'mx.example.org'];
    const { exit, stdout, stderr } = await run(['tlsa', keyFile, ...kinds, ...place]);
    expect(stdout.match(/TLSA . 1 1/g)).toEqual(['TLSA 3 1 1', 'TLSA 1 1 1']);
    expect(stderr).toMatch(/^1 1 1: Senders of mail cannot use usages 0 and 1.*RFC 7672 §3\.1\.3/m);
    expect(stderr).not.toContain('3 1 1:');
    expect(stderr).toContain('Caches hold the records for 60 seconds');
    expect(exit).toBe(0);
    const json = await run(['tlsa', keyFile, ...kinds, ...place, '--json']);
    expect(JSON.parse(json.stdout)).toMatchObject({
      advice: [{ verdict: 'advised' }, { verdict: 'useless' }],
    });
  });

  test('says how many files it left out', async () => {
    const many = Array.from({ length: MAX_FILES + 3 }, () => keyFile);
    const { exit, stdout, stderr } = await run(['tlsa', ...many]);
    expect(stdout).toContain(HASH);
    expect(stderr).toContain('It was not read, nor the 2 after it: at most 2,000 files');
    expect(exit).toBe(3);
  });

  test('reads a folder, and is silent of what in it is no key', async () => {
    const { exit, stdout, stderr } = await run(['tlsa', folder, '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      records: [{ name: '_25._tcp', usage: 3, selector: 1, matchingType: 1, data: HASH }],
      files: [{ name: keyFile, problems: [] }],
      problems: [],
    });
    expect(stderr).not.toContain('README');
    expect(exit).toBe(0);
  });

  test('what cannot be read loses nothing else, and makes the exit code 3', async () => {
    const missing = join(folder, 'missing.pem');
    const { exit, stdout, stderr } = await run([
      ...['tlsa', missing, join(folder, 'README'), join(folder, 'empty'), keyFile],
      ...['--host', 'mx.example.org'],
    ]);
    expect(stdout).toContain(HASH);
    expect(stderr).toContain(`${missing}: It cannot be read (it does not exist).`);
    expect(stderr).toContain('README: There is neither a certificate nor a key in it.');
    expect(stderr).toContain('No file in it holds a certificate or a key.');
    expect(exit).toBe(3);
  });

  test('a file of a folder that cannot be read loses none of the others', async () => {
    const live = join(folder, 'live');
    mkdirSync(live);
    symlinkSync(join(folder, 'gone.pem'), join(live, 'chain.pem'));
    symlinkSync(keyFile, join(live, 'privkey.pem'));
    const { exit, stdout, stderr } = await run(['tlsa', live, '--host', 'mx.example.org']);
    expect(stdout).toContain(HASH);
    expect(stderr).toContain(`${join(live, 'chain.pem')}: It cannot be read (it does not exist).`);
    expect(exit).toBe(3);
  });

  test('a certificate of a folder that is empty or cut off is told', async () => {
    const renewed = join(elsewhere, 'renewed');
    mkdirSync(renewed);
    writeFileSync(join(renewed, 'cert.pem'), '-----BEGIN CERTIFICATE-----\nMIIB\n');
    writeFileSync(join(renewed, 'fullchain.pem'), '');
    writeFileSync(join(renewed, '.keep'), '');
    symlinkSync(keyFile, join(renewed, 'privkey.pem'));
    const { exit, stdout, stderr } = await run(['tlsa', renewed, '--host', 'mx.example.org']);
    expect(stdout).toContain(HASH);
    expect(stderr).toContain('cert.pem: One block begins and does not end');
    expect(stderr).toContain('fullchain.pem: The file is empty.');
    expect(stderr).not.toContain('.keep');
    expect(exit).toBe(3);
  });

  test('reads a device that never ends as far as a file may be long', async () => {
    const { exit, stderr } = await run(['tlsa', '/dev/zero']);
    expect(stderr).toContain('/dev/zero: The file is larger than 1 MiB.');
    expect(exit).toBe(3);
  });

  test('shows nothing of a private key but its public half', async () => {
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const secret = privateKey.export({ format: 'jwk' }).d ?? '';
    const { stdout, stderr } = await run(['tlsa', keyFile, '--json']);
    const forms = [
      secret,
      Buffer.from(secret, 'base64url').toString('hex'),
      pem.split('\n')[1] ?? '',
    ];
    for (const form of forms) {
      expect(form).not.toBe('');
      expect(stdout + stderr).not.toContain(form);
    }
  });

  test.each([
    [['--format', 'bind10'], /There is no format bind10; it is one of zone, /],
    [['--record', '4,1,1'], /usage, selector and matching type/],
    [['--ttl', '-1'], /It takes seconds/],
    [['--matching', '3'], /a number from 0 to 2/],
    [['--host', '192.0.2.1'], /--host: .* is an IP address/],
    [['--host', '_25._tcp.mx.example.org'], /--host: .* name the host, mx\.example\.org\./],
  ])('refuses %j in one sentence', async (options, sentence) => {
    const { exit, stdout, stderr } = await run(['tlsa', keyFile, ...options]);
    expect(stderr).toMatch(sentence);
    expect({ exit, stdout }).toEqual({ exit: 3, stdout: '' });
  });
});
