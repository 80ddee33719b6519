// How a zone's signing is doing, from real look-ups to the finding that a person reads: one a zone.
import { describe, expect, it } from 'vitest';
import type { FindingCode } from '../../../shared/findings/codes.ts';
import type { Finding } from '../../../shared/findings/finding.ts';
import { observationFindings } from '../../../shared/inspection/findings-of-observations.ts';
import { TYPE } from '../../../shared/dns/record-type.ts';
import type { Observation } from '../../../shared/dnssec/reason.ts';
import { judged } from '../../unit/shared/inspection/evidence.ts';
import { createWorld, name, NOW_MS, THREE_LEVELS, type ZoneScript } from './world.ts';

const HOUR = 3600;
const NOW = NOW_MS / 1000;
/** Signatures run from two days before to ten days after: a tenth of that is 28.8 hours. */
const END = NOW + 240 * HOUR;

function findings(observations: readonly Observation[]): readonly Finding[] {
  return observationFindings(judged([], { observations }));
}

function only(all: readonly Finding[], code: FindingCode, subject: string): Finding {
  const found = all.filter((each) => each.code === code && each.subject === subject);
  const [finding] = found;
  if (finding === undefined || found.length > 1) throw new Error(`${found.length} of ${code}`);
  return finding;
}

async function observe(
  questions: readonly string[],
  zones: readonly ZoneScript[] = THREE_LEVELS,
  at = NOW,
): Promise<readonly Observation[]> {
  const resolver = createWorld(zones).resolver({ at });
  const seen: Observation[] = [];
  for (const question of questions) {
    const [owner = '', type = ''] = question.split(' ');
    const number = type === 'MX' ? TYPE.MX : type === 'TLSA' ? TYPE.TLSA : TYPE.A;
    const { observations } = await resolver.resolve(
      name(owner),
      number,
      new AbortController().signal,
    );
    seen.push(...observations);
  }
  return seen;
}

const PATH = ['example.test MX', 'mx.example.test A', '_25._tcp.mx.example.test TLSA'];

describe('signatures with less than a tenth of their span left', () => {
  it('are told once for each zone on the path, with the records and the time left', async () => {
    const all = findings(await observe(PATH, THREE_LEVELS, END - 20 * HOUR));
    expect(all.map(({ code, severity, subject }) => `${severity} ${code} ${subject}`)).toEqual([
      'warning rrsig-expiring example.test',
      'warning rrsig-expiring .',
      'warning rrsig-expiring test',
    ]);
    const { data, message, remedy } = only(all, 'rrsig-expiring', 'example.test');
    expect(data).toMatchObject({ zone: 'example.test', expiration: '2026-12-04T12:00:00Z' });
    expect(data['records']).toEqual([
      'example.test MX',
      'example.test DNSKEY',
      'mx.example.test A',
      '_25._tcp.mx.example.test TLSA',
    ]);
    expect(message).toContain(
      'In the zone example.test the signature over example.test MX, example.test DNSKEY, mx.example.test A and _25._tcp.mx.example.test TLSA ends at 2026-12-04T12:00:00Z, in 20 hours;',
    );
    expect(remedy).toContain('dig +dnssec +cd example.test MX');
    expect(remedy).toContain('rndc sign example.test');
  });

  it('are not told while a tenth is left', async () => {
    expect(findings(await observe(PATH, THREE_LEVELS, END - 29 * HOUR))).toEqual([]);
  });
});

describe('signatures out of their time', () => {
  it('that have expired are told with how long ago', async () => {
    const zones = THREE_LEVELS.map((zone) =>
      zone.apex === 'example.test' ? { ...zone, expiredBySeconds: 72 * HOUR } : zone,
    );
    const finding = only(findings(await observe(PATH, zones)), 'rrsig-expired', 'example.test');
    expect(finding.severity).toBe('error');
    expect(finding.message).toContain(
      'the signature over example.test DNSKEY ended at 2026-11-21T12:00:00Z, 3 days ago.',
    );
    expect(finding.remedy).toContain('dig +dnssec +cd example.test DNSKEY');
  });

  it('that are not valid yet are told with how long it takes', async () => {
    const seen = await observe(PATH, THREE_LEVELS, NOW - 50 * HOUR);
    const { message } = only(findings(seen), 'rrsig-not-yet-valid', '.');
    expect(message).toContain(
      'the signature over . DNSKEY begins only at 2026-11-22T12:00:00Z, in 2 hours.',
    );
  });

  it('of several records tell the earliest end', () => {
    const expired = (subject: string, expiration: string, away: string): Observation => ({
      code: 'rrsig-expired',
      subject,
      parameters: { type: 'A', signer: 'example.org', keyTag: 7, expiration, away },
    });
    const all = findings([
      expired('b.example.org', '2026-11-20T00:00:00Z', '4 days'),
      expired('a.example.org', '2026-11-18T00:00:00Z', '6 days'),
      expired('c.other.org', '2026-11-01T00:00:00Z', '23 days'),
    ]);
    // The signer decides, wherever the name is.
    expect(all).toHaveLength(1);
    expect(all[0]?.data).toMatchObject({ expiration: '2026-11-01T00:00:00Z', keyTags: ['7'] });
  });
});

describe('old ways of signing', () => {
  const seen = (parameters: Observation['parameters']): Observation => ({
    code: 'algorithm-deprecated',
    subject: 'example.org',
    parameters,
  });
  const rsasha1 = seen({ algorithm: 5, mnemonic: 'RSASHA1', keyTag: 11, bits: 1024 });
  const sha1 = seen({ digestType: 1, mnemonic: 'SHA-1', keyTag: 11 });
  const weak = seen({ algorithm: 8, mnemonic: 'RSASHA256', keyTag: 12, bits: 768 });

  it.each([
    [
      [rsasha1, { ...rsasha1, parameters: { ...rsasha1.parameters, keyTag: 13 } }],
      /^example\.org is signed with RSASHA1, which .* change to ECDSA P-256 \(algorithm 13\)\.$/,
    ],
    [[sha1], /with DS records with SHA-1 digests, which .* change to SHA-256 DS records\.$/],
    [[weak], /with RSASHA256 \(only 768 bits\), which/],
    [[rsasha1, sha1], /with RSASHA1 and DS records with SHA-1 digests, which/],
  ])('are one finding a zone: %#', (observations, says) => {
    const all = findings(observations);
    expect(all).toHaveLength(1);
    expect(all[0]?.message).toMatch(says);
  });

  it('give the steps for the algorithm only where it is the algorithm', () => {
    expect(findings([sha1])[0]?.remedy).not.toContain('pdnsutil');
    expect(findings([rsasha1])[0]?.remedy).toContain(
      'pdnsutil add-zone-key example.org ksk active',
    );
    expect(findings([sha1])[0]?.remedy).toContain('dnssec-dsfromkey -2 -f - example.org');
  });
});

describe('NSEC3 parameters', () => {
  const zones = (iterations: number, optOut: boolean) =>
    THREE_LEVELS.map((zone) =>
      zone.apex === 'example.test'
        ? {
            ...zone,
            denial: {
              kind: 'nsec3',
              iterations,
              salt: new Uint8Array(),
              optOut,
              omitEmptyNonTerminals: false,
            } as const,
          }
        : zone,
    );

  it('above no extra iterations are told once, whatever was asked', async () => {
    const all = findings(await observe(['a.example.test A', 'b.example.test MX'], zones(5, false)));
    expect(all.map(({ code, subject }) => `${code} ${subject}`)).toEqual([
      'nsec3-iterations example.test',
    ]);
    expect(all[0]?.message).toContain('hashes names 5 extra times');
    expect(findings(await observe(['a.example.test A'], zones(0, false)))).toEqual([]);
  });

  it('with opt-out are a notice where an answer rests on it', async () => {
    const all = findings(await observe(['a.example.test A'], zones(0, true)));
    expect(all.map(({ code, severity }) => `${severity} ${code}`)).toEqual([
      'notice nsec3-opt-out',
    ]);
    expect(findings(await observe(PATH, zones(0, true)))).toEqual([]);
  });
});
