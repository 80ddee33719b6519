// Senders that do not check DANE, and look as if they did for a while: none of them may be told to have kept its mail.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { OutboundState } from '../../../../electron/outbound/state.ts';
import type { SmtpStep } from '../../../../shared/lab/observation.ts';
import { conclude } from '../../../../shared/lab/conclusion.ts';
import { standingsOf } from '../../../../shared/lab/test-run.ts';
import { attribute } from '../../../../shared/lab/attribution.ts';
import type { TestRun } from '../../../../shared/lab/test-run.ts';
import { BASE, Client, give, greet, hostOf, secure, startRig, until, type Rig } from './rig.ts';

const NETWORK = '127.25.233';
/** The servers of the others stay while these end. */
const NETWORK_OF_ITS_OWN = '127.25.234';
/** Long after every grace, and before silence counts. */
const LATER_MS = 120_000;

let rig: Rig;
let run: TestRun;

beforeEach(async () => {
  rig = await startRig(NETWORK);
  run = rig.test.begin();
  // Right records have their mail: what is kept from wrong ones would now be a verdict.
  const right = hostOf(rig.test, 'do');
  const client = await Client.open(right.address);
  await greet(client);
  await secure(client, right.name);
  await give(client, `${run.alias}@do.${BASE}`);
  client.end();
});
afterEach(() => rig.test.close());

/** What would be said of all that was seen, two minutes later. */
function verdictLater(): string {
  const own = attribute([run], rig.seen).get(run.alias) ?? [];
  return conclude(standingsOf(run, own, Date.now() + LATER_MS)).conclusion;
}

async function atWrong(): Promise<Client> {
  const client = await Client.open(hostOf(rig.test, 'wrong').address);
  await greet(client);
  return client;
}

test('a sender that does check is told: so the others could be', async () => {
  const client = await atWrong();
  await secure(client, hostOf(rig.test, 'wrong').name);
  await client.say('QUIT');
  await rig.ended('wrong');
  expect(verdictLater()).toBe('validates');
});

test('one that leaves for what it read in the answer to EHLO', async () => {
  const client = await atWrong();
  await client.say('QUIT');
  await rig.ended('wrong');
  expect(verdictLater()).toBe('open');
});

describe('one that is there while the test ends has not left, for those who go on with what was kept:', () => {
  const ends = (read: () => OutboundState | null): readonly (SmtpStep | undefined)[] => {
    const steps = new Map<string, SmtpStep>();
    for (const { seen } of read()?.observations ?? [])
      if (seen.kind === 'smtp') steps.set(seen.connection, seen.step);
    return [...steps.values()];
  };

  test.each([
    ['wrong', 'in the handshake', false],
    ['wrong', 'over TLS', true],
    ['injected', 'in the handshake', false],
    ['injected', 'over TLS', true],
  ] as const)('%s, %s', async (scenario, _, tls) => {
    let read: (() => OutboundState) | null = null;
    const short = await startRig(NETWORK_OF_ITS_OWN, {}, { keep: (now) => (read = now) });
    short.test.begin();
    const host = hostOf(short.test, scenario);
    const client = await Client.open(host.address);
    await greet(client);
    if (tls) await secure(client, host.name);
    else await client.say('STARTTLS');
    await short.test.close();
    await client.untilClosed();
    await until(() => ends(() => read?.() ?? null).some((step) => step?.name === 'closed'));
    expect(ends(() => read?.() ?? null)).toEqual([{ name: 'closed', cutOff: true }]);
  });
});

test('one that says more than is told of a connection before it gives its mail', async () => {
  const client = await atWrong();
  await secure(client, hostOf(rig.test, 'wrong').name);
  for (let words = 0; words < 100; words += 1) await client.say('EHLO sender.example');
  expect(await give(client, `${run.alias}@wrong.${BASE}`)).toHaveLength(2);
  await client.say('QUIT');
  await rig.ended('wrong');
  expect(verdictLater()).not.toBe('validates');
});
