/** The hook scripts in every shell, before shellcheck, with hostile settings, and what other users of the machine can see of their secrets. */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { HOOK_CLIENTS, HOOK_DNS, writeHook } from '../../shared/hooks/write-hook.ts';
import { createHookWorld, HOST, TOKEN, type HookWorld } from '../hooks/hook-world.ts';
import { altered, inService } from '../hooks/in-service.ts';

const open: HookWorld[] = [];
afterEach(async () => {
  for (const world of open.splice(0)) await world.close();
});

/** Closed after the test, however that ends. */
function kept<Started extends { readonly world: HookWorld }>(started: Started): Started {
  open.push(started.world);
  return started;
}

/** Each part of the script at least once. */
const VARIANTS = HOOK_CLIENTS.map((client, index) => ({
  client,
  dns: HOOK_DNS[index % HOOK_DNS.length] ?? 'nsupdate',
}));
const HOSTILE = `a'b"c $(touch pwned) \`touch pwned\` \\ ;&|<>*?[x]~#%`;

test.each(VARIANTS)('shellcheck has nothing to say of $client with $dns', ({ client, dns }) => {
  const script = writeHook({
    client,
    dns,
    places: [{ host: HOST, port: 25 }],
    zone: null,
    ttl: 3600,
    folder: `/srv/${HOSTILE}`,
    reload: `echo "${HOSTILE}"`,
    nameServers: ['192.0.2.1', '2001:db8::1#5353'],
  });
  const check = (text: string) =>
    spawnSync('shellcheck', ['-s', 'sh', '-'], { input: text, encoding: 'utf8' });
  expect(check(script)).toMatchObject({ status: 0, stdout: '' });
  if (client === 'certbot') {
    expect(check(script.replace('rm -rf "$work"', 'rm -rf $work')).status).toBe(1);
  }
});

test.each([
  { shell: ['busybox', 'sh'], dns: 'nsupdate' },
  { shell: ['busybox', 'sh'], dns: 'cloudflare' },
  { shell: ['bash', '--posix'], dns: 'nsupdate' },
  { shell: ['bash', '--posix'], dns: 'cloudflare' },
] as const)('a whole renewal in $shell with $dns', async ({ shell, dns }) => {
  const world = await createHookWorld('certbot', dns);
  kept({ world });
  world.renew();
  expect(await world.deploy(HOST, { shell })).toMatchObject({ exit: 0 });
  const next = world.renew();
  expect(await world.deploy(HOST, { shell })).toMatchObject({ exit: 0 });
  expect(world.phase()).toBe('settle');
  await world.finish({ shell });
  expect([...world.presented]).toEqual([next]);
  expect(world.records()).toEqual([`3 1 1 ${next}`]);
  expect(world.faults).toEqual([]);
  // A failure is one in every shell, though `set -e` differs between them.
  world.renew();
  world.secondary.mood = 'servfail';
  expect(await world.deploy(HOST, { shell })).toMatchObject({ exit: 1 });
});

describe('secrets', () => {
  /** Each program of the script also writes down what others could read of it. */
  function spyOn(world: HookWorld): () => string {
    const log = join(world.folder, 'command-lines');
    for (const name of [
      'curl',
      'jq',
      'openssl',
      'dig',
      'sed',
      'awk',
      'grep',
      'tr',
      'cat',
      'env',
      'sleep',
    ]) {
      const real = spawnSync('sh', ['-c', `command -v ${name}`], {
        encoding: 'utf8',
      }).stdout.trim();
      const file = join(world.folder, 'bin', name);
      if (existsSync(file)) continue;
      writeFileSync(file, `#!/bin/sh\nprintf '%s\\n' "${name} $*" >>'${log}'\nexec ${real} "$@"\n`);
      chmodSync(file, 0o755);
    }
    return () => readFileSync(log, 'utf8');
  }

  test.each([
    { how: 'in the environment', environment: {} },
    { how: 'in a file', environment: { CF_API_TOKEN: '', CF_API_TOKEN_FILE: 'token' } },
  ])('the token $how is on no command line and in no output', async ({ environment }) => {
    const world = await createHookWorld('certbot', 'cloudflare');
    kept({ world });
    writeFileSync(join(world.folder, 'token'), `${TOKEN}\n`, { mode: 0o600 });
    const commandLines = spyOn(world);
    world.renew();
    const outputs = [await world.deploy(HOST, { environment })];
    world.renew();
    outputs.push(
      await world.deploy(HOST, { environment }),
      ...(await world.finish({ environment })),
    );
    expect(outputs.map(({ exit }) => exit)).toEqual(outputs.map(() => 0));
    expect(commandLines()).toContain(`curl -q -sS -K - -X POST`);
    expect(commandLines()).not.toContain(TOKEN);
    expect(outputs.map(({ output }) => output).join('')).not.toContain(TOKEN);

    const script = altered(
      world.script,
      '| curl -q -sS -K - -X "$1" \\\n',
      '| curl -q -sS -K - -H "X-Token: $token" -X "$1" \\\n',
    );
    world.renew();
    await world.deploy(HOST, { environment, script });
    await world.finish({ environment, script });
    expect(commandLines()).toContain(TOKEN);
  });

  test('keys are for their owner alone', async () => {
    const { world } = kept(await inService());
    const current = join(world.store, HOST, 'current');
    for (const name of ['privkey.pem', 'combined.pem']) {
      expect(statSync(join(current, name)).mode & 0o777).toBe(0o600);
    }
    expect(statSync(join(world.store, HOST)).mode & 0o777).toBe(0o700);
  });

  test('the token goes nowhere without encryption', async () => {
    const { world } = kept(await inService('certbot', 'cloudflare'));
    const environment = { CF_API: 'http://192.0.2.1/client/v4' };
    const run = await world.run(['run'], { environment });
    expect(run).toMatchObject({ exit: 1 });
    expect(run.output).toContain('It begins with https://');
  });
});

describe('hostile settings', () => {
  test.each([
    { DANE_PLACES: `${HOSTILE}:25` },
    { DANE_PLACES: '-x.example.org:25' },
    { DANE_PLACES: 'mail.example.org:25;id' },
    { DANE_ZONE: 'example.org\nupdate delete example.org. MX' },
    { DANE_NAME_SERVERS: '-f/etc/passwd' },
    { DANE_CONNECT: '127.0.0.1#25;id' },
    { DANE_TTL: '$(id)' },
    { DANE_NSUPDATE_SERVER: '192.0.2.1\nshow' },
    { DANE_FOLDER: 'relative' },
    { DANE_STARTTLS: 'ftp' },
  ])('are refused: %j', async (environment) => {
    const world = await createHookWorld();
    kept({ world });
    world.renew();
    const run = await world.deploy(HOST, { environment });
    expect(run).toMatchObject({ exit: 1 });
    expect(run.output).toContain(Object.keys(environment)[0]);
    expect(existsSync(world.store)).toBe(false);
    expect(existsSync(join(world.folder, 'pwned'))).toBe(false);
  });

  test('a folder and a name may hold anything', async () => {
    const world = await createHookWorld();
    kept({ world });
    const folder = join(world.folder, HOSTILE);
    const hash = world.renew(HOSTILE.replaceAll('/', ''));
    const run = await world.deploy(HOSTILE.replaceAll('/', ''), {
      environment: { DANE_FOLDER: folder },
    });
    expect(run.output).toContain(`3 1 1 ${hash}`);
    expect(existsSync(join(world.folder, 'pwned'))).toBe(false);
    expect(
      existsSync(
        join(folder, 'a_b_c___touch_pwned___touch_pwned____________x____', 'current', 'key-hash'),
      ),
    ).toBe(true);
  });

  test('the configuration file is read, not run, and the environment comes before it', async () => {
    const world = await createHookWorld();
    kept({ world });
    world.renew();
    const file = join(world.folder, 'settings');
    writeFileSync(
      file,
      '# a remark\nDANE_TTL="1800"\nDANE_RELOAD=$(touch pwned)\nDANE_STARTTLS=smtp\n',
    );
    const args = ['--config', file, '--dry-run'];
    const run = await world.deploy(HOST, { args });
    expect(run).toMatchObject({ exit: 0 });
    expect(run.output).toContain('run: $(touch pwned)');
    expect(existsSync(join(world.folder, 'pwned'))).toBe(false);
    writeFileSync(file, 'DANE_TTLS=1800\n');
    const unknown = await world.deploy(HOST, { args });
    expect(unknown).toMatchObject({ exit: 1 });
    expect(unknown.output).toContain(`${file}, line 1: there is no setting DANE_TTLS.`);
  });
});
