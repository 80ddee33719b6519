// One suite for every implementation of the Network port: the upgrade to TLS (RFC 3207, RFC 8446).
import { Duplex } from 'node:stream';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type {
  Connection,
  Endpoint,
  TlsConnection,
  TlsOptions,
} from '../../electron/net/network.ts';
import { createTlsAcceptor, type TlsServerSettings } from '../../electron/net/tls-accept.ts';
import type { Result } from '../../shared/failure.ts';
import type { IssuedCertificate } from '../../electron/lab/certificate-issuer.ts';
import { identity, issue } from './certificates.ts';
import { systemRig, virtualRig, type Rig } from './network-rig.ts';

const never = new AbortController().signal;
const ms = 3_000;
const usual: TlsOptions = { serverName: 'mx.example', allowOldVersions: false, keyTypes: null };
const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));

let root: IssuedCertificate;
let issuer: IssuedCertificate;
let leaf: IssuedCertificate;
let rsaLeaf: IssuedCertificate;
let stranger: IssuedCertificate;

beforeAll(() => {
  root = issue({ commonName: 'Root', names: [], authority: true });
  issuer = issue({ commonName: 'Issuer', names: [], authority: true, issuer: root });
  leaf = issue({ issuer });
  rsaLeaf = issue({ issuer, keyType: 'rsa' });
  stranger = issue({ commonName: 'Stranger', names: [], authority: true });
});

describe.each<readonly [string, () => Rig]>([
  ['system sockets', () => systemRig('127.0.0.1')],
  ['virtual internet', () => virtualRig('192.0.2.1')],
])('%s', (_name, makeRig) => {
  let rig: Rig;
  beforeEach(() => {
    rig = makeRig();
  });
  afterEach(() => rig.close());

  /** A server that says `220` and then speaks TLS, as behind STARTTLS. */
  const serveTls = (
    settings: TlsServerSettings,
    use: (secured: Duplex) => void = () => undefined,
    greeting = '220 go ahead\r\n',
  ): Promise<Endpoint> => {
    const accept = createTlsAcceptor(settings);
    return rig.serveStreams((stream) => {
      stream.write(greeting);
      use(accept(stream));
    });
  };
  const open = async (to: Endpoint): Promise<Connection> => {
    const connection = await rig.network.connect(to, ms, never);
    if (!connection.ok) throw new Error(connection.failure.kind);
    return connection.value;
  };
  const upgrade = async (to: Endpoint, options = usual): Promise<Result<TlsConnection>> => {
    const connection = await open(to);
    await connection.read(ms, never);
    return connection.upgradeToTls(options, ms, never);
  };
  const secured = async (to: Endpoint, options = usual): Promise<TlsConnection> => {
    const upgraded = await upgrade(to, options);
    if (!upgraded.ok) throw new Error(JSON.stringify(upgraded.failure));
    return upgraded.value;
  };

  it('carries application data after the upgrade', async () => {
    const server = await serveTls({ identities: [identity(leaf)] }, (stream) => {
      stream.once('data', (line: Buffer) => stream.end(`250 ${line.toString()}`));
    });
    const connection = await secured(server);
    expect(connection.remote).toEqual(server);
    expect((await connection.write(bytes('EHLO'), ms, never)).ok).toBe(true);
    const read = await connection.read(ms, never);
    expect(read.ok && Buffer.from(read.value ?? []).toString()).toBe('250 EHLO');
    expect(await connection.read(ms, never)).toEqual({ ok: true, value: null });
    connection.close();
  });

  it.each<readonly [string, Partial<TlsServerSettings>, string, string]>([
    ['TLS 1.2', { maxVersion: 'TLSv1.2' }, 'TLSv1.2', 'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384'],
    [
      'AES-128',
      { minVersion: 'TLSv1.3', ciphers: 'TLS_AES_128_GCM_SHA256' },
      'TLSv1.3',
      'TLS_AES_128_GCM_SHA256',
    ],
    [
      'AES-256',
      { minVersion: 'TLSv1.3', ciphers: 'TLS_AES_256_GCM_SHA384' },
      'TLSv1.3',
      'TLS_AES_256_GCM_SHA384',
    ],
    [
      'ChaCha20',
      { minVersion: 'TLSv1.3', ciphers: 'TLS_CHACHA20_POLY1305_SHA256' },
      'TLSv1.3',
      'TLS_CHACHA20_POLY1305_SHA256',
    ],
  ])(
    'gives the certificates exactly as sent, strangers and order included: %s',
    async (_title, settings, version, cipher) => {
      const sent = identity(leaf, stranger, root, issuer);
      const { session, close } = await secured(await serveTls({ identities: [sent], ...settings }));
      close();
      expect(session.version).toBe(version);
      expect(session.cipher).toBe(cipher);
      expect(session.exact).toBe(true);
      expect(session.presented.map((der) => Buffer.from(der))).toEqual(
        sent.chain.map((der) => Buffer.from(der)),
      );
    },
  );

  it('reads the list behind a HelloRetryRequest', async () => {
    const sent = identity(leaf, issuer);
    const server = await serveTls({ identities: [sent], groups: 'P-521', minVersion: 'TLSv1.3' });
    const { session, close } = await secured(server);
    close();
    expect(session.exact).toBe(true);
    expect(session.presented).toHaveLength(2);
  });

  it('reads a list that spans several records', async () => {
    const sent = identity(leaf, ...new Array<IssuedCertificate>(99).fill(stranger));
    const { session, close } = await secured(await serveTls({ identities: [sent] }));
    close();
    expect(session.exact).toBe(true);
    expect(session.presented).toHaveLength(100);
  });

  it('stops at 100 certificates and says that the list is not whole', async () => {
    const sent = identity(leaf, ...new Array<IssuedCertificate>(100).fill(stranger));
    const { session, close } = await secured(await serveTls({ identities: [sent] }));
    close();
    expect(session.exact).toBe(false);
    expect(session.presented).toHaveLength(100);
  });

  it('adds no certificate that the server left out', async () => {
    const { session, close } = await secured(await serveTls({ identities: [identity(leaf)] }));
    close();
    expect(session.presented).toHaveLength(1);
  });

  it.each<readonly [string, string | null, string | false]>([
    ['sends the server name as SNI', 'tlsa-base.example', 'tlsa-base.example'],
    ['sends no SNI without a server name', null, false],
  ])('%s', async (_title, serverName, seen) => {
    let observed: unknown = 'nothing';
    const server = await serveTls({ identities: [identity(leaf)] }, (stream) => {
      stream.on('data', () => {
        observed = 'servername' in stream ? stream.servername : 'not there';
        stream.end('seen');
      });
    });
    const connection = await secured(server, { ...usual, serverName });
    await connection.write(bytes('QUIT'), ms, never);
    await connection.read(ms, never);
    connection.close();
    expect(observed).toBe(seen);
  });

  it.each(['TLSv1', 'TLSv1.1'] as const)(
    'offers %s only when old versions are allowed',
    async (version) => {
      const server = await serveTls({
        identities: [identity(rsaLeaf)],
        minVersion: 'TLSv1',
        maxVersion: version,
        ciphers: 'DEFAULT@SECLEVEL=0',
      });
      const refused = await upgrade(server);
      expect(refused.ok ? 'ok' : refused.failure.kind).toBe('tls');
      const { session, close } = await secured(server, { ...usual, allowOldVersions: true });
      close();
      expect(session.version).toBe(version);
      expect(session.presented).toHaveLength(1);
      expect(session.exact).toBe(true);
    },
  );

  it.each(['TLSv1.2', 'TLSv1.3'] as const)(
    'selects the certificate by key type in %s',
    async (version) => {
      const server = await serveTls({
        identities: [identity(leaf), identity(rsaLeaf)],
        minVersion: version,
        maxVersion: version,
      });
      for (const [keyTypes, expected] of [
        ['rsa', rsaLeaf],
        ['ecdsa', leaf],
      ] as const) {
        const { session, close } = await secured(server, {
          ...usual,
          keyTypes: [keyTypes, 'eddsa'],
        });
        close();
        expect(session.presented.map((der) => Buffer.from(der))).toEqual([
          Buffer.from(expected.certificate),
        ]);
      }
    },
  );

  it('keeps plaintext that was not read out of the TLS session', async () => {
    const greeting = '220 go ahead\r\n250 injected\r\n';
    const server = await serveTls(
      { identities: [identity(leaf)] },
      (stream) => stream.once('data', () => stream.end('clean')),
      greeting,
    );
    const connection = await open(server);
    const settle = new Promise<void>((done) => rig.network.clock.setTimer(60, done));
    await settle;
    const upgraded = await connection.upgradeToTls(usual, ms, never);
    if (!upgraded.ok) throw new Error(JSON.stringify(upgraded.failure));
    await upgraded.value.write(bytes('x'), ms, never);
    const read = await upgraded.value.read(ms, never);
    upgraded.value.close();
    expect(read.ok && Buffer.from(read.value ?? []).toString()).toBe('clean');
  });

  it.each<readonly [string, (stream: Duplex) => void]>([
    ['speaks something else', (stream) => void stream.write('500 what?\r\n')],
    ['closes', (stream) => void stream.end()],
    ['sends an alert', (stream) => void stream.write(Buffer.from('15030100020228', 'hex'))],
  ])('fails as `tls` when the server %s', async (_title, misbehave) => {
    const server = await rig.serveStreams((stream) => {
      stream.write('220 go ahead\r\n');
      stream.once('data', () => misbehave(stream));
    });
    const failed = await upgrade(server);
    expect(failed.ok ? 'ok' : failed.failure.kind).toBe('tls');
  });

  it('reports what breaks TLS right behind the handshake to the next read, and does not throw it', async () => {
    const accept = createTlsAcceptor({ identities: [identity(leaf)] });
    const server = await rig.serveStreams((stream) => {
      stream.write('220 go ahead\r\n');
      accept(withJunkBehindFirstFlight(stream)).on('error', () => stream.destroy());
    });
    const connection = await secured(server);
    const read = await connection.read(ms, never);
    expect(read.ok ? 'ok' : read.failure.kind).toBe('closed');
    connection.close();
  });

  it('times out when the server stalls in the handshake, and closes the connection', async () => {
    let closed: () => void = () => undefined;
    const sawClose = new Promise<void>((done) => {
      closed = done;
    });
    const server = await rig.serveStreams((stream) => {
      stream.write('220 go ahead\r\n');
      stream.resume();
      stream.once('close', closed);
    });
    const connection = await open(server);
    await connection.read(ms, never);
    expect(await connection.upgradeToTls(usual, 100, never)).toEqual({
      ok: false,
      failure: { kind: 'timeout', afterMs: 100 },
    });
    await sawClose;
  });

  it('rejects when aborted in the handshake', async () => {
    const server = await rig.serveStreams((stream) => {
      stream.write('220 go ahead\r\n');
      stream.resume();
    });
    const connection = await open(server);
    await connection.read(ms, never);
    const controller = new AbortController();
    const reason = new Error('cancelled');
    const upgrading = connection.upgradeToTls(usual, 10_000, controller.signal);
    rig.network.clock.setTimer(5, () => controller.abort(reason));
    await expect(upgrading).rejects.toBe(reason);
  });
});

/** An encrypted record that no key fits, in one piece with the server's own part of the handshake. */
function withJunkBehindFirstFlight(stream: Duplex): Duplex {
  const junk = Uint8Array.of(23, 3, 3, 0, 40, ...new Array<number>(40).fill(7));
  let flight: Uint8Array[] | null = [];
  const outer = new Duplex({
    read: () => stream.resume(),
    write: (chunk: Uint8Array, _encoding, callback) => {
      if (flight === null) stream.write(chunk);
      else if (flight.push(chunk) === 1) {
        setImmediate(() => {
          stream.write(Buffer.concat([...(flight ?? []), junk]));
          flight = null;
        });
      }
      callback();
    },
  });
  stream.on('data', (chunk: Uint8Array) => outer.push(chunk));
  stream.on('error', () => outer.destroy());
  stream.on('close', () => outer.destroy());
  return outer;
}
