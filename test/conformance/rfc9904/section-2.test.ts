/** RFC 9904 §2, RFC 9905 and RFC 9906: which algorithms and digests are validated, and which of them are to go. */
import { describe, expect, it } from 'vitest';
import { createHash } from 'node:crypto';
import { createDnssecCrypto } from '../../../electron/crypto/dnssec-crypto.ts';
import { concatBytes } from '../../../shared/dns/bytes.ts';
import { canonicalWire } from '../../../shared/dns/name.ts';
import { algorithmToText, isDeprecatedAlgorithm } from '../../../shared/dnssec/algorithm.ts';
import { verifyDelegation } from '../../../shared/dnssec/delegation.ts';
import { AT, name, pick, readSignedZone, validationAt } from '../signed-answers/answers.ts';
import { makeKey, makeKeySet } from '../signed-answers/signer.ts';

const crypto = createDnssecCrypto();

describe('signature algorithms', () => {
  /** Number, mnemonic, validated here, to be used no more. */
  it.each([
    [1, 'RSAMD5', false, true],
    [3, 'DSA', false, true],
    [5, 'RSASHA1', true, true],
    [6, 'DSA-NSEC3-SHA1', false, true],
    [7, 'RSASHA1-NSEC3-SHA1', true, true],
    [8, 'RSASHA256', true, false],
    [10, 'RSASHA512', true, false],
    [12, 'ECC-GOST', false, true],
    [13, 'ECDSAP256SHA256', true, false],
    [14, 'ECDSAP384SHA384', true, false],
    [15, 'ED25519', true, false],
    [16, 'ED448', true, false],
    [17, 'SM2SM3', false, false],
    [23, 'ECC-GOST12', false, false],
    [253, 'algorithm 253', false, false],
  ])('%i is %s; validated: %s, deprecated: %s', (number, mnemonic, validated, deprecated) => {
    expect(algorithmToText(number)).toBe(mnemonic);
    expect(crypto.supportsAlgorithm(number)).toBe(validated);
    expect(isDeprecatedAlgorithm(number)).toBe(deprecated);
  });
});

describe('DS digests', () => {
  it.each([
    [0, undefined],
    [1, 20],
    [2, 32],
    [3, undefined],
    [4, 48],
    [5, undefined],
    [6, undefined],
  ])('type %i: %s octets', (digestType, octets) => {
    expect(crypto.digest(digestType, new Uint8Array(3))?.length).toBe(octets);
  });
});

describe('what is old but validated is told of', () => {
  it.each([
    ['rsasha1-nsec', ['algorithm-deprecated']],
    ['knot-nsec3rsasha1-nsec3', ['algorithm-deprecated']],
    ['rsasha256-nsec', []],
    ['knot-ed448-nsec', []],
  ])('in the zone %s: %j', (file, codes) => {
    const { trust, answer, zone } = readSignedZone(file);
    const dnskeys = pick(answer('example.', 'DNSKEY').answer, 'example.', 'DNSKEY');
    const verdict = verifyDelegation(zone, trust, dnskeys, validationAt(AT));
    expect(verdict.status).toBe('secure');
    expect(verdict.observations.map(({ code }) => code)).toEqual(codes);
  });

  it('where only a SHA-1 digest vouches for a key (RFC 9905 §2)', () => {
    const key = makeKey(257);
    const zone = name('example.');
    const data = concatBytes(canonicalWire(zone), key.dnskey.rdata);
    const ds = (digestType: number, hash: string) => ({
      keyTag: key.dnskey.keyTag,
      algorithm: 15,
      digestType,
      digest: createHash(hash).update(data).digest(),
    });
    const set = makeKeySet([key.dnskey], [key]);
    const codes = (...all: readonly ReturnType<typeof ds>[]) =>
      verifyDelegation(zone, { ds: all, dnskeys: [] }, set, validationAt()).observations.map(
        ({ code, parameters }) => `${code} ${String(parameters['mnemonic'])}`,
      );
    expect(codes(ds(1, 'sha1'))).toEqual(['algorithm-deprecated SHA-1']);
    expect(codes(ds(1, 'sha1'), ds(2, 'sha256'))).toEqual([]);
    expect(codes(ds(4, 'sha384'))).toEqual([]);
  });
});
