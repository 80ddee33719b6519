// What an authoritative server puts into its answers (RFC 1034 §4.3.2, RFC 4035 §3.1, RFC 5155 §7.2).
import { describe, expect, it } from 'vitest';
import { answerFrom, type Answer } from '../../../../electron/lab/authority.ts';
import type { DenialPolicy } from '../../../../electron/lab/denial-chain.ts';
import { generateZoneKey } from '../../../../electron/lab/zone-key.ts';
import { signZone, type SignedZone } from '../../../../electron/lab/zone-signer.ts';
import { knownName, knownRecords } from '../../../../electron/lab/zone-text.ts';
import { rdataToText } from '../../../../shared/dns/presentation.ts';
import { rcodeToText } from '../../../../shared/dns/rcode.ts';
import type { ResourceRecord } from '../../../../shared/dns/record.ts';
import { TYPE, typeToText } from '../../../../shared/dns/record-type.ts';

const apex = knownName('example.test');
const TEXT = `$TTL 3600
@ SOA ns1 hostmaster 1 1800 900 604800 300
@ NS ns1
ns1 A 192.0.2.1
mx A 192.0.2.2
_25._tcp.mx TLSA 3 1 1 ${'ab'.repeat(32)}
*.wild TXT "w"
alias CNAME mx
away CNAME mx.elsewhere.test.
old DNAME wild
signed NS ns.signed
signed DS 1 13 2 ${'cd'.repeat(32)}
ns.signed A 192.0.2.3
unsigned NS ns.unsigned
ns.unsigned A 192.0.2.4
`;
const NSEC3: DenialPolicy = {
  kind: 'nsec3',
  iterations: 0,
  salt: new Uint8Array(0),
  optOut: false,
  omitEmptyNonTerminals: false,
};

function zoneWith(denial: DenialPolicy): SignedZone {
  return signZone(apex, knownRecords(TEXT, apex), {
    keys: [generateZoneKey(13, true)],
    denial,
    inception: 1_800_000_000,
    expiration: 1_801_000_000,
  });
}

const nsec = zoneWith({ kind: 'nsec' });
const nsec3 = zoneWith(NSEC3);
const optOut = zoneWith({ ...NSEC3, optOut: true });

const ask = (zone: SignedZone, name: string, type: number, dnssec = true): Answer =>
  answerFrom(zone, knownName(name), type, dnssec);
/** `owner TYPE`, without signatures. */
const outline = (records: readonly ResourceRecord[]): readonly string[] =>
  records
    .filter((record) => record.type !== TYPE.RRSIG)
    .map((record) => `${record.name.key} ${typeToText(record.type)}`);
const denials = (answer: Answer): readonly ResourceRecord[] =>
  answer.authorities.filter((record) =>
    [TYPE.NSEC, TYPE.NSEC3].some((type) => type === record.type),
  );
const signatures = (records: readonly ResourceRecord[]): number =>
  records.filter((record) => record.type === TYPE.RRSIG).length;

describe('a signed zone answers', () => {
  it('data with its signature, and without where DO is not set', () => {
    const answer = ask(nsec, 'mx.example.test', TYPE.A);
    expect(outline(answer.answers)).toEqual(['mx.example.test A']);
    expect(signatures(answer.answers)).toBe(1);
    expect(answer.authoritative).toBe(true);
    expect(signatures(ask(nsec, 'mx.example.test', TYPE.A, false).answers)).toBe(0);
  });

  it('a signed delegation with NS, DS and glue, only the DS signed', () => {
    const answer = ask(nsec, 'www.signed.example.test', TYPE.A);
    expect(answer.authoritative).toBe(false);
    expect(answer.answers).toEqual([]);
    expect(outline(answer.authorities)).toEqual([
      'signed.example.test NS',
      'signed.example.test DS',
    ]);
    expect(signatures(answer.authorities)).toBe(1);
    expect(outline(answer.additionals)).toEqual(['ns.signed.example.test A']);
  });

  it('an unsigned delegation with the proof that there is no DS', () => {
    const byNsec = denials(ask(nsec, 'www.unsigned.example.test', TYPE.A));
    expect(byNsec.map((record) => rdataToText(record.type, record.rdata))).toEqual([
      '*.wild.example.test. NS RRSIG NSEC',
    ]);
    expect(denials(ask(nsec3, 'www.unsigned.example.test', TYPE.A))).toHaveLength(1);
    // RFC 5155 §7.2.7: closest provable encloser and the opted-out gap; one record may be both.
    const optedOut = denials(ask(optOut, 'www.unsigned.example.test', TYPE.A));
    expect(optedOut.map((record) => record.rdata[1])).toEqual(optedOut.map(() => 1));
    expect(optedOut.length).toBeGreaterThanOrEqual(1);
  });

  it('the DS of a delegation itself, also where there is none', () => {
    expect(outline(ask(nsec, 'signed.example.test', TYPE.DS).answers)).toEqual([
      'signed.example.test DS',
    ]);
    const none = ask(nsec3, 'unsigned.example.test', TYPE.DS);
    expect(none.authoritative).toBe(true);
    expect(outline(none.authorities)[0]).toBe('example.test SOA');
  });

  it('an empty non-terminal as NODATA: by the NSEC before it, or an NSEC3 of its own', () => {
    for (const zone of [nsec, nsec3]) {
      const answer = ask(zone, '_tcp.mx.example.test', TYPE.TLSA);
      expect(rcodeToText(answer.rcode)).toBe('NOERROR');
      expect(answer.answers).toEqual([]);
      expect(denials(answer)).toHaveLength(1);
    }
    const [before] = denials(ask(nsec, '_tcp.mx.example.test', TYPE.TLSA));
    expect(before && rdataToText(TYPE.NSEC, before.rdata)).toBe(
      '_25._tcp.mx.example.test. A RRSIG NSEC',
    );
  });

  it('that empty non-terminal as NXDOMAIN with a whole proof when its signer forgot it', () => {
    const blind = zoneWith({ ...NSEC3, omitEmptyNonTerminals: true });
    const answer = ask(blind, '_tcp.mx.example.test', TYPE.TLSA);
    expect(rcodeToText(answer.rcode)).toBe('NXDOMAIN');
    // Closest encloser, next closer name, wildcard; one record may serve for two.
    expect(denials(answer).length).toBeGreaterThanOrEqual(2);
    expect(outline(ask(blind, '_25._tcp.mx.example.test', TYPE.TLSA).answers)).toEqual([
      '_25._tcp.mx.example.test TLSA',
    ]);
  });

  it('a name that is not there with SOA and proofs for name and wildcard', () => {
    for (const zone of [nsec, nsec3]) {
      const answer = ask(zone, 'nope.deep.example.test', TYPE.A);
      expect(rcodeToText(answer.rcode)).toBe('NXDOMAIN');
      expect(outline(answer.authorities)[0]).toBe('example.test SOA');
      expect(denials(answer).length).toBeGreaterThanOrEqual(1);
      expect(signatures(answer.authorities)).toBe(1 + denials(answer).length);
    }
  });

  it('a missing name by three NSEC3 records: encloser, next closer name, wildcard (RFC 5155 §7.2.2)', () => {
    // Without salt the hashes are the same each time, and these three lie in different gaps.
    const answer = ask(nsec3, 'nope.deep.example.test', TYPE.A);
    expect(denials(answer)).toHaveLength(3);
  });

  it('from a wildcard, under the name asked for, with the proof that nothing was closer', () => {
    const answer = ask(nsec3, 'a.b.wild.example.test', TYPE.TXT);
    expect(outline(answer.answers)).toEqual(['a.b.wild.example.test TXT']);
    const [, rrsig] = answer.answers;
    // The labels field leaves the asterisk out: wild.example.test (RFC 4034 §3.1.3).
    expect(rrsig?.rdata[3]).toBe(3);
    expect(denials(answer)).toHaveLength(1);
  });

  it('NODATA from a wildcard with the wildcard itself shown', () => {
    const answer = ask(nsec, 'a.wild.example.test', TYPE.A);
    expect(rcodeToText(answer.rcode)).toBe('NOERROR');
    expect(denials(answer).map((record) => record.name.key)).toContain('*.wild.example.test');
  });

  it('an alias with its target where that is in the zone, and alone where it is not', () => {
    expect(outline(ask(nsec, 'alias.example.test', TYPE.A).answers)).toEqual([
      'alias.example.test CNAME',
      'mx.example.test A',
    ]);
    expect(outline(ask(nsec, 'away.example.test', TYPE.A).answers)).toEqual([
      'away.example.test CNAME',
    ]);
    expect(outline(ask(nsec, 'alias.example.test', TYPE.CNAME).answers)).toEqual([
      'alias.example.test CNAME',
    ]);
  });

  it('below a DNAME with the CNAME made from it, which alone is unsigned', () => {
    const answer = ask(nsec, 'x.old.example.test', TYPE.TXT);
    expect(outline(answer.answers)).toEqual([
      'old.example.test DNAME',
      'x.old.example.test CNAME',
      'x.wild.example.test TXT',
    ]);
    expect(signatures(answer.answers)).toBe(2);
  });
});
