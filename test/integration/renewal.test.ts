// A whole renewal by the certbot hook, looked at every tenth of a second: no sender defers at any instant of it, and two wrong orders show what else happens (RFC 7671 §8.1).
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import type { HookDns } from '../../shared/hooks/write-hook.ts';
import type { HostOutcome } from '../../shared/inspection/report.ts';
import { settled } from '../universe/processes.ts';
import { judgeWithPosttlsFinger } from './judges/posttls-finger.ts';
import { adoptLineage, newestKey, renew, type Lineage } from './renewal/certbot.ts';
import { startMirror, type CloudflareMirror } from './renewal/cloudflare-mirror.ts';
import { byUpdates, putHook, type Hook, type HookManner } from './renewal/hook.ts';
import {
  firstFiles,
  keyDigest,
  presentedChain,
  presentFrom,
  reload,
} from './renewal/mail-server.ts';
import { VIEWS, type Sample, type View } from './renewal/sampling.ts';
import { recordsAtBoth, setOnly, untilCached } from './renewal/updates.ts';
import { watch, type Watched } from './renewal/watch.ts';

const universe = inject('universe');
const ZONE = 'renewed.test';
const HOST = `mx.${ZONE}`;
const OWNER = `_${universe.smtpPort}._tcp.${HOST}`;

/** Milliseconds for one test: a renewal waits four times to live, and more on a busy machine. */
const PATIENCE = 180_000;

/** Seconds: a renewal waits for it several times. */
const SHORT_TTL = 2;

/** Seconds: more than a hook in haste needs from its first step to its last, on a busy machine too. */
const ENOUGH = 12;

/** Seconds: a cache that has just asked remembers for longer than that. */
const LONG_TTL = 20;

/** Milliseconds until no cache remembers a record of the long time to live, and some. */
const FORGETTING = 45_000;

let folder = '';
let mirror: CloudflareMirror | null = null;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dane-inspector-renewal-'));
});

afterEach(async () => {
  await mirror?.close();
  mirror = null;
  await presentFrom(universe, HOST, firstFiles(universe, HOST));
  rmSync(folder, { recursive: true, force: true });
});

describe('a renewal', () => {
  test.each<HookDns>(['nsupdate', 'cloudflare'])(
    'by the hook with %s is never seen as deferred, neither at the name servers nor through a cache',
    async (dns) => {
      const { hook, lineage, key } = await begin(SHORT_TTL, 'careful', dns);
      const watched = await watch(universe, ZONE, async (sampling) => {
        await renew(universe, lineage);
        await hook.carryOut(lineage);
        // A cache shows the old record for a while yet.
        const only = `3 1 1 ${await newestKey(lineage)}`;
        for (const view of VIEWS) {
          await sampling.until(view, ({ records }) => records.join() === only, FORGETTING);
        }
      });

      expect(watched.samples.filter(({ outcome }) => outcome !== 'authenticated')).toEqual([]);
      expect(new Set(watched.checks)).toEqual(new Set(['secure']));
      // It was looked at before, between and after: no stage went by unseen.
      const next = await newestKey(lineage);
      expect(next).not.toBe(key);
      const [old, both, only] = [[key], [key, next].sort(), [next]].map((keys) =>
        keys.map((each) => `3 1 1 ${each}`).join(),
      );
      for (const view of VIEWS) {
        const seen = watched.samples.filter((sample) => sample.view === view);
        const stages = new Set(seen.map(({ records }) => [...records].sort().join()));
        expect(stages).toEqual(new Set([old, both, only]));
        expect(new Set(seen.flatMap(({ keys }) => keys))).toEqual(new Set([key, next]));
      }
      await expectOnly(next);
      if (mirror === null) return;
      // One record came and the other went; the one in use was never touched.
      const { records, requests } = mirror.standIn;
      expect(records.map(({ data }) => data.certificate.toLowerCase())).toEqual([next]);
      const changes = requests
        .map((request) => request.split(' ')[0])
        .filter((method) => method !== 'GET');
      expect(changes).toEqual(['POST', 'DELETE']);
    },
    PATIENCE,
  );

  test(
    'that installs before it publishes is seen as deferred',
    async () => {
      const { hook, lineage } = await begin(SHORT_TTL, 'careful', 'nsupdate');
      // The usual mistake: the mail server reads what certbot writes.
      const live = ['privkey.pem', 'fullchain.pem'].map((name) => join(lineage.folder, name));
      await presentFrom(universe, HOST, live);
      const watched = await watch(universe, ZONE, async (sampling) => {
        await renew(universe, lineage);
        await reload(universe);
        for (const view of VIEWS) await sampling.until(view, isDeferred, FORGETTING);
        await hook.carryOut(lineage);
      });

      for (const view of VIEWS) expect(outcomes(watched, view)).toContain('deferred');
      await expectOnly(await newestKey(lineage));
    },
    PATIENCE,
  );

  test(
    'that publishes and does not wait is seen as deferred through a cache',
    async () => {
      const { hook, lineage } = await begin(LONG_TTL, 'hasty', 'nsupdate');
      const watched = await watch(universe, ZONE, async (sampling) => {
        await untilCached(universe, OWNER, ENOUGH);
        await renew(universe, lineage);
        await hook.carryOut(lineage);
        // What it did shows as long as the cache remembers.
        await sampling.until('cache', isDeferred, FORGETTING);
      });

      expect(outcomes(watched, 'cache')).toContain('deferred');
      await expectOnly(await newestKey(lineage));
    },
    PATIENCE,
  );
});

interface Beginning {
  readonly hook: Hook;
  readonly lineage: Lineage;
  readonly key: string;
}

/** As it is set up for the first time: one record, that of the certificate presented, which the hook takes over. */
async function begin(ttl: number, manner: HookManner, dns: HookDns): Promise<Beginning> {
  const lineage = adoptLineage(universe, join(folder, 'letsencrypt'), HOST);
  const key = await newestKey(lineage);
  await setOnly(universe, { zone: ZONE, owner: OWNER, ttl, record: `3 1 1 ${key}` });
  if (dns === 'cloudflare') {
    mirror = await startMirror(universe, { zone: ZONE, owner: OWNER, ttl });
  }
  const way = mirror?.way ?? byUpdates(universe);
  const plan = { host: HOST, zone: ZONE, manner, way };
  const hook = putHook(universe, join(folder, 'hook'), plan);
  await hook.adopt(lineage);
  await presentFrom(universe, HOST, [hook.combined(lineage)]);
  return { hook, lineage, key };
}

/** At both name servers, at the mail server, and for a judge that others wrote. */
async function expectOnly(key: string): Promise<void> {
  const only = [`3 1 1 ${key}`];
  expect(await recordsAtBoth(universe, OWNER)).toEqual([only, only]);
  const presented = join(folder, 'presented.pem');
  writeFileSync(presented, await presentedChain(universe, HOST));
  expect(await keyDigest(presented)).toBe(key);
  const judged = settled(
    async () => (await judgeWithPosttlsFinger(universe, HOST)) === 'verified',
    FORGETTING,
  );
  expect(await judged).toBe(true);
}

function isDeferred({ outcome }: Sample): boolean {
  return outcome === 'deferred';
}

function outcomes({ samples }: Watched, view: View): readonly HostOutcome[] {
  const seen = samples.filter((sample) => sample.view === view);
  return [...new Set(seen.map(({ outcome }) => outcome))];
}
