// What is to be installed, and which records fit it (RFC 7671 §8.1, §8.4 and §9, RFC 7672 §3.1.2).
import { describe, expect, test } from 'vitest';
import { formatTlsa } from '../../../../shared/dane/tlsa.ts';
import { arrange } from '../../../../shared/material/arrange.ts';
import { readMaterialFile } from '../../../../shared/material/read-file.ts';
import { comingChains, publishedThatFit, type Target } from '../../../../shared/publish/coming.ts';
import { digests } from '../../../../shared/publish/digests.ts';
import { authority, HOST, record, server, type Issued } from '../dane/chain-maker.ts';
import {
  basicConstraints,
  dnsNames,
  KEY_USAGE,
  keyIds,
  keyUsage,
  NOON,
  utcTime,
} from '../x509/certificate-maker.ts';

const root = authority('Root', null);
const issuing = authority('Issuing', root);
const leaf = server(issuing);

type Kind = Parameters<typeof record>[0];
const text = (kind: Kind, { der }: Issued): string => formatTlsa(record(kind, der));

function coming(material: readonly Uint8Array[], more: Partial<Target> = {}) {
  const items = material.flatMap((bytes) => readMaterialFile('file', bytes).items);
  const target: Target = { scheme: 'current+next', host: HOST, published: [], at: NOON, ...more };
  return comingChains(arrange(items), target, digests);
}

const CHAIN = [leaf.der, issuing.der, root.der];
/** A bare public key. */
const KEY = leaf.pair.spki;

describe('a chain', () => {
  test('is known by its key and its certificate, and publishes the record of its key', () => {
    const [only, ...more] = coming(CHAIN);
    expect(more).toEqual([]);
    expect(only).toMatchObject({
      key: text('3 1 1', leaf).slice('3 1 1 '.length),
      certificate: text('3 0 1', leaf).slice('3 0 1 '.length),
      publish: [text('3 1 1', leaf)],
      issuersKnown: true,
    });
  });

  test.each<Kind>(['3 1 1', '3 1 2', '3 0 1', '3 0 2'])('fits its published %s record', (kind) => {
    expect(coming(CHAIN, { published: [text(kind, leaf)] })[0]?.records).toContain(
      text(kind, leaf),
    );
  });

  test.each<Kind>(['2 1 1', '2 0 1', '2 1 2'])('fits a published %s of its issuers', (kind) => {
    const published = [text(kind, issuing), text(kind, root)];
    expect(coming(CHAIN, { published })[0]?.records).toEqual(expect.arrayContaining(published));
  });

  test('does not fit the record of an issuer that does not come with it', () => {
    const published = [text('2 1 1', issuing)];
    expect(coming([leaf.der], { published })[0]?.records).toEqual([text('3 1 1', leaf)]);
  });

  test('does not fit an issuer’s record where its names leave the host out (RFC 7672 §3.1.2)', () => {
    const stranger = server(issuing, { extensions: [dnsNames('other.example.org')] });
    const published = [text('2 1 1', issuing)];
    const [only] = coming([stranger.der, issuing.der], { published });
    expect(only?.records).toEqual([text('3 1 1', stranger)]);
  });

  test('does not fit an issuer’s record once it has expired', () => {
    const published = [text('2 1 1', issuing)];
    const later = NOON + 20 * 365 * 86_400_000;
    expect(coming(CHAIN, { published, at: later })[0]?.records).not.toContain(
      text('2 1 1', issuing),
    );
  });

  test('does not fit the record of an issuer that has expired itself', () => {
    const old = authority('Issuing', root, { notAfter: utcTime('261001000000Z') });
    const child = server(old);
    const published = [text('2 1 1', old)];
    expect(coming([child.der, old.der], { published })[0]?.records).toEqual([text('3 1 1', child)]);
  });

  // RFC 5280 §4.2.1.1: an authority that changed its key has two certificates of one name.
  test('does not fit another key of its issuer’s name', () => {
    const [own, of] = [7, 8];
    const certifying = [basicConstraints(true), keyUsage(KEY_USAGE.keyCertSign)];
    const former = authority('Issuing', root, { extensions: [...certifying, ...keyIds(own, 1)] });
    const child = server(former, { extensions: [dnsNames(HOST), ...keyIds(9, of)] });
    const published = [text('2 1 1', former)];
    expect(coming([child.der, former.der], { published })[0]?.records).toEqual([
      text('3 1 1', child),
    ]);
    const right = server(former, { extensions: [dnsNames(HOST), ...keyIds(9, own)] });
    expect(coming([right.der, former.der], { published })[0]?.records).toContain(published[0]);
  });

  test('with current + issuer publishes that of the nearest issuer too', () => {
    expect(coming(CHAIN, { scheme: 'current+issuer' })[0]?.publish).toEqual([
      text('3 1 1', leaf),
      text('2 1 1', issuing),
    ]);
  });

  test('with current + issuer keeps to the issuer that is published', () => {
    const published = [text('2 1 1', root)];
    expect(coming(CHAIN, { scheme: 'current+issuer', published })[0]?.publish).toEqual([
      text('3 1 1', leaf),
      text('2 1 1', root),
    ]);
  });

  test('publishes SHA-512 beside SHA-256 where the old record is a SHA-512 one (RFC 7671 §9)', () => {
    const published = [text('3 1 2', server(issuing))];
    expect(coming(CHAIN, { published })[0]?.publish).toEqual([
      text('3 1 1', leaf),
      text('3 1 2', leaf),
    ]);
  });
});

describe('a bare key', () => {
  test('has no certificate and no issuers that are known', () => {
    expect(coming([KEY])[0]).toMatchObject({
      certificate: null,
      issuersKnown: false,
      records: [text('3 1 1', leaf)],
    });
  });

  test('publishes the record of an issuer given beside it without relying on it', () => {
    const [only] = coming([KEY, issuing.der], { scheme: 'current+issuer' });
    expect(only?.publish).toEqual([text('3 1 1', leaf), text('2 1 1', issuing)]);
    expect(only?.records).toEqual([text('3 1 1', leaf)]);
  });
});

test('issuers alone are nothing to install', () => {
  expect(coming([issuing.der, root.der])).toEqual([]);
});

test('published records that the material fits are found whatever their kind', () => {
  const items = CHAIN.flatMap((bytes) => readMaterialFile('file', bytes).items);
  const other = text('3 1 1', server(issuing));
  const fitting = [text('3 0 2', leaf), text('2 1 1', root)];
  expect(publishedThatFit(arrange(items), [...fitting, other, 'nonsense'], digests)).toEqual(
    fitting,
  );
});
