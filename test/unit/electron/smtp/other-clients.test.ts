/** Where our TLS library is narrower than those of senders, the server is not blamed for it (RFC 8446 §4.1.2). */
import { describe, expect, test } from 'vitest';
import { takesUp, widestClientHello } from '../../../../electron/net/client-hello.ts';
import type { TlsServerSettings } from '../../../../electron/net/tls-accept.ts';
import { authority, server } from '../../shared/dane/chain-maker.ts';
import { issue } from '../../../contract/certificates.ts';
import { serve, settle, visit, type Session } from './scripted-server.ts';

const leaf = server(authority('Root', null));
const ECDSA = {
  chain: [leaf.der],
  privateKey: leaf.pair.privateKey.export({ format: 'der', type: 'pkcs8' }),
};
const rsa = issue({ keyType: 'rsa' });
const RSA = { chain: [rsa.certificate], privateKey: rsa.privateKey };

/** Turns so many handshakes down with handshake_failure, then takes what comes. */
function turningDown(count: number, tls: TlsServerSettings) {
  let left = count;
  return serve({
    tls,
    answers: {
      STARTTLS: ({ say, startTls, stream }: Session): void => {
        if (left > 0) {
          stream.removeAllListeners('data');
          stream.once('data', () => stream.end(Buffer.from([21, 3, 3, 0, 2, 2, 40])));
        }
        say('220 ready\r\n');
        if (left <= 0) startTls();
        left -= 1;
      },
    },
  });
}

const narrow = { libraryLacksAlgorithms: true };

describe('a server that turns our library down', () => {
  test.each<readonly [string, TlsServerSettings]>([
    ['TLS 1.3', { identities: [ECDSA] }],
    ['TLS 1.2', { identities: [ECDSA], maxVersion: 'TLSv1.2' }],
    ['RSA', { identities: [RSA] }],
    [
      'classic Diffie-Hellman',
      {
        identities: [RSA],
        maxVersion: 'TLSv1.2',
        ciphers: 'DHE-RSA-AES128-SHA:AES128-SHA@SECLEVEL=0',
      },
    ],
  ])('and takes up a wider offer (%s) is beyond us, not at fault', async (_, tls) => {
    const visited = turningDown(2, tls);
    const result = await visit(visited, narrow);
    expect(result).toMatchObject({ failure: 'unsupported', starttls: 'offered', session: null });
    expect(result.error).toMatch(/has TLS for other clients, but no algorithm in common/);
    await settle(visited);
    expect(visited.connections).toMatchObject({ open: 0, most: 1, total: 3 });
  });

  test('and the wider offer too is at fault', async () => {
    const visited = turningDown(3, { identities: [ECDSA] });
    expect(await visit(visited, narrow)).toMatchObject({ failure: 'tls-failed' });
    await settle(visited);
    expect(visited.connections).toMatchObject({ open: 0, total: 3 });
  });

  test('is not asked a third time where our library is as wide as any', async () => {
    const visited = turningDown(2, { identities: [ECDSA] });
    expect(await visit(visited)).toMatchObject({ failure: 'tls-failed' });
    await settle(visited);
    expect(visited.connections.total).toBe(2);
  });

  test('is not asked for a third time when only another kind of key was asked for', async () => {
    const visited = turningDown(1, { identities: [ECDSA] });
    await visit(visited, { ...narrow, keyTypes: ['rsa'] });
    await settle(visited);
    expect(visited.connections.total).toBe(1);
  });
});

describe('what the first bytes of an answer say', () => {
  const hello = (random: string) =>
    Buffer.from(`160303002a020000260303${random.padEnd(64, '0')}00130100`, 'hex');

  test.each([
    ['a ServerHello takes the offer up', hello('11'), true],
    ['a HelloRetryRequest does not yet', hello('cf21ad74e59a6111'), false],
    ['an alert does not', Buffer.from('15030300020228', 'hex'), false],
    ['neither does text', Buffer.from('500 what?\r\n'), false],
    ['nor nothing', new Uint8Array(0), false],
    ['nor a stump', hello('11').subarray(0, 12), false],
  ])('%s', (_, answer, expected) => {
    expect(takesUp(answer)).toBe(expected);
  });

  test('the offer names the server only when there is a name', () => {
    expect(Buffer.from(widestClientHello('mx.example')).includes('mx.example')).toBe(true);
    expect(widestClientHello(null).length).toBeLessThan(widestClientHello('mx.example').length);
  });
});
