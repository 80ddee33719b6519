/** PEM bundles from files and from `openssl s_client -showcerts` (RFC 7468). */
import { describe, expect, test } from 'vitest';
import { readPem, writePem } from '../../../../shared/x509/pem.ts';
import { base64ToBytes, bytesToBase64 } from '../../../../shared/x509/encoding.ts';
import { makeCertificate } from './certificate-maker.ts';

const first = makeCertificate({ subject: 'one' });
const second = makeCertificate({ subject: 'two' });

describe('reading', () => {
  test('certificates come in their order, text between them ignored', () => {
    const text = `CONNECTED(00000003)\n---\n 0 s:CN = one\n${writePem(first)} 1 s:CN = two\n${writePem(second)}---\n`;
    expect(readPem(text)).toEqual({ ok: true, certificates: [first, second] });
  });

  test('line ends of Windows and old labels are read', () => {
    const text = writePem(first)
      .replaceAll('\n', '\r\n')
      .replaceAll('CERTIFICATE', 'X509 CERTIFICATE');
    expect(readPem(text)).toEqual({ ok: true, certificates: [first] });
  });

  test('a private key is passed over and nothing of it is kept', () => {
    const key = '-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n';
    const reading = readPem(key + writePem(first) + key);
    expect(reading).toEqual({ ok: true, certificates: [first] });
  });

  test.each([
    ['no certificate', 'nothing here', /no certificate/],
    ['a missing end line', '-----BEGIN CERTIFICATE-----\nAAAA\n', /1 has no end line/],
    [
      'bad base64 in the second',
      `${writePem(first)}-----BEGIN CERTIFICATE-----\nA*AA\n-----END CERTIFICATE-----`,
      /certificate 2 is not base64/,
    ],
    ['an empty block', '-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----', /1 is not base64/],
    ['101 certificates', writePem(first.slice(0, 60)).repeat(101), /more than 100/],
    ['more than 100 KiB', writePem(new Uint8Array(60_000)).repeat(2), /exceed 102400 octets/],
    ['a megabyte of text', ' '.repeat(1024 * 1024 + 1), /longer than 1048576/],
  ])('%s is told in words', (_, text, reason) => {
    const reading = readPem(text);
    expect(reading.ok ? '' : reading.reason).toMatch(reason);
  });
});

test('writing breaks lines at 64 characters and reads back', () => {
  const text = writePem(first);
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBe(64);
  expect(readPem(text)).toEqual({ ok: true, certificates: [first] });
});

describe('base64', () => {
  test('agrees with Node for every length', () => {
    for (let length = 0; length < 70; length++) {
      const bytes = Uint8Array.from({ length }, (_, index) => (index * 37 + length) & 0xff);
      expect(bytesToBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
      expect(base64ToBytes(bytesToBase64(bytes))).toEqual(bytes);
    }
  });

  test.each(['A', 'AA', 'AAA', 'AAA=A', '====', 'AB==', 'A-_A'])('%s is refused', (text) => {
    expect(base64ToBytes(text)).toBeNull();
  });
});
