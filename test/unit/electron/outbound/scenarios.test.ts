// What the mail servers tell of a sender, situation by situation, over real sockets.
import { createHash, type X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SCENARIOS, type ScenarioId } from '../../../../shared/lab/scenario.ts';
import type { TestRun } from '../../../../shared/lab/test-run.ts';
import { BASE, Client, give, greet, hostOf, secure, startRig, type Rig } from './rig.ts';

const NETWORK = '127.25.201';
const DELIVERED_BY_TLS = [
  ...['connected', 'ehlo clear', 'starttls', 'tls TLSv1.3 NAME', 'ehlo tls'],
  ...['mail tls', 'recipient tls', 'delivered tls', 'quit', 'closed'],
];
const DELIVERED_CLEAR = [
  ...['connected', 'ehlo clear', 'mail clear', 'recipient clear', 'delivered clear'],
  ...['quit', 'closed'],
];
const REFUSED = ['connected', 'ehlo clear', 'starttls', 'tls TLSv1.3 NAME', 'quit', 'closed'];

let rig: Rig;
let run: TestRun;

beforeAll(async () => {
  rig = await startRig(NETWORK);
  run = rig.test.begin();
});
afterAll(() => rig.test.close());

const WITHOUT_TLS: readonly ScenarioId[] = ['strip', 'unusable-strip'];
const ALL = SCENARIOS.map(({ id }) => id);

/** From here on, of one situation. */
async function stepsWhile(
  scenario: ScenarioId,
  act: () => Promise<unknown>,
): Promise<readonly string[]> {
  const before = rig.steps(scenario).length;
  const ended = rig.steps(scenario).filter((step) => step === 'closed').length;
  await act();
  await rig.ended(scenario, ended + 1);
  return rig.steps(scenario).slice(before);
}

const named = (steps: readonly string[], name: string): readonly string[] =>
  steps.map((step) => step.replace('NAME', name));

test('the version is the one agreed, and not the oldest that knows the cipher', async () => {
  const host = hostOf(rig.test, 'do');
  const steps = await stepsWhile('do', async () => {
    const client = await Client.open(host.address);
    await greet(client);
    await client.say('STARTTLS');
    // RFC 8422 §6: of TLS 1.0 on.
    await client.startTls(host.name, { ciphers: 'ECDHE-ECDSA-AES128-SHA', maxVersion: 'TLSv1.2' });
    await client.say('QUIT');
    client.end();
  });
  expect(steps).toContain(`tls TLSv1.2 ${host.name}`);
});

test.each(ALL)('%s: a sender that gives up once it has seen what is wrong', async (id) => {
  const host = hostOf(rig.test, id);
  const steps = await stepsWhile(id, async () => {
    const client = await Client.open(host.address);
    await greet(client);
    if (!WITHOUT_TLS.includes(id)) {
      await client.say('STARTTLS');
      await client.startTls(host.name);
    }
    await client.say('QUIT');
    client.end();
  });
  expect(steps).toEqual(
    WITHOUT_TLS.includes(id)
      ? ['connected', 'ehlo clear', 'quit', 'closed']
      : named(REFUSED, host.name),
  );
});

test.each(ALL)('%s: a sender that delivers whatever it sees', async (id) => {
  const host = hostOf(rig.test, id);
  const steps = await stepsWhile(id, async () => {
    const client = await Client.open(host.address);
    const offer = await greet(client);
    expect(offer.includes('STARTTLS')).toBe(!WITHOUT_TLS.includes(id));
    if (!WITHOUT_TLS.includes(id)) await secure(client, host.name);
    const replies = await give(client, `${run.alias.toUpperCase()}@${id}.${BASE}`);
    expect(replies.map((reply) => reply.slice(0, 3))).toEqual(['250', '250']);
    await client.say('QUIT');
    client.end();
  });
  expect(steps).toEqual(
    WITHOUT_TLS.includes(id) ? DELIVERED_CLEAR : named(DELIVERED_BY_TLS, host.name),
  );
  const standing = rig.test.standings(run.alias)?.find(({ scenario }) => scenario.id === id);
  expect(standing?.deed).toBe(WITHOUT_TLS.includes(id) ? 'delivered-clear' : 'delivered-tls');
});

test('a sender that takes the injected reply for a real one is told apart from one that waits', async () => {
  const host = hostOf(rig.test, 'injected');
  const steps = await stepsWhile('injected', async () => {
    const client = await Client.open(host.address);
    await greet(client);
    await client.say('STARTTLS');
    await client.startTls(host.name);
    // The answer to EHLO was there before TLS was, it thinks, and goes on.
    client.write('EHLO sender.example\r\n');
    client.write('MAIL FROM:<me@sender.example>\r\n');
    expect(await client.reply()).toBe('250 ok');
    client.end();
  });
  expect(steps).toContain('injection-taken');
});

test('a handshake that is broken off is told as such', async () => {
  const { address } = hostOf(rig.test, 'wrong');
  const steps = await stepsWhile('wrong', async () => {
    const client = await Client.open(address);
    await greet(client);
    await client.say('STARTTLS');
    client.end();
  });
  expect(steps).toEqual(['connected', 'ehlo clear', 'starttls', 'tls-failed', 'closed']);
});

test('a caller that leaves before the greeting was not there', async () => {
  const { address } = hostOf(rig.test, 'expired');
  const before = rig.seen.length;
  const client = await Client.open(address);
  client.end();
  const after = await Client.open(address);
  await after.reply();
  after.end();
  await rig.ended('expired', rig.steps('expired').filter((step) => step === 'closed').length + 1);
  expect(
    rig.seen.slice(before).flatMap(({ seen }) => (seen.kind === 'smtp' ? [seen.from] : [])),
  ).toEqual(['127.0.0.1', '127.0.0.1']);
});

/** OpenSSL's view of the certificate, against the records: the digest is made here. */
describe('certificates are what the situations say', () => {
  const presented = async (id: ScenarioId, rank = 1) => {
    const host = hostOf(rig.test, id, rank);
    const client = await Client.open(host.address);
    await greet(client);
    const secured = await secure(client, host.name);
    const chain = [secured.getPeerX509Certificate()];
    for (
      let next = chain[0]?.issuerCertificate;
      next !== undefined && chain.length < 5;
      next = next.issuerCertificate
    )
      chain.push(next);
    client.end();
    return { host, chain: chain.filter((each): each is X509Certificate => each !== undefined) };
  };
  const digestOf = (certificate: X509Certificate | undefined): string =>
    createHash('sha256')
      .update(certificate?.publicKey.export({ type: 'spki', format: 'der' }) ?? '')
      .digest('hex');

  test.each([
    ['do', '3 1 1', 0, true],
    ['wrong', '3 1 1', 0, false],
    ['bogus', '3 1 1', 0, true],
    ['servfail', '3 1 1', 0, true],
    ['unusable', '1 1 1', 0, true],
    ['ta', '2 1 1', 1, true],
    ['ta-name', '2 1 1', 1, true],
    ['ta-expired', '2 1 1', 1, true],
    ['ta-missing', '2 1 1', 1, false],
    ['expired', '3 1 1', 0, true],
    ['cname', '3 1 1', 0, true],
    ['cname-wrong', '3 1 1', 0, false],
    ['insecure', '3 1 1', 0, false],
    ['ancestor', '3 1 1', 0, false],
  ] as const)('%s: %s at depth %i, matching: %s', async (id, parameters, depth, matches) => {
    const { host, chain } = await presented(id);
    const [record = ''] = host.tlsa;
    expect(record.startsWith(`${parameters} `)).toBe(true);
    expect(record === `${parameters} ${digestOf(chain[depth])}`).toBe(matches);
  });

  test('names and dates', async () => {
    const leafOf = async (id: ScenarioId) => (await presented(id)).chain[0];
    const isFor = async (id: ScenarioId) =>
      (await leafOf(id))?.checkHost(hostOf(rig.test, id).name) !== undefined;
    const isOver = async (id: ScenarioId) =>
      Date.parse((await leafOf(id))?.validTo ?? '') < Date.now();
    expect([await isFor('ta'), await isOver('ta')]).toEqual([true, false]);
    expect([await isFor('ta-name'), await isOver('ta-name')]).toEqual([false, false]);
    expect([await isFor('ta-expired'), await isOver('ta-expired')]).toEqual([true, true]);
    expect([await isFor('expired'), await isOver('expired')]).toEqual([false, true]);
  });
});
