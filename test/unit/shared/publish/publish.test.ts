// From dropped material to records: which are wanted, and where they go.
import { createHash, generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { formatTlsa } from '../../../../shared/dane/tlsa.ts';
import { arrange } from '../../../../shared/material/arrange.ts';
import type { Material } from '../../../../shared/material/material.ts';
import { readMaterialFile } from '../../../../shared/material/read-file.ts';
import { digests } from '../../../../shared/publish/digests.ts';
import { namesOffered, wildcardsIn } from '../../../../shared/publish/host-names.ts';
import {
  recordsAtOwnNames,
  wantedRecords,
  type Place,
  type RecordKind,
  type Wanted,
} from '../../../../shared/publish/wanted.ts';
import { issueCertificate } from '../../../../shared/x509/issue.ts';

const PLACE: Place = { hosts: ['mx.example.org'], ports: [25], ttl: 3600, zone: 'example.org' };

interface Made {
  readonly der: Uint8Array;
  readonly spkiHash: string;
}

/** `arrange` goes by names and never checks a signature, so any octets do for one. */
function certificate(
  commonName: string,
  issuer: string,
  { names = [] as readonly string[], authority = false } = {},
): Made {
  const { publicKey } = generateKeyPairSync('ed25519');
  const publicKeyInfo = publicKey.export({ type: 'spki', format: 'der' });
  const day = 86_400_000;
  const der = issueCertificate(
    {
      commonName,
      names,
      notBefore: Date.UTC(2026, 0, 1),
      notAfter: Date.UTC(2026, 0, 1) + 90 * day,
      authority,
      serial: Uint8Array.of(1),
      publicKeyInfo,
    },
    { commonName: issuer, keyType: 'ed25519', sign: () => new Uint8Array(64) },
  );
  return { der, spkiHash: createHash('sha256').update(publicKeyInfo).digest('hex') };
}

const root = certificate('Root', 'Root', { authority: true });
const issuer = certificate('Issuer', 'Root', { authority: true });
const leaf = certificate('mx.example.org', 'Issuer', { names: ['mx.example.org'] });
const selfSigned = certificate('mx.example.org', 'mx.example.org', {
  names: ['mx.example.org'],
  authority: true,
});

function read(...files: readonly Uint8Array[]): readonly Material[] {
  return files.flatMap((bytes) => readMaterialFile('file', bytes).items);
}

function want(
  files: readonly Uint8Array[],
  kinds: readonly RecordKind[] | null = null,
  place = PLACE,
): Wanted {
  return wantedRecords(arrange(read(...files)), kinds, place, digests);
}

function texts({ records }: Wanted): readonly string[] {
  return records.map(({ tlsa }) => formatTlsa(tlsa));
}

describe('which records', () => {
  test('are 3 1 1 for the leaf and 2 1 1 for each issuer, in whatever order the files come (RFC 7671 §5.1, §5.2)', () => {
    const expected = [
      `3 1 1 ${leaf.spkiHash}`,
      `2 1 1 ${issuer.spkiHash}`,
      `2 1 1 ${root.spkiHash}`,
    ];
    expect(texts(want([leaf.der, issuer.der, root.der]))).toEqual(expected);
    expect([...texts(want([root.der, leaf.der, issuer.der]))].sort()).toEqual([...expected].sort());
  });

  test('a self-signed certificate that names a host is the server’s own, CA flag or not', () => {
    expect(texts(want([selfSigned.der]))).toEqual([`3 1 1 ${selfSigned.spkiHash}`]);
  });

  test('a root is an issuer, and gets no usage 3 record unless asked for where nothing else is given', () => {
    expect(texts(want([root.der]))).toEqual([`2 1 1 ${root.spkiHash}`]);
    const kinds = [{ usage: 3, selector: 1, matchingType: 1 }];
    expect(texts(want([root.der], kinds))).toEqual([`3 1 1 ${root.spkiHash}`]);
    expect(texts(want([root.der, leaf.der], kinds))).toEqual([`3 1 1 ${leaf.spkiHash}`]);
    expect(want([issuer.der], kinds).problems).toEqual([
      'Usage 3 names the server’s own key, and only issuers were given.',
    ]);
  });

  test('of nothing none is made, and nothing wrong is said of it', () => {
    expect(want([], [{ usage: 3, selector: 1, matchingType: 1 }])).toEqual({
      records: [],
      problems: [],
    });
  });

  test('a key that belongs to a certificate given beside it makes no second record', () => {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const spki = publicKey.export({ type: 'spki', format: 'der' });
    const key = privateKey.export({ type: 'pkcs8', format: 'der' });
    const once = want([spki, key]);
    expect(once.records).toHaveLength(1);
    expect(once.problems).toEqual([]);
  });

  test('usage 2 without an issuer is told, and the rest still made', () => {
    const kinds = [
      { usage: 2, selector: 1, matchingType: 1 },
      { usage: 3, selector: 1, matchingType: 1 },
    ];
    const wanted = want([leaf.der], kinds);
    expect(texts(wanted)).toEqual([`3 1 1 ${leaf.spkiHash}`]);
    expect(wanted.problems).toEqual([
      'Usage 2 names an issuer, and no issuer’s certificate was given.',
    ]);
  });

  test('selector 0 of a bare key is told, for there is no certificate to take', () => {
    const spki = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'der' });
    const wanted = want([spki], [{ usage: 3, selector: 0, matchingType: 1 }]);
    expect(wanted.records).toEqual([]);
    expect(wanted.problems).toHaveLength(1);
  });

  test('stand at the port and host asked for (RFC 6698 §3)', () => {
    const owners = (place: Place): readonly string[] =>
      want([leaf.der], null, place).records.map(({ owner }) => owner);
    expect(owners({ ...PLACE, ports: [465] })).toEqual(['_465._tcp.mx.example.org']);
    expect(owners({ ...PLACE, hosts: [] })).toEqual(['_25._tcp']);
  });
});

describe('several hosts and ports', () => {
  test('get every record, those of one owner together', () => {
    const hosts = ['mx1.example.org', 'mx2.example.net'];
    const { records } = want([leaf.der, issuer.der], null, { ...PLACE, hosts, ports: [25, 465] });
    const owners = hosts.flatMap((host) => [25, 465].map((port) => `_${port}._tcp.${host}`));
    expect(records.map(({ owner }) => owner)).toEqual(owners.flatMap((owner) => [owner, owner]));
    expect(records.map(({ tlsa: { usage } }) => usage)).toEqual(owners.flatMap(() => [3, 2]));
    expect(records[0]).toMatchObject({
      host: 'mx1.example.org',
      source: createHash('sha256').update(leaf.der).digest('hex'),
    });
  });

  const other = certificate('mx2.example.org', 'Other issuer', {
    names: ['*.example.org', 'MX2.example.org.', 'example.net'],
  });
  const otherIssuer = certificate('Other issuer', 'Other issuer', { authority: true });
  const SERVICE = { ports: [25], ttl: 3600, zone: null };

  function atOwnNames(...files: readonly Uint8Array[]): readonly string[] {
    const wanted = recordsAtOwnNames(arrange(read(...files)), null, SERVICE, digests);
    return wanted.records.map(({ owner, tlsa }) => `${owner} ${formatTlsa(tlsa)}`);
  }

  test('where none is named, each certificate’s records go to its own name, an issuer’s to those of its chains', () => {
    expect(atOwnNames(leaf.der, other.der, issuer.der, root.der, otherIssuer.der)).toEqual([
      `_25._tcp.mx.example.org 3 1 1 ${leaf.spkiHash}`,
      `_25._tcp.mx.example.org 2 1 1 ${issuer.spkiHash}`,
      `_25._tcp.mx.example.org 2 1 1 ${root.spkiHash}`,
      `_25._tcp.mx2.example.org 3 1 1 ${other.spkiHash}`,
      `_25._tcp.mx2.example.org 2 1 1 ${otherIssuer.spkiHash}`,
    ]);
  });

  test('what has no name, or issued nothing that was given, stays relative', () => {
    const bare = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'der' });
    const hash = createHash('sha256').update(bare).digest('hex');
    expect(atOwnNames(bare, root.der)).toEqual([
      `_25._tcp 3 1 1 ${hash}`,
      `_25._tcp 2 1 1 ${root.spkiHash}`,
    ]);
  });

  test('names are offered in lower case, each once, wildcards apart', () => {
    const odd = certificate('Some Person', 'Issuer', {
      names: ['192.0.2.1', 'localhost', '-x.org', '*.*.org', 'mx2.example.org'],
    });
    const arranged = arrange(read(other.der, odd.der, root.der));
    expect(namesOffered(arranged)).toEqual(['mx2.example.org', 'example.net']);
    expect(wildcardsIn(arranged)).toEqual(['*.example.org']);
  });
});
