/** What is read of a certificate, and that broken ones are values, never exceptions (RFC 5280 §4). */
import 'reflect-metadata';
import { X509Certificate as Judge } from '@peculiar/x509';
import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCertificate, type Certificate } from '../../../../shared/x509/certificate.ts';
import { writePem } from '../../../../shared/x509/pem.ts';
import * as make from './certificate-maker.ts';

function read(der: Uint8Array): Certificate {
  const reading = readCertificate(der);
  if (!reading.ok) throw new Error(reading.reason);
  return reading.certificate;
}

const rich = make.makeCertificate({
  subject: 'mx.example.org',
  issuer: 'Test CA',
  extensions: [
    make.dnsNames('mx.example.org', '*.Example.ORG'),
    make.basicConstraints(true, 3),
    make.keyUsage(make.KEY_USAGE.keyCertSign),
    make.extendedKeyUsage('1.3.6.1.5.5.7.3.1'),
  ],
});

describe('the exact bytes', () => {
  test('the public key is the very slice that OpenSSL and another library find', () => {
    const { spki } = read(rich);
    const byOpenssl = new X509Certificate(rich).publicKey.export({ format: 'der', type: 'spki' });
    expect(Buffer.from(spki)).toEqual(byOpenssl);
    expect(Buffer.from(spki)).toEqual(Buffer.from(new Judge(writePem(rich)).publicKey.rawData));
  });

  test('bytes behind the outer sequence are cut off and counted', () => {
    const certificate = read(Buffer.concat([rich, Buffer.from('trailing')]));
    expect(Buffer.from(certificate.der)).toEqual(Buffer.from(rich));
    expect(certificate.trailing).toBe(8);
  });
});

describe('the facts', () => {
  test('agree with OpenSSL on serial, dates and issuer', () => {
    const certificate = read(rich);
    const judge = new X509Certificate(rich);
    expect(certificate.serial).toBe(judge.serialNumber.toLowerCase());
    expect(certificate.notBefore).toBe(Date.parse(judge.validFrom));
    expect(certificate.notAfter).toBe(Date.parse(judge.validTo));
    expect(`${certificate.subject} ${certificate.issuer}`).toBe(`${judge.subject} ${judge.issuer}`);
  });

  test('extensions say CA, path length, key usage and names as they stand', () => {
    expect(read(rich)).toMatchObject({
      isCa: true,
      pathLength: 3,
      keyUsage: { keyCertSign: true, digitalSignature: false },
      extendedKeyUsage: ['1.3.6.1.5.5.7.3.1'],
      names: ['mx.example.org', '*.Example.ORG'],
      namesFrom: 'subjectAltName',
      selfIssued: false,
      fault: null,
      keyType: 'ECDSA P-256',
    });
  });

  test('the common name counts only when there is no dNSName at all', () => {
    expect(read(make.makeCertificate({ subject: 'cn.example' })).names).toEqual(['cn.example']);
    const named = make.makeCertificate({
      subject: 'cn.example',
      extensions: [make.dnsNames('san')],
    });
    expect(read(named).names).toEqual(['san']);
    const mail = make.extension('2.5.29.17', make.tlv(0x30, make.tlv(0x81, make.ascii('a@b'))));
    const other = read(make.makeCertificate({ subject: 'cn.example', extensions: [mail] }));
    expect(other).toMatchObject({ names: ['cn.example'], namesFrom: 'commonName' });
  });

  test('a subjectAltName that cannot be read leaves no name, not the common name', () => {
    const broken = make.extension('2.5.29.17', make.bytes(0x30, 0x05, 0x82));
    expect(read(make.makeCertificate({ extensions: [broken] }))).toMatchObject({
      names: [],
      fault: 'subjectAltName cannot be read',
    });
  });

  test.each([
    ['RSA 2048', () => generateKeyPairSync('rsa', { modulusLength: 2048 })],
    ['RSA 1000', () => generateKeyPairSync('rsa', { modulusLength: 1000 })],
    ['RSA-PSS 1024', () => generateKeyPairSync('rsa-pss', { modulusLength: 1024 })],
    ['ECDSA P-384', () => generateKeyPairSync('ec', { namedCurve: 'P-384' })],
    ['ECDSA brainpoolP256r1', () => generateKeyPairSync('ec', { namedCurve: 'brainpoolP256r1' })],
    ['Ed25519', () => generateKeyPairSync('ed25519')],
    ['Ed448', () => generateKeyPairSync('ed448')],
  ])('a key reads %s', (expected, generate) => {
    const spki = generate().publicKey.export({ format: 'der', type: 'spki' });
    expect(read(make.makeCertificate({ spki })).keyType).toBe(expected);
  });
});

describe('names as text', () => {
  test('control, bidirectional and separator characters are spelt out', () => {
    const subjectDer = make.tlv(
      0x30,
      make.attribute('2.5.4.10', make.utf8String('A, "B"')),
      make.attribute('2.5.4.3', make.utf8String('mx\u0000\r\n\u202eevil')),
    );
    const certificate = read(make.makeCertificate({ subjectDer }));
    expect(certificate.subject).toBe(String.raw`CN=mx\u0000\u000d\u000a\u202eevil, O=A\, \"B\"`);
    expect(certificate.names).toEqual([String.raw`mx\u0000\u000d\u000a\u202eevil`]);
  });

  test('a NUL inside a dNSName stays visible and so equals no host name', () => {
    const der = make.makeCertificate({ extensions: [make.dnsNames('mx.example.org\0.evil')] });
    expect(read(der).names).toEqual([String.raw`mx.example.org\u0000.evil`]);
  });

  test('keys are equal without regard to case, blanks and string type', () => {
    const printable = make.tlv(
      0x30,
      make.attribute('2.5.4.3', make.tlv(0x13, make.ascii('Test  ca '))),
    );
    const a = read(make.makeCertificate({ subject: 'test CA' }));
    const b = read(make.makeCertificate({ subjectDer: printable }));
    expect(a.subjectKey).toBe(b.subjectKey);
    expect(read(make.makeCertificate({ subject: 'test CB' })).subjectKey).not.toBe(a.subjectKey);
  });

  test('UTF-8 that is wrong is shown as hex', () => {
    const bad = make.tlv(0x30, make.attribute('2.5.4.3', make.tlv(0x0c, make.bytes(0xc0, 0x80))));
    expect(read(make.makeCertificate({ subjectDer: bad })).subject).toBe('CN=#0c02c080');
  });
});

describe('dates', () => {
  test.each([
    [make.utcTime('500101000000Z'), '1950-01-01T00:00:00.000Z'],
    [make.utcTime('491231235959Z'), '2049-12-31T23:59:59.000Z'],
    [make.generalizedTime('99991231235959Z'), '9999-12-31T23:59:59.000Z'],
    [make.generalizedTime('00000101000000Z'), '0000-01-01T00:00:00.000Z'],
  ])('%o is %s', (notAfter, expected) => {
    expect(new Date(read(make.makeCertificate({ notAfter })).notAfter ?? 0).toISOString()).toBe(
      expected,
    );
  });

  test.each([
    ['month 13', make.utcTime('261301000000Z')],
    ['30 February', make.utcTime('260230000000Z')],
    ['no seconds', make.utcTime('2601010000Z')],
    ['a zone', make.generalizedTime('20260101000000+0100')],
    ['a fraction', make.generalizedTime('20260101000000.5Z')],
    ['an integer', make.tlv(0x02, make.bytes(1))],
  ])('%s is no date', (_, notAfter) => {
    expect(read(make.makeCertificate({ notAfter })).notAfter).toBeNull();
  });
});

describe('what takes a certificate out of any path', () => {
  test.each([
    [
      'an extension that stands twice',
      { extensions: [make.basicConstraints(true), make.basicConstraints(true)] },
    ],
    ['extensions in version 1', { version: null, extensions: [make.basicConstraints(true)] }],
    [
      'basicConstraints with BER TRUE',
      { extensions: [make.extension('2.5.29.19', make.bytes(0x30, 3, 1, 1, 1))] },
    ],
    [
      'a negative path length',
      { extensions: [make.extension('2.5.29.19', make.bytes(0x30, 6, 1, 1, 0xff, 2, 1, 0xff))] },
    ],
    [
      'an empty keyUsage',
      { extensions: [make.extension('2.5.29.15', make.bytes(0x03, 0x01, 0x00))] },
    ],
    [
      'two signature algorithms',
      { outerAlgorithm: make.tlv(0x30, make.oid('1.2.840.10045.4.3.3')) },
    ],
  ])('%s is a fault', (_, recipe) => {
    expect(read(make.makeCertificate(recipe)).fault).not.toBeNull();
  });

  test('a critical extension that is not understood is named', () => {
    const der = make.makeCertificate({
      extensions: [make.extension('1.3.6.1.4.1.11129.2.4.3', make.bytes(5, 0), true)],
    });
    expect(read(der).unknownCritical).toEqual(['1.3.6.1.4.1.11129.2.4.3']);
  });
});

describe('bad input', () => {
  test.each([
    ['nothing', make.bytes()],
    ['text', make.ascii('-----BEGIN CERTIFICATE-----')],
    ['an indefinite length', make.bytes(0x30, 0x80, 0, 0)],
    ['a length not in its shortest form', make.bytes(0x30, 0x81, 0x02, 0x05, 0x00)],
    ['a length beyond the end', make.bytes(0x30, 0x84, 0x7f, 0xff, 0xff, 0xff)],
    ['a certificate cut short', rich.slice(0, -1)],
    ['more than 100 KiB', make.tlv(0x30, new Uint8Array(100 * 1024))],
  ])('%s fails with a reason', (_, input) => {
    const reading = readCertificate(input);
    expect(reading).toMatchObject({ ok: false, reason: expect.stringMatching(/\w/) });
  });

  test('no change of a byte, and no random bytes, make it throw', () => {
    fc.assert(
      fc.property(fc.nat(rich.length - 1), fc.nat(255), fc.nat(rich.length), (at, value, end) => {
        const changed = rich.slice(0, end);
        if (at < end) changed[at] = value;
        readCertificate(changed);
      }),
      { numRuns: 2000 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (input) => void readCertificate(input)),
    );
  });
});
