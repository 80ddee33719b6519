// Fetching the policy file: what each answer of a web server comes to (RFC 8461 §3.2, §3.3).
import { randomBytes } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import {
  createPolicyServer,
  policyAnswer,
  type HttpAnswer,
} from '../../../../electron/lab/policy-server.ts';
import { createWebAuthority } from '../../../../electron/lab/web-authority.ts';
import { createVirtualClock } from '../../../../electron/net/simulated-clock.ts';
import {
  createVirtualInternet,
  type VirtualInternet,
} from '../../../../electron/net/virtual-internet.ts';
import { fetchPolicyFile, type PolicyFile } from '../../../../electron/policy/fetch-policy-file.ts';

const HOST = 'mta-sts.example.org';
const authority = createWebAuthority();
const identity = authority.issueFor(HOST);
const never = new AbortController().signal;
const good = policyAnswer(['version: STSv1', 'mode: none', 'max_age: 1']);

let network: VirtualInternet;
beforeEach(() => {
  network = createVirtualInternet({
    clock: createVirtualClock(Date.UTC(2026, 10, 24)),
    conditions: { roundTripMs: 20, lossRate: 0 },
    random: (count) => randomBytes(count),
  });
});

function serve(address: string, answer: HttpAnswer, serverIdentity = identity): void {
  const server = createPolicyServer({ identity: serverIdentity, answer });
  network.addHost({ addresses: [address], streams: new Map([[443, server]]) });
}

function fetchFrom(...addresses: readonly string[]): Promise<PolicyFile> {
  const settings = { network, port: 443, roots: [authority.root], agent: 'test' };
  return fetchPolicyFile({ host: HOST, addresses, timeoutMs: 10_000 }, settings, never);
}

async function reasonOf(answer: HttpAnswer, serverIdentity = identity): Promise<string> {
  serve('192.0.2.1', answer, serverIdentity);
  const file = await fetchFrom('192.0.2.1');
  return file.kind === 'failed' ? file.reason : 'it was taken';
}

test('the text of a policy is given back as it is', async () => {
  serve('192.0.2.1', good);
  expect(await fetchFrom('192.0.2.1')).toEqual({ kind: 'file', text: good.body });
});

test('parameters of the media type are passed over', async () => {
  const headers = ['Content-Type: Text/Plain; charset=utf-8'];
  expect(await reasonOf({ ...good, headers })).toBe('it was taken');
});

test.each<readonly [string, Partial<HttpAnswer>]>([
  [
    'redirects to https://elsewhere.example/ (status 302), which senders do not follow',
    { status: 302, headers: ['Location: https://elsewhere.example/'] },
  ],
  ['answered with status 404, not 200', { status: 404 }],
  ['answered with status 204, not 200', { status: 204, body: '' }],
  ['sent as text/html, not as text/plain', { headers: ['Content-Type: text/html'] }],
  ['sent as none, not as text/plain', { headers: [] }],
  ['more than the 64 KiB that a policy may have', { body: 'x'.repeat(64 * 1024 + 1) }],
  ['not text in UTF-8', { body: 'version: STSv1\r\n\0' }],
  ['did not finish in time', { pace: 'trickle' }],
  ['did not finish in time', { pace: 'silent' }],
])('a server that %s gives no policy', async (reason, more) => {
  const began = network.clock.monotonic();
  expect(await reasonOf({ ...good, ...more })).toContain(reason);
  expect(network.clock.monotonic() - began).toBeLessThan(10_500);
});

test('a certificate for another name is told in words', async () => {
  const other = authority.issueFor('www.example.org');
  expect(await reasonOf(good, other)).toBe(
    `the certificate of the web server is not for this name (https://${HOST}/.well-known/mta-sts.txt)`,
  );
});

test('a certificate of an authority that is not trusted is told in words', async () => {
  const stranger = createWebAuthority().issueFor(HOST);
  expect(await reasonOf(good, stranger)).toContain('not signed by an authority that is trusted');
});

test('addresses are tried in turn, a refusing one and a silent one too', async () => {
  network.addHost({ addresses: ['192.0.2.7'] });
  network.addHost({ addresses: ['192.0.2.8'], silent: true });
  serve('192.0.2.9', good);
  const began = network.clock.monotonic();
  expect((await fetchFrom('192.0.2.7', '192.0.2.8', '192.0.2.9')).kind).toBe('file');
  expect(network.clock.monotonic() - began).toBeLessThan(6_000);
});

test('no more than four addresses are tried, and the time for all of them is one', async () => {
  const silent = ['192.0.2.1', '192.0.2.2', '192.0.2.3', '192.0.2.4'];
  network.addHost({ addresses: silent, silent: true });
  serve('192.0.2.9', good);
  const began = network.clock.monotonic();
  expect(await fetchFrom(...silent, '192.0.2.9')).toEqual({
    kind: 'failed',
    reason: `the web server ${HOST} cannot be reached: it did not finish in time`,
  });
  expect(network.clock.monotonic() - began).toBeLessThanOrEqual(10_000);
});
