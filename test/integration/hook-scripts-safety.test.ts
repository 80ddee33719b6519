/** What others on the machine, in DNS or on the way to the server can do to the hook script, and a disk or a clock: it stops, and mail goes on. */
import {
  chmodSync,
  lstatSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { createHookWorld, HOST, OWNER, TOKEN, TTL, type HookWorld } from '../hooks/hook-world.ts';
import { dueToInstall, dueToRemove, inService } from '../hooks/in-service.ts';

const open: HookWorld[] = [];
afterEach(async () => {
  for (const world of open.splice(0)) await world.close();
});

/** Closed after the test, however that ends. */
function kept<Started extends { readonly world: HookWorld }>(started: Started): Started {
  open.push(started.world);
  return started;
}

describe('in DNS and on the way', () => {
  test('a key that is presented and does not lie here is not published: it may be that of somebody in between', async () => {
    const { world } = kept({ world: await createHookWorld() });
    const ours = world.renew();
    const other = world.renew(`${HOST}-rsa`, 'rsa');
    world.readsLive = true;
    world.present();
    const run = await world.deploy();
    expect(run).toMatchObject({ exit: 1 });
    expect(run.output).toContain(`a key that lies in no folder here (3 1 1 ${other})`);
    expect(world.records()).toEqual([]);
    expect(await world.deploy(`${HOST}-rsa`)).toMatchObject({ exit: 0 });
    await world.finish();
    expect(world.records()).toEqual([`3 1 1 ${ours}`, `3 1 1 ${other}`].sort());
    expect(world.faults).toEqual([]);
  });

  test('records that vanish while caches hold them come back before anything is installed', async () => {
    const { world } = kept(await inService());
    const next = world.renew();
    world.lose();
    expect(await world.deploy()).toMatchObject({ exit: 0 });
    await world.finish();
    expect([...world.presented]).toEqual([next]);
    expect(world.records()).toEqual([`3 1 1 ${next}`]);
    expect(world.faults).toEqual([]);
  });

  test('records that vanish while a new one spreads are published anew at the next run', async () => {
    const { world, old } = kept(await inService());
    const next = world.renew();
    world.secondaryFollows = false;
    expect(await world.deploy()).toMatchObject({ exit: 0 });
    world.secondaryFollows = true;
    world.lose();
    expect(await world.run(['run'])).toMatchObject({ exit: 0 });
    expect(await world.run(['run'])).toMatchObject({ exit: 0 });
    expect(world.records()).toEqual([`3 1 1 ${old}`, `3 1 1 ${next}`].sort());
    await world.finish();
    expect(world.records()).toEqual([`3 1 1 ${next}`]);
    expect(world.faults).toEqual([]);
  });

  test('a name server that is down is not taken for one that this machine has no way to', async () => {
    const { world } = kept({ world: await createHookWorld() });
    world.withoutNamedServers();
    const dig = join(world.folder, 'bin', 'dig');
    renameSync(dig, `${dig}.real`);
    const second = [
      '#!/bin/sh',
      'case "$*" in',
      '@127.0.0.2*) echo ";; communications error to 127.0.0.2#53: host unreachable"; exit 9 ;;',
      'ns.example.org.\\ A\\ *) "$0.real" "$@"; echo "ns.example.org. 3600 IN A 127.0.0.2"; exit ;;',
      'esac',
      'exec "$0.real" "$@"',
    ];
    writeFileSync(dig, `${second.join('\n')}\n`, { mode: 0o755 });
    world.renew();
    const run = await world.deploy();
    expect(run).toMatchObject({ exit: 1 });
    expect(run.output).toContain('the name server ns.example.org. cannot be reached at 127.0.0.2');
    expect(world.presented.size).toBe(0);
  });

  test('records of a wildcard are not put out of force by one of the name itself', async () => {
    const { world, old } = kept(await inService());
    const next = world.renew();
    for (const server of [world.primary, world.secondary]) server.isWildcard = true;
    const run = await world.deploy();
    expect(run).toMatchObject({ exit: 1 });
    expect(run.output).toContain(`the records of ${OWNER} come from a wildcard`);
    expect(world.records()).toEqual([`3 1 1 ${old}`]);
    for (const server of [world.primary, world.secondary]) server.isWildcard = false;
    await world.finish();
    expect(world.records()).toEqual([`3 1 1 ${next}`]);
  });

  test.each(['+ttlunits', '+multiline'])(
    'a .digrc with %s changes nothing of what is read',
    async (option) => {
      const { world, old } = kept(await inService());
      writeFileSync(join(world.folder, '.digrc'), `${option}\n`);
      const next = world.renew();
      const environment = { HOME: world.folder };
      expect(await world.deploy(HOST, { environment })).toMatchObject({ exit: 0 });
      world.pass(2 * TTL - 1);
      expect(await world.run(['run'], { environment })).toMatchObject({ exit: 0 });
      expect([...world.presented]).toEqual([old]);
      world.pass(1);
      expect(await world.run(['run'], { environment })).toMatchObject({ exit: 0 });
      expect([...world.presented]).toEqual([next]);
      expect(world.faults).toEqual([]);
    },
  );
});

describe('the clock', () => {
  test.each([
    { what: 'installation', begin: dueToInstall },
    { what: 'removal', begin: dueToRemove },
  ])('put back by years before the $what: two TTLs later it is done', async ({ begin }) => {
    const { world, next } = kept(await begin());
    // What caches hold is all counted from here.
    world.publish(world.records());
    world.pass(-100_000_000);
    expect(await world.run(['run'])).toMatchObject({ exit: 0 });
    expect(world.records()).toHaveLength(2);
    world.pass(2 * TTL);
    await world.finish();
    expect([...world.presented]).toEqual([next]);
    expect(world.records()).toEqual([`3 1 1 ${next}`]);
    expect(world.faults).toEqual([]);
  });
});

describe('the disk', () => {
  test('when it is full, what is remembered stays', async () => {
    const { world } = kept({ world: await createHookWorld() });
    const hash = world.renew();
    world.readsLive = true;
    world.present();
    // The record is not of the script's making, so it has nothing to remember of it.
    world.publish([`3 1 1 ${hash}`]);
    expect(await world.deploy()).toMatchObject({ exit: 0 });
    const file = join(world.store, HOST, 'state');
    const before = readFileSync(file, 'utf8');
    symlinkSync('/dev/full', `${file}.new`);
    world.readsLive = false;
    world.renew();
    const run = await world.deploy();
    expect(run).toMatchObject({ exit: 1 });
    expect(run.output).toContain('Is the disk full?');
    expect(lstatSync(file).isFile()).toBe(true);
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  test.each(['', 'phase settle\nuntil \nseconds 7200\n', 'phase settle\nuntil soon\nseconds 1\n'])(
    'a state cut off (%j) is an error, and holds up no other certificate',
    async (text) => {
      const { world } = kept(await inService());
      const rsa = world.renew(`${HOST}-rsa`, 'rsa');
      expect(await world.deploy(`${HOST}-rsa`)).toMatchObject({ exit: 0 });
      writeFileSync(join(world.store, HOST, 'state'), text);
      world.pass(2 * TTL);
      const run = await world.run(['run']);
      expect(run).toMatchObject({ exit: 1 });
      expect(run.output).toContain(`${HOST}/state is damaged.`);
      expect(world.presented).toContain(rsa);
    },
  );
});

describe('others on the machine', () => {
  test.each([
    {
      what: 'settings that others may write',
      words: 'others may write',
      dns: 'nsupdate',
      begin: (_: HookWorld, file: string) => {
        writeFileSync(file, 'DANE_TTL=1800\n');
        chmodSync(file, 0o646);
        return { args: ['--config', file] };
      },
    },
    {
      what: 'a folder that others may write',
      words: 'others may write',
      dns: 'nsupdate',
      begin: (world: HookWorld) => {
        chmodSync(world.store, 0o777);
        return {};
      },
    },
    {
      what: 'a TSIG key that others may read',
      words: 'may read the secret',
      dns: 'nsupdate',
      begin: (world: HookWorld) => {
        chmodSync(join(world.folder, 'tsig.key'), 0o644);
        return {};
      },
    },
    {
      what: 'a token that others may read',
      words: 'may read the secret',
      dns: 'cloudflare',
      begin: (_: HookWorld, file: string) => {
        writeFileSync(file, TOKEN, { mode: 0o644 });
        return { environment: { CF_API_TOKEN: '', CF_API_TOKEN_FILE: file } };
      },
    },
    {
      what: 'settings with a token that others may read',
      words: 'may read the secret',
      dns: 'cloudflare',
      begin: (_: HookWorld, file: string) => {
        writeFileSync(file, `CF_API_TOKEN=${TOKEN}\n`, { mode: 0o644 });
        return { args: ['--config', file] };
      },
    },
    {
      what: 'settings that are missing',
      words: 'is missing',
      dns: 'nsupdate',
      begin: (_: HookWorld, file: string) => ({ args: ['--config', file] }),
    },
  ] as const)('$what are refused', async ({ begin, words, dns }) => {
    const { world, old } = kept(await inService('certbot', dns));
    world.renew();
    const options = begin(world, join(world.folder, 'a file'));
    const run = await world.deploy(HOST, options);
    expect(run).toMatchObject({ exit: 1 });
    expect(run.output).toContain(words);
    expect(world.records()).toEqual([`3 1 1 ${old}`]);
  });
});

test('a record of a host that it no longer serves is left, told once, and keeps nothing waiting', async () => {
  const { world, old, next } = kept(await dueToRemove());
  const environment = { DANE_PLACES: 'new.example.org:25' };
  const run = await world.run(['run'], { environment });
  expect(run).toMatchObject({ exit: 0 });
  expect(run.output).toContain(`no longer holds ${OWNER}: remove by hand its TLSA 3 1 1 ${old}`);
  expect(world.records()).toEqual([`3 1 1 ${old}`, `3 1 1 ${next}`].sort());
  expect(world.phase()).toBe('idle');
});
