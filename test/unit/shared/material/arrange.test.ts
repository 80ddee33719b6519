// How certificates find their issuers: by name, of several by key identifier, and never in circles.
import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { arrange, type Arranged } from '../../../../shared/material/arrange.ts';
import type { CertificateMaterial } from '../../../../shared/material/material.ts';
import { readMaterialFile } from '../../../../shared/material/read-file.ts';
import { issueCertificate } from '../../../../shared/x509/issue.ts';

const { publicKey } = generateKeyPairSync('ed25519');

interface KeyIds {
  readonly subjectKeyId?: string;
  readonly authorityKeyId?: string;
}

let serial = 0;

function material(
  commonName: string,
  issuer: string,
  authority: boolean,
  keyIds: KeyIds = {},
): CertificateMaterial {
  const der = issueCertificate(
    {
      commonName,
      names: authority ? [] : [commonName],
      notBefore: 0,
      notAfter: 1_000_000_000_000,
      authority,
      serial: Uint8Array.of((serial += 1)),
      publicKeyInfo: publicKey.export({ type: 'spki', format: 'der' }),
    },
    { commonName: issuer, keyType: 'ed25519', sign: () => new Uint8Array(64) },
  );
  const [item] = readMaterialFile('file', der).items;
  if (item?.kind !== 'certificate') throw new Error('no certificate');
  return { ...item, certificate: { ...item.certificate, ...keyIds } };
}

function serialsOf({ servers }: Arranged): readonly (readonly string[])[] {
  return servers.map(({ issuers }) => issuers.map((issuer) => issuer.serial));
}

test('of two issuers of one name, the one whose key is meant is taken (RFC 5280 §4.2.1.1)', () => {
  const old = material('Issuer', 'Root', true, { subjectKeyId: 'aa' });
  const renewed = material('Issuer', 'Root', true, { subjectKeyId: 'bb' });
  const leaf = material('mx.example.org', 'Issuer', false, { authorityKeyId: 'bb' });
  expect(serialsOf(arrange([old, renewed, leaf]))).toEqual([[renewed.certificate.serial]]);
  expect(serialsOf(arrange([renewed, old, leaf]))).toEqual([[renewed.certificate.serial]]);
});

test('without identifiers the first of that name is taken', () => {
  const [first, second] = [material('Issuer', 'Root', true), material('Issuer', 'Root', true)];
  const leaf = material('mx.example.org', 'Issuer', false);
  expect(serialsOf(arrange([first, second, leaf]))).toEqual([[first.certificate.serial]]);
});

test('authorities that name each other end the chain', () => {
  const one = material('One', 'Other', true);
  const other = material('Other', 'One', true);
  const leaf = material('mx.example.org', 'One', false);
  expect(serialsOf(arrange([one, other, leaf]))).toEqual([
    [one.certificate.serial, other.certificate.serial],
  ]);
});

test('a chain longer than senders follow is cut', () => {
  const authorities = Array.from({ length: 30 }, (_, index) =>
    material(`CA ${index}`, `CA ${index + 1}`, true),
  );
  const leaf = material('mx.example.org', 'CA 0', false);
  expect(serialsOf(arrange([...authorities, leaf]))).toEqual([
    authorities.slice(0, 9).map(({ certificate }) => certificate.serial),
  ]);
});

test('a self-signed certificate without a host name is the server’s own where its private key lies beside it', () => {
  const { privateKey } = generateKeyPairSync('ed25519');
  const ownKey = readMaterialFile('key', privateKey.export({ type: 'pkcs8', format: 'der' })).items;
  const [own] = ownKey;
  if (own?.kind !== 'key') throw new Error('no key');
  const made = material('mail', 'mail', true);
  const selfSigned = { ...made, certificate: { ...made.certificate, spki: own.spki } };
  expect(arrange([selfSigned, own]).servers).toHaveLength(1);
  expect(arrange([selfSigned]).servers).toHaveLength(0);
  // The directory of a private authority.
  const certified = [selfSigned, own, material('mx.example.org', 'mail', false)];
  expect(arrange(certified).issuers).toHaveLength(1);
});
