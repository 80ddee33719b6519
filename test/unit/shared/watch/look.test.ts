// What a report comes to for whoever watches the domain.
import { describe, expect, test } from 'vitest';
import { isSoon, lookOf, type Look } from '../../../../shared/watch/look.ts';
import {
  address,
  certificate,
  ended,
  host,
  judged,
  mismatch,
  mx,
  probe,
} from '../inspection/evidence.ts';
import { certificateEnd, DAY, NOON } from './looks.ts';

function seenOf(look: Look): Extract<Look, { readonly kind: 'seen' }> {
  if (look.kind !== 'seen') throw new Error(look.reason);
  return look;
}

test('a machine without network learns nothing about the domain', () => {
  const report = judged([]);
  const down = judged([], { ...report, mx: mx({ failed: true, networkDown: true }) });
  expect(lookOf(down)).toMatchObject({ kind: 'failed', reason: /machine’s network/ });
});

test('where not even the root validates, every domain is out of sight, and none broken', () => {
  const root = {
    zone: '.',
    security: 'bogus',
    reason: 'no DNSKEY',
    ds: [],
    dnskeys: [],
    signedBy: null,
    signature: null,
    servers: [],
  } as const;
  const below = { ...root, zone: 'example.org' } as const;
  const portal = judged([], { mx: mx({ failed: true, security: 'bogus' }), zones: [root] });
  expect(portal.outcome).toBe('broken');
  expect(lookOf(portal)).toMatchObject({
    kind: 'failed',
    everywhere: true,
    reason: /machine’s clock, or a network/,
  });
  const broken = judged([], { mx: mx({ failed: true, security: 'bogus' }), zones: [below] });
  expect(lookOf(broken)).toMatchObject({ kind: 'seen', outcome: 'broken', passing: false });
});

describe('a second look is needed', () => {
  const withProbe = (each: ReturnType<typeof probe>): ReturnType<typeof lookOf> =>
    lookOf(judged([host({ addresses: [address('192.0.2.1', [each])] })]));

  test('where a host could not be reached', () => {
    const look = seenOf(withProbe(ended('refused', 'connect')));
    expect(look).toMatchObject({ outcome: 'unknown', passing: true });
  });

  test('where TLS could not be had just then (RFC 3207 §4)', () => {
    const look = seenOf(withProbe(ended('starttls-refused', 'starttls', { starttls: 'refused' })));
    expect(look).toMatchObject({ outcome: 'broken', passing: true });
  });

  test('not where records and certificate differ: that stays so until somebody acts', () => {
    expect(seenOf(withProbe(mismatch()))).toMatchObject({ outcome: 'broken', passing: false });
  });

  test('not where all is well', () => {
    expect(seenOf(withProbe(probe()))).toMatchObject({ outcome: 'secure', passing: false });
  });
});

test('of the dated things those count that somebody has to renew', () => {
  const leaf = certificate({ notAfter: '2026-12-24T12:00:00.000Z' });
  const { deadlines } = seenOf(
    lookOf(judged([host({ addresses: [address('192.0.2.1', [probe({ chain: [leaf] })])] })])),
  );
  // The TTL of the TLSA records is another date in the report, which nobody has to mind.
  expect(deadlines.map(({ kind }) => kind)).toEqual(['certificate']);
});

describe('an end is near', () => {
  test('to the millisecond, so many days before it', () => {
    const end = certificateEnd(14);
    expect(isSoon(end, NOON, 14)).toBe(true);
    expect(isSoon(end, NOON - 1, 14)).toBe(false);
    expect(isSoon(end, NOON + 15 * DAY, 14)).toBe(true);
  });

  test('never, where it is not to be told', () => {
    expect(isSoon(certificateEnd(0), NOON, 0)).toBe(false);
  });

  test('for a certificate of six days in its last quarter, for it would be near all its life', () => {
    const short = (left: number) =>
      certificateEnd(left, { from: NOON + (left - 6) * DAY, at: NOON + left * DAY });
    expect(isSoon(short(4), NOON, 14)).toBe(false);
    expect(isSoon(short(1.5), NOON, 14)).toBe(true);
  });

  test('for a signature only when it is late: signers renew it as a matter of course', () => {
    const signature = { kind: 'signature', mends: 'DNS operator' } as const;
    expect(isSoon(certificateEnd(3, { ...signature, weight: 'routine' }), NOON, 14)).toBe(false);
    expect(isSoon(certificateEnd(3, { ...signature, weight: 'stops' }), NOON, 14)).toBe(true);
    expect(isSoon(certificateEnd(20, { ...signature, weight: 'stops' }), NOON, 14)).toBe(false);
  });
});
