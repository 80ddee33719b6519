/** Denial records made by hand, for what no honest signer would make. */
import { concatBytes, toBase32Hex, uint16Bytes } from '../../../shared/dns/bytes.ts';
import { canonicalWire } from '../../../shared/dns/name.ts';
import { TYPE } from '../../../shared/dns/record-type.ts';
import { writeTypeBitmap } from '../../../shared/dns/type-bitmap.ts';
import { denialRecords, type DenialRecords } from '../../../shared/dnssec/denial.ts';
import { nsec3Hash } from '../../../shared/dnssec/nsec3-hash.ts';
import type { SignedRRset } from '../../../shared/dnssec/signed-rrset.ts';
import { name, type, validationAt } from './answers.ts';
import { makeKey, makeSigned, type Wrong } from './signer.ts';

export const key = makeKey();
export const zone = name('example.');

/** An NSEC at `owner`; types by mnemonic, NSEC and RRSIG being there of course. */
export function nsec(owner: string, next: string, types: string, wrong: Wrong = {}): SignedRRset {
  const rdata = concatBytes(canonicalWire(name(next)), bitmap(`${types} NSEC RRSIG`));
  const record = { name: name(owner), type: TYPE.NSEC, class: 1, ttl: 60, rdata };
  const labels = name(owner).labels.length - (owner.startsWith('*.') ? 1 : 0);
  return makeSigned([record], key, zone, { labels, ...wrong });
}

export interface Nsec3Choice {
  readonly flags?: number;
  readonly hashAlgorithm?: number;
  readonly iterations?: number;
  /** What to add to the owner's hash, and to reach the next hash (±). */
  readonly from?: number;
  readonly to?: number;
}

/** An NSEC3 that matches `owner`, or covers it when `from` is -1; the gap ends one further on by default. */
export function nsec3(owner: string, types: string, choice: Nsec3Choice = {}): SignedRRset {
  const { flags = 0, hashAlgorithm = 1, iterations = 0, from = 0, to = 1 } = choice;
  const { crypto } = validationAt();
  const hash = nsec3Hash(name(owner), { iterations, salt: new Uint8Array() }, crypto);
  const rdata = concatBytes(
    Uint8Array.of(hashAlgorithm, flags),
    uint16Bytes(iterations),
    Uint8Array.of(0, hash.length),
    shift(hash, to),
    bitmap(types),
  );
  const label = toBase32Hex(shift(hash, from));
  const record = { name: name(`${label}.example.`), type: TYPE.NSEC3, class: 1, ttl: 60, rdata };
  return makeSigned([record], key, zone);
}

/** An NSEC3 around the hash of a name that does not exist. */
export function nsec3Gap(owner: string, choice: Nsec3Choice = {}): SignedRRset {
  return nsec3(owner, 'A RRSIG', { from: -1, to: 1, ...choice });
}

export function denial(...sets: readonly SignedRRset[]): DenialRecords {
  return denialRecords(sets, { zone, keys: [key.dnskey] }, validationAt());
}

function bitmap(types: string): Uint8Array {
  return writeTypeBitmap(types.split(' ').filter(Boolean).map(type));
}

function shift(hash: Uint8Array, by: number): Uint8Array {
  const text = (BigInt(`0x${Buffer.from(hash).toString('hex')}`) + BigInt(by)).toString(16);
  return Buffer.from(text.padStart(hash.length * 2, '0'), 'hex');
}
