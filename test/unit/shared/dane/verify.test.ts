/** The offline question as the command line asks it: text in, the document of `verify --json` out. */
import { describe, expect, test } from 'vitest';
import { createAssociationCrypto } from '../../../../electron/crypto/association-crypto.ts';
import { formatTlsa } from '../../../../shared/dane/tlsa.ts';
import { verify, type VerifyAnswer } from '../../../../shared/dane/verify.ts';
import { writePem } from '../../../../shared/x509/pem.ts';
import { NOON, ascii } from '../x509/certificate-maker.ts';
import { HOST, authority, record, server } from './chain-maker.ts';

const root = authority('Root', null);
const leaf = server(root);
const chainText = `some text\n${writePem(leaf.der)}more text\n${writePem(root.der)}`;
const right = formatTlsa(record('3 1 1', leaf.der));

function ask(tlsa: readonly string[], text = chainText, host = HOST): VerifyAnswer {
  const request = { chainText: text, tlsa, host, domain: 'example.org', at: NOON };
  return verify(request, createAssociationCrypto());
}

test('the document has one entry a record, in order, each with a reason', () => {
  const issuer = formatTlsa(record('2 1 1', root.der));
  expect(ask([right, issuer, `1 1 1 ${'0'.repeat(64)}`])).toEqual({
    kind: 'verified',
    document: {
      outcome: 'authenticated',
      reason: expect.stringMatching(/^the 3 1 1 record equals/),
      records: [
        {
          usage: 3,
          selector: 1,
          matchingType: 1,
          data: right.slice(6),
          usable: true,
          matches: true,
          matchedDepth: 0,
          reason: expect.any(String),
        },
        {
          usage: 2,
          selector: 1,
          matchingType: 1,
          data: issuer.slice(6),
          usable: true,
          matches: true,
          matchedDepth: 1,
          reason: expect.any(String),
        },
        {
          usage: 1,
          selector: 1,
          matchingType: 1,
          data: '0'.repeat(64),
          usable: false,
          matches: false,
          matchedDepth: null,
          reason: expect.stringMatching(/PKIX-EE/),
        },
      ],
    },
  });
});

test.each([
  ['upper-case hex', right.toUpperCase()],
  ['hex in groups', right.replace(/(.{16})/g, '$1 ')],
  ['blanks around it', `  ${right}\n`],
])('%s is read', (_, text) => {
  expect(ask([text])).toMatchObject({ kind: 'verified', document: { outcome: 'authenticated' } });
});

test.each([
  ['an odd number of digits', '3 1 1 abc', 'abc'],
  ['letters that are no hex', '3 1 1 ZZ', 'zz'],
  ['no data', '3 1 1', ''],
  ['a usage above 255', '300 1 1 ab', 'ab'],
])('%s makes the record unusable, never fatal', (_, text, data) => {
  expect(ask([text])).toMatchObject({
    document: { outcome: 'encrypted-only', records: [{ usable: false, matches: false, data }] },
  });
  expect(ask([text, right])).toMatchObject({
    document: { outcome: 'authenticated', records: [{ usable: false }, { matches: true }] },
  });
});

test('the next-hop domain counts as a name under usage 2, another one does not', () => {
  const anchor = formatTlsa(record('2 1 1', root.der));
  expect(ask([anchor], chainText, 'other.example')).toMatchObject({
    document: { outcome: 'failed' },
  });
  const named = server(root, { extensions: [], subject: 'example.org' });
  const text = writePem(named.der) + writePem(root.der);
  expect(ask([anchor], text, 'other.example')).toMatchObject({
    document: { outcome: 'authenticated' },
  });
});

describe('input that cannot be read names the thing', () => {
  test.each([
    [
      'a file without certificates',
      [right],
      'hello',
      /chain cannot be read: there is no certificate/,
    ],
    ['words in place of a record', ['hello'], chainText, /"hello" is no TLSA record/],
    ['two numbers', ['3 1'], chainText, /"3 1" is no TLSA record/],
    ['no record', [], chainText, /no TLSA record/],
    ['a record of a megabyte', [`3 1 0 ${'a'.repeat(1e6)}`], chainText, /is no TLSA record/],
  ])('%s', (_, tlsa, text, message) => {
    const answer = ask(tlsa, text);
    expect(answer.kind === 'unreadable' ? answer.message : '').toMatch(message);
  });
});

test('a chain whose first certificate is broken fails and says so', () => {
  const answer = ask([right], writePem(ascii('no certificate')) + writePem(leaf.der));
  expect(answer).toMatchObject({
    document: {
      outcome: 'failed',
      records: [{ matches: false, reason: expect.stringMatching(/cannot be read/) }],
    },
  });
});

describe('a record that matches nothing is told apart where that can be', () => {
  const reasonOf = (record: string): string => {
    const answer = ask([record]);
    return answer.kind === 'verified' ? (answer.document.records[0]?.reason ?? '') : '';
  };

  test('an issuer’s key under usage 3: the record that was meant stands in the reason', () => {
    const meant = formatTlsa(record('2 1 1', root.der));
    expect(reasonOf(meant.replace(/^2/, '3'))).toBe(
      `equals the public key of the certificate at depth 1, an issuer: usage 3 counts for the server’s own certificate only; it is the SHA2-256 digest of the public key of its issuer (CN=Root): 2 1 1 was meant (${meant})`,
    );
  });

  test('a digest of nothing, and a usage that mail does not have', () => {
    expect(reasonOf(`3 1 1 ${sha256OfNothing}`)).toMatch(/digest of nothing at all/);
    expect(reasonOf(right.replace(/^3/, '1'))).toContain(`: 3 1 1 was meant (${right})`);
  });

  test('of a stranger’s key nothing is supposed', () => {
    expect(reasonOf(formatTlsa(record('3 1 1', server(root).der)))).toBe(
      'differs from the server’s public key',
    );
  });
});

const sha256OfNothing = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
