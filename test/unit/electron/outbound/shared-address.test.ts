// One address for many situations: each is told apart by the server name in TLS, or by the recipient.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { assignAddresses } from '../../../../electron/outbound/assign-addresses.ts';
import type { Observation } from '../../../../shared/lab/observation.ts';
import { SCENARIOS } from '../../../../shared/lab/scenario.ts';
import type { TestRun } from '../../../../shared/lab/test-run.ts';
import { BASE, Client, give, greet, hostOf, secure, startRig, type Rig } from './rig.ts';

const ALL = SCENARIOS.map(({ id }) => id);
const ONE = '127.25.202.1';

describe('addresses', () => {
  const many = Array.from({ length: 30 }, (_, index) => `192.0.2.${index + 1}`);
  const assigned = (count: number) => assignAddresses(ALL, many.slice(0, count));

  test('one for each host where there are twenty', () => {
    const { addresses, leftOut } = assigned(20);
    expect([...addresses.values()].flat()).toEqual(many.slice(0, 20));
    expect(leftOut).toEqual([]);
  });

  test('with one address, what needs one of its own is left out', () => {
    const { addresses, leftOut } = assigned(1);
    expect(leftOut).toEqual(['strip', 'unusable-strip', 'fallback', 'injected']);
    expect(addresses.size).toBe(ALL.length - 4);
  });

  test('more addresses go to those that need one of their own, never to two of them', () => {
    const two = assigned(2);
    expect(two.addresses.get('strip')).toEqual(['192.0.2.2']);
    expect(two.leftOut).toEqual(['unusable-strip', 'fallback', 'injected']);
    const nineteen = assigned(19);
    expect(nineteen.leftOut).toEqual([]);
    const own = (['strip', 'unusable-strip', 'injected'] as const).flatMap(
      (id) => nineteen.addresses.get(id) ?? [],
    );
    expect(new Set([...own, '192.0.2.1']).size).toBe(4);
  });

  // Exim skips a host whose address it has tried already.
  test('two hosts of one situation never share one', () => {
    expect(assigned(4).addresses.get('fallback')).toEqual(['192.0.2.1', '192.0.2.4']);
    expect(assigned(4).leftOut).toEqual(['injected']);
    expect(assigned(5).leftOut).toEqual([]);
  });

  test('without any there is nothing', () => {
    expect(assigned(0)).toEqual({ addresses: new Map(), leftOut: ALL });
  });
});

describe('on one address', () => {
  let rig: Rig;
  let run: TestRun;

  beforeAll(async () => {
    rig = await startRig('127.25.202', { mailAddresses: [ONE] });
    run = rig.test.begin();
  });
  afterAll(() => rig.test.close());

  const recipient = (id: string): string => `${run.alias}@${id}.${BASE}`;

  async function speak(serverName: string | null, first = true): Promise<Client> {
    const client = await Client.open(ONE);
    await greet(client);
    if (first) await secure(client, serverName);
    return client;
  }

  test('the run has the situations that are left, and the rest is named', () => {
    expect(rig.test.leftOut).toEqual(['strip', 'unusable-strip', 'fallback', 'injected']);
    expect(run.scenarios).toEqual(ALL.filter((id) => !rig.test.leftOut.includes(id)));
  });

  test('the certificate is that of the server that was asked for', async () => {
    for (const id of ['do', 'ta-name', 'cname'] as const) {
      const client = await speak(hostOf(rig.test, id).name);
      const names = client.tls?.getPeerX509Certificate()?.subjectAltName;
      expect(names).toBe(id === 'ta-name' ? 'DNS:other.example' : `DNS:mx.${id}.${BASE}`);
      client.end();
    }
  });

  test.each([
    ['ta', 2],
    ['do', 2],
    ['ta-missing', 1],
  ] as const)('the chain is its own too: “%s” presents %i', async (id, count) => {
    const client = await speak(hostOf(rig.test, id).name);
    const leaf = client.tls?.getPeerX509Certificate();
    expect(leaf?.subjectAltName).toBe(`DNS:mx.${id}.${BASE}`);
    expect(leaf?.issuerCertificate === undefined ? 1 : 2).toBe(count);
    client.end();
  });

  test('nothing is told before the server name is, and all of it then', async () => {
    const { name } = hostOf(rig.test, 'wrong');
    const client = await Client.open(ONE);
    await greet(client);
    await client.say('STARTTLS');
    expect(rig.steps('wrong')).toEqual([]);
    await client.startTls(name);
    await client.say('QUIT');
    await rig.ended('wrong');
    expect(rig.steps('wrong')).toEqual([
      ...['connected', 'ehlo clear', 'starttls', `tls TLSv1.3 ${name}`, 'quit', 'closed'],
    ]);
  });

  test('without a server name the recipient tells', async () => {
    const client = await speak(null);
    expect(await give(client, recipient('expired'))).toHaveLength(2);
    await client.say('QUIT');
    await rig.ended('expired');
    expect(rig.steps('expired')).toEqual([
      ...['connected', 'ehlo clear', 'starttls', 'tls TLSv1.3 -', 'ehlo tls', 'mail tls'],
      ...['recipient tls', 'delivered tls', 'quit', 'closed'],
    ]);
  });

  test('in the clear the recipient tells too', async () => {
    const client = await speak(null, false);
    await give(client, recipient('dont'));
    await client.say('QUIT');
    await rig.ended('dont');
    expect(rig.steps('dont')).toContain('delivered clear');
  });

  test('a connection that names nothing is nobody’s', async () => {
    const before = rig.seen.length;
    const client = await speak(null);
    await client.say('QUIT');
    await client.untilClosed();
    const next = await speak(hostOf(rig.test, 'ta').name);
    await next.say('QUIT');
    await rig.ended('ta');
    expect(new Set(rig.seen.slice(before).map(({ scenario }) => scenario))).toEqual(
      new Set(['ta']),
    );
  });

  test('mail for another situation over a connection that named one is that situation’s', async () => {
    const client = await speak(hostOf(rig.test, 'cname').name);
    await give(client, recipient('bogus'));
    await client.say('QUIT');
    await rig.ended('bogus');
    expect(rig.steps('bogus')).toContain('delivered tls');
    expect(rig.steps('bogus')[0]).toBe('connected');
    expect(rig.steps('cname')).not.toContain('delivered tls');
  });
});

describe('of two hosts of one situation the first is at the address that is shared, the second at its own:', () => {
  const SECOND = '127.25.202.2';
  let rig: Rig;
  let run: TestRun;

  beforeAll(async () => {
    const scenarios = ['do', 'fallback'] as const;
    rig = await startRig('127.25.202', { mailAddresses: [ONE, SECOND], scenarios });
    run = rig.test.begin();
  });
  afterAll(() => rig.test.close());

  async function given(address: string, serverName: string | null, tls = true): Promise<unknown> {
    const before = rig.seen.length;
    const ends = rig.steps('fallback').filter((step) => step === 'closed').length;
    const client = await Client.open(address);
    await greet(client);
    if (tls) await secure(client, serverName);
    expect(await give(client, `${run.alias}@fallback.${BASE}`)).toHaveLength(2);
    await client.say('QUIT');
    await rig.ended('fallback', ends + 1);
    return new Set(
      rig.seen
        .slice(before)
        .flatMap(({ seen }: Observation) => (seen.kind === 'smtp' ? [seen.host] : [])),
    );
  }
  const worth = () =>
    rig.test.standings(run.alias)?.find(({ scenario }) => scenario.id === 'fallback')?.worth;

  test('mail to the second is right', async () => {
    expect(await given(SECOND, hostOf(rig.test, 'fallback', 2).name)).toEqual(new Set([2]));
    expect(worth()).toBe('conforms');
  });

  test.each([
    ['by its name', () => hostOf(rig.test, 'fallback', 1).name],
    ['by no name', () => null],
    ['by another’s name', () => hostOf(rig.test, 'do').name],
  ])('mail to the first, asked for %s, is not', async (_, name) => {
    expect(await given(ONE, name())).toEqual(new Set([1]));
    expect(worth()).toBe('unsafe');
  });

  test('nor is mail in the clear', async () => {
    expect(await given(ONE, null, false)).toEqual(new Set([1]));
    expect(worth()).toBe('unsafe');
  });
});
