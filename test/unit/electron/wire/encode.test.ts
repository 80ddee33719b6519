// What we send: queries read the same to another library, and answers shrink as RFC 2181 §9 says.
import dnsPacket from 'dns-packet';
import { describe, expect, it } from 'vitest';
import { decodeMessage } from '../../../../electron/wire/decode.ts';
import { encodeMessage } from '../../../../electron/wire/encode.ts';
import type { Message } from '../../../../electron/wire/message.ts';
import { makeQuery, matchReply } from '../../../../electron/wire/query.ts';
import { nameFromText, type Name } from '../../../../shared/dns/name.ts';
import { parseZoneFile } from '../../../../shared/dns/zone-file.ts';

function name(text: string): Name {
  const parsed = nameFromText(text);
  if (!parsed.ok) throw new Error(text);
  return parsed.value;
}

/** Every other bit set, so that case is mixed and the same in every run. */
function random(count: number): Uint8Array {
  return Uint8Array.from({ length: count }, (_, index) => 0xa0 + (index % 2));
}

const options = {
  name: name('mail.example.org'),
  type: 52,
  edns: true,
  recursionDesired: false,
  checkingDisabled: false,
  mixedCase: true,
};

describe('a query', () => {
  it('reads the same to dns-packet: question, EDNS size, DO and no RD', () => {
    const read = dnsPacket.decode(Buffer.from(makeQuery(options, random).bytes));
    expect(read).toMatchObject({ type: 'query', opcode: 'QUERY', flag_rd: false, flag_cd: false });
    expect(read.questions).toEqual([{ name: 'mAiL.eXaMpLe.oRg', type: 'TLSA', class: 'IN' }]);
    expect(read.additionals).toMatchObject([
      { type: 'OPT', name: '.', udpPayloadSize: 1232, flags: 0x8000, ednsVersion: 0 },
    ]);
  });

  it('asks a recursive resolver with RD and CD', () => {
    const { bytes } = makeQuery(
      { ...options, recursionDesired: true, checkingDisabled: true },
      random,
    );
    expect(dnsPacket.decode(Buffer.from(bytes))).toMatchObject({ flag_rd: true, flag_cd: true });
  });

  it('carries no OPT record where EDNS is off', () => {
    const { bytes } = makeQuery({ ...options, edns: false }, random);
    expect(dnsPacket.decode(Buffer.from(bytes)).additionals).toEqual([]);
  });

  it('keeps labels that text cannot hold', () => {
    const { bytes } = makeQuery(
      { ...options, name: name('a\\.b\\000.example'), mixedCase: false },
      random,
    );
    const read = decodeMessage(bytes);
    expect(read.ok && read.value.questions[0]?.name.key).toBe('a\\.b\\000.example');
  });
});

describe('a reply', () => {
  const query = makeQuery(options, random);
  const reply = (change: (bytes: Uint8Array) => void): Uint8Array => {
    const bytes = Uint8Array.from(query.bytes);
    bytes[2] = (bytes[2] ?? 0) | 0x80;
    change(bytes);
    return bytes;
  };

  it('matches when ID, QR, opcode and question are right', () => {
    expect(
      matchReply(
        query,
        reply(() => undefined),
      ),
    ).toBe('match');
  });

  it.each([
    ['another ID', (bytes: Uint8Array) => bytes.fill((bytes[0] ?? 0) ^ 1, 0, 1)],
    ['QR clear', (bytes: Uint8Array) => bytes.fill(0, 2, 3)],
    ['another opcode', (bytes: Uint8Array) => bytes.fill(0xa0, 2, 3)],
    ['another name', (bytes: Uint8Array) => bytes.fill(0x78, 13, 14)],
    ['another type', (bytes: Uint8Array) => bytes.fill(1, 31, 32)],
    ['two questions', (bytes: Uint8Array) => bytes.fill(2, 5, 6)],
  ])('is not ours with %s', (_, change) => {
    expect(matchReply(query, reply(change))).toBe('other');
  });

  it('without a question is told apart: it has the ID right, and nothing else to know it by', () => {
    expect(
      matchReply(
        query,
        reply((bytes) => bytes.fill(0, 4, 6)),
      ),
    ).toBe('no-question');
  });

  it('with another case is told apart: a server that does not keep case, or a guess', () => {
    expect(
      matchReply(
        query,
        reply((bytes) => bytes.fill((bytes[13] ?? 0) ^ 0x20, 13, 14)),
      ),
    ).toBe('case-differs');
  });
});

describe('an answer that does not fit', () => {
  const zone = (text: string): Message['answers'] => {
    const parsed = parseZoneFile(text);
    return parsed.ok ? parsed.value : [];
  };
  const records = Array.from({ length: 40 }, (_, index) => `x.org. 1 IN A 192.0.2.${index}`);
  const message: Message = {
    id: 1,
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
    rcode: 0,
    questions: [{ name: name('x.org'), type: 1, class: 1 }],
    answers: zone(records.join('\n')),
    authorities: [],
    additionals: [],
    edns: { udpSize: 1232, version: 0, dnssecOk: true, options: [] },
  };

  it('is sent empty with TC set', () => {
    const decoded = decodeMessage(encodeMessage(message, 512));
    expect(decoded.ok && decoded.value.flags.truncated).toBe(true);
    expect(decoded.ok && decoded.value.answers).toEqual([]);
    expect(encodeMessage(message, 512).length).toBeLessThanOrEqual(512);
  });

  it('loses its additional records in silence when the answer fits without them', () => {
    const small = {
      ...message,
      answers: message.answers.slice(0, 2),
      additionals: message.answers,
    };
    const decoded = decodeMessage(encodeMessage(small, 512));
    expect(decoded.ok && decoded.value.flags.truncated).toBe(false);
    expect(decoded.ok && decoded.value.answers.length).toBe(2);
  });
});
