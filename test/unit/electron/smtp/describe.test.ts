/** The report of a probe: what others show and print. */
import { describe, expect, test } from 'vitest';
import { createAssociationCrypto } from '../../../../electron/crypto/association-crypto.ts';
import { describeProbe } from '../../../../electron/smtp/describe.ts';
import type { ProbeResult } from '../../../../electron/smtp/probe.ts';
import type { Tlsa } from '../../../../shared/dane/tlsa.ts';
import type { ProbeReport } from '../../../../shared/inspection/report.ts';
import { createHash, X509Certificate } from 'node:crypto';
import { HOST, authority, record, server } from '../../shared/dane/chain-maker.ts';
import { NOON, ascii, dnsNames, utcTime } from '../../shared/x509/certificate-maker.ts';

const root = authority('Root', null);
const leaf = server(root);

function result(presented: readonly Uint8Array[], changes: Partial<ProbeResult> = {}): ProbeResult {
  return {
    offer: 'usual',
    source: 'network',
    parting: Promise.resolve(null),
    address: '192.0.2.25',
    serverName: HOST,
    stage: 'done',
    failure: null,
    error: null,
    banner: 'mx',
    starttls: 'offered',
    injected: false,
    session: { version: 'TLSv1.3', cipher: 'TLS_AES_128_GCM_SHA256', presented, exact: true },
    transcript: [],
    stages: [],
    ...changes,
  };
}

function report(of: ProbeResult, records: readonly Tlsa[] = []): ProbeReport {
  return describeProbe(
    of,
    { records, referenceNames: [HOST], at: NOON },
    createAssociationCrypto(),
  );
}

test('certificates are told as presented, with the digests that OpenSSL computes', () => {
  const { chain } = report(result([leaf.der, root.der, leaf.der]));
  expect(chain.map(({ subject }) => subject)).toEqual([`CN=${HOST}`, 'CN=Root', `CN=${HOST}`]);
  const judge = new X509Certificate(leaf.der);
  const spki = judge.publicKey.export({ format: 'der', type: 'spki' });
  expect(chain[0]).toEqual({
    subject: `CN=${HOST}`,
    issuer: 'CN=Root',
    notBefore: '2026-01-01T00:00:00Z',
    notAfter: '2027-01-01T00:00:00Z',
    names: [HOST],
    keyType: 'ECDSA P-256',
    isAuthority: false,
    selfSigned: false,
    serial: '0123',
    spkiSha256: createHash('sha256').update(spki).digest('hex'),
    certSha256: judge.fingerprint256.replaceAll(':', '').toLowerCase(),
    pem: judge.toString(),
  });
  expect(chain[1]).toMatchObject({ selfSigned: true, isAuthority: true });
});

describe('the verdict', () => {
  const right = record('3 1 1', leaf.der);
  test('follows the records, and is null without any', () => {
    expect(report(result([leaf.der]), [right]).verdict).toBe('authenticated');
    expect(report(result([root.der]), [right]).verdict).toBe('failed');
    expect(report(result([leaf.der]), [{ ...right, usage: 1 }]).verdict).toBe('encrypted-only');
    expect(report(result([leaf.der])).verdict).toBeNull();
    expect(
      report(result([], { session: null, failure: 'timeout', error: 'x' }), [right]),
    ).toMatchObject({ verdict: null, ok: false, chain: [], associations: [] });
  });

  test('is failed where only TLS 1.0 came about, though the certificate matches', () => {
    const old = report(
      result([leaf.der], {
        failure: 'tls-failed',
        error: 'old',
        session: { version: 'TLSv1', cipher: 'X', presented: [leaf.der], exact: true },
      }),
      [right],
    );
    expect(old).toMatchObject({ ok: false, verdict: 'failed', tlsVersion: 'TLSv1' });
    expect(old.associations[0]).toMatchObject({ matches: true });
  });
});

describe('what the Web PKI would say', () => {
  test.each([
    ['all in order', [leaf.der, root.der], /in order; .* not judged here/],
    [
      'another name',
      [server(root, { extensions: [dnsNames('a.example')] }).der, root.der],
      /is for a\.example, not for mx\.example\.org/,
    ],
    [
      'expired',
      [server(root, { notAfter: utcTime('260601000000Z') }).der, root.der],
      /expired on 2026-06-01/,
    ],
    [
      'not yet',
      [server(root, { notBefore: utcTime('261201000000Z') }).der, root.der],
      /not valid before 2026-12-01/,
    ],
    ['the issuer left out', [leaf.der], /its issuer \(CN=Root\) was not sent/],
    [
      'a stranger between',
      [leaf.der, authority('X', null).der, root.der],
      /not sent in their order/,
    ],
    ['self-signed', [server(null).der], /self-signed/],
  ])('%s', (_, chain, words) => {
    expect(report(result(chain)).pkix).toMatch(words);
  });
});

test('a certificate that cannot be read is shown as such, and matches nothing', () => {
  const broken = report(result([ascii('broken'), leaf.der]), [record('3 1 1', leaf.der)]);
  expect(broken.chain[0]).toMatchObject({
    subject: expect.stringMatching(/^unreadable: /),
    pem: expect.stringMatching(/BEGIN CERTIFICATE/),
  });
  expect(broken).toMatchObject({ verdict: 'failed', keyType: null, pkix: null });
});
