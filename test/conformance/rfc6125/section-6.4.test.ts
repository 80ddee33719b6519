/** RFC 6125 §6.4: names compare label by label, without regard to ASCII case, as A-labels. */
import { describe, expect, test } from 'vitest';
import { findMatchingName } from '../../../shared/dane/reference-name.ts';
import { authority, judgeOne, record, server } from '../../unit/shared/dane/chain-maker.ts';
import { ascii, dnsNames, extension, tlv } from '../../unit/shared/x509/certificate-maker.ts';

const root = authority('Root', null);
const anchor = record('2 1 1', root.der);
const codeFor = (extensions: readonly Uint8Array[], subject = 'mx.example.org') =>
  judgeOne([server(root, { extensions, subject }), root], anchor).code;

test('§6.4.1: case does not count, anything else does', () => {
  expect(findMatchingName(['MX.EXAMPLE.ORG'], ['mx.example.org'])).not.toBeNull();
  expect(findMatchingName(['mx-example.org'], ['mx.example.org'])).toBeNull();
});

test('§6.4.2: a U-label in a certificate is not the A-label it would become', () => {
  expect(findMatchingName(['bücher.example'], ['xn--bcher-kva.example'])).toBeNull();
  expect(findMatchingName(['xn--bcher-kva.example'], ['xn--bcher-kva.example'])).not.toBeNull();
});

describe('§6.4.4: the common name is a last resort', () => {
  const otherName = (tag: number, text: string) =>
    extension('2.5.29.17', tlv(0x30, tlv(tag, ascii(text))));

  test('without subjectAltName it counts', () => {
    expect(codeFor([])).toBe('match');
  });

  test('beside an alternative name that is no DNS name it counts still', () => {
    expect(codeFor([otherName(0x81, 'postmaster@example.org')])).toBe('match');
  });

  test('beside any DNS name it does not', () => {
    expect(codeFor([dnsNames('other.example.org')])).toBe('ta-name-mismatch');
  });

  test('a name in an alternative name of another kind is no DNS name', () => {
    const inUri = otherName(0x86, 'mx.example.org');
    expect(codeFor([inUri], 'elsewhere.example')).toBe('ta-name-mismatch');
  });
});
