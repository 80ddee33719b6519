/** RFC 6840 §5: what a validator has to bear with, and what it may not insist on. */
import { describe, expect, it } from 'vitest';
import { createHash } from 'node:crypto';
import { concatBytes } from '../../../shared/dns/bytes.ts';
import { canonicalRdata } from '../../../shared/dns/canonical.ts';
import { canonicalWire, nameToWire } from '../../../shared/dns/name.ts';
import { TYPE, typeToText } from '../../../shared/dns/record-type.ts';
import { verifyDelegation } from '../../../shared/dnssec/delegation.ts';
import type { CryptoPort } from '../../../shared/dnssec/crypto-port.ts';
import type { Dnskey } from '../../../shared/dnssec/dnskey.ts';
import type { Ds } from '../../../shared/dnssec/ds.ts';
import { verifyRRset } from '../../../shared/dnssec/signature.ts';
import type { Validation } from '../../../shared/dnssec/work.ts';
import { name, records, validationAt } from '../signed-answers/answers.ts';
import { makeKey, makeKeySet, makeSignature, makeSigned } from '../signed-answers/signer.ts';

const zone = name('example.');
const UPPER = nameToWire(name('Host.Example.'));
const LOWER = canonicalWire(name('Host.Example.'));

/** RDATA of each type with a name of mixed case where the type has one; null: no such type here. */
function withName(type: number, wire: Uint8Array): Uint8Array {
  const numbers = (count: number): Uint8Array => new Uint8Array(count).fill(1);
  switch (type) {
    case TYPE.SOA:
      return concatBytes(wire, wire, numbers(20));
    case TYPE.MINFO:
    case TYPE.RP:
      return concatBytes(wire, wire);
    case TYPE.MX:
    case TYPE.AFSDB:
    case TYPE.RT:
    case TYPE.KX:
      return concatBytes(numbers(2), wire);
    case TYPE.PX:
      return concatBytes(numbers(2), wire, wire);
    case TYPE.SRV:
      return concatBytes(numbers(6), wire);
    case TYPE.NAPTR:
      return concatBytes(numbers(4), Uint8Array.of(1, 0x53, 1, 0x53, 0), wire);
    case TYPE.SIG:
    case TYPE.RRSIG:
      return concatBytes(numbers(18), wire, numbers(8));
    case TYPE.A6:
      // A prefix of 64 bits leaves 64 for the address.
      return concatBytes(Uint8Array.of(64), numbers(8), wire);
    case TYPE.NXT:
    case TYPE.NSEC:
      return concatBytes(wire, Uint8Array.of(0, 1, 0x40));
    case TYPE.SVCB:
    case TYPE.HTTPS:
      return concatBytes(numbers(2), wire);
    default:
      return wire;
  }
}

describe('§5.1: names in RDATA', () => {
  const lowered = [
    'NS MD MF CNAME SOA MB MG MR PTR MINFO MX RP AFSDB RT SIG PX NXT NAPTR KX SRV DNAME A6 RRSIG',
  ]
    .join('')
    .split(' ');
  it.each(lowered)('are lower-cased in %s, which is on the list', (mnemonic) => {
    const number = Object.entries(TYPE).find(([key]) => key === mnemonic)?.[1] ?? 0;
    expect(typeToText(number)).toBe(mnemonic);
    expect(canonicalRdata(number, withName(number, UPPER))).toEqual(withName(number, LOWER));
  });

  it.each(['NSEC', 'SVCB', 'HTTPS', 'LP', 'TALINK', 'DSYNC', 'TXT', 'HINFO'])(
    'are left alone in %s',
    (mnemonic) => {
      const number = Object.entries(TYPE).find(([key]) => key === mnemonic)?.[1] ?? 0;
      const sent = withName(number, UPPER);
      expect(canonicalRdata(number, sent)).toEqual(sent);
    },
  );

  it('of an A6 record without a prefix are not there to be lower-cased', () => {
    const address = concatBytes(Uint8Array.of(0), new Uint8Array(16).fill(0x41));
    expect(canonicalRdata(TYPE.A6, address)).toEqual(address);
  });
});

const key = makeKey(257);

function dsOf({ keyTag, algorithm, rdata }: Dnskey, digestType = 2): Ds {
  const hash = digestType === 1 ? 'sha1' : digestType === 4 ? 'sha384' : 'sha256';
  const data = concatBytes(canonicalWire(zone), rdata);
  return { keyTag, algorithm, digestType, digest: createHash(hash).update(data).digest() };
}

function delegation(ds: readonly Ds[], keys = [key], validation = validationAt()) {
  const set = makeKeySet(
    keys.map((each) => each.dnskey),
    keys,
  );
  return verifyDelegation(zone, { ds, dnskeys: [] }, set, validation);
}

describe('§5.2: DS records with digests or algorithms that are not known', () => {
  const unknownDigest: Ds = { ...dsOf(key.dnskey), digestType: 99 };
  const unknownAlgorithm: Ds = { ...dsOf(key.dnskey), algorithm: 99 };
  it.each([
    ['alone leave the zone insecure', [unknownDigest], 'insecure', 2],
    ['of unknown algorithm alone leave it insecure', [unknownAlgorithm], 'insecure', 1],
    ['both kinds leave it insecure', [unknownDigest, unknownAlgorithm], 'insecure', 2],
  ] as const)('%s', (_, ds, status, ede) => {
    expect(delegation(ds)).toMatchObject({ status, reason: { ede } });
  });

  it('beside one that is known are passed over', () => {
    const good = dsOf(key.dnskey);
    for (const ds of [
      [unknownDigest, good],
      [good, unknownAlgorithm],
    ]) {
      expect(delegation(ds).status).toBe('secure');
    }
  });

  it('beside one that is known and wrong do not make the zone insecure', () => {
    const wrong = { ...dsOf(key.dnskey), digest: new Uint8Array(32) };
    expect(delegation([unknownDigest, wrong]).status).toBe('bogus');
    expect(delegation([unknownAlgorithm, wrong]).status).toBe('bogus');
  });
});

it('§5.3: private algorithms are algorithms that are not known', () => {
  for (const algorithm of [253, 254]) {
    const verdict = delegation([{ ...dsOf(key.dnskey), algorithm }]);
    expect(verdict).toMatchObject({ status: 'insecure', reason: { ede: 1 } });
  }
});

describe('§5.4: keys that share a tag', () => {
  // The tag is a sum of 16-bit words: words that change places leave it as it is.
  const real = makeKey(256);
  const twin: Dnskey = { ...real.dnskey, publicKey: makeKey(256).dnskey.publicKey };
  const set = makeSigned(records('host.example. 60 A 192.0.2.1'), real);
  it('are each tried', () => {
    for (const keys of [
      [twin, real.dnskey],
      [real.dnskey, twin],
    ]) {
      expect(verifyRRset(set, { zone, keys }, validationAt()).status).toBe('valid');
    }
    expect(verifyRRset(set, { zone, keys: [twin] }, validationAt()).status).toBe('bogus');
  });
});

describe('§5.11: algorithms', () => {
  const second = makeKey(257);
  it('any one DS that leads to a signed key suffices', () => {
    const stale = { ...dsOf(makeKey(257).dnskey) };
    expect(delegation([stale, dsOf(key.dnskey)]).status).toBe('secure');
    expect(delegation([dsOf(second.dnskey), dsOf(key.dnskey)], [key]).status).toBe('secure');
  });

  it('no signature is demanded of each algorithm that the DS records or keys name', () => {
    const foreign: Dnskey = { ...second.dnskey, algorithm: 13, keyTag: 1 };
    const set = makeSigned(records('host.example. 60 A 192.0.2.1'), key);
    const keys = [key.dnskey, foreign];
    expect(verifyRRset(set, { zone, keys }, validationAt()).status).toBe('valid');
    expect(delegation([{ ...dsOf(foreign), algorithm: 13 }, dsOf(key.dnskey)]).status).toBe(
      'secure',
    );
  });

  it('a signature of an algorithm that is not known harms none that is', () => {
    const [address] = [records('host.example. 60 A 192.0.2.1')];
    const set = makeSigned(address, key);
    const strange = makeSignature(set.rrset, key, zone, { algorithm: 99 });
    const both = { ...set, signatures: [strange, ...set.signatures] };
    expect(verifyRRset(both, { zone, keys: [key.dnskey] }, validationAt()).status).toBe('valid');
    const alone = { ...set, signatures: [strange] };
    expect(verifyRRset(alone, { zone, keys: [key.dnskey] }, validationAt())).toMatchObject({
      status: 'bogus',
      reason: { ede: 10 },
    });
  });
});

it('§5.12: signatures by keys that the zone does not have are ignored, unchecked', () => {
  const set = makeSigned(records('host.example. 60 A 192.0.2.1'), key);
  const strangers = Array.from({ length: 20 }, () => makeSignature(set.rrset, makeKey(), zone));
  const plain = validationAt();
  let verified = 0;
  const crypto: CryptoPort = {
    ...plain.crypto,
    verify: (...input) => {
      verified += 1;
      return plain.crypto.verify(...input);
    },
  };
  const validation: Validation = { ...plain, crypto };
  const crowded = { ...set, signatures: [...strangers, ...set.signatures] };
  expect(verifyRRset(crowded, { zone, keys: [key.dnskey] }, validation).status).toBe('valid');
  expect(verified).toBe(1);
});
