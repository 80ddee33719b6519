// Two tests under way at once, with senders at addresses of their own: what each did is told of its own test alone.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Observation } from '../../../../shared/lab/observation.ts';
import type { TestRun } from '../../../../shared/lab/test-run.ts';
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

const NETWORK = '127.25.209';
/** Each in a network of 24 bits of its own. */
const CARELESS = '127.9.1.1';
const CAREFUL = '127.9.2.1';
const STRANGER = '127.9.3.1';

let rig: Rig;
let careless: TestRun;
let careful: TestRun;

beforeAll(async () => {
  rig = await startRig(NETWORK);
  careless = rig.test.begin();
  careful = rig.test.begin();
});
afterAll(() => rig.test.close());

async function open(scenario: 'do' | 'wrong', from: string): Promise<Client> {
  const client = await Client.open(hostOf(rig.test, scenario).address, SMTP_PORT, from);
  // One label: nothing that two senders could have in common.
  await greet(client);
  await secure(client, hostOf(rig.test, scenario).name);
  return client;
}

async function deliver(client: Client, scenario: 'do' | 'wrong', run: TestRun): Promise<void> {
  const replies = await give(client, `${run.alias}@${scenario}.havedane.test`);
  expect(replies.at(-1)).toMatch(/^250/);
  await client.say('QUIT');
  await client.untilClosed();
}

const sendersIn = (run: TestRun, scenario: string): readonly string[] => {
  const seen: readonly Observation[] = rig.test.seen(run.alias) ?? [];
  const own = seen.filter((each) => each.scenario === scenario && each.seen.kind === 'smtp');
  return [...new Set(own.map(({ seen: { from } }) => from))];
};

const deedOf = (run: TestRun, scenario: string): string | null | undefined =>
  rig.test.standings(run.alias)?.find((each) => each.scenario.id === scenario)?.deed;

test('side by side', async () => {
  // All three are at the same server at the same time, and two of them leave without naming anybody.
  const [one, two, three] = [
    await open('wrong', CARELESS),
    await open('wrong', CAREFUL),
    await open('wrong', STRANGER),
  ];
  // As yet nobody is known, and nobody's connection is told of either test.
  expect([sendersIn(careless, 'wrong'), sendersIn(careful, 'wrong')]).toEqual([[], []]);
  two.end();
  three.end();
  await deliver(one, 'wrong', careless);
  await deliver(await open('do', CAREFUL), 'do', careful);
  await deliver(await open('do', CARELESS), 'do', careless);
  await until(() => rig.steps('wrong').filter((step) => step === 'closed').length === 3);

  expect(sendersIn(careless, 'wrong')).toEqual([CARELESS]);
  expect(sendersIn(careful, 'wrong')).toEqual([CAREFUL]);
  expect(sendersIn(careless, 'do')).toEqual([CARELESS]);
  expect(sendersIn(careful, 'do')).toEqual([CAREFUL]);
  expect(deedOf(careless, 'wrong')).toBe('delivered-tls');
  expect(deedOf(careful, 'wrong')).not.toBe('delivered-tls');
  expect([deedOf(careless, 'do'), deedOf(careful, 'do')]).toEqual([
    'delivered-tls',
    'delivered-tls',
  ]);
});

test('a recipient of the other’s test, at the same address, is the other’s', async () => {
  await deliver(await open('wrong', CAREFUL), 'wrong', careless);
  expect(sendersIn(careless, 'wrong')).toEqual([CARELESS, CAREFUL]);
  expect(deedOf(careful, 'wrong')).not.toBe('delivered-tls');
});
