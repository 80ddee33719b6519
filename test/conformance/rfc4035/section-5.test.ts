/** RFC 4035 §5: zones of every algorithm, each as two or three independent signers made them. */
import { describe, expect, it } from 'vitest';
import type { ResourceRecord } from '../../../shared/dns/record.ts';
import { verifyDelegation } from '../../../shared/dnssec/delegation.ts';
import {
  denialRecords,
  proveNameError,
  proveNoData,
  proveWildcardExpansion,
} from '../../../shared/dnssec/denial.ts';
import { verifyRRset } from '../../../shared/dnssec/signature.ts';
import type { SignedRRset } from '../../../shared/dnssec/signed-rrset.ts';
import {
  name,
  pick,
  readSignedZone,
  type,
  validationAt,
  type SignedZone,
} from '../signed-answers/answers.ts';

/** File, algorithm, and additional NSEC3 iterations (null: NSEC). */
const VARIANTS = [
  ['rsasha1-nsec', 5, null],
  ['ldns-rsasha1-nsec', 5, null],
  ['knot-rsasha1-nsec', 5, null],
  ['nsec3rsasha1-nsec3', 7, 10],
  ['ldns-nsec3rsasha1-nsec3', 7, 0],
  ['knot-nsec3rsasha1-nsec3', 7, 0],
  ['rsasha256-nsec', 8, null],
  ['ldns-rsasha256-nsec3', 8, 50],
  ['knot-rsasha256-nsec', 8, null],
  ['rsasha512-nsec3', 10, 0],
  ['ldns-rsasha512-nsec', 10, null],
  ['knot-rsasha512-nsec3', 10, 0],
  ['ecdsap256-nsec', 13, null],
  ['ecdsap256-nsec3', 13, 0],
  ['ldns-ecdsap256-nsec3', 13, 1],
  ['knot-ecdsap256-nsec', 13, null],
  ['knot-ecdsap256-nsec3', 13, 0],
  ['ecdsap384-nsec', 14, null],
  ['ldns-ecdsap384-nsec3', 14, 0],
  ['knot-ecdsap384-nsec', 14, null],
  ['ed25519-nsec3', 15, 0],
  ['ldns-ed25519-nsec', 15, null],
  ['knot-ed25519-nsec3', 15, 50],
  ['ed448-nsec', 16, null],
  ['ldns-ed448-nsec3', 16, 0],
  ['knot-ed448-nsec', 16, null],
  ['iterations-1', 15, 1],
  ['iterations-50', 15, 50],
  ['iterations-150', 15, 150],
  ['knot-iterations', 15, 150],
  ['ldns-iterations', 13, 51],
] as const;

type Change = (set: SignedRRset) => SignedRRset;

/** What the zone's answer proves, with each RRset of its authority section changed. */
function judge(zone: SignedZone, owner: string, mnemonic: string, change: Change): string {
  const { answer, authority } = zone.answer(owner, mnemonic);
  const validation = validationAt();
  const denial = denialRecords(authority.map(change), zone.keys, validation);
  const asked = name(owner);
  if (answer.length === 0) {
    const { rcode } = zone.answer(owner, mnemonic);
    return rcode === 'NXDOMAIN'
      ? proveNameError(denial, asked).status
      : proveNoData(denial, asked, type(mnemonic)).status;
  }
  const verdict = verifyRRset(change(pick(answer, owner, mnemonic)), zone.keys, validation);
  if (verdict.status === 'bogus') return 'bogus';
  return verdict.expansion === null
    ? 'secure'
    : proveWildcardExpansion(denial, verdict.expansion).status;
}

const asServed: Change = (set) => set;
const unsigned: Change = (set) => ({ ...set, signatures: [] });
const flipSignature: Change = (set) => ({ ...set, signatures: set.signatures.map(flipLast) });
const flipData: Change = (set) => {
  const records = set.rrset.records.map((record, index) =>
    index === 0 ? flipLast(record) : record,
  );
  return { ...set, rrset: { ...set.rrset, records } };
};

function flipLast(record: ResourceRecord): ResourceRecord {
  const last = record.rdata.length - 1;
  return { ...record, rdata: record.rdata.map((byte, at) => (at === last ? byte ^ 1 : byte)) };
}

describe.each(VARIANTS)('%s: algorithm %i, NSEC3 iterations %s', (file, algorithm, iterations) => {
  const zone = readSignedZone(file);
  /** RFC 9276 §3.2: above the limit, denials are as insecure. */
  const denied = (iterations ?? 0) > 50 ? 'insecure' : 'secure';
  const questions = [
    ['mail.example.', 'A', 'secure'],
    ['mail.example.', 'TXT', denied],
    ['nope.example.', 'A', denied],
    ['foo.wild.example.', 'TXT', denied],
  ] as const;

  it('has keys that its DS records vouch for', () => {
    const dnskeys = pick(zone.answer('example.', 'DNSKEY').answer, 'example.', 'DNSKEY');
    const verdict = verifyDelegation(zone.zone, zone.trust, dnskeys, validationAt());
    expect(verdict.status).toBe('secure');
    expect([...new Set(verdict.dnskeys.map((key) => key.algorithm))]).toEqual([algorithm]);
    for (const change of [unsigned, flipSignature, flipData]) {
      const changed = verifyDelegation(zone.zone, zone.trust, change(dnskeys), validationAt());
      expect(changed.status).toBe('bogus');
    }
  });

  it.each(questions)('answers %s %s, which is %s', (owner, mnemonic, expected) => {
    expect(judge(zone, owner, mnemonic, asServed)).toBe(expected);
  });

  it.each(questions)(
    'answers %s %s, which is bogus with one bit or the signatures gone',
    (...row) => {
      const [owner, mnemonic] = row;
      expect(judge(zone, owner, mnemonic, unsigned)).toBe('bogus');
      expect(judge(zone, owner, mnemonic, flipSignature)).toBe('bogus');
      expect(judge(zone, owner, mnemonic, flipData)).toBe('bogus');
    },
  );
});
