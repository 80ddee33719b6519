/** An RRset together with the RRSIGs that cover it (RFC 4035 §2.2). */
import { readUint16 } from '../dns/bytes.ts';
import type { Name } from '../dns/name.ts';
import { TYPE, typeToText } from '../dns/record-type.ts';
import type { ResourceRecord, RRset } from '../dns/record.ts';
import { groupRRsets } from '../dns/rrset.ts';
import { parseRrsig } from './rrsig.ts';

export interface SignedRRset {
  readonly rrset: RRset;
  /** RRSIG records of the same owner and class whose type covered is the RRset's; may be empty. */
  readonly signatures: readonly ResourceRecord[];
}

/** All RRsets of a section, in order of appearance, each with its signatures. */
export function signedRRsets(records: readonly ResourceRecord[]): readonly SignedRRset[] {
  const signatures = new Map<string, ResourceRecord[]>();
  for (const record of records) {
    if (record.type !== TYPE.RRSIG) continue;
    const key = keyOf(record.name, record.class, readUint16(record.rdata, 0));
    const group = signatures.get(key);
    if (group === undefined) signatures.set(key, [record]);
    else group.push(record);
  }
  return groupRRsets(records.filter((record) => record.type !== TYPE.RRSIG)).map((rrset) => ({
    rrset,
    signatures: signatures.get(keyOf(rrset.name, rrset.class, rrset.type)) ?? [],
  }));
}

/** The zones that the signatures claim to be from, without repetition: what to look for a cut at. */
export function signersOf(signed: SignedRRset): readonly Name[] {
  const signers = new Map<string, Name>();
  for (const record of signed.signatures) {
    const signer = parseRrsig(record.rdata)?.signer;
    if (signer !== undefined) signers.set(signer.key, signer);
  }
  return [...signers.values()];
}

/** `mx.example.org/TLSA`: the subject of reasons and observations. */
export function subjectOf(rrset: Pick<RRset, 'name' | 'type'>): string {
  return `${rrset.name.key}/${typeToText(rrset.type)}`;
}

function keyOf(name: Name, recordClass: number, type: number): string {
  return `${recordClass}/${type}/${name.key}`;
}
