// What was given, in words: each piece once, which chain it is in, and what is odd about it.
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { describeMaterials, type Description } from '../../../../shared/material/describe.ts';
import { readMaterialFile } from '../../../../shared/material/read-file.ts';
import { issueCertificate } from '../../../../shared/x509/issue.ts';

const DAY = 86_400_000;
const START = Date.UTC(2026, 0, 1);
const IN_MARCH = Date.UTC(2026, 2, 1);

interface Made {
  readonly der: Uint8Array;
  readonly privateKey: KeyObject;
}

/** Chains are told by names alone, so any octets do for a signature. */
function certificate(commonName: string, issuer: string, authority = false, days = 90): Made {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const der = issueCertificate(
    {
      commonName,
      names: authority ? [] : [commonName],
      notBefore: START,
      notAfter: START + days * DAY,
      authority,
      serial: Uint8Array.of(1),
      publicKeyInfo: publicKey.export({ type: 'spki', format: 'der' }),
    },
    { commonName: issuer, keyType: 'ed25519', sign: () => new Uint8Array(64) },
  );
  return { der, privateKey };
}

const root = certificate('Root', 'Root', true, 3650);
const issuer = certificate('Issuer', 'Root', true, 1000);
const leaf = certificate('mx.example.org', 'Issuer');
const otherRoot = certificate('Other root', 'Other root', true, 3650);
const otherLeaf = certificate('mx2.example.org', 'Other root');

function describeFiles(
  files: Readonly<Record<string, readonly Uint8Array[]>>,
  at = IN_MARCH,
): Description {
  const read = Object.entries(files).map(([name, parts]) => ({
    name,
    items: parts.flatMap((bytes) => readMaterialFile(name, bytes).items),
  }));
  return describeMaterials(read, at);
}

function codesOf({ pieces, remarks }: Description): readonly string[] {
  return [...pieces.flatMap((piece) => piece.remarks), ...remarks].map(({ code }) => code);
}

describe('chains', () => {
  test('go from the server’s certificate up, in whatever order the files come', () => {
    const described = describeFiles({ a: [root.der], b: [leaf.der], c: [issuer.der] });
    const [chain] = described.chains;
    const subjects = chain?.fingerprints.map(
      (fingerprint) => described.pieces.find((piece) => piece.fingerprint === fingerprint)?.subject,
    );
    expect(subjects).toEqual(['CN=mx.example.org', 'CN=Issuer', 'CN=Root']);
    expect(chain?.missing).toBeNull();
    expect(codesOf(described)).toEqual([]);
  });

  test('say who comes next where the end was not given', () => {
    const described = describeFiles({ a: [leaf.der, issuer.der] });
    expect(described.chains).toMatchObject([{ missing: 'CN=Root' }]);
    expect(codesOf(described)).toEqual([]);
  });

  test('without the direct issuer are told, for usage 2 needs it', () => {
    const described = describeFiles({ a: [leaf.der, root.der] });
    expect(described.chains).toMatchObject([{ missing: 'CN=Issuer' }]);
    expect(codesOf(described)).toEqual(['issuer-missing', 'in-no-chain']);
  });

  test('with nothing in common are told as such', () => {
    const { remarks } = describeFiles({
      a: [leaf.der, issuer.der, root.der],
      b: [otherLeaf.der, otherRoot.der],
    });
    expect(remarks).toEqual([
      {
        code: 'unrelated-chains',
        severity: 'warning',
        text: '2 chains have no issuer in common: mx.example.org, mx2.example.org. Each gets records of its own.',
      },
    ]);
  });

  test('of one host may be those of two keys', () => {
    const second = certificate('mx.example.org', 'Other root');
    const { remarks } = describeFiles({
      a: [leaf.der, issuer.der, root.der, second.der, otherRoot.der],
    });
    expect(remarks.map(({ text }) => text).join()).toContain('right for a server with two keys');
  });

  test('that share an issuer, or whose issuers are not known, are not called unrelated', () => {
    const second = certificate('mx2.example.org', 'Issuer');
    const chain = [leaf.der, second.der, issuer.der];
    expect(describeFiles({ a: chain }).remarks).toEqual([]);
    expect(describeFiles({ a: [leaf.der, otherLeaf.der] }).remarks).toEqual([]);
  });
});

describe('pieces', () => {
  test('are told with their dates: valid, expired, not yet valid', () => {
    const whole = { a: [leaf.der, issuer.der] };
    const at = (instant: number): readonly string[] => codesOf(describeFiles(whole, instant));
    expect(at(START)).toEqual([]);
    expect(at(START - 1)).toEqual(['not-yet-valid', 'not-yet-valid']);
    expect(at(START + 90 * DAY)).toEqual([]);
    expect(at(START + 91 * DAY)).toEqual(['expired']);
    const [piece] = describeFiles(whole, START + 91 * DAY).pieces;
    expect(piece?.remarks[0]?.text).toBe(
      'It expired on 2026-04-01. Senders ignore that under usage 3, but not under usage 2.',
    );
  });

  test('say what they are, of whom, and in which files they are', () => {
    const { pieces } = describeFiles({ 'cert.pem': [leaf.der], 'all.pem': [leaf.der, issuer.der] });
    expect(pieces).toMatchObject([
      {
        what: 'certificate',
        subject: 'CN=mx.example.org',
        issuer: 'CN=Issuer',
        names: ['mx.example.org'],
        keyType: 'Ed25519',
        notBefore: START,
        notAfter: START + 90 * DAY,
        files: ['cert.pem', 'all.pem'],
        remarks: [
          {
            code: 'duplicate',
            severity: 'notice',
            text: 'It was given 2 times (cert.pem, all.pem) and counts once.',
          },
        ],
      },
      { what: 'issuer', subject: 'CN=Issuer', issuer: 'CN=Root', files: ['all.pem'], remarks: [] },
    ]);
  });

  test('a key that fits a certificate is no surprise; one that fits none is', () => {
    const own = leaf.privateKey.export({ type: 'pkcs8', format: 'der' });
    const stray = otherLeaf.privateKey.export({ type: 'pkcs8', format: 'der' });
    expect(codesOf(describeFiles({ a: [leaf.der, issuer.der], k: [own] }))).toEqual([]);
    const { pieces } = describeFiles({ a: [leaf.der, issuer.der], k: [stray] });
    expect(pieces.at(-1)).toMatchObject({
      what: 'private-key',
      files: ['k'],
      remarks: [{ code: 'fits-no-certificate', severity: 'warning' }],
    });
    expect(codesOf(describeFiles({ k: [stray] }))).toEqual([]);
  });
});
