// Signs what no signer would sign, with the zones' own keys: that is what tells validators apart (RFC 4034 §3).
import { createPrivateKey, createHash, sign, type JsonWebKey, type KeyObject } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { concatBytes, uint16Bytes, uint32Bytes } from '../../shared/dns/bytes.ts';
import { canonicalWire, isWildcard, nameFromText, type Name } from '../../shared/dns/name.ts';
import type { ResourceRecord } from '../../shared/dns/record.ts';
import { TYPE } from '../../shared/dns/record-type.ts';
import { makeRRset } from '../../shared/dns/rrset.ts';
import { parseZoneFile } from '../../shared/dns/zone-file.ts';
import { keyTagOf } from '../../shared/dnssec/dnskey.ts';
import type { Rrsig } from '../../shared/dnssec/rrsig.ts';
import { signedData, signedName } from '../../shared/dnssec/signed-data.ts';

export interface ForgingKey {
  readonly zone: Name;
  readonly algorithm: number;
  readonly dnskey: Uint8Array;
  readonly keyTag: number;
  readonly isEntryPoint: boolean;
  readonly privateKey: KeyObject;
}

/** Fields of the RRSIG that shall not be what a signer would write; they are signed as they are. */
export type Oddities = Partial<Omit<Rrsig, 'signature'>> & {
  /** The owner name that goes into the signed data. */
  readonly signedAs?: Name;
  readonly ttl?: number;
};

const DAY = 86_400;

export function now(): number {
  return Math.floor(Date.now() / 1000);
}

/** All records must be of one RRset. */
export function signature(
  records: readonly ResourceRecord[],
  key: ForgingKey,
  odd: Oddities = {},
): ResourceRecord {
  const rrset = makeRRset(records);
  if (rrset === null) throw new Error('there is nothing to sign');
  const owner = rrset.name;
  const { signedAs, ttl, ...fields } = odd;
  const rrsig: Rrsig = {
    typeCovered: rrset.type,
    algorithm: key.algorithm,
    labels: owner.labels.length - (isWildcard(owner) ? 1 : 0),
    originalTtl: rrset.ttl,
    expiration: now() + 20 * DAY,
    inception: now() - DAY,
    keyTag: key.keyTag,
    signer: key.zone,
    ...fields,
    signature: new Uint8Array(0),
  };
  const name = signedAs ?? signedName(owner, rrsig.labels) ?? owner;
  const bytes = signBytes(signedData(rrset, rrsig, name), key);
  return {
    name: owner,
    type: TYPE.RRSIG,
    class: rrset.class,
    ttl: ttl ?? rrset.ttl,
    rdata: rrsigRdata(rrsig, bytes),
  };
}

export function rrsigRdata(rrsig: Rrsig, bytes: Uint8Array): Uint8Array {
  return concatBytes(
    uint16Bytes(rrsig.typeCovered),
    Uint8Array.of(rrsig.algorithm, rrsig.labels),
    uint32Bytes(rrsig.originalTtl >>> 0),
    uint32Bytes(rrsig.expiration >>> 0),
    uint32Bytes(rrsig.inception >>> 0),
    uint16Bytes(rrsig.keyTag),
    canonicalWire(rrsig.signer),
    bytes,
  );
}

function signBytes(data: Uint8Array, { algorithm, privateKey }: ForgingKey): Uint8Array {
  if (algorithm === 15) return sign(null, data, privateKey);
  if (algorithm === 8) return sign('sha256', data, privateKey);
  return sign('sha256', data, { key: privateKey, dsaEncoding: 'ieee-p1363' });
}

/** RFC 4034 §5.1.4. */
export function dsRdata(
  zone: Name,
  dnskey: Uint8Array,
  digestType: 1 | 2 | 4,
  odd: { readonly keyTag?: number; readonly algorithm?: number; readonly type?: number } = {},
): Uint8Array {
  const hash = { 1: 'sha1', 2: 'sha256', 4: 'sha384' }[digestType];
  const digest = createHash(hash).update(canonicalWire(zone)).update(dnskey).digest();
  return concatBytes(
    uint16Bytes(odd.keyTag ?? keyTagOf(dnskey)),
    Uint8Array.of(odd.algorithm ?? dnskey[3] ?? 0, odd.type ?? digestType),
    digest,
  );
}

/** The keys that dnssec-keygen left in a folder, the entry point first. */
export function readKeys(folder: string, zone: Name): readonly ForgingKey[] {
  const keys = readdirSync(folder)
    .filter((file) => file.endsWith('.private'))
    .map((file) => readKey(join(folder, file), zone));
  return keys.sort((one, other) => Number(other.isEntryPoint) - Number(one.isEntryPoint));
}

function readKey(file: string, zone: Name): ForgingKey {
  const text = readFileSync(file, 'latin1');
  const publicText = readFileSync(file.replace(/private$/, 'key'), 'latin1');
  const [record] = records(publicText);
  if (record === undefined) throw new Error(`${file} has no public half`);
  const field = (name: string): string => {
    const value = new RegExp(`^${name}: (.*)$`, 'm').exec(text)?.[1] ?? '';
    return Buffer.from(value.trim(), 'base64').toString('base64url');
  };
  const algorithm = record.rdata[3] ?? 0;
  const point = Buffer.from(record.rdata.subarray(4));
  const half = (start: number): string => point.subarray(start, start + 32).toString('base64url');
  const jwk: JsonWebKey =
    algorithm === 8
      ? {
          kty: 'RSA',
          n: field('Modulus'),
          e: field('PublicExponent'),
          d: field('PrivateExponent'),
          p: field('Prime1'),
          q: field('Prime2'),
          dp: field('Exponent1'),
          dq: field('Exponent2'),
          qi: field('Coefficient'),
        }
      : algorithm === 13
        ? { kty: 'EC', crv: 'P-256', d: field('PrivateKey'), x: half(0), y: half(32) }
        : { kty: 'OKP', crv: 'Ed25519', d: field('PrivateKey'), x: half(0) };
  return {
    zone,
    algorithm,
    dnskey: record.rdata,
    keyTag: keyTagOf(record.rdata),
    isEntryPoint: ((record.rdata[1] ?? 0) & 1) === 1,
    privateKey: createPrivateKey({ key: jwk, format: 'jwk' }),
  };
}

/** Zone-file lines with absolute names. */
export function records(text: string): readonly ResourceRecord[] {
  const parsed = parseZoneFile(text);
  if (!parsed.ok) throw new Error(`cannot read: ${text}`);
  return parsed.value;
}

export function name(text: string): Name {
  const read = nameFromText(text);
  if (!read.ok) throw new Error(`not a name: ${text}`);
  return read.value;
}
