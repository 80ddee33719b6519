/** What a probe makes of mail servers, good and hostile, and that it behaves (RFC 3207, RFC 5321). */
import { describe, expect, test } from 'vitest';
import type { TlsIdentity } from '../../../../electron/net/tls-accept.ts';
import { authority, server, type Issued } from '../../shared/dane/chain-maker.ts';
import { serve, settle, visit, type Session } from './scripted-server.ts';

const root = authority('Root', null);
const leaf = server(root);

function identity(first: Issued, ...others: readonly Issued[]): TlsIdentity {
  return {
    chain: [first, ...others].map(({ der }) => der),
    privateKey: first.pair.privateKey.export({ format: 'der', type: 'pkcs8' }),
  };
}

const TLS = { identities: [identity(leaf, root)] };

describe('a good server', () => {
  test('is heard out, taken into TLS and left politely, with nothing said that begins a mail', async () => {
    const visited = serve({ tls: TLS });
    const result = await visit(visited);
    expect(result).toMatchObject({
      failure: null,
      error: null,
      stage: 'done',
      banner: 'mx.example.org ESMTP',
      starttls: 'offered',
      injected: false,
      session: { version: 'TLSv1.3', exact: true, presented: [leaf.der, root.der] },
    });
    await settle(visited);
    expect(visited.heard).toEqual(['EHLO me.example', 'STARTTLS', 'TLS QUIT']);
    expect(visited.connections).toEqual({ open: 0, most: 1, total: 1 });
  });

  test('takes five round trips: connect, greeting, EHLO, STARTTLS, TLS 1.3', async () => {
    const visited = serve({ tls: TLS }, 100);
    const result = await visit(visited);
    const durations = Object.fromEntries(result.stages.map((at) => [at.stage, at.durationMs]));
    // The greeting follows the server's side of the connection at once, half a trip behind.
    expect(durations).toEqual({ connect: 100, greeting: 100, ehlo: 100, starttls: 100, tls: 100 });
  });

  test('has its transcript kept, with times that never run back', async () => {
    const { transcript } = await visit(serve({ tls: TLS }));
    expect(transcript.map(({ from, text }) => `${from}: ${text}`)).toEqual([
      'note: connected to 192.0.2.25 port 25',
      'server: 220 mx.example.org ESMTP',
      'client: EHLO me.example',
      'server: 250-mx.example.org',
      'server: 250 STARTTLS',
      'client: STARTTLS',
      'server: 220 ready',
      'note: TLSv1.3 agreed, TLS_AES_256_GCM_SHA384',
    ]);
    const times = transcript.map(({ atMs }) => atMs);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  test('gets one connection at a time, the second after the first one’s QUIT', async () => {
    const visited = serve({ tls: TLS });
    await Promise.all([visit(visited), visit(visited), visit(visited)]);
    await settle(visited);
    expect(visited.connections).toEqual({ open: 0, most: 1, total: 3 });
  });

  test('may take its time within a stage, but not more than the stage has in total', async () => {
    const slow = (ms: number) =>
      serve({
        tls: TLS,
        answers: { EHLO: ({ say }) => void setTimer(ms, () => say('250-mx\r\n250 STARTTLS\r\n')) },
      });
    let setTimer: (ms: number, callback: () => void) => unknown = () => undefined;
    const patient = slow(4900);
    setTimer = patient.clock.setTimer;
    expect((await visit(patient)).failure).toBeNull();
    const late = slow(5100);
    setTimer = late.clock.setTimer;
    expect(await visit(late)).toMatchObject({ failure: 'timeout', stage: 'ehlo' });
  });
});

describe('servers that stall', () => {
  test.each([
    ['greeting', { greeting: '' }],
    ['greeting', { greeting: '220-wait' }],
    ['ehlo', { answers: { EHLO: null } }],
    ['ehlo', { answers: { EHLO: '250-mx\r\n' } }],
    ['starttls', { answers: { STARTTLS: null } }],
    ['tls', { answers: { STARTTLS: '220 ready\r\n' } }],
  ])('at %s: %o time out there, in the time that the stage has', async (stage, script) => {
    const visited = serve(script);
    const begun = visited.clock.monotonic();
    expect(await visit(visited)).toMatchObject({ failure: 'timeout', stage, session: null });
    expect(visited.clock.monotonic() - begun).toBeLessThanOrEqual(5000 + 100);
    await settle(visited);
    expect(visited.connections.open).toBe(0);
  });

  test('a drop every second does not stretch the stage: it is a total, not inactivity', async () => {
    const visited = serve({
      onConnect: ({ say, stream }) => {
        const drip = (): void => {
          if (stream.destroyed) return;
          say('2');
          visited.clock.setTimer(1000, drip);
        };
        drip();
      },
    });
    expect(await visit(visited)).toMatchObject({ failure: 'timeout', stage: 'greeting' });
    expect(visited.clock.monotonic()).toBeLessThan(6000);
  });
});

describe('servers that send too much, or nonsense', () => {
  const flood =
    (line: string) =>
    ({ say, stream }: Session): void => {
      const more = (): void => {
        if (stream.destroyed) return;
        say(line.repeat(50));
        setImmediate(more);
      };
      more();
    };

  test.each([
    ['an endless line', flood('a'), 'limit', 'greeting'],
    ['an endless greeting', flood('220-hello\r\n'), 'limit', 'greeting'],
    ['binary', flood('\x16\x03\x01\x02\n'), 'protocol', 'greeting'],
    ['another protocol', ({ say }: Session): void => say('SSH-2.0-x\r\n'), 'protocol', 'greeting'],
    ['the end at once', ({ stream }: Session): void => void stream.end(), 'closed', 'greeting'],
    ['a reset at once', ({ stream }: Session): void => void stream.destroy(), 'closed', 'greeting'],
  ] as const)('%s', async (_, onConnect, failure, stage) => {
    const visited = serve({ onConnect });
    const result = await visit(visited);
    expect(result).toMatchObject({ failure, stage, session: null });
    expect(result.transcript.length).toBeLessThan(400);
    await settle(visited);
    expect(visited.connections.open).toBe(0);
  });

  test('an endless EHLO reply', async () => {
    const visited = serve({ answers: { EHLO: flood('250-SIZE\r\n') } });
    expect(await visit(visited)).toMatchObject({
      failure: 'limit',
      stage: 'ehlo',
      error: expect.stringMatching(/MAX_REPLY_LINES/),
    });
  });

  test('garbage where the TLS handshake should be', async () => {
    const visited = serve({
      answers: {
        STARTTLS: ({ say, stream }) => {
          stream.removeAllListeners('data');
          stream.on('data', () => say('what?\r\n'));
          say('220 ready\r\n');
        },
      },
    });
    expect(await visit(visited)).toMatchObject({ failure: 'tls-failed', stage: 'tls' });
  });

  test('a close in the middle of the TLS handshake', async () => {
    const visited = serve({
      answers: {
        STARTTLS: ({ say, stream }) => {
          stream.removeAllListeners('data');
          stream.on('data', () => stream.destroy());
          say('220 ready\r\n');
        },
      },
    });
    const result = await visit(visited);
    expect(result.failure === 'tls-failed' || result.failure === 'closed').toBe(true);
    expect(result).toMatchObject({ stage: 'tls', session: null });
  });
});

describe('refusals are told apart', () => {
  test.each([
    ['a greeting of 554', { greeting: '554 go away\r\n' }, 'rejected', null, ['QUIT']],
    [
      'EHLO refused',
      { answers: { EHLO: '550 no\r\n' } },
      'rejected',
      null,
      ['EHLO me.example', 'QUIT'],
    ],
    [
      'no STARTTLS',
      { answers: { EHLO: '250 mx\r\n' } },
      'starttls-missing',
      'missing',
      ['EHLO me.example', 'QUIT'],
    ],
    [
      'STARTTLS: 454',
      { answers: { STARTTLS: '454 no\r\n' } },
      'starttls-refused',
      'refused',
      ['EHLO me.example', 'STARTTLS', 'QUIT'],
    ],
  ] as const)('%s', async (_, script, failure, starttls, commands) => {
    const visited = serve(script);
    expect(await visit(visited)).toMatchObject({ failure, starttls, session: null });
    await settle(visited);
    expect(visited.heard).toEqual(commands);
    expect(visited.connections.open).toBe(0);
  });

  test('a closed port is refused, a dead address times out, another has no route', async () => {
    const visited = serve({});
    visited.internet.addHost({ addresses: ['192.0.2.99'], silent: true });
    expect(await visit(visited, { port: 26 })).toMatchObject({
      failure: 'refused',
      stage: 'connect',
    });
    expect(await visit(visited, { address: '192.0.2.99' })).toMatchObject({
      failure: 'timeout',
      stage: 'connect',
    });
    expect(await visit(visited, { address: '192.0.2.98' })).toMatchObject({
      failure: 'unreachable',
    });
  });
});

describe('RFC 3207 §6: plaintext behind the 220', () => {
  test.each([
    [
      'in the same segment',
      ({ say, startTls }: Session) => {
        say('220 ready\r\n250 injected\r\n');
        startTls();
      },
    ],
  ])('%s is thrown away and reported, and the TLS session decides', async (_, STARTTLS) => {
    const result = await visit(serve({ tls: TLS, answers: { STARTTLS } }));
    expect(result).toMatchObject({
      failure: null,
      injected: true,
      session: { presented: [leaf.der, root.der] },
    });
    expect(result.transcript.map(({ text }) => text).join()).not.toMatch(/250 injected/);
  });
});

describe('TLS versions', () => {
  test.each([
    ['TLSv1.2', null],
    ['TLSv1.3', null],
    ['TLSv1.1', /nothing newer than TLS 1\.1/],
    ['TLSv1', /nothing newer than TLS 1\.0/],
  ] as const)('a server with %s alone', async (version, error) => {
    const tls = { ...TLS, minVersion: version, maxVersion: version, ciphers: 'DEFAULT@SECLEVEL=0' };
    const visited = serve({ tls });
    const result = await visit(visited);
    expect(result.session).toMatchObject({ version, presented: [leaf.der, root.der] });
    expect(result.failure).toBe(error === null ? null : 'tls-failed');
    if (error !== null) expect(result.error).toMatch(error);
    await settle(visited);
    expect(visited.connections).toMatchObject({ open: 0, most: 1, total: error === null ? 1 : 2 });
  });

  test('a handshake that fails in every version is a failure of the first kind', async () => {
    const tls = { ...TLS, minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2', ciphers: 'PSK' } as const;
    const result = await visit(serve({ tls }));
    expect(result).toMatchObject({ failure: 'tls-failed', stage: 'tls', session: null });
    expect(result.transcript.at(-1)?.text).toMatch(/does not agree to these either/);
  });
});

describe('key types', () => {
  test('a server without that kind of key is not asked again for old versions', async () => {
    const visited = serve({ tls: TLS });
    expect(await visit(visited, { keyTypes: ['rsa', 'eddsa'] })).toMatchObject({
      failure: 'tls-failed',
    });
    await settle(visited);
    expect(visited.connections.total).toBe(1);
  });

  test('a server with it shows it', async () => {
    const result = await visit(serve({ tls: TLS }), { keyTypes: ['ecdsa', 'eddsa'] });
    expect(result.session?.presented[0]).toEqual(leaf.der);
  });
});

describe('ending early', () => {
  test.each([0, 5, 30, 50, 70, 90])(
    'abort after %i ms rejects with its reason and leaves nothing open',
    async (ms) => {
      const visited = serve({ tls: TLS });
      const controller = new AbortController();
      const result = visit(visited, { signal: controller.signal });
      visited.clock.setTimer(ms, () => controller.abort(new Error('enough')));
      await expect(result).rejects.toThrow('enough');
      await settle(visited);
      expect(visited.connections.open).toBe(0);
      expect((await visit(visited)).failure).toBeNull();
    },
  );

  test('one who waits for his turn can leave, and the next one gets it', async () => {
    const visited = serve({ tls: TLS });
    const controller = new AbortController();
    const first = visit(visited);
    const second = visit(visited, { signal: controller.signal });
    const third = visit(visited);
    controller.abort(new Error('enough'));
    await expect(second).rejects.toThrow('enough');
    expect((await first).failure).toBeNull();
    expect((await third).failure).toBeNull();
    await settle(visited);
    expect(visited.connections).toMatchObject({ most: 1, total: 2 });
  });
});
