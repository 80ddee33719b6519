// `tlsa` from files to records: what goes to stdout, what to stderr, and the exit code.
import { createHash, generateKeyPairSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run } from './rig.ts';

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const HASH = createHash('sha256')
  .update(publicKey.export({ type: 'spki', format: 'der' }))
  .digest('hex');

let folder = '';
let keyFile = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dane-inspector-tlsa-'));
  keyFile = join(folder, 'privkey.pem');
  writeFileSync(keyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }));
  writeFileSync(join(folder, 'README'), 'not a key');
  mkdirSync(join(folder, 'empty'));
});
afterAll(() => rmSync(folder, { recursive: true }));

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
  ])('refuses %j in one sentence', async (options, sentence) => {
    const { exit, stdout, stderr } = await run(['tlsa', keyFile, ...options]);
    expect(stderr).toMatch(sentence);
    expect({ exit, stdout }).toEqual({ exit: 3, stdout: '' });
  });
});
