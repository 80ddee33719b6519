// The lab's name server on the wire (RFC 1035 §4, RFC 6891, RFC 7766).
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import {
  createNameServer,
  type NameServer,
  type NameServerOptions,
} from '../../../../electron/lab/dns-server.ts';
import { generateZoneKey } from '../../../../electron/lab/zone-key.ts';
import { signZone } from '../../../../electron/lab/zone-signer.ts';
import { knownName, knownRecords } from '../../../../electron/lab/zone-text.ts';
import { connectSockets } from '../../../../electron/net/virtual-socket.ts';
import { decodeMessage } from '../../../../electron/wire/decode.ts';
import { encodeMessage } from '../../../../electron/wire/encode.ts';
import type { Message } from '../../../../electron/wire/message.ts';
import { rcodeToText } from '../../../../shared/dns/rcode.ts';
import { TYPE } from '../../../../shared/dns/record-type.ts';

const apex = knownName('example.test');
const TEXT = `$TTL 60
@ SOA ns1 hostmaster 1 1800 900 604800 300
@ NS ns1
ns1 A 192.0.2.1
large TXT ${Array.from({ length: 10 }, () => `"${'x'.repeat(200)}"`).join(' ')}
`;
const zone = signZone(apex, knownRecords(TEXT, apex), null);

function query(name: string, type: number, changes: Partial<Message> = {}): Message {
  return {
    id: 0x1234,
    flags: {
      response: false,
      opcode: 0,
      authoritative: false,
      truncated: false,
      recursionDesired: false,
      recursionAvailable: false,
      authenticData: false,
      checkingDisabled: false,
    },
    rcode: 0,
    questions: [{ name: knownName(name), type, class: 1 }],
    answers: [],
    authorities: [],
    additionals: [],
    edns: { udpSize: 4096, version: 0, dnssecOk: true, options: [] },
    ...changes,
  };
}

function server(options: Partial<NameServerOptions> = {}): NameServer {
  return createNameServer({ zones: [zone], ...options });
}

function exchange(to: NameServer, bytes: Uint8Array): readonly Uint8Array[] {
  const replies: Uint8Array[] = [];
  to.datagrams(bytes, (reply) => replies.push(reply));
  return replies;
}

function ask(to: NameServer, message: Message): Message {
  const [reply] = exchange(to, encodeMessage(message));
  const decoded = reply && decodeMessage(reply);
  if (!decoded?.ok) throw new Error('no readable reply');
  return decoded.value;
}

describe('the name server', () => {
  it('echoes ID, question (case included) and RD, and sets QR and AA', () => {
    const asked = query('NS1.exAMPLE.test', TYPE.A);
    const reply = ask(server(), asked);
    expect(reply.id).toBe(0x1234);
    expect(reply.flags.response && reply.flags.authoritative).toBe(true);
    expect(reply.questions[0]?.name.labels).toEqual(asked.questions[0]?.name.labels);
    expect(reply.answers).toHaveLength(1);
    expect(reply.edns?.udpSize).toBe(1232);
  });

  it('speaks EDNS only to who does', () => {
    expect(ask(server(), query('ns1.example.test', TYPE.A, { edns: null })).edns).toBeNull();
  });

  it('sends signatures only where DO is set (RFC 3225 §3)', () => {
    const signed = signZone(apex, knownRecords(TEXT, apex), {
      keys: [generateZoneKey(15, true)],
      denial: { kind: 'nsec' },
      inception: 1_800_000_000,
      expiration: 1_801_000_000,
    });
    const both = server({ zones: [signed] });
    const withoutDo = { udpSize: 1232, version: 0, dnssecOk: false, options: [] };
    expect(ask(both, query('ns1.example.test', TYPE.A)).answers).toHaveLength(2);
    expect(ask(both, query('ns1.example.test', TYPE.A, { edns: withoutDo })).answers).toHaveLength(
      1,
    );
    expect(ask(both, query('ns1.example.test', TYPE.A, { edns: null })).answers).toHaveLength(1);
  });

  it('truncates what does not fit: 512 octets without EDNS, 1232 with', () => {
    const reply = exchange(server(), encodeMessage(query('large.example.test', TYPE.TXT)))[0];
    expect(reply?.length).toBeLessThanOrEqual(1232);
    expect(ask(server(), query('large.example.test', TYPE.TXT)).flags.truncated).toBe(true);
  });

  it('gives the whole answer over TCP, several questions on one connection, in any pieces', async () => {
    const message = encodeMessage(query('large.example.test', TYPE.TXT));
    const framed = Uint8Array.from([message.length >> 8, message.length & 0xff, ...message]);
    const wire = (arrive: () => void): void => void setImmediate(arrive);
    const { client, server: accepted } = connectSockets(wire, wire);
    server().streams(accepted);
    for (const byte of [...framed, ...framed]) client.write(Uint8Array.of(byte));
    client.end();
    const received: Uint8Array[] = [];
    client.on('data', (chunk: Uint8Array) => received.push(chunk));
    await once(client, 'end');
    const bytes = Buffer.concat(received);
    const first = decodeMessage(new Uint8Array(bytes.subarray(2, 2 + bytes.readUInt16BE(0))));
    expect(first.ok && first.value.flags.truncated).toBe(false);
    expect(first.ok && first.value.answers).toHaveLength(1);
    expect(bytes.length).toBe(2 * (2 + bytes.readUInt16BE(0)));
  });

  it.each<readonly [string, Message, string]>([
    ['refuses other zones', query('elsewhere.test', TYPE.A), 'REFUSED'],
    ['does not implement ANY', query('example.test', TYPE.ANY), 'NOTIMP'],
    [
      'knows EDNS version 0 only (RFC 6891 §6.1.3)',
      query('example.test', TYPE.A, {
        edns: { udpSize: 1232, version: 1, dnssecOk: false, options: [] },
      }),
      'BADVERS',
    ],
    [
      'does not implement other opcodes',
      query('example.test', TYPE.A, { flags: { ...query('x', 1).flags, opcode: 4 } }),
      'NOTIMP',
    ],
  ])('%s', (_title, message, rcode) => {
    expect(rcodeToText(ask(server(), message).rcode)).toBe(rcode);
  });

  it('answers what it cannot read with FORMERR, and responses not at all', () => {
    const [reply] = exchange(server(), Uint8Array.from([1, 2, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0]));
    expect(reply && decodeMessage(reply).ok).toBe(true);
    expect((reply?.[3] ?? 0) & 0x0f).toBe(1);
    const response = encodeMessage(
      query('x', TYPE.A, { flags: { ...query('x', 1).flags, response: true } }),
    );
    expect(exchange(server(), response)).toEqual([]);
    expect(exchange(server(), Uint8Array.of(1, 2, 3))).toEqual([]);
  });

  it('misbehaves when told to', () => {
    const lying = server({ tamper: (_question, answer) => ({ ...answer, rcode: 2 }) });
    expect(rcodeToText(ask(lying, query('ns1.example.test', TYPE.A)).rcode)).toBe('SERVFAIL');
    const silent = server({ tamper: () => null });
    expect(exchange(silent, encodeMessage(query('ns1.example.test', TYPE.A)))).toEqual([]);
  });
});
