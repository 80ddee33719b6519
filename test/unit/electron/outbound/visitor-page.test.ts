// The visitors’ page before the real service: from the form to what a sender did, and its end.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Listener } from '../../../../electron/net/listen.ts';
import { systemClock } from '../../../../electron/net/system-clock.ts';
import { openVisitorPage } from '../../../../electron/outbound/visitor-page.ts';
import { MAX_OPEN_PER_NETWORK } from '../../../../electron/outbound/visitor-starts.ts';
import { createVisitorViews } from '../../../../electron/outbound/visitor-views.ts';
import type { TestReport } from '../../../../shared/lab/test-report.ts';
import {
  Client,
  give,
  greet,
  hostOf,
  secure,
  SMTP_PORT,
  startRig,
  until,
  type Rig,
} from './rig.ts';

const NETWORK = '127.25.211';
const FACTS = { smtpPort: SMTP_PORT, open: false, version: '9.9.9' };

let rig: Rig;
let page: Listener;
let home = '';

beforeAll(async () => {
  rig = await startRig(NETWORK);
  await open();
});
afterAll(async () => {
  await page.close();
  await rig.test.close();
});

async function open(): Promise<void> {
  const opened = await openVisitorPage(rig.test, {
    ...{ ...FACTS, endpoint: { address: `${NETWORK}.80`, port: 0 }, name: null },
    silentAfterMs: 600_000,
  });
  if (!opened.ok) throw new Error(JSON.stringify(opened));
  page = opened.value;
  home = `http://${page.endpoint.address}:${page.endpoint.port}`;
}

async function begin(): Promise<string> {
  const answer = await fetch(`${home}/tests`, { method: 'POST', redirect: 'manual' });
  expect(answer.status).toBe(303);
  return answer.headers.get('location') ?? '';
}

test('the form begins a test, mail to it arrives, and page, data and stream tell of it', async () => {
  const place = await begin();
  const alias = place.replace('/tests/', '');
  expect(rig.test.runs().map((run) => run.alias)).toContain(alias);
  const stream = await fetch(`${home}${place}/events`);
  let told = '';
  const reading = (async () => {
    const decoder = new TextDecoder();
    if (stream.body !== null) for await (const chunk of stream.body) told += decoder.decode(chunk);
  })();
  await until(() => told.includes('id="situation-do"'));
  expect(told).not.toContain('Delivered over TLS.');

  const host = hostOf(rig.test, 'do');
  const client = await Client.open(host.address);
  await greet(client);
  await secure(client, host.name);
  await give(client, `${alias}@do.${rig.test.base}`);
  client.end();
  await until(() => told.includes('Delivered over TLS.'));
  const report = (await (await fetch(`${home}${place}.json`)).json()) as TestReport;
  // The form of every report of a test (docs/reports.md).
  expect(report).toMatchObject({ schemaVersion: 1, kind: 'outbound-test' });
  expect(report.situations.find(({ id }) => id === 'do')).toMatchObject({
    recipient: `${alias}@do.${rig.test.base}`,
    deed: 'delivered-tls',
  });
  expect(await (await fetch(`${home}${place}`)).text()).toContain('Delivered over TLS.');

  // Closing waits for nobody.
  await page.close();
  await reading.catch(() => undefined);
  // The test itself went on.
  await open();
  expect((await fetch(`${home}${place}`)).status).toBe(200);
});

test('a look holds for a moment, and each thing of it is written once', () => {
  let now = 0;
  let looks = 0;
  const run = rig.test.begin();
  const counted = {
    ...rig.test,
    standings: (alias: string) => {
      looks += 1;
      return rig.test.standings(alias);
    },
  };
  const views = createVisitorViews(counted, FACTS, { now: systemClock.now, monotonic: () => now });
  const first = views.read(run.alias);
  expect(views.read(run.alias)).toBe(first);
  expect(first?.page()).toBe(first?.page());
  expect(looks).toBe(1);
  now += 500;
  expect(views.read(run.alias)).not.toBe(first);
  expect(looks).toBe(2);
  expect(views.read('unknown')).toBeNull();
});

test('it is told whether another test was open at the same time', () => {
  const run = rig.test.begin();
  const hour = 3_600_000;
  const other = { ...run, alias: 'other' };
  const said = 'Another test was open at the same time.';
  const pageWith = (runs: readonly (typeof run)[]): string => {
    const views = createVisitorViews({ ...rig.test, runs: () => runs }, FACTS, systemClock);
    return views.read(run.alias)?.page() ?? '';
  };
  expect(pageWith([run])).not.toContain(said);
  expect(pageWith([run, other])).toContain(said);
  expect(pageWith([{ ...other, startedAt: run.startedAt - hour }, run])).not.toContain(said);
  expect(pageWith([run, { ...other, startedAt: run.startedAt + hour }])).not.toContain(said);
});

test('a clock that is set opens no more tests than there may be', async () => {
  let set = 0;
  const clock = { ...systemClock, now: () => systemClock.now() + set };
  const opened = await openVisitorPage(
    rig.test,
    {
      ...{ ...FACTS, endpoint: { address: `${NETWORK}.81`, port: 0 }, name: null },
      silentAfterMs: 600_000,
    },
    clock,
  );
  if (!opened.ok) throw new Error(JSON.stringify(opened));
  const { endpoint, close } = opened.value;
  const start = async (): Promise<number> =>
    (
      await fetch(`http://${endpoint.address}:${endpoint.port}/tests`, {
        ...{ method: 'POST', redirect: 'manual' },
      })
    ).status;
  try {
    for (let count = 0; count < MAX_OPEN_PER_NETWORK; count += 1) expect(await start()).toBe(303);
    for (const hours of [0, 1, -1, 200, -200]) {
      set = hours * 3_600_000;
      expect(await start(), `${hours} hours`).toBe(429);
    }
  } finally {
    await close();
  }
});
