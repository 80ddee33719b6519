// Records that resolvers remember hold after a restart: the same digests, from the same keys, in new certificates.
import { createHash, X509Certificate } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import type { OutboundTest } from '../../../../electron/outbound/outbound-test.ts';
import type { OutboundState } from '../../../../electron/outbound/state.ts';
import { startRig } from './rig.ts';

const NETWORK = '127.25.207';

let running: OutboundTest | null = null;
afterEach(async () => {
  await running?.close();
  running = null;
});

/** What one start makes of what an earlier one kept, and keeps itself. */
async function startOnce(kept: OutboundState | null, addresses = 20) {
  let read: (() => OutboundState) | null = null;
  const mailAddresses = Array.from(
    { length: addresses },
    (_, index) => `${NETWORK}.${100 + index}`,
  );
  const { test: service } = await startRig(
    NETWORK,
    { mailAddresses },
    { kept, keep: (state) => (read = state) },
  );
  running = service;
  const { hosts, trustAnchor } = service;
  const records = new Map(hosts.map(({ name, tlsa }) => [name, tlsa.join()]));
  const leaves = new Map(hosts.map(({ name, identity }) => [name, identity.chain[0]]));
  await service.close();
  running = null;
  const state = (read as (() => OutboundState) | null)?.();
  if (state === undefined) throw new Error('nothing kept');
  return { records, leaves, trustAnchor, state };
}

test('records and anchor stay, certificates are new', async () => {
  const first = await startOnce(null);
  const second = await startOnce(first.state);
  expect(second.records).toEqual(first.records);
  expect(second.trustAnchor).toBe(first.trustAnchor);
  expect(second.leaves.get('mx.do.havedane.test')).not.toEqual(
    first.leaves.get('mx.do.havedane.test'),
  );
  // All of them are of their host alone: three share the issuer’s, and `dont` has none.
  const digests = [...first.records.values()].filter((data) => data.startsWith('3'));
  expect(new Set(digests).size).toBe(digests.length);
});

test('a file of before keys were kept gives new ones, and keeps those', async () => {
  const first = await startOnce(null);
  const { hostKeys, ...earlier } = first.state;
  expect(Object.keys(hostKeys ?? {})).toHaveLength(21);
  const second = await startOnce(earlier);
  expect(second.trustAnchor).toBe(first.trustAnchor);
  expect(second.records).not.toEqual(first.records);
  expect((await startOnce(second.state)).records).toEqual(second.records);
});

test('a key that cannot be read is made anew, and no other', async () => {
  const first = await startOnce(null);
  const hostKeys = { ...first.state.hostKeys, 'mx.do': 'AAAA' };
  const second = await startOnce({ ...first.state, hostKeys });
  const changed = [...first.records].filter(([name, data]) => second.records.get(name) !== data);
  expect(changed.map(([name]) => name)).toEqual(['mx.do.havedane.test']);
});

test('a start with fewer addresses throws no key away', async () => {
  const first = await startOnce(null);
  const second = await startOnce(first.state, 1);
  expect(second.records.size).toBeLessThan(first.records.size);
  expect((await startOnce(second.state)).records).toEqual(first.records);
});

test('the wrong record is of nothing that the host presents', async () => {
  const { records, leaves } = await startOnce(null);
  const name = 'mx.wrong.havedane.test';
  const leaf = new X509Certificate(leaves.get(name) ?? '');
  const info = leaf.publicKey.export({ format: 'der', type: 'spki' });
  const right = createHash('sha256').update(info).digest('hex');
  expect(records.get(name)).toMatch(/^3 1 1 [0-9a-f]{64}$/);
  expect(records.get(name)).not.toBe(`3 1 1 ${right}`);
});
