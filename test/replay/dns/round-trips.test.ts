// How long a look-up takes on a network of 20 ms: everything that can be asked at once is asked at once.
import { describe, expect, it } from 'vitest';
import { createWorld, name, summary, THREE_LEVELS } from './world.ts';

const ROUND_TRIP_MS = 20;
const signal = new AbortController().signal;

describe('a cold look-up of a name three levels down', () => {
  it('takes three round trips, its keys and signatures included', async () => {
    const { result, ms, queries } = await createWorld(THREE_LEVELS).lookUp('example.test MX');
    expect(summary(result)).toEqual([
      'secure NOERROR',
      'example.test. 3600 IN MX 10 mx.example.test.',
    ]);
    expect(ms).toBe(3 * ROUND_TRIP_MS);
    // Three questions, three DNSKEY RRsets, and priming.
    expect(queries).toBe(7);
  });

  it('lists the zones from the anchor down, each with the key that signed its keys', async () => {
    const { result } = await createWorld(THREE_LEVELS).lookUp('example.test MX');
    expect(result.zones.map(({ zone, security }) => [zone.key, security])).toEqual([
      ['.', 'secure'],
      ['test', 'secure'],
      ['example.test', 'secure'],
    ]);
    for (const zone of result.zones) {
      const signer = zone.dnskeys.find(({ keyTag }) => keyTag === zone.signedBy);
      expect(signer?.secureEntryPoint).toBe(true);
      expect(zone.ds.map(({ keyTag }) => keyTag)).toEqual([zone.signedBy]);
      expect(zone.servers.length).toBe(2);
    }
  });

  it('takes one more round trip for names that come later in the same run', async () => {
    const world = createWorld(THREE_LEVELS);
    const resolver = world.resolver();
    await resolver.resolve(name('example.test'), 15, signal);
    const [before, started] = [resolver.queries(), world.network.clock.monotonic()];
    const results = await Promise.all(
      [1, 28].map((type) => resolver.resolve(name('mx.example.test'), type, signal)),
    );
    expect(results.map(({ security }) => security)).toEqual(['secure', 'secure']);
    expect(world.network.clock.monotonic() - started).toBe(ROUND_TRIP_MS);
    expect(resolver.queries() - before).toBe(2);
  });

  it('asks equal questions once, however many want to know', async () => {
    const resolver = createWorld(THREE_LEVELS).resolver();
    const ask = (): Promise<unknown> => resolver.resolve(name('example.test'), 15, signal);
    await Promise.all([ask(), ask(), ask()]);
    await ask();
    expect(resolver.queries()).toBe(7);
  });

  it('shares the referrals of the root and the TLD among questions that set out together', async () => {
    const world = createWorld(THREE_LEVELS);
    const resolver = world.resolver();
    const started = world.network.clock.monotonic();
    await Promise.all(
      [1, 28, 15, 16].map((type) => resolver.resolve(name('mx.example.test'), type, signal)),
    );
    expect(world.network.clock.monotonic() - started).toBe(3 * ROUND_TRIP_MS);
    // One referral each from root and TLD, four questions, three DNSKEY RRsets, and priming.
    expect(resolver.queries()).toBe(10);
  });
});

describe('a slow or silent server', () => {
  it('costs half a second, not a time-out, while its sibling is well', async () => {
    const { result, ms } = await createWorld(THREE_LEVELS, {
      '192.0.2.21': { silent: true },
    }).lookUp('example.test MX');
    expect(result.security).toBe('secure');
    expect(ms).toBeLessThan(1700);
  });

  it('that answers nobody ends the look-up within ten seconds, and is named', async () => {
    const silent = { '192.0.2.21': { silent: true }, '192.0.2.22': { silent: true } };
    const { result, ms, queries } = await createWorld(THREE_LEVELS, silent).lookUp(
      'example.test MX',
    );
    expect(summary(result)).toEqual(['indeterminate SERVFAIL']);
    expect(result.failure).toMatchObject({ kind: 'timeout' });
    expect(result.reason?.text).toContain('no name server answered');
    expect(ms).toBeLessThanOrEqual(10_000);
    expect(queries).toBeLessThan(25);
    const unresponsive = result.observations.filter(({ code }) => code === 'server-unresponsive');
    expect(unresponsive.map(({ subject }) => subject).sort()).toEqual(['192.0.2.21', '192.0.2.22']);
  });

  it('ends sooner with a shorter time-out', async () => {
    const silent = { '192.0.2.1': { silent: true }, '192.0.2.2': { silent: true } };
    const world = createWorld(THREE_LEVELS, silent);
    const { result, ms } = await world.lookUp('example.test MX', { timeoutMs: 500 });
    expect(result.failure).toMatchObject({ kind: 'timeout' });
    expect(ms).toBeLessThanOrEqual(1000);
  });

  it('is no obstacle where a third of all packets is lost', async () => {
    const world = createWorld(THREE_LEVELS, {}, { roundTripMs: 20, lossRate: 0.3 });
    for (const question of ['example.test MX', 'mx.example.test A', 'nothing.test A']) {
      const { result, ms } = await world.lookUp(question);
      expect(result.security).toBe('secure');
      expect(ms).toBeLessThan(10_000);
    }
  });
});

it('rejects with the reason of an abort, at once', async () => {
  const world = createWorld(THREE_LEVELS, {
    '192.0.2.21': { silent: true },
    '192.0.2.22': { silent: true },
  });
  const controller = new AbortController();
  world.network.clock.setTimer(100, () => controller.abort(new Error('the user has had enough')));
  const resolving = world.resolver().resolve(name('example.test'), 15, controller.signal);
  await expect(resolving).rejects.toThrow('the user has had enough');
  expect(world.network.clock.monotonic()).toBe(100);
});
