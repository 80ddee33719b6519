// One suite for every implementation of the Network port: a GET that trusts only checked certificates (RFC 9525, RFC 8461 §3.3).
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { IssuedCertificate } from '../../electron/lab/certificate-issuer.ts';
import {
  createPolicyServer,
  policyAnswer,
  type HttpAnswer,
} from '../../electron/lab/policy-server.ts';
import type { HttpsRequest, HttpsResponse } from '../../electron/net/network.ts';
import type { TlsIdentity } from '../../electron/net/tls-accept.ts';
import type { Result } from '../../shared/failure.ts';
import { writePem } from '../../shared/x509/pem.ts';
import { identity, issue } from './certificates.ts';
import { systemRig, virtualRig, type Rig } from './network-rig.ts';

const HOST = 'mta-sts.example';
const DAY_MS = 86_400_000;
// TLS checks dates against the machine's clock.
const dates = { notBefore: Date.now() - DAY_MS, notAfter: Date.now() + DAY_MS };
const never = new AbortController().signal;
const ms = 1_000;

let root: IssuedCertificate;
let good: TlsIdentity;
let request: HttpsRequest;

beforeAll(() => {
  root = issue({ ...dates, commonName: 'Root', names: [], authority: true });
  good = identity(issue({ ...dates, commonName: HOST, names: [HOST], issuer: root }));
  request = {
    serverName: HOST,
    path: '/.well-known/mta-sts.txt',
    agent: 'test',
    maxOctets: 100,
    roots: [writePem(root.certificate)],
  };
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

  const get = async (
    answer: HttpAnswer,
    serverIdentity = good,
    more: Partial<HttpsRequest> = {},
    timeoutMs = ms,
    signal = never,
  ): Promise<Result<HttpsResponse>> => {
    const to = await rig.serveStreams(createPolicyServer({ identity: serverIdentity, answer }));
    const connection = await rig.network.connect(to, ms, never);
    if (!connection.ok) throw new Error(connection.failure.kind);
    return connection.value.httpsGet({ ...request, ...more }, timeoutMs, signal);
  };
  const text = policyAnswer(['version: STSv1']);

  it('gives back status, media type and body', async () => {
    const response = await get(text);
    expect(response).toMatchObject({
      ok: true,
      value: { status: 200, contentType: 'text/plain', location: null },
    });
    if (response.ok) {
      expect(Buffer.from(response.value.body).toString()).toBe('version: STSv1\r\n');
    }
  });

  it('does not follow a redirect, but tells it', async () => {
    const location = 'https://elsewhere.example/mta-sts.txt';
    const answer = { status: 301, headers: [`Location: ${location}`], body: '' };
    expect(await get(answer)).toMatchObject({ ok: true, value: { status: 301, location } });
  });

  const presenting = (more: Parameters<typeof issue>[0]): TlsIdentity =>
    identity(issue({ ...dates, commonName: HOST, names: [HOST], issuer: root, ...more }));

  it.each<readonly [string, string, () => TlsIdentity]>([
    [
      'for another name',
      'ERR_TLS_CERT_ALTNAME_INVALID',
      () => presenting({ commonName: 'www.example', names: ['www.example'] }),
    ],
    [
      'that has the name as common name only',
      'ERR_TLS_CERT_ALTNAME_INVALID',
      () => presenting({ names: [] }),
    ],
    [
      'that has expired',
      'CERT_HAS_EXPIRED',
      () => presenting({ notBefore: Date.now() - 3 * DAY_MS, notAfter: Date.now() - DAY_MS }),
    ],
    [
      'that is not valid yet',
      'CERT_NOT_YET_VALID',
      () => presenting({ notBefore: Date.now() + DAY_MS, notAfter: Date.now() + 3 * DAY_MS }),
    ],
    ['that is self-signed', 'DEPTH_ZERO_SELF_SIGNED_CERT', () => presenting({ issuer: null })],
    [
      'of an authority nobody trusts',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      () =>
        presenting({
          issuer: issue({ ...dates, commonName: 'Stranger', names: [], authority: true }),
        }),
    ],
  ])('takes nothing from a server with a certificate %s', async (_what, detail, serverIdentity) => {
    expect(await get(text, serverIdentity())).toEqual({
      ok: false,
      failure: { kind: 'tls', detail },
    });
  });

  it('trusts the roots that Node knows when no others are given, and no environment', async () => {
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
    try {
      expect(await get(text, good, { roots: null })).toMatchObject({
        ok: false,
        failure: { kind: 'tls', detail: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' },
      });
    } finally {
      delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    }
  });

  it('breaks off a body that is too long', async () => {
    const fits = { ...text, body: 'x'.repeat(100) };
    expect((await get(fits)).ok).toBe(true);
    const tooLong = { ...text, body: 'x'.repeat(101) };
    expect(await get(tooLong)).toMatchObject({ ok: false, failure: { kind: 'limit' } });
    const endless = { ...text, headers: [`X: ${'y'.repeat(20_000)}`] };
    expect(await get(endless)).toMatchObject({ ok: false, failure: { kind: 'limit' } });
  });

  it('waits for a silent server, and for one that trickles, no longer than it was told', async () => {
    for (const pace of ['silent', 'trickle'] as const) {
      const began = rig.network.clock.monotonic();
      const response = await get({ ...text, pace }, good, { maxOctets: 1_000_000 }, 200);
      expect(response).toEqual({ ok: false, failure: { kind: 'timeout', afterMs: 200 } });
      expect(rig.network.clock.monotonic() - began).toBeLessThan(600);
    }
  });

  it.each([
    ['no HTTP', 'SSH-2.0-OpenSSH\r\n'],
    ['nothing at all', ''],
  ])('fails where the server sends %s', async (_what, line) => {
    const { createTlsAcceptor } = await import('../../electron/net/tls-accept.ts');
    const accept = createTlsAcceptor({ identities: [good] });
    const to = await rig.serveStreams((stream) => {
      const secured = accept(stream);
      secured.once('data', () => secured.end(line));
    });
    const connection = await rig.network.connect(to, ms, never);
    if (!connection.ok) throw new Error(connection.failure.kind);
    const response = await connection.value.httpsGet(request, ms, never);
    expect(response).toMatchObject({
      ok: false,
      failure: { kind: line === '' ? 'closed' : 'malformed' },
    });
  });

  it('fails where no TLS is spoken', async () => {
    const to = await rig.serveStreams((stream) => {
      stream.end('HTTP/1.1 200 OK\r\n\r\nversion: STSv1\r\n');
    });
    const connection = await rig.network.connect(to, ms, never);
    if (!connection.ok) throw new Error(connection.failure.kind);
    expect(await connection.value.httpsGet(request, ms, never)).toMatchObject({
      ok: false,
      failure: { kind: 'tls' },
    });
  });

  it('rejects with the reason of an abort', async () => {
    const controller = new AbortController();
    const response = get({ ...text, pace: 'silent' }, good, {}, ms, controller.signal);
    rig.network.clock.setTimer(ms / 2, () => controller.abort(new Error('enough')));
    await expect(response).rejects.toThrow('enough');
  });
});
