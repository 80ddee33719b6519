// The decoder takes hostile bytes: it must refuse them as values, within bounds, and lose nothing of honest ones.
import dnsPacket from 'dns-packet';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeMessage } from '../../../../electron/wire/decode.ts';
import { encodeMessage } from '../../../../electron/wire/encode.ts';
import type { Message } from '../../../../electron/wire/message.ts';
import { fromHex, toHex } from '../../../../shared/dns/bytes.ts';
import { nameFromText, type Name } from '../../../../shared/dns/name.ts';
import { rdataToText, recordToText } from '../../../../shared/dns/presentation.ts';
import { parseZoneFile } from '../../../../shared/dns/zone-file.ts';

function name(text: string): Name {
  const parsed = nameFromText(text);
  if (!parsed.ok) throw new Error(text);
  return parsed.value;
}

function hex(...parts: readonly string[]): Uint8Array {
  return fromHex(parts.join('').replaceAll(' ', '')) ?? new Uint8Array(0);
}

function faultOf(bytes: Uint8Array): string {
  const decoded = decodeMessage(bytes);
  if (decoded.ok) return 'accepted';
  const { failure } = decoded;
  return failure.kind === 'malformed'
    ? failure.detail
    : failure.kind === 'limit'
      ? failure.limit
      : '';
}

/** A header with the given counts and no flags but QR. */
function header(questions: number, answers = 0, authorities = 0, additionals = 0): string {
  const counts = [questions, answers, authorities, additionals];
  return `00018000${counts.map((count) => count.toString(16).padStart(4, '0')).join('')}`;
}

const QUESTION = '0161 00 0001 0001';

const response: Message = {
  id: 4711,
  flags: {
    response: true,
    opcode: 0,
    authoritative: true,
    truncated: false,
    recursionDesired: false,
    recursionAvailable: false,
    authenticData: false,
    checkingDisabled: false,
  },
  rcode: 16,
  questions: [{ name: name('Example.org'), type: 15, class: 1 }],
  answers: zone('Example.org. 60 IN MX 10 Mx.Example.org.\nExample.org. 60 IN TLSA 3 1 1 aabb'),
  authorities: zone('org. 7 IN NS a.b.c.\n'),
  additionals: zone('a.b.c. 8 IN AAAA 2001:db8::1\n'),
  edns: { udpSize: 1232, version: 0, dnssecOk: true, options: [{ code: 15, data: hex('0006') }] },
};

function zone(text: string): Message['answers'] {
  const parsed = parseZoneFile(text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.failure));
  return parsed.value;
}

describe('an honest message', () => {
  it('comes back from the encoder as it went in, case and extended RCODE included', () => {
    expect(decodeMessage(encodeMessage(response))).toEqual({ ok: true, value: response });
  });

  it('reads what another library wrote, compressed RDATA names included', () => {
    const bytes = dnsPacket.encode({
      type: 'response',
      id: 5,
      questions: [{ name: 'example.org', type: 'MX' }],
      answers: [
        { name: 'example.org', type: 'SOA', ttl: 5, data: soa },
        {
          name: 'example.org',
          type: 'MX',
          ttl: 5,
          data: { preference: 10, exchange: 'mx.example.org' },
        },
      ],
    });
    const decoded = decodeMessage(bytes);
    expect(decoded.ok && decoded.value.answers.map(recordToText)).toEqual([
      'example.org. 5 IN SOA ns.example.org. h.example.org. 1 2 3 4 5',
      'example.org. 5 IN MX 10 mx.example.org.',
    ]);
  });

  it('expands compressed names in RDATA (RFC 3597 §4)', () => {
    const bytes = hex(header(1, 1), QUESTION, 'c00c 000f 0001 00000001 0007 000a 026d78 c00c');
    const decoded = decodeMessage(bytes);
    expect(
      decoded.ok && decoded.value.answers.map((each) => rdataToText(each.type, each.rdata)),
    ).toEqual(['10 mx.a.']);
  });

  it('takes a TTL with the top bit set as zero (RFC 2181 §8)', () => {
    const decoded = decodeMessage(hex(header(0, 1), '00 0001 0001 80000001 0004 7f000001'));
    expect(decoded.ok && decoded.value.answers[0]?.ttl).toBe(0);
  });

  it('leaves the RDATA of unknown types alone even if it looks compressed (RFC 3597 §4)', () => {
    const decoded = decodeMessage(hex(header(1, 1), QUESTION, 'c00c ff00 0001 00000001 0002 c00c'));
    expect(decoded.ok && toHex(decoded.value.answers[0]?.rdata ?? new Uint8Array(0))).toBe('c00c');
  });
});

const soa = {
  mname: 'ns.example.org',
  rname: 'h.example.org',
  serial: 1,
  refresh: 2,
  retry: 3,
  expire: 4,
  minimum: 5,
};

describe('a hostile message', () => {
  it.each([
    ['a pointer to itself', hex(header(1), 'c00c 0001 0001'), /backwards/],
    ['a pointer forwards', hex(header(1), 'c00e 0001 0001 00'), /backwards/],
    [
      'two pointers at each other',
      hex(header(2), '0161 c010 c00c 0001 0001 00 0001 0001'),
      /backwards/,
    ],
    ['a pointer cut in half', hex(header(1), 'c0'), /past the end/],
    ['a reserved label kind', hex(header(1), '4161 00 0001 0001'), /reserved/],
    ['a label cut off', hex(header(1), '0561'), /past the end/],
    ['a name without its end', hex(header(1), '0161'), /past the end/],
    [
      'a name above 255 octets',
      hex(header(1), `3f${'61'.repeat(63)}`.repeat(4), '00 0001 0001'),
      /255/,
    ],
    ['octets after the end', hex(header(1), QUESTION, '00'), /left over/],
    ['more records announced than sent', hex(header(1, 9), QUESTION), /past the end/],
    ['RDATA beyond the end', hex(header(0, 1), '00 0001 0001 00000001 ffff 7f'), /cut off/],
    [
      'an MX name past its RDATA',
      hex(header(0, 1), '00 000f 0001 00000001 0003 000a 0161 00'),
      /RDATA/,
    ],
    [
      'an SOA without its numbers',
      hex(header(0, 1), '00 0006 0001 00000001 0002 00 00'),
      /shorter/,
    ],
    [
      'an MX with octets behind',
      hex(header(0, 1), '00 000f 0001 00000001 0004 000a 00 00'),
      /longer/,
    ],
    [
      'two OPT records',
      hex(header(0, 0, 0, 2), '00 0029 04d0 00000000 0000'.repeat(2)),
      /more than one/,
    ],
    ['an OPT record in the answer', hex(header(0, 1), '00 0029 04d0 00000000 0000'), /outside/],
    [
      'an OPT record below the root',
      hex(header(0, 0, 0, 1), '016100 0029 04d0 00000000 0000'),
      /root/,
    ],
    [
      'an EDNS option cut off',
      hex(header(0, 0, 0, 1), '00 0029 04d0 00000000 0004 0003 0009'),
      /option/,
    ],
    ['eleven octets', new Uint8Array(11), /header/],
  ])('%s is refused', (_, bytes, fault) => {
    expect(faultOf(bytes)).toMatch(fault);
  });

  it('cannot make one name follow more than 126 pointers', () => {
    // The RDATA of an unknown type holds pointers: each leads to the one before it, the first to the root.
    const build = (length: number): Uint8Array => {
      const first = 12 + 5 + 11;
      const pointer = (target: number): string => (0xc000 | target).toString(16);
      const pointers = Array.from({ length }, (_, index) =>
        pointer(index === 0 ? 12 : first + (index - 1) * 2),
      ).join('');
      const size = (length * 2).toString(16).padStart(4, '0');
      const owner = pointer(first + (length - 1) * 2);
      return hex(
        header(1, 2),
        '00 0001 0001',
        `00 ff00 0001 00000001 ${size}`,
        pointers,
        `${owner} 0001 0001 00000001 0000`,
      );
    };
    expect(faultOf(build(125))).toBe('accepted');
    expect(faultOf(build(126))).toBe('MAX_POINTERS_PER_NAME');
  });

  it('cannot make the whole message follow more than 16384 pointers', () => {
    const build = (records: number): Uint8Array => {
      const first = 12 + 5 + 11;
      const length = 100;
      const pointer = (target: number): string => (0xc000 | target).toString(16);
      const pointers = Array.from({ length }, (_, index) =>
        pointer(index === 0 ? 12 : first + (index - 1) * 2),
      ).join('');
      const owner = pointer(first + (length - 1) * 2);
      return hex(
        header(1, 1 + records),
        '00 0001 0001',
        '00 ff00 0001 00000001 00c8',
        pointers,
        `${owner} 0001 0001 00000001 0000`.repeat(records),
      );
    };
    expect(faultOf(build(160))).toBe('accepted');
    expect(faultOf(build(170))).toBe('MAX_POINTERS_PER_MESSAGE');
  });

  it('cannot make us write out names of more than 512 KiB', () => {
    // 126 labels in the question; each record has one label and a pointer, 14 octets that stand for 255.
    const build = (records: number): Uint8Array => {
      const question = `${'0161'.repeat(126)}00 0001 0001`;
      return hex(header(1, records), question, '0162 c00c ff00 0001 00000001 0000'.repeat(records));
    };
    expect(faultOf(build(2000))).toBe('accepted');
    expect(faultOf(build(4600))).toBe('MAX_NAME_OCTETS_PER_MESSAGE');
  });

  it('of as many compressed names of 127 labels as that allows costs little time', () => {
    const question = `${'0161'.repeat(125)}00 0001 0001`;
    // NS records: a pointer and a label in the owner, and again in the RDATA.
    const record = '0162 c00c 0002 0001 00000001 0004 0163 c00c';
    const bytes = hex(header(1, 1020), question, record.repeat(1020));
    expect(faultOf(bytes)).toBe('accepted');
    const times = Array.from({ length: 5 }, () => {
      // Processor time: what others do on the machine must not count.
      const started = process.cpuUsage();
      decodeMessage(bytes);
      return process.cpuUsage(started).user / 1000;
    });
    // Four times as long where every label is read anew.
    expect(Math.min(...times)).toBeLessThan(80);
  });

  it('is refused at every truncation of an honest one', () => {
    const whole = encodeMessage(response);
    for (let length = 0; length < whole.length; length++) {
      expect(decodeMessage(whole.subarray(0, length)).ok).toBe(false);
    }
  });

  it('never throws, whatever the octets', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => {
        decodeMessage(bytes);
      }),
      { numRuns: 3000 },
    );
  });

  it('never throws for an honest message with a few octets changed, and what it accepts can be shown', () => {
    const whole = encodeMessage(response);
    const change = fc.tuple(fc.nat(whole.length - 1), fc.nat(255));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        const bytes = Uint8Array.from(whole);
        for (const [at, octet] of changes) bytes[at] = octet;
        const decoded = decodeMessage(bytes);
        if (decoded.ok) for (const record of decoded.value.answers) recordToText(record);
      }),
      { numRuns: 5000 },
    );
  });
});
