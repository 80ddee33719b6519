// Private keys as other programs write them: the public half is the one that OpenSSL makes of the same octets.
import { createECDH, createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { readMaterialFile } from '../../../../shared/material/read-file.ts';

function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const long = length < 256 ? [0x81, length] : [0x82, length >>> 8, length & 0xff];
  const header = [tag, ...(length < 128 ? [length] : long)];
  return Buffer.concat([Uint8Array.from(header), content]);
}

function openssl(key: Buffer, type: 'sec1' | 'pkcs8'): Buffer {
  const secret = createPrivateKey({ key, format: 'der', type });
  return createPublicKey(secret).export({ format: 'der', type: 'spki' });
}

function publicHalf(key: Uint8Array): Buffer {
  const { items, problems } = readMaterialFile('key.der', key);
  expect(problems).toEqual([]);
  const [item] = items;
  return Buffer.from(item?.kind === 'key' ? item.spki : []);
}

function problemsOf(bytes: Uint8Array): string {
  const { items, problems } = readMaterialFile('file', bytes);
  expect(items).toEqual([]);
  return problems.join();
}

/** RFC 5915 §3: version, scalar, curve, point. */
function ecKey(scalar: Uint8Array, form: 'compressed' | 'uncompressed'): Buffer {
  const pair = createECDH('prime256v1');
  pair.setPrivateKey(scalar);
  const point = pair.getPublicKey(null, form);
  return der(
    0x30,
    Buffer.from('020101', 'hex'),
    der(0x04, scalar),
    der(0xa0, Buffer.from('06082a8648ce3d030107', 'hex')),
    der(0xa1, der(0x03, Uint8Array.of(0), point)),
  );
}

describe('EC keys', () => {
  test.each([
    ['without the leading zeros of the scalar', Buffer.from('0102030405', 'hex')],
    ['with a zero too many', Buffer.concat([Buffer.alloc(1), Buffer.alloc(32, 0x11)])],
    ['in full width', Buffer.alloc(32, 0x11)],
  ])('%s', (_, scalar) => {
    const key = ecKey(scalar, 'uncompressed');
    expect(publicHalf(key)).toEqual(openssl(key, 'sec1'));
  });

  test('with a compressed point have it in the record too, as their certificates do', () => {
    const key = ecKey(Buffer.alloc(32, 0x11), 'compressed');
    expect(publicHalf(key)).toEqual(openssl(key, 'sec1'));
    expect(publicHalf(key)).toHaveLength(0x3b);
  });

  test('on a curve spelt out in full are told as keys that are not known', () => {
    const { privateKey } = generateKeyPairSync('ec', {
      namedCurve: 'P-256',
      paramEncoding: 'explicit',
    });
    const key = privateKey.export({ format: 'der', type: 'pkcs8' });
    expect(problemsOf(key)).toContain('private key of a kind that is not known here');
  });
});

describe('RSA keys', () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
  const inner = privateKey.export({ format: 'der', type: 'pkcs1' });
  const RSA = Buffer.from('06092a864886f70d010101', 'hex');
  const zero = Buffer.from('020100', 'hex');

  test('without parameters have NULL in the record, as their certificates do (RFC 3279 §2.3.1)', () => {
    const key = der(0x30, zero, der(0x30, RSA), der(0x04, inner));
    expect(publicHalf(key)).toEqual(openssl(key, 'pkcs8'));
  });

  test('of more than two primes are read (RFC 8017 §A.1.2)', () => {
    // The contents behind the header of four octets; the version becomes 1, and a prime more follows.
    const numbers = Buffer.from(inner.subarray(4)).fill(1, 2, 3);
    const more = der(
      0x30,
      der(0x30, ...Array.from({ length: 3 }, () => Buffer.from('020103', 'hex'))),
    );
    const expected = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
    expect(publicHalf(der(0x30, numbers, more))).toEqual(expected);
  });
});

describe('no keys for TLS', () => {
  test('X25519 is told as a key that is not known', () => {
    const { privateKey } = generateKeyPairSync('x25519');
    const key = privateKey.export({ format: 'der', type: 'pkcs8' });
    expect(problemsOf(key)).toContain('private key of a kind that is not known here');
  });

  test('two numbers are an RSA key only where they can be one', () => {
    const odd = der(0x02, Buffer.alloc(128, 0x11));
    const numbers = (first: Uint8Array, second: Uint8Array): Buffer => der(0x30, first, second);
    const exponent = Buffer.from('0203010001', 'hex');
    expect(readMaterialFile('file', numbers(odd, exponent)).items).toHaveLength(1);
    const dhParameters = numbers(odd, Buffer.from('020102', 'hex'));
    const signature = numbers(der(0x02, Buffer.alloc(32, 0x11)), der(0x02, Buffer.alloc(32, 0x13)));
    for (const bytes of [dhParameters, signature]) expect(problemsOf(bytes)).not.toBe('');
  });
});
