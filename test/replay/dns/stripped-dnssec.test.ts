// Signatures, proofs or DS records taken away: bogus, never insecure without a proof (RFC 4035 §5).
import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../electron/lab/authority.ts';
import { concatBytes } from '../../../shared/dns/bytes.ts';
import { nameToWire } from '../../../shared/dns/name.ts';
import { TYPE } from '../../../shared/dns/record-type.ts';
import type { ResourceRecord } from '../../../shared/dns/record.ts';
import { atTld, both, NS1, NS2, strip, UNSIGNED_CHILD, withoutSignatures } from './scripts.ts';
import { createWorld, name, summary, THREE_LEVELS } from './world.ts';

describe('stripped DNSSEC', () => {
  it('makes a signed answer bogus, never insecure', async () => {
    const { result } = await createWorld(
      THREE_LEVELS,
      both({ tamper: (_, answer) => strip(answer) }),
    ).lookUp('mx.example.test A');
    expect(summary(result)).toEqual(['bogus SERVFAIL']);
    expect(result.observations.map(({ code }) => code)).toContain('rrsig-missing');
  });

  it('of the answer alone, the keys being left, is told as missing signatures', async () => {
    const tamper = (question: { readonly type: number }, answer: Answer): Answer =>
      question.type === TYPE.A ? strip(answer) : answer;
    const { result } = await createWorld(THREE_LEVELS, both({ tamper })).lookUp(
      'mx.example.test A',
    );
    expect(summary(result)).toEqual(['bogus SERVFAIL']);
    expect(result.observations.map(({ code }) => code)).toContain('rrsig-missing');
    expect(result.reason?.ede).toBe(10);
  });

  it('of a denial makes it bogus', async () => {
    const tamper = (question: { readonly type: number }, answer: Answer): Answer =>
      question.type === TYPE.TXT ? strip(answer) : answer;
    for (const question of ['mx.example.test TXT', 'missing.example.test TXT']) {
      const { result } = await createWorld(THREE_LEVELS, both({ tamper })).lookUp(question);
      expect(summary(result)).toEqual(['bogus SERVFAIL']);
    }
  });

  it('and an SOA record altered after signing make a denial bogus, as Unbound has it', async () => {
    const raiseSerial = (record: ResourceRecord): ResourceRecord => {
      if (record.type !== TYPE.SOA) return record;
      const rdata = Uint8Array.from(record.rdata);
      const at = rdata.length - 17;
      rdata[at] = (rdata[at] ?? 0) + 1;
      return { ...record, rdata };
    };
    const tamper = (_: unknown, answer: Answer): Answer => ({
      ...answer,
      authorities: answer.authorities.map(raiseSerial),
    });
    for (const question of ['mx.example.test TXT', 'missing.example.test TXT']) {
      const { result } = await createWorld(THREE_LEVELS, both({ tamper })).lookUp(question);
      expect(summary(result)).toEqual(['bogus SERVFAIL']);
      expect(result.reason?.subject).toBe('example.test/SOA');
      expect(result.observations.map(({ code }) => code)).toContain('rrsig-invalid');
    }
  });

  it('of one server is healed by the other one', async () => {
    const world = createWorld(THREE_LEVELS, { [NS1]: { tamper: (_, answer) => strip(answer) } });
    for (const question of [
      'mx.example.test A',
      'missing.example.test A',
      'x.wild.example.test TXT',
    ]) {
      expect((await world.lookUp(question)).result.security).toBe('secure');
    }
  });

  it('or made in the name of a zone that is none, by one server, are healed by the other one', async () => {
    // RFC 4034 §3.1: the signer's name begins behind 18 octets.
    const bySelf = (record: ResourceRecord): ResourceRecord => {
      if (record.type !== TYPE.RRSIG) return record;
      const behind = record.rdata.subarray(18 + nameToWire(name('example.test')).length);
      const before = record.rdata.subarray(0, 18);
      return { ...record, rdata: concatBytes(before, nameToWire(record.name), behind) };
    };
    const tamper = (question: { readonly type: number }, answer: Answer): Answer =>
      question.type === TYPE.A ? { ...answer, answers: answer.answers.map(bySelf) } : answer;
    for (const server of [NS1, NS2]) {
      const { result } = await createWorld(THREE_LEVELS, { [server]: { tamper } }).lookUp(
        'mx.example.test A',
      );
      expect(result.security).toBe('secure');
    }
  });

  it('of a referral (no DS, no proof) makes what is below bogus, not insecure', async () => {
    const tamper = (_: unknown, answer: Answer): Answer => ({
      ...strip(answer),
      authorities: withoutSignatures(answer.authorities).filter(({ type }) => type !== TYPE.DS),
      answers: answer.answers.filter(({ type }) => type !== TYPE.DS),
    });
    const honestKeys = (question: { readonly type: number }, answer: Answer): Answer =>
      question.type === TYPE.DNSKEY ? answer : tamper(question, answer);
    const { result } = await createWorld(UNSIGNED_CHILD, atTld({ tamper: honestKeys })).lookUp(
      'mx.example.test A',
    );
    expect(summary(result)).toEqual(['bogus SERVFAIL']);
  });

  it('of a referral is healed by asking the parent for DS', async () => {
    const tamper = (question: { readonly type: number }, answer: Answer): Answer =>
      question.type === TYPE.DS || question.type === TYPE.DNSKEY
        ? answer
        : {
            ...answer,
            authorities: answer.authorities.filter(({ type }) => type === TYPE.NS),
          };
    const world = createWorld(THREE_LEVELS, atTld({ tamper }));
    expect((await world.lookUp('mx.example.test A')).result.security).toBe('secure');
    const unsigned = createWorld(UNSIGNED_CHILD, atTld({ tamper }));
    expect((await unsigned.lookUp('mx.example.test A')).result.security).toBe('insecure');
  });

  it('in the shape of expired signatures is bogus, and what expired is told', async () => {
    const zones = THREE_LEVELS.map((zone) =>
      zone.apex === 'example.test' ? { ...zone, expiredBySeconds: 3600 } : zone,
    );
    const { result } = await createWorld(zones).lookUp('mx.example.test A');
    expect(summary(result)).toEqual(['bogus SERVFAIL']);
    expect(result.observations.map(({ code }) => code)).toContain('rrsig-expired');
    expect(result.reason?.ede).toBe(7);
  });

  it('by a parent without DS for a signed child is a proven insecure delegation', async () => {
    const zones = THREE_LEVELS.map((zone) =>
      zone.apex === 'example.test' ? { ...zone, withoutDs: true } : zone,
    );
    const { result } = await createWorld(zones).lookUp('mx.example.test A');
    expect(summary(result)[0]).toBe('insecure NOERROR');
    expect(result.zones.map(({ security }) => security)).toEqual(['secure', 'secure', 'insecure']);
  });
});
