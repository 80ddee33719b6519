/** Signs RRsets with keys of its own, right or wrong in one chosen field, where no real signer would. */
import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { concatBytes, uint16Bytes, uint32Bytes } from '../../../shared/dns/bytes.ts';
import { canonicalWire, type Name } from '../../../shared/dns/name.ts';
import { TYPE } from '../../../shared/dns/record-type.ts';
import type { ResourceRecord, RRset } from '../../../shared/dns/record.ts';
import { makeRRset } from '../../../shared/dns/rrset.ts';
import { parseDnskey, type Dnskey } from '../../../shared/dnssec/dnskey.ts';
import type { Rrsig } from '../../../shared/dnssec/rrsig.ts';
import { signedData, signedName } from '../../../shared/dnssec/signed-data.ts';
import type { SignedRRset } from '../../../shared/dnssec/signed-rrset.ts';
import { AT, name } from './answers.ts';

const ED25519 = 15;
export const DAY = 86_400;

export interface SigningKey {
  readonly dnskey: Dnskey;
  readonly privateKey: KeyObject;
}

export type Wrong = Partial<Omit<Rrsig, 'signature'>>;

/** A zone key unless the flags or protocol say otherwise. */
export function makeKey(flags = 256, protocol = 3): SigningKey {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const point = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
  const dnskey = parseDnskey(
    concatBytes(uint16Bytes(flags), Uint8Array.of(protocol, ED25519), point),
  );
  if (dnskey === null) throw new Error('no key');
  return { dnskey, privateKey };
}

export function makeRRsetOf(records: readonly ResourceRecord[]): RRset {
  const rrset = makeRRset(records);
  if (rrset === null) throw new Error('no records');
  return rrset;
}

/** The RRSIG record of `key` over the records; `wrong` replaces fields before signing. */
export function makeSignature(
  rrset: RRset,
  key: SigningKey,
  zone: Name,
  wrong: Wrong = {},
): ResourceRecord {
  const fields: Rrsig = {
    typeCovered: rrset.type,
    algorithm: ED25519,
    labels: rrset.name.labels.length,
    originalTtl: 3600,
    expiration: AT + 20 * DAY,
    inception: AT - 10 * DAY,
    keyTag: key.dnskey.keyTag,
    signer: zone,
    signature: new Uint8Array(),
    ...wrong,
  };
  const owner = signedName(rrset.name, fields.labels) ?? rrset.name;
  const signature = sign(null, signedData(rrset, fields, owner), key.privateKey);
  return {
    name: rrset.name,
    type: TYPE.RRSIG,
    class: 1,
    ttl: 3600,
    rdata: rrsigRdata({ ...fields, signature }),
  };
}

export function rrsigRdata(rrsig: Rrsig): Uint8Array {
  return concatBytes(
    uint16Bytes(rrsig.typeCovered),
    Uint8Array.of(rrsig.algorithm, rrsig.labels),
    uint32Bytes(rrsig.originalTtl),
    uint32Bytes(rrsig.expiration),
    uint32Bytes(rrsig.inception),
    uint16Bytes(rrsig.keyTag),
    canonicalWire(rrsig.signer),
    rrsig.signature,
  );
}

export function makeSigned(
  records: readonly ResourceRecord[],
  key: SigningKey,
  zone: Name = name('example.'),
  wrong: Wrong = {},
): SignedRRset {
  const rrset = makeRRsetOf(records);
  return { rrset, signatures: [makeSignature(rrset, key, zone, wrong)] };
}

/** The DNSKEY RRset of those keys, signed by `signers`. */
export function makeKeySet(
  keys: readonly Dnskey[],
  signers: readonly SigningKey[],
  zone: Name = name('example.'),
): SignedRRset {
  const rrset = makeRRsetOf(
    keys.map((key) => ({ name: zone, type: TYPE.DNSKEY, class: 1, ttl: 3600, rdata: key.rdata })),
  );
  return { rrset, signatures: signers.map((key) => makeSignature(rrset, key, zone)) };
}
