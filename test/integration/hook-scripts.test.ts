/** The hook scripts at work: the order of steps, what they remove and what they leave, and the faults of the script that many copied. */
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { HookClient, HookDns } from '../../shared/hooks/write-hook.ts';
import { createHookWorld, HOST, OWNER, TTL, type HookWorld } from '../hooks/hook-world.ts';
import { altered, dueToInstall, dueToRemove, inService } from '../hooks/in-service.ts';

const OTHER_KEY = 'ab'.repeat(32);
const ISSUER = `2 1 1 ${'cd'.repeat(32)}`;

const open: HookWorld[] = [];
afterEach(async () => {
  for (const world of open.splice(0)) await world.close();
});

/** Closed after the test, however that ends. */
function kept<Started extends { readonly world: HookWorld }>(started: Started): Started {
  open.push(started.world);
  return started;
}

describe.each<HookDns>(['nsupdate', 'cloudflare'])('with %s', (dns) => {
  test('a renewal goes through its steps, and at no time a sender refuses the server', async () => {
    const { world, old } = kept(await inService('certbot', dns));
    const next = world.renew();
    const both = [`3 1 1 ${old}`, `3 1 1 ${next}`].sort();
    expect(await world.deploy()).toMatchObject({ exit: 0 });
    expect(world.records()).toEqual(both);

    world.pass(2 * TTL - 1);
    expect(await world.run(['run'])).toMatchObject({ exit: 0 });
    expect([...world.presented]).toEqual([old]);
    world.pass(1);
    expect(await world.run(['run'])).toMatchObject({ exit: 0 });
    expect([...world.presented]).toEqual([next]);

    world.pass(2 * TTL - 1);
    expect(await world.run(['run'])).toMatchObject({ exit: 0 });
    expect(world.records()).toEqual(both);
    world.pass(1);
    expect(await world.run(['run'])).toMatchObject({ exit: 0 });
    expect(world.records()).toEqual([`3 1 1 ${next}`]);

    expect(world.phase()).toBe('idle');
    expect(world.faults).toEqual([]);
    expect(await world.run(['run'])).toEqual({ exit: 0, output: '' });
  });

  test('records that are not its own stay: a next key made by hand, an issuer, other kinds', async () => {
    const { world, old, next } = kept(await dueToRemove('certbot', dns));
    const foreign = [`3 1 1 ${OTHER_KEY}`, ISSUER, `3 0 1 ${old}`, `3 1 2 ${old.repeat(2)}`];
    world.publish([`3 1 1 ${old}`, `3 1 1 ${next}`, ...foreign]);
    expect(await world.run(['run'])).toMatchObject({ exit: 0 });
    expect(world.records()).toEqual([`3 1 1 ${next}`, ...foreign].sort());
  });

  test('without the wait for caches some sender refuses the server', async () => {
    const { world } = kept(await inService('certbot', dns));
    const script = altered(world.script, 'END { print 2 * longest }', 'END { print 0 }');
    world.renew();
    expect(await world.deploy(HOST, { script })).toMatchObject({ exit: 0 });
    await world.finish({ script });
    expect(world.faults).not.toEqual([]);
  });
});

describe('the faults of the script that many copied', () => {
  test('a second cron job renews without it: nothing changes, and the next run takes the certificate', async () => {
    const { world, old } = kept(await inService());
    const next = world.renew();
    world.present();
    expect([...world.presented]).toEqual([old]);
    await world.finish();
    expect([...world.presented]).toEqual([next]);
    expect(world.records()).toEqual([`3 1 1 ${next}`]);
    expect(world.faults).toEqual([]);
  });

  test('… and would stop the mail if the server read the folder of the ACME client', async () => {
    const { world } = kept(await inService());
    world.readsLive = true;
    world.renew();
    expect(world.faults).not.toEqual([]);
  });

  test('two at the same time: one works, the other waits and leaves', async () => {
    const { world, next } = kept(await dueToInstall());
    const { reloads } = world;
    world.reload = 'hangs';
    const first = world.run(['run']);
    await until(() => world.reloads === reloads + 1);
    const second = await world.run(['run'], { environment: { DANE_LOCK_SECONDS: '3' } });
    expect(second).toEqual({
      exit: 0,
      output: 'dane-hook: another dane-hook is at work; nothing to do.\n',
    });
    world.letReloadEnd();
    expect(await first).toMatchObject({ exit: 0 });
    expect(world.reloads).toBe(reloads + 1);
    await world.finish();
    expect(world.records()).toEqual([`3 1 1 ${next}`]);
    expect(world.faults).toEqual([]);
  });

  test('… and without the lock both install', async () => {
    const { world } = kept(await dueToInstall());
    const script = altered(
      world.script,
      'until ln -s "$mine" "$lock" 2>/dev/null; do',
      'while false; do',
    );
    const { reloads } = world;
    world.reload = 'hangs';
    const first = world.run(['run'], { script });
    await until(() => world.reloads === reloads + 1);
    const second = world.run(['run'], { script });
    await until(() => world.reloads === reloads + 2);
    world.letReloadEnd();
    await Promise.all([first, second]);
    expect(world.reloads).toBe(reloads + 2);
  });

  const WRONG_WAY = ['!($2 in used)', '($2 in used)'] as const;

  test('removing the new record instead of the old is held back by what the server presents', async () => {
    const { world, old, next } = kept(await dueToRemove());
    const script = altered(world.script, ...WRONG_WAY);
    const run = await world.run(['run'], { script });
    expect(run).toMatchObject({ exit: 1 });
    expect(run.output).toContain('the server still presents');
    expect(world.records()).toEqual([`3 1 1 ${old}`, `3 1 1 ${next}`].sort());
    expect(world.faults).toEqual([]);
  });

  test('… and without that stops the mail', async () => {
    const { world, old } = kept(await dueToRemove());
    const careless = altered(world.script, ...WRONG_WAY);
    const script = altered(careless, 'if grep -Fqx "$2" "$work/presented"; then', 'if false; then');
    expect(await world.run(['run'], { script })).toMatchObject({ exit: 0 });
    expect(world.records()).toEqual([`3 1 1 ${old}`]);
    expect(world.faults).not.toEqual([]);
  });

  test('a record that exists is no error (81058), and without saying so would be one', async () => {
    const { world, old } = kept(await inService('certbot', 'cloudflare'));
    const next = world.renew();
    // Made by hand a moment ago: the API knows it, the name servers do not show it yet.
    world.cloudflare.records.push({
      id: 'byhand',
      type: 'TLSA',
      name: OWNER,
      ttl: TTL,
      data: { usage: 3, selector: 1, matching_type: 1, certificate: next.toUpperCase() },
    });
    const script = altered(world.script, 'failed_with 81057 81058 || ', '');
    const failing = await world.deploy(HOST, { script });
    expect(failing).toMatchObject({ exit: 1 });
    expect(failing.output).toContain('81058 An identical record already exists.');

    expect(await world.run(['run'])).toMatchObject({ exit: 0 });
    expect(world.cloudflare.records).toHaveLength(2);
    world.publish([`3 1 1 ${old}`, `3 1 1 ${next}`]);
    await world.finish();
    expect(world.records()).toEqual([`3 1 1 ${next}`]);
    expect(world.faults).toEqual([]);
  });
});

test('a record that Cloudflare had already, though no name server showed it, is not its own', async () => {
  const { world } = kept(await inService('certbot', 'cloudflare'));
  const byHand = world.renew();
  const data = { usage: 3, selector: 1, matching_type: 1, certificate: byHand.toUpperCase() };
  world.cloudflare.records.push({ id: 'byhand', type: 'TLSA', name: OWNER, ttl: TTL, data });
  expect(await world.deploy()).toMatchObject({ exit: 0 });
  const last = world.renew();
  expect(await world.deploy()).toMatchObject({ exit: 0 });
  await world.finish();
  expect(world.records()).toEqual([`3 1 1 ${byHand}`, `3 1 1 ${last}`].sort());
  expect(world.faults).toEqual([]);
});

test('the same key: installed at once, nothing asked of DNS', async () => {
  const { world, old } = kept(await inService());
  const chain = join(world.live(), 'fullchain.pem');
  world.renewCertificate();
  world.update = 'refused';
  expect(await world.deploy()).toMatchObject({ exit: 0 });
  expect(world.phase()).toBe('idle');
  const installed = readFileSync(join(world.store, HOST, 'current', 'fullchain.pem'), 'utf8');
  expect(installed).toBe(readFileSync(chain, 'utf8'));
  expect(world.records()).toEqual([`3 1 1 ${old}`]);
});

describe('a certificate for each of RSA and ECDSA', () => {
  test('neither removes a record of the other', async () => {
    const { world, old: ecdsa } = kept(await inService());
    const rsa = world.renew(`${HOST}-rsa`, 'rsa');
    expect(await world.deploy(`${HOST}-rsa`)).toMatchObject({ exit: 0 });
    await world.finish();
    expect(world.records()).toEqual([`3 1 1 ${ecdsa}`, `3 1 1 ${rsa}`].sort());
    const nextEcdsa = world.renew();
    expect(await world.deploy()).toMatchObject({ exit: 0 });
    const nextRsa = world.renew(`${HOST}-rsa`, 'rsa');
    await world.finish();
    expect(world.records()).toEqual([`3 1 1 ${nextEcdsa}`, `3 1 1 ${nextRsa}`].sort());
    expect([...world.presented].sort()).toEqual([nextEcdsa, nextRsa].sort());
    expect(world.faults).toEqual([]);
  });

  test('the first records are those of both, in one go', async () => {
    const world = await createHookWorld();
    kept({ world });
    const rsa = world.renew(`${HOST}-rsa`, 'rsa');
    const ecdsa = world.renew();
    // The pairs are in service, DANE is not: `1 1 1` is of no use in SMTP (RFC 7672 §3.1.3).
    world.publish([`1 1 1 ${OTHER_KEY}`]);
    world.update = 'refused';
    expect(await world.deploy()).toMatchObject({ exit: 1 });
    expect(await world.deploy(`${HOST}-rsa`)).toMatchObject({ exit: 1 });
    world.update = 'taken';
    await world.finish();
    expect(world.records()).toEqual(
      [`1 1 1 ${OTHER_KEY}`, `3 1 1 ${ecdsa}`, `3 1 1 ${rsa}`].sort(),
    );
    expect(world.faults).toEqual([]);
  });
});

test('a certificate that is overtaken by the next leaves no record behind', async () => {
  const { world } = kept(await inService());
  world.renew();
  expect(await world.deploy()).toMatchObject({ exit: 0 });
  const last = world.renew();
  expect(await world.deploy()).toMatchObject({ exit: 0 });
  expect(world.records()).toHaveLength(3);
  await world.finish();
  expect(world.records()).toEqual([`3 1 1 ${last}`]);
  expect(world.faults).toEqual([]);
});

test('… but one that was made by hand before stays', async () => {
  const { world, old } = kept(await inService());
  const byHand = world.renew();
  world.publish([`3 1 1 ${old}`, `3 1 1 ${byHand}`]);
  expect(await world.deploy()).toMatchObject({ exit: 0 });
  const last = world.renew();
  expect(await world.deploy()).toMatchObject({ exit: 0 });
  await world.finish();
  expect(world.records()).toEqual([`3 1 1 ${byHand}`, `3 1 1 ${last}`].sort());
  expect(world.faults).toEqual([]);
});

test('taking over a server in service: its record stands, so nothing is added and nothing waited for', async () => {
  const world = await createHookWorld();
  kept({ world });
  const hash = world.renew();
  world.readsLive = true;
  world.present();
  world.publish([`3 1 1 ${hash}`]);
  expect(await world.deploy()).toMatchObject({ exit: 0 });
  expect(world.phase()).toBe('idle');
  expect(world.records()).toEqual([`3 1 1 ${hash}`]);
  // The mail server is told to read the script's folder; from then on renewals go through it.
  world.readsLive = false;
  world.present();
  const next = world.renew();
  expect(await world.deploy()).toMatchObject({ exit: 0 });
  await world.finish();
  expect(world.records()).toEqual([`3 1 1 ${next}`]);
  expect(world.faults).toEqual([]);
});

test.each<HookClient>(['certbot', 'acme.sh', 'lego'])(
  '%s hands its certificate over',
  async (client) => {
    const { world } = kept(await inService(client));
    const next = world.renew();
    expect(await world.deploy()).toMatchObject({ exit: 0 });
    await world.finish();
    expect(world.records()).toEqual([`3 1 1 ${next}`]);
  },
);

test('lego of version 5 names its variables anew', async () => {
  const world = await createHookWorld('lego');
  kept({ world });
  const hash = world.renew();
  const environment = {
    LEGO_HOOK_CERT_PATH: join(world.live(), 'fullchain.pem'),
    LEGO_HOOK_CERT_KEY_PATH: join(world.live(), 'privkey.pem'),
  };
  expect(await world.run([], { environment })).toMatchObject({ exit: 0 });
  expect([...world.presented]).toEqual([hash]);
});

test('a certificate for another host is left alone', async () => {
  const { world, old } = kept(await inService());
  world.renew('www', 'ecdsa', 'www.example.org');
  const run = await world.deploy('www');
  expect(run).toMatchObject({ exit: 0 });
  expect(run.output).toContain('is not for mail.example.org:25; nothing to do');
  expect(world.records()).toEqual([`3 1 1 ${old}`]);
  expect(world.phase('www')).toBeNull();
});

test('a key that belongs to another certificate is refused', async () => {
  const { world, old } = kept(await inService());
  world.renew();
  world.renew('other');
  copyFileSync(join(world.live('other'), 'privkey.pem'), join(world.live(), 'privkey.pem'));
  const run = await world.deploy();
  expect(run).toMatchObject({ exit: 1 });
  expect(run.output).toContain('does not belong to the certificate');
  expect(world.records()).toEqual([`3 1 1 ${old}`]);
});

test('left to itself it finds the zone, its servers and the addresses of the host', async () => {
  const world = await createHookWorld();
  kept({ world });
  world.withoutNamedServers();
  const hash = world.renew();
  expect(await world.deploy()).toMatchObject({ exit: 0 });
  expect(world.phase()).toBe('idle');
  expect(world.records()).toEqual([`3 1 1 ${hash}`]);
  const next = world.renew();
  world.primary.mood = 'servfail';
  const failed = await world.deploy();
  expect(failed).toMatchObject({ exit: 1 });
  expect(failed.output).toContain('could not be looked up');
  world.primary.mood = 'answers';
  await world.finish();
  expect(world.records()).toEqual([`3 1 1 ${next}`]);
  expect(world.faults).toEqual([]);
  expect(world.primary.asked).toEqual(
    expect.arrayContaining([OWNER, HOST, 'example.org', 'ns.example.org']),
  );
});

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 20));
}
