/** Work stays within its bounds, whatever a zone sends (KeyTrap, CVE-2023-50387 and CVE-2023-50868). */
import { describe, expect, it } from 'vitest';
import { concatBytes, toBase32Hex, uint16Bytes } from '../../../../shared/dns/bytes.ts';
import { nameFromText, type Name } from '../../../../shared/dns/name.ts';
import { TYPE } from '../../../../shared/dns/record-type.ts';
import type { CryptoPort } from '../../../../shared/dnssec/crypto-port.ts';
import { verifyDelegation } from '../../../../shared/dnssec/delegation.ts';
import { denialRecords, proveNameError } from '../../../../shared/dnssec/denial.ts';
import { parseDnskey, type Dnskey } from '../../../../shared/dnssec/dnskey.ts';
import type { Ds } from '../../../../shared/dnssec/ds.ts';
import { nsec3Hash } from '../../../../shared/dnssec/nsec3-hash.ts';
import { verifyRRset } from '../../../../shared/dnssec/signature.ts';
import { createWork, type Validation } from '../../../../shared/dnssec/work.ts';
import { name, records, validationAt } from '../../../conformance/signed-answers/answers.ts';
import {
  makeKey,
  makeKeySet,
  makeRRsetOf,
  makeSignature,
  makeSigned,
} from '../../../conformance/signed-answers/signer.ts';

const zone = name('example.');
const rrset = makeRRsetOf(records('host.example. 3600 IN A 192.0.2.1'));
const key = makeKey();

/** Counts what is asked of the cryptography. */
function counting(): Validation & {
  readonly count: { verify: number; sha1: number; digest: number };
} {
  const validation = validationAt();
  const count = { verify: 0, sha1: 0, digest: 0 };
  const crypto: CryptoPort = {
    ...validation.crypto,
    verify(...given) {
      count.verify += 1;
      return validation.crypto.verify(...given);
    },
    sha1(data) {
      count.sha1 += 1;
      return validation.crypto.sha1(data);
    },
    digest(...given) {
      count.digest += 1;
      return validation.crypto.digest(...given);
    },
  };
  return { ...validation, crypto, count };
}

/** Another key of the same tag: the last two octets make up the difference in the sum. */
function sameTag(tag: number, seed: number): Dnskey {
  for (let last = 0; last < 0x10000; last++) {
    const rdata = concatBytes(
      Uint8Array.of(1, 0, 3, 15),
      new Uint8Array(30).fill(seed),
      uint16Bytes(last),
    );
    const candidate = parseDnskey(rdata);
    if (candidate?.keyTag === tag) return candidate;
  }
  throw new Error('no key of that tag');
}

function limitsOf(verdict: { observations: readonly { code: string; parameters: object }[] }) {
  return verdict.observations.flatMap((each) =>
    each.code === 'limit-reached' ? [each.parameters] : [],
  );
}

describe('signatures', () => {
  const good = makeSignature(rrset, key, zone);
  const bad = (index: number) =>
    makeSignature(rrset, makeKey(), zone, { keyTag: key.dnskey.keyTag, inception: index });

  it('of one RRset are tried eight times at most, and the rest count for nothing', () => {
    const few = counting();
    const seven = Array.from({ length: 7 }, (_, index) => bad(index));
    expect(
      verifyRRset({ rrset, signatures: [...seven, good] }, { zone, keys: [key.dnskey] }, few)
        .status,
    ).toBe('valid');
    const many = counting();
    const flood = Array.from({ length: 500 }, (_, index) => bad(index));
    const verdict = verifyRRset(
      { rrset, signatures: [...flood, good] },
      { zone, keys: [key.dnskey] },
      many,
    );
    expect(verdict.status).toBe('bogus');
    expect(many.count.verify).toBe(8);
    expect(limitsOf(verdict)).toEqual([{ limit: 'MAX_SIGNATURES_PER_RRSET' }]);
  });

  it('are tried with two keys of one tag at most', () => {
    const tag = key.dnskey.keyTag;
    const two = counting();
    const pair = [sameTag(tag, 1), key.dnskey];
    expect(verifyRRset({ rrset, signatures: [good] }, { zone, keys: pair }, two).status).toBe(
      'valid',
    );
    const three = counting();
    const keys = [sameTag(tag, 1), sameTag(tag, 2), key.dnskey];
    const verdict = verifyRRset({ rrset, signatures: [good] }, { zone, keys }, three);
    expect(verdict.status).toBe('bogus');
    expect(three.count.verify).toBe(2);
    expect(limitsOf(verdict)).toEqual([{ limit: 'MAX_KEYS_PER_TAG' }]);
  });
});

describe('one look-up', () => {
  it('makes sixteen validations at most', () => {
    const validation = counting();
    const set = { rrset, signatures: [makeSignature(rrset, key, zone)] };
    const statuses = Array.from(
      { length: 20 },
      () => verifyRRset(set, { zone, keys: [key.dnskey] }, validation).status,
    );
    expect(statuses.filter((status) => status === 'valid')).toHaveLength(16);
    expect(validation.count.verify).toBe(16);
    expect(validation.work.exceeded()).toBe('MAX_VALIDATIONS_PER_LOOK_UP');
  });

  it('has eight validations fail at most', () => {
    const validation = counting();
    const set = {
      rrset,
      signatures: [makeSignature(rrset, makeKey(), zone, { keyTag: key.dnskey.keyTag })],
    };
    for (let round = 0; round < 20; round++)
      verifyRRset(set, { zone, keys: [key.dnskey] }, validation);
    expect(validation.count.verify).toBe(8);
    expect(validation.work.exceeded()).toBe('MAX_VALIDATION_FAILURES_PER_LOOK_UP');
  });

  it('starts anew for the next one', () => {
    expect(createWork().exceeded()).toBeNull();
  });
});

describe('DS records', () => {
  const ksk = makeKey(257);
  const wrong = (digestType: number): Ds => ({
    keyTag: ksk.dnskey.keyTag,
    algorithm: 15,
    digestType,
    digest: new Uint8Array(32),
  });

  it('that do not fit the key they name are four at most', () => {
    const validation = counting();
    const ds = Array.from({ length: 100 }, () => wrong(2));
    const verdict = verifyDelegation(
      zone,
      { ds, dnskeys: [] },
      makeKeySet([ksk.dnskey], [ksk]),
      validation,
    );
    expect(verdict.status).toBe('bogus');
    expect(validation.count.digest).toBe(4);
    expect(limitsOf(verdict)).toEqual([{ limit: 'MAX_DS_MISMATCHES' }]);
  });

  it('are compared with two keys of the tag they name at most', () => {
    const validation = counting();
    const tag = ksk.dnskey.keyTag;
    const keys = [sameTag(tag, 1), sameTag(tag, 2), sameTag(tag, 3), ksk.dnskey];
    const verdict = verifyDelegation(
      zone,
      { ds: [wrong(2)], dnskeys: [] },
      makeKeySet(keys, [ksk]),
      validation,
    );
    expect(verdict.status).toBe('bogus');
    expect(validation.count.digest).toBe(2);
    expect(limitsOf(verdict)).toEqual([{ limit: 'MAX_KEYS_PER_TAG' }]);
  });
});

describe('NSEC3', () => {
  const parsed = (text: string): Name => {
    const result = nameFromText(text);
    if (!result.ok) throw new Error(text);
    return result.value;
  };
  const salt = Uint8Array.of(1);
  const hashOf = (owner: Name, iterations: number) =>
    nsec3Hash(owner, { iterations, salt }, validationAt().crypto);
  /** An NSEC3 for `owner` that covers everything but its hash. */
  const nsec3 = (owner: Name, iterations: number) => {
    const hash = hashOf(owner, iterations);
    const rdata = concatBytes(
      Uint8Array.of(1, 0),
      uint16Bytes(iterations),
      Uint8Array.of(1, 1, 20),
      hash,
      Uint8Array.of(0, 1, 0x02),
    );
    const label = toBase32Hex(hash);
    return makeSigned(
      [{ name: parsed(`${label}.example.`), type: TYPE.NSEC3, class: 1, ttl: 60, rdata }],
      key,
    );
  };
  const prove = (asked: string, encloser: string, iterations: number) => {
    const validation = counting();
    const denial = denialRecords(
      [nsec3(parsed(encloser), iterations)],
      { zone, keys: [key.dnskey] },
      validation,
    );
    const before = validation.count.sha1;
    const verdict = proveNameError(denial, parsed(asked));
    return { verdict, hashed: validation.count.sha1 - before };
  };

  it('hashes a name eight times at most for one proof', () => {
    const deep = `${'a.'.repeat(20)}example.`;
    const { verdict, hashed } = prove(deep, `${'a.'.repeat(12)}example.`, 0);
    expect(verdict.status).toBe('bogus');
    expect(hashed).toBe(8);
    expect(limitsOf(verdict)).toEqual([{ limit: 'MAX_NSEC3_HASHES_PER_PROOF' }]);
  });

  it('still proves the absence of a deep name whose closest encloser is the apex', () => {
    const { verdict, hashed } = prove(`${'a.'.repeat(30)}example.`, 'example.', 0);
    expect(verdict.status).toBe('secure');
    expect(hashed).toBeLessThanOrEqual(8);
  });

  it.each([29, 28, 27, 1, 2])(
    'still proves the absence of a name of 30 labels below the apex whose closest encloser has %i',
    (labels) => {
      const encloser = `${'a.'.repeat(labels)}example.`;
      const { verdict, hashed } = prove(`${'a.'.repeat(30)}example.`, encloser, 0);
      expect(verdict.status).toBe('secure');
      expect(hashed).toBeLessThanOrEqual(8);
    },
  );

  it('is not hashed at all above fifty iterations, and hashed at fifty', () => {
    expect(prove('nope.example.', 'example.', 51)).toMatchObject({
      verdict: { status: 'insecure' },
      hashed: 0,
    });
    expect(prove('nope.example.', 'example.', 50).verdict.status).toBe('secure');
  });

  it('looks at eight NSEC and NSEC3 RRsets of a response', () => {
    const validation = counting();
    const sets = Array.from({ length: 30 }, (_, index) => nsec3(parsed(`n${index}.example.`), 0));
    const denial = denialRecords(sets, { zone, keys: [key.dnskey] }, validation);
    expect(denial.nsec3).toHaveLength(8);
    expect(limitsOf(denial)).toEqual([{ limit: 'MAX_DENIAL_RRSETS' }]);
  });
});
