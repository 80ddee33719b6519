// What the data of records that match nothing turn out to be; every digest is made with Node's own crypto.
import { createHash, X509Certificate } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createAssociationCrypto } from '../../../../electron/crypto/association-crypto.ts';
import { createDetective, type Identity } from '../../../../shared/dane/detective.ts';
import { describeIdentity, isMistaken } from '../../../../shared/dane/identity-words.ts';
import { formatTlsa, type Tlsa } from '../../../../shared/dane/tlsa.ts';
import { readCertificate, type Certificate } from '../../../../shared/x509/certificate.ts';
import { HOST, authority, record, server, type Issued } from './chain-maker.ts';

const root = authority('Root', null);
const issuer = authority('Issuer', root);
const leaf = server(issuer);
const other = server(authority('Elsewhere', null), { subject: 'mx2.example.org' });
const OTHER_HOST = 'mx2.example.org';

const detective = createDetective(createAssociationCrypto());
detective.learn(OTHER_HOST, [read(other), read(issuer)]);
detective.learn(HOST, [read(leaf), read(issuer), read(root), null]);

function read({ der }: Issued): Certificate {
  const reading = readCertificate(der);
  if (!reading.ok) throw new Error(reading.reason);
  return reading.certificate;
}

function tlsa(numbers: string, data: Uint8Array | string): Tlsa {
  const [usage = 0, selector = 0, matchingType = 0] = numbers.split(' ').map(Number);
  const octets = typeof data === 'string' ? Buffer.from(data, 'latin1') : data;
  return { usage, selector, matchingType, data: new Uint8Array(octets) };
}

const sha256 = (data: Uint8Array | string): Uint8Array =>
  createHash('sha256').update(data).digest();
const sha512 = (data: Uint8Array | string): Uint8Array =>
  createHash('sha512').update(data).digest();
const spkiOf = ({ der }: Issued): Uint8Array =>
  new X509Certificate(der).publicKey.export({ format: 'der', type: 'spki' });
const pemOf = ({ der }: Issued): string => new X509Certificate(der).toString();
const pemKeyOf = ({ der }: Issued): string =>
  new X509Certificate(der).publicKey.export({ format: 'pem', type: 'spki' }).toString();

function identify(one: Tlsa, host = HOST): Identity | null {
  return detective.identify(one, host);
}

/** What is told of it, and whether it is called a mistake. */
function say(one: Tlsa, host = HOST): readonly [string, boolean] {
  const identity = identify(one, host);
  if (identity === null) return ['', false];
  const plain = { ...one, data: Buffer.from(one.data).toString('hex') };
  return [describeIdentity(plain, identity, host), isMistaken(plain, identity)];
}

describe('a right digest with wrong numbers', () => {
  test.each([
    ['3 1 1', sha256(spkiOf(issuer)), '2 1 1', issuer, 'the issuer’s key under usage 3'],
    ['3 0 1', sha256(issuer.der), '2 1 1', issuer, 'the issuer’s certificate under usage 3'],
    ['3 1 2', sha512(spkiOf(root)), '2 1 2', root, 'the root’s key under usage 3'],
    ['2 1 1', sha256(spkiOf(leaf)), '3 1 1', leaf, 'the server’s own key under usage 2'],
    ['3 0 1', sha256(spkiOf(leaf)), '3 1 1', leaf, 'a key under the selector of certificates'],
    ['3 1 1', sha256(leaf.der), '3 1 1', leaf, 'a certificate under the selector of keys'],
    ['3 1 1', sha512(spkiOf(leaf)), '3 1 2', leaf, 'SHA2-512 under the number of SHA2-256'],
    ['3 1 2', sha256(spkiOf(leaf)), '3 1 1', leaf, 'SHA2-256 under the number of SHA2-512'],
    ['3 1 0', sha256(spkiOf(leaf)), '3 1 1', leaf, 'a digest under the number of whole data'],
    ['3 1 1', spkiOf(leaf), '3 1 1', leaf, 'the whole key under the number of a digest'],
    ['1 1 1', sha256(spkiOf(leaf)), '3 1 1', leaf, 'a usage that mail does not have'],
    ['2 1 1', sha256(issuer.der), '2 1 1', issuer, 'an issuer’s certificate as its key'],
  ] as const)('%s: %5$s', (numbers, data, meant, certificate, _claim) => {
    const right = formatTlsa(record(meant, certificate.der));
    expect(identify(tlsa(numbers, data))).toMatchObject({ host: HOST, meant, record: right });
  });

  test('the record given in its place is never the mistaken one', () => {
    const [words, mistaken] = say(tlsa('3 1 1', sha256(spkiOf(issuer))));
    expect(words).toBe(
      'the SHA2-256 digest of the public key of its issuer (CN=Issuer): 2 1 1 was meant',
    );
    expect(mistaken).toBe(true);
  });
});

describe('text in place of octets', () => {
  const forms = (text: string): readonly (readonly [string, string])[] => [
    ['as the file holds it', text],
    ['without the last line end', text.trimEnd()],
    ['with the line ends of Windows', text.replaceAll('\n', '\r\n')],
    ['with those, and without the last', text.trimEnd().replaceAll('\n', '\r\n')],
  ];

  test.each(forms(pemOf(leaf)))('a digest of the certificate’s PEM text %s', (_, text) => {
    for (const data of [sha256(text), sha512(text), text]) {
      expect(identify(tlsa('3 0 1', data))).toMatchObject({ kind: 'pem-certificate', depth: 0 });
    }
  });

  test.each(forms(pemKeyOf(issuer)))('a digest of an issuer’s PEM key %s', (_, text) => {
    const right = formatTlsa(record('2 1 1', issuer.der));
    expect(identify(tlsa('2 1 1', sha256(text)))).toMatchObject({ kind: 'pem-key', record: right });
  });

  test('is always a mistake', () => {
    expect(say(tlsa('3 1 1', sha256(pemKeyOf(leaf))))).toEqual([
      'the SHA2-256 digest of the PEM text of the public key of mx.example.org, where a record is made from the DER octets',
      true,
    ]);
  });

  test('hexadecimal digits published as if they were the octets', () => {
    const digits = Buffer.from(sha256(spkiOf(leaf))).toString('hex');
    const colons = digits.toUpperCase().replace(/..(?=.)/g, '$&:');
    for (const text of [digits, `${digits}\n`, colons]) {
      const one = tlsa('3 1 1', text);
      expect(identify(one)).toMatchObject({ kind: 'key', meant: '3 1 1' });
      expect(say(one)[0]).toMatch(/hexadecimal digits taken for the octets$/);
      expect(say(one)[1]).toBe(true);
    }
  });
});

describe('a digest of the wrong length', () => {
  test('cut short, from 16 octets on', () => {
    const one = tlsa('3 1 1', sha512(spkiOf(leaf)).slice(0, 32));
    expect(identify(one)).toMatchObject({ kind: 'key', algorithm: 'SHA2-512', meant: '3 1 1' });
    expect(say(one)).toEqual([
      'the first 32 octets of the SHA2-512 digest of the public key of mx.example.org',
      true,
    ]);
    expect(identify(tlsa('3 1 1', sha256(spkiOf(leaf)).slice(0, 15)))).toBeNull();
  });

  test('with something behind it', () => {
    const one = tlsa('3 1 1', Buffer.concat([sha256(spkiOf(leaf)), Buffer.from([0x0a])]));
    expect(say(one)).toEqual([
      'the SHA2-256 digest of the public key of mx.example.org with something behind it',
      true,
    ]);
  });

  test('the first octets of whole keys are alike and tell nothing', () => {
    expect(identify(tlsa('3 1 0', spkiOf(leaf).slice(0, 24)))).toBeNull();
  });
});

describe('a digest of nothing', () => {
  test('is known without any chain', () => {
    const fresh = createDetective(createAssociationCrypto());
    for (const data of [sha256(''), sha512('')]) {
      expect(fresh.identify(tlsa('3 1 1', data), HOST)).toMatchObject({
        kind: 'empty-input',
        host: null,
        record: null,
      });
    }
    expect(fresh.identify(tlsa('3 1 1', sha256(spkiOf(leaf))), HOST)).toBeNull();
  });

  test('is told as a script’s doing', () => {
    expect(say(tlsa('3 1 1', sha256('')))).toEqual([
      'the SHA2-256 digest of nothing at all: whatever made it was given no input',
      true,
    ]);
  });
});

describe('what another host presents', () => {
  test('is named with that host, and is no mistake: several may share one set of records', () => {
    const one = tlsa('3 1 1', sha256(spkiOf(other)));
    expect(identify(one)).toMatchObject({ host: OTHER_HOST, depth: 0, record: null });
    expect(say(one)).toEqual(['the SHA2-256 digest of the public key of mx2.example.org', false]);
  });

  test('comes second to the host’s own chain', () => {
    expect(identify(tlsa('3 1 1', sha256(spkiOf(issuer))))?.host).toBe(HOST);
    expect(identify(tlsa('3 1 1', sha256(spkiOf(issuer))), OTHER_HOST)?.host).toBe(OTHER_HOST);
  });

  test('is a mistake where its own numbers are wrong', () => {
    expect(say(tlsa('2 1 1', sha256(spkiOf(other))))).toEqual([
      'the SHA2-256 digest of the public key of mx2.example.org: 3 1 1 was meant',
      true,
    ]);
  });
});

describe('what cannot be told', () => {
  test('a digest of a key that nobody presents', () => {
    expect(identify(record('3 1 1', server(root).der))).toBeNull();
    expect(identify(record('2 1 1', authority('Root', null).der))).toBeNull();
  });

  test('a certificate sent behind the leaf that is no authority was not meant as an anchor', () => {
    const fresh = createDetective(createAssociationCrypto());
    fresh.learn(HOST, [read(leaf), read(other)]);
    const identity = fresh.identify(record('3 1 1', other.der), HOST);
    expect(identity).toMatchObject({ depth: 1, meant: null, record: null });
  });
});

test('work is bounded: beyond 200 certificates nothing more is remembered', () => {
  const fresh = createDetective(createAssociationCrypto());
  const crowd = Array.from({ length: 201 }, () => server(root));
  const begun = performance.now();
  for (const one of crowd) fresh.learn(HOST, [read(one)]);
  const [last] = crowd.slice(-1);
  expect(fresh.identify(record('3 1 1', crowd[199]?.der ?? leaf.der), HOST)).not.toBeNull();
  expect(fresh.identify(record('3 1 1', last?.der ?? leaf.der), HOST)).toBeNull();
  expect(performance.now() - begun).toBeLessThan(5000);
});

test('a zone full of records is looked through in no time', () => {
  const fresh = createDetective(createAssociationCrypto());
  for (let count = 0; count < 200; count++) fresh.learn(HOST, [read(server(root))]);
  const unknown = tlsa('3 1 1', sha256('nobody’s key'));
  const begun = performance.now();
  for (let count = 0; count < 5000; count++) fresh.identify(unknown, HOST);
  expect(performance.now() - begun).toBeLessThan(1000);
});
