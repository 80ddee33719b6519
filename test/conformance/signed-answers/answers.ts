/** Reads the answers that real name servers gave for zones that independent signers signed (see make.sh). */
import { readFileSync } from 'node:fs';
import { createDnssecCrypto } from '../../../electron/crypto/dnssec-crypto.ts';
import { nameFromText, type Name } from '../../../shared/dns/name.ts';
import { typeFromText } from '../../../shared/dns/record-type.ts';
import type { ResourceRecord } from '../../../shared/dns/record.ts';
import { parseZoneFile } from '../../../shared/dns/zone-file.ts';
import { verifyDelegation } from '../../../shared/dnssec/delegation.ts';
import { denialRecords, type DenialRecords } from '../../../shared/dnssec/denial.ts';
import type { ZoneKeys } from '../../../shared/dnssec/signature.ts';
import { signedRRsets, type SignedRRset } from '../../../shared/dnssec/signed-rrset.ts';
import { trustAnchors, type EntryPoints } from '../../../shared/dnssec/trust-anchor.ts';
import { createWork, type Validation } from '../../../shared/dnssec/work.ts';

export interface Answer {
  readonly rcode: string;
  readonly answer: readonly SignedRRset[];
  readonly authority: readonly SignedRRset[];
}

export interface SignedZone {
  readonly zone: Name;
  readonly trust: EntryPoints;
  readonly keys: ZoneKeys;
  /** What the server said to `example. SOA` and the like. */
  answer(name: string, type: string): Answer;
  denial(name: string, type: string, without?: SignedRRset): DenialRecords;
}

/** Within the validity of every signature: 2026-11-15T00:00:00Z; they run from 1 November to 31 December. */
export const AT = 1794700800;

export function validationAt(at: number = AT): Validation {
  return { crypto: createDnssecCrypto(), at, work: createWork() };
}

export function name(text: string): Name {
  const parsed = nameFromText(text);
  if (!parsed.ok) throw new Error(`not a name: ${text}`);
  return parsed.value;
}

export function type(text: string): number {
  const number = typeFromText(text);
  if (number === null) throw new Error(`not a type: ${text}`);
  return number;
}

export function records(text: string): readonly ResourceRecord[] {
  const parsed = parseZoneFile(text);
  if (!parsed.ok) throw new Error(`unreadable records: ${JSON.stringify(parsed.failure)}`);
  return parsed.value;
}

/** The signed RRset of that name and type among the records. */
export function pick(sets: readonly SignedRRset[], owner: string, mnemonic: string): SignedRRset {
  const found = sets.find(
    ({ rrset }) => rrset.name.key === name(owner).key && rrset.type === type(mnemonic),
  );
  if (found === undefined) throw new Error(`no ${owner} ${mnemonic}`);
  return found;
}

export function readSignedZone(variant: string): SignedZone {
  const file = new URL(`./${variant}.txt`, import.meta.url);
  return parseSignedZone(readFileSync(file, 'utf8'), variant);
}

/** `text`: what one of the files beside this one holds. */
export function parseSignedZone(text: string, variant: string): SignedZone {
  const [trustText = '', ...questions] = text.split(/^; question /m);
  const answers = new Map(questions.map(readQuestion));
  const zone = name('example.');
  const [trust] = trustAnchors(records(trustText));
  if (trust === undefined) throw new Error(`${variant} has no trust anchor`);
  const answer = (owner: string, mnemonic: string): Answer => {
    const found = answers.get(`${owner} ${mnemonic}`);
    if (found === undefined) throw new Error(`${variant} was not asked ${owner} ${mnemonic}`);
    return found;
  };
  const dnskeys = pick(answer('example.', 'DNSKEY').answer, 'example.', 'DNSKEY');
  const delegation = verifyDelegation(zone, trust, dnskeys, validationAt());
  if (delegation.status !== 'secure') throw new Error(`${variant}: ${delegation.reason.text}`);
  const keys = delegation.zoneKeys;
  return {
    zone,
    trust,
    keys,
    answer,
    denial: (owner, mnemonic, without) =>
      denialRecords(
        answer(owner, mnemonic).authority.filter((each) => each !== without),
        keys,
        validationAt(),
      ),
  };
}

function readQuestion(block: string): [string, Answer] {
  const [first = '', ...lines] = block.split('\n');
  const [owner = '', mnemonic = '', rcode = ''] = first.split(' ');
  const sections = lines.join('\n').split(/^; section /m);
  const section = (title: string) => {
    const found = sections.find((each) => each.startsWith(title));
    return signedRRsets(records(found?.slice(title.length) ?? ''));
  };
  return [
    `${owner} ${mnemonic}`,
    { rcode, answer: section('answer'), authority: section('authority') },
  ];
}
