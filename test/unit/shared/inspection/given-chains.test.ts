// Chains from files: what people save, with its noise, and what is no chain.
import { describe, expect, test } from 'vitest';
import {
  MAX_CHAINS_PER_HOST,
  MAX_GIVEN_CHAINS,
  readGivenChains,
} from '../../../../shared/inspection/given-chains.ts';
import { writePem } from '../../../../shared/x509/pem.ts';
import { authority, server } from '../dane/chain-maker.ts';

const root = authority('Root', null);
const leaf = server(root);
const pem = writePem(leaf.der) + writePem(root.der);

/** As `openssl s_client -starttls smtp -showcerts` writes it, shortened. */
const SHOWCERTS = `CONNECTED(00000003)
depth=1 CN = Root
verify error:num=19:self-signed certificate in certificate chain
---
Certificate chain
 0 s:CN = mx.example.org
   i:CN = Root
   a:PKEY: id-ecPublicKey, 256 (bit); sigalg: ecdsa-with-SHA256
   v:NotBefore: Nov  1 00:00:00 2026 GMT; NotAfter: Feb  1 00:00:00 2027 GMT
${writePem(leaf.der).trimEnd()}
 1 s:CN = Root
   i:CN = Root
${writePem(root.der).trimEnd()}
---
Server certificate
subject=CN = mx.example.org
---
No client certificate CA names sent
    TLS session ticket:
    0000 - 31 2b 2d 2d 2d 2d 2d 42-45 47 49 4e 20 43 45 52   1+-----BEGIN CER
250 STARTTLS
DONE
`;

function certificates(text: string): readonly Uint8Array[] | string {
  const reading = readGivenChains([{ host: 'mx.example.org', text }]);
  if (!reading.ok) return reading.message;
  return reading.chains.get('mx.example.org')?.[0]?.certificates ?? 'not there';
}

describe('a chain is read from', () => {
  test.each([
    ['PEM', pem],
    ['PEM with line ends of Windows', pem.replaceAll('\n', '\r\n')],
    ['what s_client writes', SHOWCERTS],
    [
      'PEM behind a private key',
      `-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n${pem}`,
    ],
  ])('%s', (_, text) => {
    expect(certificates(text)).toEqual([leaf.der, root.der]);
  });
});

test('several for one host are what it presents to different clients; names are one whatever their case', () => {
  const reading = readGivenChains([
    { host: 'MX.example.org.', text: pem },
    { host: 'mx.example.org', text: writePem(root.der) },
    { host: 'other.example.org', text: pem },
  ]);
  if (!reading.ok) throw new Error(reading.message);
  expect([...reading.chains].map(([host, chains]) => [host, chains.length])).toEqual([
    ['mx.example.org', 2],
    ['other.example.org', 1],
  ]);
  expect(reading.chains.get('mx.example.org')?.[0]?.offer).toBe('ecdsa');
});

describe('one sentence refuses', () => {
  test.each([
    ['no certificate', 'hello', /there is no certificate in PEM form/],
    ['a binary file', '\u0000\u00ff'.repeat(1000), /no certificate/],
    ['a block that breaks off', pem.slice(0, 200), /has no end line/],
    [
      'base64 of something else',
      '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n',
      /certificate 1 cannot be read/,
    ],
    ['more than a chain may hold', writePem(root.der).repeat(101), /more than 100 certificates/],
    ['more text than a chain can be', ' '.repeat(1024 * 1024 + 1), /longer than 1048576/],
  ])('%s', (_, text, sentence) => {
    expect(certificates(text)).toMatch(sentence);
  });

  test.each(['', '.', 'a..b'])('the host “%s”', (host) => {
    expect(readGivenChains([{ host, text: pem }])).toMatchObject({ ok: false, index: 0 });
  });

  test('too many chains, of one host and altogether', () => {
    const ofOne = Array.from({ length: MAX_CHAINS_PER_HOST + 1 }, () => ({ host: 'h', text: pem }));
    expect(readGivenChains(ofOne)).toMatchObject({ ok: false, index: MAX_CHAINS_PER_HOST });
    const many = Array.from({ length: MAX_GIVEN_CHAINS + 1 }, (_, n) => ({
      host: `h${n}.example`,
      text: pem,
    }));
    expect(readGivenChains(many).ok).toBe(false);
  });
});
