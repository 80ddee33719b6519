// The lab's certificates as OpenSSL (through Node) reads and verifies them (RFC 5280 §4).
import { X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  issue,
  type CertificateRequest,
  type IssuedCertificate,
} from '../../../../electron/lab/certificate-issuer.ts';

const request: CertificateRequest = {
  commonName: 'mx.example',
  names: ['mx.example', '*.example'],
  notBefore: Date.UTC(2026, 0, 1),
  // RFC 5280 §4.1.2.5: from 2050 on the time is written in another form.
  notAfter: Date.UTC(2051, 0, 1),
  authority: false,
  keyType: 'ecdsa',
  serial: 7,
  issuer: null,
  sameKeyAs: null,
};
const read = (issued: IssuedCertificate): X509Certificate =>
  new X509Certificate(issued.certificate);

describe('an issued certificate', () => {
  it.each(['ecdsa', 'rsa', 'ed25519'] as const)('verifies with its issuer’s %s key', (keyType) => {
    const authority = issue({ ...request, commonName: 'CA', names: [], authority: true, keyType });
    const leaf = issue({ ...request, issuer: authority });
    expect(read(leaf).verify(read(authority).publicKey)).toBe(true);
    expect(read(leaf).checkIssued(read(authority))).toBe(true);
    expect(read(authority).verify(read(authority).publicKey)).toBe(true);
    expect(read(leaf).verify(read(leaf).publicKey)).toBe(false);
  });

  it('says what it was asked to say', () => {
    const leaf = read(issue(request));
    expect(leaf.subject).toBe('CN=mx.example');
    expect(leaf.subjectAltName).toBe('DNS:mx.example, DNS:*.example');
    expect(leaf.validFrom).toBe('Jan  1 00:00:00 2026 GMT');
    expect(leaf.validTo).toBe('Jan  1 00:00:00 2051 GMT');
    expect(leaf.ca).toBe(false);
    expect(leaf.serialNumber.toUpperCase()).toBe('1A00000000000007');
    expect(read(issue({ ...request, authority: true, names: [] })).ca).toBe(true);
  });

  it('keeps its key when renewed with it, and gets a new one otherwise', () => {
    const first = issue(request);
    const renewed = issue({ ...request, serial: 8, sameKeyAs: first });
    expect(Buffer.from(renewed.publicKeyInfo)).toEqual(Buffer.from(first.publicKeyInfo));
    expect(Buffer.from(renewed.certificate)).not.toEqual(Buffer.from(first.certificate));
    expect(Buffer.from(issue(request).publicKeyInfo)).not.toEqual(Buffer.from(first.publicKeyInfo));
  });
});
