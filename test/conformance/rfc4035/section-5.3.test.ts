/** RFC 4035 §5.3: what a signature has to fulfil, one rule broken at a time. */
import { describe, expect, it } from 'vitest';
import type { Dnskey } from '../../../shared/dnssec/dnskey.ts';
import { verifyRRset, type SignatureVerdict } from '../../../shared/dnssec/signature.ts';
import type { SignedRRset } from '../../../shared/dnssec/signed-rrset.ts';
import {
  AT,
  name,
  pick,
  readSignedZone,
  records,
  validationAt,
} from '../signed-answers/answers.ts';
import {
  DAY,
  makeKey,
  makeRRsetOf,
  makeSignature,
  makeSigned,
  type Wrong,
} from '../signed-answers/signer.ts';

const zone = name('example.');
const key = makeKey();
const address = records('host.example. 3600 IN A 192.0.2.1');

function verify(
  signed: SignedRRset,
  keys: readonly Dnskey[] = [key.dnskey],
  at = AT,
): SignatureVerdict {
  return verifyRRset(signed, { zone, keys }, validationAt(at));
}

function edeOf(verdict: SignatureVerdict): number | null {
  return verdict.status === 'valid' ? null : verdict.reason.ede;
}

function codesOf(verdict: SignatureVerdict): readonly string[] {
  return verdict.observations.map((each) => each.code);
}

describe('RRsets as independent signers signed them', () => {
  it.each([
    ['rsasha1-nsec', 5],
    ['nsec3rsasha1-nsec3', 7],
    ['rsasha256-nsec', 8],
    ['rsasha512-nsec3', 10],
    ['ecdsap256-nsec', 13],
    ['ecdsap384-nsec', 14],
    ['ed25519-nsec3', 15],
    ['ed448-nsec', 16],
    ['ldns-rsasha256-nsec3', 8],
    ['ldns-ed25519-nsec', 15],
  ])('verify: %s, algorithm %i', (variant, algorithm) => {
    const signed = readSignedZone(variant);
    const set = pick(signed.answer('mail.example.', 'A').answer, 'mail.example.', 'A');
    const verdict = verifyRRset(set, signed.keys, validationAt());
    expect(verdict).toMatchObject({ status: 'valid', key: { algorithm }, expansion: null });
    expect(codesOf(verdict)).toEqual(algorithm < 8 ? ['algorithm-deprecated'] : []);
  });

  it('verify with names in upper case, which are signed in lower case (RFC 4034 §6.2)', () => {
    const signed = readSignedZone('ecdsap256-nsec');
    const upper = signed.answer('upper.case.example.', 'TXT').answer;
    expect(
      verifyRRset(pick(upper, 'upper.case.example.', 'TXT'), signed.keys, validationAt()).status,
    ).toBe('valid');
    const mx = signed.answer('example.', 'MX').answer;
    expect(verifyRRset(pick(mx, 'example.', 'MX'), signed.keys, validationAt()).status).toBe(
      'valid',
    );
  });

  it('verify in any order of records, and with one sent twice (RFC 4034 §6.3)', () => {
    const signed = readSignedZone('ecdsap256-nsec');
    const set = pick(signed.answer('mail.example.', 'A').answer, 'mail.example.', 'A');
    const [first, second] = set.rrset.records;
    if (first === undefined || second === undefined) throw new Error('not two records');
    for (const order of [
      [first, second],
      [second, first],
      [second, first, second],
    ]) {
      const rrset = { ...set.rrset, records: order };
      expect(verifyRRset({ ...set, rrset }, signed.keys, validationAt()).status).toBe('valid');
    }
    const without = { ...set.rrset, records: [first] };
    expect(verifyRRset({ ...set, rrset: without }, signed.keys, validationAt()).status).toBe(
      'bogus',
    );
  });

  it('verify whatever a cache has made of the TTL (RFC 4035 §5.3.2)', () => {
    const signed = readSignedZone('ecdsap256-nsec');
    const set = pick(signed.answer('mail.example.', 'A').answer, 'mail.example.', 'A');
    const aged = {
      ...set.rrset,
      ttl: 5,
      records: set.rrset.records.map((each) => ({ ...each, ttl: 5 })),
    };
    expect(verifyRRset({ ...set, rrset: aged }, signed.keys, validationAt())).toMatchObject({
      status: 'valid',
      ttl: 5,
    });
  });
});

describe('a signature is refused', () => {
  const refused: readonly (readonly [string, Wrong, number])[] = [
    ['of another type', { typeCovered: 28 }, 6],
    ['by a zone above', { signer: name('.') }, 6],
    ['by a zone below', { signer: name('host.example.') }, 6],
    ['by a zone aside', { signer: name('example.net.') }, 6],
    ['for more labels than the owner has', { labels: 3 }, 6],
    ['for fewer labels than its own zone has', { labels: 0 }, 6],
    ['with a key tag that no key has', { keyTag: (key.dnskey.keyTag + 1) & 0xffff }, 9],
    ['of an algorithm that the key is not of', { algorithm: 13 }, 9],
    ['of an algorithm that is not supported', { algorithm: 3 }, 10],
    ['that expired a second ago', { expiration: AT - 1 }, 7],
    ['that becomes valid in a second', { inception: AT + 1 }, 8],
  ];
  it.each(refused)('%s', (_, wrong, ede) => {
    const verdict = verify(makeSigned(address, key, zone, wrong));
    expect(verdict.status).toBe('bogus');
    expect(edeOf(verdict)).toBe(ede);
  });

  it('whose bytes are not of the data', () => {
    const set = makeSigned(address, key);
    const other = makeRRsetOf(records('host.example. 3600 IN A 192.0.2.2'));
    expect(codesOf(verify({ ...set, rrset: other }))).toEqual(['rrsig-invalid']);
  });

  it('that stands at another owner', () => {
    const set = makeSigned(address, key);
    const moved = { ...set.rrset, name: name('other.example.') };
    expect(verify({ ...set, rrset: moved }).status).toBe('bogus');
  });

  it('that is of another class', () => {
    const set = makeSigned(address, key);
    const signatures = set.signatures.map((each) => ({ ...each, class: 3 }));
    expect(verify({ ...set, signatures }).status).toBe('bogus');
  });

  it('that is cut off', () => {
    const set = makeSigned(address, key);
    const signatures = set.signatures.map((each) => ({
      ...each,
      rdata: each.rdata.subarray(0, 20),
    }));
    expect(verify({ ...set, signatures }).status).toBe('bogus');
  });

  it('when it is not there', () => {
    const verdict = verify({ ...makeSigned(address, key), signatures: [] });
    expect([edeOf(verdict), ...codesOf(verdict)]).toEqual([10, 'rrsig-missing']);
  });

  it.each([
    ['without the zone flag (RFC 4034 §2.1.1)', makeKey(0), 11],
    ['of a protocol that is not 3 (RFC 4034 §2.1.2)', makeKey(256, 2), 11],
    ['that is revoked (RFC 5011 §2.1)', makeKey(0x0180), 9],
  ])('by a key %s', (_, unfit, ede) => {
    const verdict = verify(makeSigned(address, unfit), [unfit.dnskey]);
    expect(verdict.status).toBe('bogus');
    expect(edeOf(verdict)).toBe(ede);
  });

  it('by a DS RRset’s own zone, whose parent has to sign it (RFC 4035 §2.4)', () => {
    const ds = records(
      'example. 3600 IN DS 1 13 2 00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff',
    );
    expect(verify(makeSigned(ds, key)).status).toBe('bogus');
  });
});

describe('the validity period', () => {
  it('includes both of its ends', () => {
    const set = makeSigned(address, key, zone, { inception: AT, expiration: AT });
    expect(verify(set).status).toBe('valid');
  });

  it('is read as serial numbers, across the turn of 32 bits (RFC 4034 §3.1.5, RFC 1982)', () => {
    const turn = 2 ** 32;
    const set = makeSigned(address, key, zone, { inception: turn - DAY, expiration: DAY });
    expect(verify(set, [key.dnskey], turn - 5).status).toBe('valid');
    expect(verify(set, [key.dnskey], turn + 5).status).toBe('valid');
    expect(edeOf(verify(set, [key.dnskey], turn + DAY + 1))).toBe(7);
    expect(edeOf(verify(set, [key.dnskey], turn - DAY - 1))).toBe(8);
    const beyond = makeSigned(address, key, zone, { inception: 10, expiration: DAY });
    expect(edeOf(verify(beyond, [key.dnskey], turn - 5))).toBe(8);
  });

  it('bounds the time the data may be kept (RFC 4035 §5.3.3)', () => {
    expect(verify(makeSigned(address, key))).toMatchObject({ ttl: 3600 });
    expect(verify(makeSigned(address, key, zone, { originalTtl: 60 }))).toMatchObject({ ttl: 60 });
    expect(verify(makeSigned(address, key, zone, { expiration: AT + 7 }))).toMatchObject({
      ttl: 7,
    });
  });

  it('is near its end when less than a tenth is left', () => {
    const span = { inception: AT - 9 * DAY, expiration: AT + DAY };
    expect(codesOf(verify(makeSigned(address, key, zone, span)))).toEqual([]);
    const later = verify(makeSigned(address, key, zone, span), [key.dnskey], AT + 1);
    expect(codesOf(later)).toEqual(['rrsig-expiring']);
  });
});

describe('wildcards (RFC 4035 §5.3.2 and §5.3.4)', () => {
  const deep = records('a.b.example. 3600 IN A 192.0.2.1');
  it('are told by the labels field, with the name that has to be denied', () => {
    const verdict = verify(makeSigned(deep, key, zone, { labels: 1 }));
    if (verdict.status !== 'valid') throw new Error(verdict.reason.text);
    expect(verdict.expansion?.wildcard.key).toBe('*.example');
    expect(verdict.expansion?.closestEncloser.key).toBe('example');
    expect(verdict.expansion?.nextCloser.key).toBe('b.example');
  });

  it('are no expansion when asked for by their own name', () => {
    const own = records('*.example. 3600 IN A 192.0.2.1');
    expect(verify(makeSigned(own, key, zone, { labels: 1 }))).toMatchObject({
      status: 'valid',
      expansion: null,
    });
  });

  it('do not count the asterisk as a label (RFC 4034 §3.1.3)', () => {
    const own = records('*.example. 3600 IN A 192.0.2.1');
    expect(verify(makeSigned(own, key, zone, { labels: 2 })).status).toBe('bogus');
  });

  it('do not let one owner’s data appear at another without their signature', () => {
    const set = makeSigned(deep, key);
    const moved = { ...set.rrset, name: name('c.b.example.') };
    const signatures = set.signatures.map((each) => ({ ...each, name: moved.name }));
    expect(verify({ rrset: moved, signatures }).status).toBe('bogus');
  });
});

describe('several signatures', () => {
  const second = makeKey();
  const rrset = makeRRsetOf(address);
  const good = makeSignature(rrset, key, zone);
  const broken = {
    ...good,
    rdata: good.rdata.map((byte, index) => (index === good.rdata.length - 1 ? byte ^ 1 : byte)),
  };
  const expired = makeSignature(rrset, second, zone, { expiration: AT - 1 });

  it('need only one that is good (RFC 6840 §5.11)', () => {
    for (const signatures of [
      [expired, good],
      [good, expired],
      [broken, good],
      [broken, expired, good],
    ]) {
      expect(verify({ rrset, signatures }, [key.dnskey, second.dnskey])).toMatchObject({
        status: 'valid',
        observations: [],
      });
    }
  });

  it('have the longest-lasting one speak for them, so that a dying one beside it raises no warning', () => {
    const dying = makeSignature(rrset, second, zone, { expiration: AT + 60 });
    const verdict = verify({ rrset, signatures: [dying, good] }, [key.dnskey, second.dnskey]);
    expect(codesOf(verdict)).toEqual([]);
    expect(codesOf(verify({ rrset, signatures: [dying] }, [second.dnskey]))).toEqual([
      'rrsig-expiring',
    ]);
  });

  it('that all fail give the reason of the one that got furthest', () => {
    const foreign = makeSignature(rrset, second, name('.'));
    expect(edeOf(verify({ rrset, signatures: [foreign, expired] }, [second.dnskey]))).toBe(7);
  });
});
