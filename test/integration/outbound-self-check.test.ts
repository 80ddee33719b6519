// The self-check against a real Unbound: set up rightly, and wrong in each way that people meet.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSystemNetwork } from '../../electron/net/system-network.ts';
import type { OutboundTest } from '../../electron/outbound/outbound-test.ts';
import { checkResolver } from '../../electron/outbound/self-check.ts';
import type { SelfCheckState } from '../../shared/lab/self-check.ts';
import { settled, stopProcess, type ProcessIdentity } from '../universe/processes.ts';
import { factsOf, freeNetwork, startResolver, textFor } from './outbound-resolvers.ts';
import { startTest } from './outbound-rig.ts';

const BASE = 'havedane.test';
/** Milliseconds in which a resolver is up, on a busy machine. */
const START_MS = 30_000;

let folder: string;
let service: OutboundTest;
let network: string;
const running: ProcessIdentity[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dane-inspector-self-check-'));
  network = await freeNetwork();
  service = await startTest(network);
});

afterAll(async () => {
  await Promise.all(running.map(stopProcess));
  await service.close();
  rmSync(folder, { recursive: true, force: true });
});

const check = async (address: string): Promise<SelfCheckState> => {
  const ports = { network: createSystemNetwork(), random: (count: number) => randomBytes(count) };
  const resolver = { address, port: 53 };
  return (await checkResolver({ resolver, base: BASE }, ports, new AbortController().signal)).state;
};

const ANOTHER_DIGEST = 'F'.repeat(64);

const WAYS: readonly (readonly [string, SelfCheckState, (text: string) => string])[] = [
  ['with the settings', 'ready', (text) => text],
  ['without them', 'not-found', () => ''],
  ['without the anchor', 'not-trusted', (text) => text.replace(/^.*trust-anchor.*$/m, '')],
  [
    'with the anchor of another test',
    'fails',
    (text) => text.replace(/[0-9A-F]{64}/i, ANOTHER_DIGEST),
  ],
  [
    'told to let through what is bogus',
    'takes-forged',
    (text) => text.replace('server:', 'server:\n    val-permissive-mode: yes'),
  ],
  [
    'told not to ask its own machine',
    'fails',
    (text) => text.replace(/^.*do-not-query-localhost.*$/m, ''),
  ],
];

test.each(WAYS.map((way, index) => ({ name: way[0], state: way[1], change: way[2], index })))(
  '$name: $state',
  async ({ state, change, index }) => {
    const address = `${network}.${10 + index}`;
    const text = change(textFor('Unbound', factsOf(service)));
    const place = { folder: join(folder, `${index}`), address, port: 53, nowhere: `${network}.9` };
    running.push(await startResolver('Unbound', place, text));
    // Before it is up there is no answer, which is another state.
    const up = async (): Promise<boolean> => (await check(address)) !== 'no-answer';
    expect(await settled(up, START_MS)).toBe(true);
    expect(await check(address)).toBe(state);
  },
);

test('where nothing listens: no-answer', async () => {
  expect(await check(`${network}.9`)).toBe('no-answer');
});

test('who checks while a test runs is not taken for its sender', async () => {
  const { alias } = service.begin();
  const address = `${network}.30`;
  const place = { folder: join(folder, 'own'), address, port: 53, nowhere: `${network}.9` };
  running.push(await startResolver('Unbound', place, textFor('Unbound', factsOf(service))));
  expect(await settled(async () => (await check(address)) === 'ready', START_MS)).toBe(true);
  expect(service.seen(alias)).toEqual([]);
});
