// Ways of real senders that are easily taken for another: what is said of each, by what it does where records are wrong.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { attribute } from '../../../../shared/lab/attribution.ts';
import { conclude } from '../../../../shared/lab/conclusion.ts';
import type { ScenarioId } from '../../../../shared/lab/scenario.ts';
import { standingsOf, type TestRun } from '../../../../shared/lab/test-run.ts';
import { BASE, Client, give, greet, hostOf, secure, startRig, type Rig } from './rig.ts';

const NETWORK = '127.25.235';
/** Long after every grace, and before silence counts. */
const LATER_MS = 120_000;

let rig: Rig;
let run: TestRun;

beforeEach(async () => {
  rig = await startRig(NETWORK);
  run = rig.test.begin();
  const client = await overTls('do');
  await give(client, recipient('do'));
  client.end();
});
afterEach(() => rig.test.close());

const recipient = (scenario: ScenarioId): string => `${run.alias}@${scenario}.${BASE}`;

async function inTheClear(scenario: ScenarioId): Promise<Client> {
  const client = await Client.open(hostOf(rig.test, scenario).address);
  await greet(client);
  return client;
}

async function overTls(scenario: ScenarioId): Promise<Client> {
  const client = await inTheClear(scenario);
  await secure(client, hostOf(rig.test, scenario).name);
  return client;
}

/** What would be said of all that was seen, two minutes later. */
function verdictLater(): string {
  const own = attribute([run], rig.seen).get(run.alias) ?? [];
  return conclude(standingsOf(run, own, Date.now() + LATER_MS)).conclusion;
}

function deedLater(scenario: ScenarioId): unknown {
  const own = attribute([run], rig.seen).get(run.alias) ?? [];
  const standings = standingsOf(run, own, Date.now() + LATER_MS);
  return standings.find((each) => each.scenario.id === scenario)?.deed;
}

describe('who asks whether an address is taken has neither given a mail nor kept one:', () => {
  test.each([
    ['as a callout does', ['MAIL FROM:<>', 'RCPT', 'QUIT']],
    ['and takes it back', ['MAIL FROM:<>', 'RCPT', 'RSET', 'QUIT']],
    ['by a sender alone', ['MAIL FROM:<me@sender.example>', 'RSET', 'QUIT']],
  ])('%s', async (_, lines) => {
    const client = await overTls('wrong');
    for (const line of lines)
      await client.say(line === 'RCPT' ? `RCPT TO:<${recipient('wrong')}>` : line);
    await rig.ended('wrong');
    expect(deedLater('wrong')).toBeNull();
    expect(verdictLater()).toBe('open');
  });

  test('in the clear, before its own mail is kept by the certificate', async () => {
    const probe = await inTheClear('wrong');
    await probe.say('MAIL FROM:<>');
    await probe.say(`RCPT TO:<${recipient('wrong')}>`);
    await probe.say('QUIT');
    const client = await overTls('wrong');
    await client.say('QUIT');
    await rig.ended('wrong', 2);
    expect(deedLater('wrong')).toBeNull();
    expect(verdictLater()).toBe('open');
  });
});

describe('who keeps its mail from wrong records is told so, however it leaves:', () => {
  test.each([
    ['without QUIT', (client: Client) => client.end()],
    ['with a reset', (client: Client) => client.reset()],
    // A client that says EHLO with the first octets over TLS looks at the certificate thereafter.
    ['after EHLO over TLS', (client: Client) => client.write('QUIT\r\n')],
  ])('%s', async (_, leave) => {
    const client = await overTls('wrong');
    leave(client);
    await rig.ended('wrong');
    expect(verdictLater()).toBe('validates');
  });
});

describe('who gives it is told so, however it does:', () => {
  test('all commands at once (RFC 2920)', async () => {
    const client = await overTls('wrong');
    client.write(`MAIL FROM:<me@sender.example>\r\nRCPT TO:<${recipient('wrong')}>\r\nDATA\r\n`);
    for (const reply of [/^250/, /^250/, /^354/]) expect(await client.reply()).toMatch(reply);
    client.write('Subject: test\r\n\r\ntest\r\n.\r\nQUIT\r\n');
    expect(await client.reply()).toMatch(/^250/);
    await rig.ended('wrong');
    expect(verdictLater()).toBe('does-not-check');
  });

  test.each<ScenarioId>(['wrong', 'injected'])(
    'with the parameters of extensions, at “%s”',
    async (scenario) => {
      const client = await overTls(scenario);
      const offered = await client.say('EHLO sender.example');
      const has = (extension: string): boolean => offered.includes(extension);
      const from = [
        'MAIL FROM:<me@sender.example>',
        has('SIZE') ? 'SIZE=600' : '',
        has('8BITMIME') ? 'BODY=8BITMIME' : '',
        has('SMTPUTF8') ? 'SMTPUTF8' : '',
        has('DSN') ? 'RET=HDRS ENVID=QQ314159' : '',
      ];
      const to = has('DSN') ? `NOTIFY=FAILURE ORCPT=rfc822;${recipient(scenario)}` : '';
      expect(await client.say(from.filter((part) => part !== '').join(' '))).toMatch(/^250/);
      expect(await client.say(`RCPT TO:<${recipient(scenario)}> ${to}`.trim())).toMatch(/^250/);
      expect(await client.say('DATA')).toMatch(/^354/);
      expect(await client.say('Subject: ü\r\n\r\ntest\r\n.')).toMatch(/^250/);
      await client.say('QUIT');
      await rig.ended(scenario);
      expect(deedLater(scenario)).toBe('delivered-tls');
    },
  );

  test('after a TLS session with another protocol in mind', async () => {
    const client = await inTheClear('wrong');
    await client.say('STARTTLS');
    await client.startTls(hostOf(rig.test, 'wrong').name, { ALPNProtocols: ['h2', 'imap'] });
    await client.say('EHLO sender.example');
    expect(await give(client, recipient('wrong'))).toHaveLength(2);
    await client.say('QUIT');
    await rig.ended('wrong');
    expect(verdictLater()).toBe('does-not-check');
  });

  test('though another machine of it came first, and left', async () => {
    const first = await overTls('wrong');
    await first.say('QUIT');
    await rig.ended('wrong');
    expect(verdictLater()).toBe('validates');
    const second = await Client.open(hostOf(rig.test, 'wrong').address, undefined, `${NETWORK}.9`);
    await greet(second);
    await secure(second, hostOf(rig.test, 'wrong').name);
    await give(second, recipient('wrong'));
    await second.say('QUIT');
    await rig.ended('wrong', 2);
    expect(verdictLater()).toBe('does-not-check');
  });
});

// Over a session that is gone on with no certificate is shown.
test.each(['TLSv1.2', 'TLSv1.3'] as const)(
  'a session that was begun with right records is not gone on with at wrong ones: %s',
  async (maxVersion) => {
    const first = await inTheClear('do');
    await first.say('STARTTLS');
    const right = await first.startTls(hostOf(rig.test, 'do').name, { maxVersion });
    await first.say('EHLO sender.example');
    const session = right.getSession();
    if (session === undefined) throw new Error('no session');
    const again = await inTheClear('wrong');
    await again.say('STARTTLS');
    const wrong = await again.startTls(hostOf(rig.test, 'wrong').name, {
      maxVersion,
      session,
    });
    expect(wrong.isSessionReused()).toBe(false);
    expect(wrong.getPeerCertificate().subject.CN).toBe(hostOf(rig.test, 'wrong').name);
    first.end();
    again.end();
  },
);

// RFC 1870 §4: a number behind SIZE is the largest mail that is taken.
test.each<ScenarioId>(['wrong', 'strip', 'injected'])(
  'no size is announced for which a sender would leave before it begins its mail: %s',
  async (scenario) => {
    const client = scenario === 'strip' ? await inTheClear(scenario) : await overTls(scenario);
    const offered = await client.say('EHLO sender.example');
    const limit = Number(/SIZE (\d+)/.exec(offered)?.[1] ?? 0);
    // As Postfix does (smtp_proto.c).
    if (limit > 0 && limit < 10_000_000) await client.say('QUIT');
    else {
      const size = offered.includes('SIZE') ? ' SIZE=10000000' : '';
      const taken = await client.say(`MAIL FROM:<me@sender.example>${size}`);
      expect(taken).toMatch(size === '' ? /^250/ : /^552/);
      await client.say('QUIT');
    }
    await rig.ended(scenario);
    expect(deedLater(scenario)).toBeNull();
  },
);
