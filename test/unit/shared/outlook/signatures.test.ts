// Signatures read out of messages: one written by hand octet by octet, and those of a whole signed world.
import { describe, expect, test } from 'vitest';
import { fromHex } from '../../../../shared/dns/bytes.ts';
import type { ServerQuestion, ZoneReport } from '../../../../shared/inspection/report.ts';
import { messageSignatures } from '../../../../shared/outlook/message-signatures.ts';
import { signaturePeriods } from '../../../../shared/outlook/signatures.ts';
import { host, judged, lookUp, mx, tlsa } from '../inspection/evidence.ts';

const OWNER = '_25._tcp.mx.example.org';

/**
 * _25._tcp.mx.example.org TLSA: a record; RRSIG by key 4711 until 2026-12-08, RRSIG by key 99 until
 * 2026-12-05T06; in the authority section NS of example.org and its RRSIG until 2026-11-25.
 */
const MESSAGE =
  '123484000001000300020000035f3235045f746370026d78076578616d706c65036f72670000340001' +
  'c00c0034000100000e100005030101abcd' +
  'c00c002e000100000e10002300340d0400000e106b1748806aff8d801267076578616d706c65036f726700aaaaaaaa' +
  'c00c002e000100000e10002300340d0400000e106b13a8606afcea800063076578616d706c65036f726700aaaaaaaa' +
  'c0180002000100000e100005026e73c018' +
  'c018002e000100000e10002300020d0400000e106b0625006afcea801267076578616d706c65036f726700aaaaaaaa';

const bytes = (hex: string): Uint8Array => fromHex(hex) ?? new Uint8Array(0);

describe('a message', () => {
  test('gives its signatures, names written out', () => {
    const found = messageSignatures(bytes(MESSAGE));
    expect(
      found.map(({ owner, rrsig }) => [owner, rrsig.typeCovered, rrsig.keyTag, rrsig.signer.key]),
    ).toEqual([
      [OWNER, 52, 4711, 'example.org'],
      [OWNER, 52, 99, 'example.org'],
      ['example.org', 2, 4711, 'example.org'],
    ]);
    expect(found[0]?.rrsig.expiration).toBe(Date.parse('2026-12-08T00:00:00Z') / 1000);
  });

  test('cut off anywhere gives what stands before, and ends', () => {
    const whole = bytes(MESSAGE);
    for (let length = 0; length < whole.length; length++) {
      expect(messageSignatures(whole.subarray(0, length)).length).toBeLessThan(3);
    }
  });

  test('whose names point at themselves ends', () => {
    const looped = bytes('123484000000000100000000c00c002e000100000e100000');
    expect(messageSignatures(looped)).toEqual([]);
  });
});

describe('what is signed until when', () => {
  test('an RRset holds as long as its longest signature, and NS beside it plays no part', () => {
    const [period, ...others] = periods(question());
    expect(others).toEqual([]);
    expect(period).toMatchObject({ zone: 'example.org', name: OWNER, type: 'TLSA', proof: false });
    expect(new Date(period?.until ?? 0).toISOString()).toBe('2026-12-08T00:00:00.000Z');
    expect(new Date(period?.from ?? 0).toISOString()).toBe('2026-11-20T00:00:00.000Z');
  });

  test('a key that the zone does not publish signs nothing', () => {
    const [period] = periods(question(), [99]);
    expect(new Date(period?.until ?? 0).toISOString()).toBe('2026-12-05T06:00:00.000Z');
  });

  test('the server whose signature ends first counts', () => {
    // 6 December in place of the 8th.
    const older = MESSAGE.replace('6b174880', '6b14a580');
    const [period] = periods(question(), [4711], question({ raw: older }));
    expect(new Date(period?.until ?? 0).toISOString()).toBe('2026-12-06T00:00:00.000Z');
  });

  test('answers that did not validate, and questions no sender asks, say nothing', () => {
    expect(periods(question({ security: 'bogus' }))).toEqual([]);
    expect(periods(question({ name: 'other.example.org' }))).toEqual([]);
  });
});

function question(more: Partial<ServerQuestion> = {}): ServerQuestion {
  return {
    name: OWNER,
    type: 'TLSA',
    transport: 'udp',
    rcode: 'NOERROR',
    answer: 'answer',
    security: 'secure',
    reason: '',
    size: MESSAGE.length / 2,
    authoritative: true,
    truncated: false,
    edns: true,
    signed: true,
    records: [],
    raw: MESSAGE,
    ...more,
  };
}

function periods(
  first: ServerQuestion,
  keyTags: readonly number[] = [],
  ...more: ServerQuestion[]
) {
  const dnskeys = keyTags.map((keyTag) => ({
    keyTag,
    algorithm: 13,
    flags: 256,
    secureEntryPoint: false,
  }));
  const zone: ZoneReport = {
    zone: 'example.org',
    security: 'secure',
    reason: null,
    ds: [],
    dnskeys,
    signedBy: null,
    signature: null,
    servers: [],
  };
  const asked = host({ tlsa: tlsa({ lookUp: lookUp('TLSA', { name: OWNER }) }) });
  const servers = [{ server: 'ns', address: '192.0.2.53', questions: [first, ...more] }];
  const survey = { zone: 'example.org', security: 'secure' as const, servers };
  return signaturePeriods(judged([asked], { mx: mx(), zones: [zone], surveys: [survey] }));
}
