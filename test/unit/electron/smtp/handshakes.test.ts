/** Handshakes that end otherwise than a probe would like: what is said of them (RFC 8446 §6, RFC 3207). */
import { createSecureContext, TLSSocket } from 'node:tls';
import type { Duplex } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { underlayOf } from '../../../../electron/net/byte-tee.ts';
import { resetStream } from '../../../../electron/net/handler.ts';
import { createTlsAcceptor } from '../../../../electron/net/tls-accept.ts';
import { createSlots } from '../../../../electron/smtp/slots.ts';
import { authority, server } from '../../shared/dane/chain-maker.ts';
import { writePem } from '../../../../shared/x509/pem.ts';
import { serve, settle, visit, type Session } from './scripted-server.ts';

const root = authority('Root', null);
const leaf = server(root);
const key = leaf.pair.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
const cert = writePem(leaf.der);
const TLS = {
  identities: [
    {
      chain: [leaf.der],
      privateKey: leaf.pair.privateKey.export({ format: 'der', type: 'pkcs8' }),
    },
  ],
};

/** Says 220, then does with the first bytes of the handshake as it likes. */
function after220(then: (stream: Duplex) => void) {
  return {
    answers: {
      STARTTLS: ({ say, stream }: Session): void => {
        stream.removeAllListeners('data');
        stream.once('data', () => then(stream));
        say('220 ready\r\n');
      },
    },
  };
}

const alert = (number: number) => Buffer.from([21, 3, 3, 0, 2, 2, number]);

describe('an alert is named, with what it means', () => {
  test.each([
    [40, /handshake_failure: it has no algorithm in common/],
    [70, /protocol_version: it has no TLS version in common/],
    [80, /internal_error: something is wrong inside it/],
    [112, /unrecognized_name: it has no certificate for the name/],
    [116, /certificate_required: it wants a certificate of ours/],
    [49, /access_denied: it does not let us in/],
  ])('%i', async (number, error) => {
    const visited = serve(after220((stream) => stream.write(alert(number))));
    expect(await visit(visited)).toMatchObject({
      failure: 'tls-failed',
      stage: 'tls',
      error: expect.stringMatching(error),
    });
  });
});

describe('what is no TLS', () => {
  test.each([
    ['an SMTP reply', '502 what?\r\n', /not TLS/],
    ['HTTP', 'HTTP/1.1 400 Bad Request\r\n\r\n', /not TLS/],
    ['noise', '\xde\xad\xbe\xef'.repeat(20), /not TLS/],
  ])('%s is said to be none', async (_, text, error) => {
    const visited = serve(after220((stream) => stream.write(Buffer.from(text, 'latin1'))));
    const result = await visit(visited);
    expect(result).toMatchObject({ failure: 'tls-failed', error: expect.stringMatching(error) });
    await settle(visited);
    expect(visited.connections.open).toBe(0);
  });

  test('a server that speaks TLS at once is waited for in vain, not spoken to first', async () => {
    const first: Buffer[] = [];
    const visited = serve({ onConnect: ({ stream }) => stream.on('data', (d) => first.push(d)) });
    expect(await visit(visited)).toMatchObject({ failure: 'timeout', stage: 'greeting' });
    await settle(visited);
    expect(Buffer.concat(first).toString()).toBe('');
  });
});

describe('a server that wants a certificate of ours', () => {
  const wanting = (maxVersion: 'TLSv1.2' | 'TLSv1.3') =>
    serve({
      answers: {
        STARTTLS: ({ say, stream }) => {
          stream.removeAllListeners('data');
          say('220 ready\r\n');
          const secured = new TLSSocket(
            underlayOf(stream, () => undefined),
            {
              isServer: true,
              requestCert: true,
              rejectUnauthorized: true,
              secureContext: createSecureContext({ cert, key, maxVersion }),
            },
          );
          secured.on('error', () => stream.destroy());
        },
      },
    });

  test('in TLS 1.3 says so when the handshake is over: the parting tells', async () => {
    const result = await visit(wanting('TLSv1.3'));
    expect(result.failure).toBeNull();
    expect(await result.parting).toMatch(/wants a certificate of the sender’s/);
  });

  test('in TLS 1.2 breaks the handshake off', async () => {
    const result = await visit(wanting('TLSv1.2'));
    expect(result).toMatchObject({ failure: 'tls-failed', stage: 'tls' });
    expect(await result.parting).toBeNull();
  });

  test('other ways to end a conversation are no such wish', async () => {
    expect(await (await visit(serve({ tls: TLS }))).parting).toBeNull();
    const accept = createTlsAcceptor(TLS);
    const rude = serve({
      answers: {
        STARTTLS: ({ say, stream }) => {
          stream.removeAllListeners('data');
          say('220 ready\r\n');
          accept(stream).on('data', () => resetStream(stream));
        },
      },
    });
    expect(await (await visit(rude)).parting).toBeNull();
  });
});

describe('HELO', () => {
  test.each([
    ['500', '250 mx', /knows HELO but not EHLO \("500 what\?"\), and so has no STARTTLS/],
    ['502', '250 mx', /knows HELO but not EHLO \("502 what\?"\)/],
    ['502', '550 no', /accepted neither EHLO \("502 what\?"\) nor HELO/],
  ])(
    'is tried when EHLO is unknown (%s, then %s), and never followed by STARTTLS',
    async (code, helo, error) => {
      const visited = serve({ answers: { EHLO: `${code} what?\r\n`, HELO: `${helo}\r\n` } });
      expect(await visit(visited)).toMatchObject({
        failure: 'rejected',
        starttls: null,
        stage: 'ehlo',
        error: expect.stringMatching(error),
      });
      await settle(visited);
      expect(visited.heard).toEqual(['EHLO me.example', 'HELO me.example', 'QUIT']);
    },
  );

  test('is not tried when we are turned away', async () => {
    const visited = serve({ answers: { EHLO: '550 not you\r\n' } });
    expect(await visit(visited)).toMatchObject({ failure: 'rejected' });
    await settle(visited);
    expect(visited.heard).toEqual(['EHLO me.example', 'QUIT']);
  });
});

test('slots bound the connections over all addresses, farewells included', async () => {
  const visited = serve({ tls: TLS });
  const addresses = Array.from({ length: 6 }, (_, n) => `192.0.2.${100 + n}`);
  let now = 0;
  let most = 0;
  visited.internet.addHost({
    addresses,
    streams: new Map([
      [
        25,
        (stream: Duplex) => {
          now += 1;
          most = Math.max(most, now);
          stream.on('close', () => (now -= 1));
          stream.on('data', () => stream.end('221 bye\r\n'));
          stream.write('554 no\r\n');
        },
      ],
    ]),
  });
  const slots = createSlots(2);
  const gone = new AbortController();
  gone.abort(new Error('enough'));
  await expect(visit(visited, { slots, signal: gone.signal })).rejects.toThrow('enough');
  const results = await Promise.all(addresses.map((address) => visit(visited, { address, slots })));
  expect(results.map(({ failure }) => failure)).toEqual(addresses.map(() => 'rejected'));
  expect(most).toBe(2);
});
