/** What fails at any step leaves the old pair and all records in place, ends with 1, says what and what to do, and is made good by a later run. */
import { existsSync, readdirSync, readlinkSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import {
  createHookWorld,
  HOST,
  OWNER,
  TTL,
  type HookWorld,
  type Run,
} from '../hooks/hook-world.ts';
import { altered, dueToInstall, dueToRemove, inService } from '../hooks/in-service.ts';

const open: HookWorld[] = [];
afterEach(async () => {
  for (const world of open.splice(0)) await world.close();
});

/** Closed after the test, however that ends. */
function kept<Started extends { readonly world: HookWorld }>(started: Started): Started {
  open.push(started.world);
  return started;
}

/** Something goes wrong, and the words by which it is told. */
interface Failure {
  readonly what: string;
  readonly begin: (world: HookWorld) => void;
  readonly end: (world: HookWorld) => void;
  readonly words: string;
}

const DNS_FAILURES: readonly Failure[] = [
  ...(['primary', 'secondary'] as const).map((server) => ({
    what: `the ${server} is silent`,
    begin: (world: HookWorld) => void (world[server].mood = 'silent'),
    end: (world: HookWorld) => void (world[server].mood = 'answers'),
    words: 'did not answer',
  })),
  {
    what: 'a name server answers SERVFAIL',
    begin: (world) => void (world.secondary.mood = 'servfail'),
    end: (world) => void (world.secondary.mood = 'answers'),
    words: 'SERVFAIL',
  },
  {
    what: 'a name server has lost the zone',
    begin: (world) => void (world.secondary.mood = 'not-authoritative'),
    end: (world) => void (world.secondary.mood = 'answers'),
    words: 'it is not authoritative',
  },
  {
    what: 'the name has become an alias',
    begin: (world) => void (world.primary.mood = 'alias'),
    end: (world) => void (world.primary.mood = 'answers'),
    words: 'it is an alias of x.example.org.',
  },
];

/** It has failed, and nothing that a sender could see has changed. */
function expectHeld(
  run: Run,
  words: string,
  world: HookWorld,
  hash: string,
  records: readonly string[],
): void {
  expect(run).toMatchObject({ exit: 1 });
  expect(run.output).toContain(words);
  expect([...world.presented]).toEqual([hash]);
  expect(world.records()).toEqual([...records].sort());
  expect(world.faults).toEqual([]);
}

describe('publishing', () => {
  test.each([
    ...DNS_FAILURES,
    {
      what: 'the primary refuses the update',
      begin: (world: HookWorld) => void (world.update = 'refused'),
      end: (world: HookWorld) => void (world.update = 'taken'),
      words: 'refused the update of example.org: update failed: REFUSED',
    },
  ])('fails when $what', async ({ begin, end, words }) => {
    const { world, old } = kept(await inService());
    const next = world.renew();
    begin(world);
    expectHeld(await world.deploy(), words, world, old, [`3 1 1 ${old}`]);
    end(world);
    await world.finish();
    expect(world.records()).toEqual([`3 1 1 ${next}`]);
    expect(world.faults).toEqual([]);
  });

  test('a name server that lags is waited for, and after an hour told', async () => {
    const { world, old } = kept(await inService());
    const next = world.renew();
    const both = [`3 1 1 ${old}`, `3 1 1 ${next}`];
    world.secondaryFollows = false;
    const waiting = await world.deploy();
    expect(waiting).toMatchObject({ exit: 0 });
    expect(waiting.output).toContain(
      `waiting for the name servers 127.0.0.1#${world.secondary.port}`,
    );
    world.pass(3599);
    expect(await world.run(['run'])).toMatchObject({ exit: 0 });
    world.pass(1);
    const late = await world.run(['run']);
    expectHeld(
      late,
      `127.0.0.1#${world.secondary.port} do not show the new record`,
      world,
      old,
      both,
    );
    world.pass(10 * TTL);
    expect(await world.run(['run'])).toMatchObject({ exit: 0 });
    expect([...world.presented]).toEqual([old]);
    world.secondaryFollows = true;
    world.publish(both);
    await world.finish();
    expect(world.records()).toEqual([`3 1 1 ${next}`]);
    expect(world.faults).toEqual([]);
  });
});

describe('installing', () => {
  test.each([
    ...DNS_FAILURES.slice(1, 3),
    {
      what: 'the reload fails',
      begin: (world: HookWorld) => void (world.reload = 'fails'),
      end: (world: HookWorld) => void (world.reload = 'works'),
      words: 'the reload failed',
    },
    {
      what: 'the server goes on presenting the old certificate',
      begin: (world: HookWorld) => void (world.reload = 'does-nothing'),
      end: (world: HookWorld) => void (world.reload = 'works'),
      words: 'presents another certificate. The old certificate is back, both records stay.',
    },
  ])('fails when $what', async ({ begin, end, words }) => {
    const { world, old, next } = kept(await dueToInstall());
    const before = readlinkSync(join(world.store, HOST, 'current'));
    begin(world);
    const run = await world.run(['run']);
    expectHeld(run, words, world, old, [`3 1 1 ${old}`, `3 1 1 ${next}`]);
    expect(readlinkSync(join(world.store, HOST, 'current'))).toBe(before);
    end(world);
    world.pass(TTL);
    await world.finish();
    expect([...world.presented]).toEqual([next]);
    expect(world.records()).toEqual([`3 1 1 ${next}`]);
    expect(world.faults).toEqual([]);
  });

  test('the old pair comes back when nothing can be seen of what the server presents', async () => {
    const world = await createHookWorld();
    kept({ world });
    world.withoutNamedServers();
    const old = world.renew();
    expect(await world.deploy()).toMatchObject({ exit: 0 });
    const next = world.renew();
    expect(await world.deploy()).toMatchObject({ exit: 0 });
    world.pass(2 * TTL);
    world.reload = 'loses-dns';
    const run = await world.run(['run']);
    const both = [`3 1 1 ${old}`, `3 1 1 ${next}`];
    expectHeld(run, 'could not be seen. The old certificate is back', world, old, both);
    world.primary.mood = 'answers';
    world.reload = 'works';
    world.pass(TTL);
    await world.finish();
    expect(world.records()).toEqual([`3 1 1 ${next}`]);
    expect(world.faults).toEqual([]);
  });

  test('a record that is gone again from one server is published and waited for anew', async () => {
    const { world, old, next } = kept(await dueToInstall());
    world.secondary.sets.set(OWNER, { ttl: TTL, records: [`3 1 1 ${old}`] });
    const run = await world.run(['run']);
    expect(run).toMatchObject({ exit: 0 });
    expect(run.output).toContain('not every name server shows the new record');
    expect([...world.presented]).toEqual([old]);
    await world.finish();
    expect(world.records()).toEqual([`3 1 1 ${next}`]);
    expect(world.faults).toEqual([]);
  });
});

describe('removing', () => {
  test.each([
    ...DNS_FAILURES.slice(1, 3),
    {
      what: 'the primary refuses the update',
      begin: (world: HookWorld) => void (world.update = 'refused'),
      end: (world: HookWorld) => void (world.update = 'taken'),
      words: 'refused the update',
    },
    {
      what: 'a name server no longer shows the record in use',
      begin: (world: HookWorld) =>
        void world.secondary.sets.set(OWNER, { ttl: TTL, records: [`3 1 1 ${OTHER_KEY}`] }),
      end: (world: HookWorld) => {
        const set = world.primary.sets.get(OWNER);
        if (set !== undefined) world.secondary.sets.set(OWNER, set);
      },
      words: 'not every name server shows the record in use',
    },
  ])('fails when $what', async ({ begin, end, words }) => {
    const { world, old, next } = kept(await dueToRemove());
    begin(world);
    const run = await world.run(['run']);
    expectHeld(run, words, world, next, [`3 1 1 ${old}`, `3 1 1 ${next}`]);
    end(world);
    await world.finish();
    expect(world.records()).toEqual([`3 1 1 ${next}`]);
  });
});

const OTHER_KEY = 'ab'.repeat(32);

describe('the API of Cloudflare', () => {
  const errors = (code: number, message: string) =>
    JSON.stringify({ success: false, errors: [{ code, message }], messages: [], result: null });
  const everyTime = (status: number, body: string, headers = {}) =>
    Array.from({ length: 9 }, () => ({ status, body, headers }));

  test.each([
    {
      what: 'refuses the token',
      answers: everyTime(403, errors(10_000, 'Authentication error')),
      words: '(403): 10000 Authentication error',
    },
    {
      what: 'fails',
      answers: everyTime(500, 'Internal Server Error'),
      words: 'answered 500, and not in JSON',
    },
    {
      what: 'has had too many requests',
      answers: everyTime(429, errors(971, 'Please wait')),
      words: '(429): 971 Please wait',
    },
    {
      what: 'answers with other JSON',
      answers: everyTime(200, '[]'),
      words: 'answered 200, and not in JSON',
    },
  ])('publishing fails when it $what', async ({ answers, words }) => {
    const { world, old } = kept(await inService('certbot', 'cloudflare'));
    const next = world.renew();
    world.cloudflare.answers.push(...answers);
    expectHeld(await world.deploy(), words, world, old, [`3 1 1 ${old}`]);
    world.cloudflare.answers.splice(0);
    await world.finish();
    expect(world.records()).toEqual([`3 1 1 ${next}`]);
    expect(world.faults).toEqual([]);
  });

  test('publishing fails when it cannot be reached', async () => {
    const { world, old } = kept(await inService('certbot', 'cloudflare'));
    world.renew();
    const environment = { CF_API: 'http://127.0.0.1:9' };
    const run = await world.deploy(HOST, { environment });
    expectHeld(run, 'was not reached', world, old, [`3 1 1 ${old}`]);
  });

  test('publishing fails with a token that it does not know', async () => {
    const { world, old } = kept(await inService('certbot', 'cloudflare'));
    world.renew();
    const run = await world.deploy(HOST, { environment: { CF_API_TOKEN: 'another' } });
    expectHeld(run, '(403): 9109 Invalid access token', world, old, [`3 1 1 ${old}`]);
    expect(run.output).toContain('Check the token');
  });

  test('it is asked again after the time that it names', async () => {
    const { world, old } = kept(await inService('certbot', 'cloudflare'));
    const next = world.renew();
    const busy = { status: 429, body: errors(971, 'Please wait'), headers: { 'retry-after': '7' } };
    world.cloudflare.answers.push(busy, busy);
    const start = world.now();
    expect(await world.deploy()).toMatchObject({ exit: 0 });
    expect(world.now() - start).toBe(14);
    expect(world.records()).toEqual([`3 1 1 ${old}`, `3 1 1 ${next}`].sort());
  });

  test('removing fails halfway and goes on later; what is gone already (81044) is no error', async () => {
    const { world, old, next } = kept(await dueToRemove('certbot', 'cloudflare'));
    // The zone, then the list, then the removal.
    world.cloudflare.answers.push(null, null, {
      status: 403,
      body: errors(10_000, 'Authentication error'),
    });
    const both = [`3 1 1 ${old}`, `3 1 1 ${next}`];
    expectHeld(await world.run(['run']), 'did not remove the record', world, next, both);
    world.cloudflare.answers.push(null, null, {
      status: 404,
      body: errors(81_044, 'Record does not exist.'),
    });
    expect(await world.run(['run'])).toMatchObject({ exit: 0 });
    expect(world.phase()).toBe('idle');
  });

  test('a record on a later page is found', async () => {
    const { world, old, next } = kept(await dueToRemove('certbot', 'cloudflare'));
    const others = Array.from(
      { length: 150 },
      (_, index) => `3 1 1 ${index.toString(16).padStart(64, '0')}`,
    );
    world.publish([...others, `3 1 1 ${next}`, `3 1 1 ${old}`]);
    expect(await world.run(['run'])).toMatchObject({ exit: 0 });
    expect(world.records()).toEqual([...others, `3 1 1 ${next}`].sort());
  });
});

describe('--dry-run', () => {
  /** It says so, and nothing at all has changed. */
  async function expectDry(world: HookWorld, words: readonly string[]): Promise<void> {
    const before = world.everything();
    const run = await world.run(['run', '--dry-run']);
    expect(run).toMatchObject({ exit: 0 });
    for (const word of words) expect(run.output).toContain(word);
    expect(world.everything()).toBe(before);
  }

  test.each(['nsupdate', 'cloudflare'] as const)(
    'changes nothing at any step (%s)',
    async (dns) => {
      const { world, old } = kept(await inService('certbot', dns));
      const next = world.renew();
      const requests = world.cloudflare.requests.length;
      await expectDry(world, [
        'would take the certificate',
        `would add ${OWNER}. 3600 IN TLSA 3 1 1 ${next}`,
        'would wait until every name server shows it, and then 2 h 0 min',
      ]);
      expect(world.cloudflare.requests).toHaveLength(requests);
      world.secondaryFollows = false;
      expect(await world.deploy()).toMatchObject({ exit: 0 });
      await expectDry(world, ['waiting for the name servers']);
      world.secondaryFollows = true;
      world.publish([`3 1 1 ${old}`, `3 1 1 ${next}`]);
      await expectDry(world, ['every name server shows the new record']);
      expect(world.phase()).toBe('spread');
      expect(await world.run(['run'])).toMatchObject({ exit: 0 });
      await expectDry(world, ['the certificate is installed in 2 h 0 min']);
      world.pass(2 * TTL);
      await expectDry(world, [
        'would switch',
        `would check that the server presents 3 1 1 ${next}`,
      ]);
      expect(await world.run(['run'])).toMatchObject({ exit: 0 });
      world.pass(2 * TTL);
      await expectDry(world, [`would remove ${OWNER}. TLSA 3 1 1 ${old}`]);
      await world.finish();
      expect(world.records()).toEqual([`3 1 1 ${next}`]);
    },
  );

  test('makes no folder before the first time', async () => {
    const { world } = kept(await inService());
    world.renew('second');
    const args = ['run', '--dry-run', '--lineage', world.live('second')];
    const before = world.everything();
    const run = await world.run(args);
    expect(run).toMatchObject({ exit: 0 });
    expect(run.output).toContain('second: would take the certificate');
    expect(world.everything()).toBe(before);
    expect(existsSync(join(world.store, 'second'))).toBe(false);
  });

  test('and the comparison sees a change', async () => {
    const { world } = kept(await inService());
    world.renew();
    const before = world.everything();
    const script = altered(
      world.script,
      '        --dry-run) dry_run=yes ;;',
      '        --dry-run) ;;',
    );
    await world.run(['run', '--dry-run'], { script });
    expect(world.everything()).not.toBe(before);
  });
});

describe('a run that is killed', () => {
  test('in the middle of the installation: the next one goes on from there', async () => {
    const { world, old, next } = kept(await dueToInstall());
    world.reload = 'kills-the-hook';
    expect(await world.run(['run'])).toMatchObject({ exit: 128 });
    expect([...world.presented]).toEqual([old]);
    world.reload = 'works';
    const run = await world.run(['run']);
    expect(run).toMatchObject({ exit: 0 });
    expect(run.output).toContain('the run before ended in the middle; going on from there.');
    await world.finish();
    expect([...world.presented]).toEqual([next]);
    expect(world.records()).toEqual([`3 1 1 ${next}`]);
    expect(world.faults).toEqual([]);
    expect(readdirSync(join(world.store, HOST, 'versions'))).toHaveLength(1);
  });

  test('by a signal that can be heard: it leaves no lock and no files behind', async () => {
    const { world, next } = kept(await dueToInstall());
    const { reloads } = world;
    world.reload = 'hangs';
    const stopped = world.run(['run']);
    while (world.reloads === reloads) await new Promise((resolve) => setTimeout(resolve, 20));
    world.terminate();
    expect(await stopped).toMatchObject({ exit: 143 });
    expect(existsSync(join(world.store, '.lock'))).toBe(false);
    expect(readdirSync(world.folder).filter((name) => name.startsWith('tmp.'))).toEqual([]);
    world.letReloadEnd();
    await world.finish();
    expect(world.records()).toEqual([`3 1 1 ${next}`]);
    expect(world.faults).toEqual([]);
  });

  test('its lock is known for what it is, even when its number belongs to another process now', async () => {
    const { world } = kept(await inService());
    symlinkSync(`${process.pid}-1`, join(world.store, '.lock'));
    const next = world.renew();
    expect(await world.deploy()).toMatchObject({ exit: 0 });
    await world.finish();
    expect(world.records()).toEqual([`3 1 1 ${next}`]);
  });
});
