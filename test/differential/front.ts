// Stands before the real name servers, tells everybody the same, and puts one fault into it (RFC 1035 §4).
import { createSocket } from 'node:dgram';
import { connect, createServer, type Socket } from 'node:net';
import { decodeMessage } from '../../electron/wire/decode.ts';
import { encodeMessage } from '../../electron/wire/encode.ts';
import { OPCODE_QUERY, type Message, type Question } from '../../electron/wire/message.ts';
import { makeName, lowerCase } from '../../shared/dns/name.ts';
import type { Endpoint } from '../universe/bind.ts';

/** What becomes of one answer; the record set it is about is named by whoever made the fault. */
export type Fault = (answer: Message, question: Question) => Message;

export interface Fronts {
  /** From now on every answer is altered so; null ends it. */
  setFault(fault: Fault | null): void;
  close(): Promise<void>;
}

const UPSTREAM_TIMEOUT = 2_000;
const PLAIN_OCTETS = 512;

/** Each listening endpoint with the name server behind it. */
export async function startFronts(
  pairs: readonly { readonly listen: Endpoint; readonly upstream: Endpoint }[],
): Promise<Fronts> {
  let fault: Fault | null = null;
  const known = new Map<string, Promise<Message | null>>();
  const closers: (() => Promise<void>)[] = [];
  for (const { listen, upstream } of pairs) {
    const answerTo = async (
      bytes: Uint8Array,
      mostOctets: number | null,
    ): Promise<Buffer | null> => {
      const query = decodeMessage(bytes);
      const question = query.ok ? query.value.questions[0] : undefined;
      if (!query.ok || question === undefined) return null;
      const asked = { ...question, name: makeName(question.name.labels.map(lowerCase)) };
      const id = `${upstream.port}|${asked.type}|${asked.name.key}`;
      const answer = known.get(id) ?? ask(asked, upstream);
      known.set(id, answer);
      const honest = await answer;
      if (honest === null) return null;
      const altered = fault === null ? honest : fault(honest, asked);
      const size = mostOctets ?? query.value.edns?.udpSize ?? PLAIN_OCTETS;
      return Buffer.from(encodeMessage(reply(altered, query.value, question), size));
    };
    closers.push(await serveUdp(listen, (query) => answerTo(query, null)));
    closers.push(await serveTcp(listen, (query) => answerTo(query, 65_535)));
  }
  return {
    setFault: (next) => {
      fault = next;
    },
    close: async () => {
      await Promise.all(closers.map((close) => close()));
    },
  };
}

function reply(answer: Message, query: Message, question: Question): Message {
  const { recursionDesired, checkingDisabled } = query.flags;
  return {
    ...answer,
    id: query.id,
    flags: { ...answer.flags, recursionDesired, checkingDisabled },
    questions: [question],
    edns: query.edns === null ? null : { udpSize: 1232, version: 0, dnssecOk: true, options: [] },
  };
}

export async function ask(question: Question, upstream: Endpoint): Promise<Message | null> {
  const query: Message = {
    id: 4711,
    flags: {
      response: false,
      opcode: OPCODE_QUERY,
      authoritative: false,
      truncated: false,
      recursionDesired: false,
      recursionAvailable: false,
      authenticData: false,
      checkingDisabled: false,
    },
    rcode: 0,
    questions: [question],
    answers: [],
    authorities: [],
    additionals: [],
    edns: { udpSize: 4096, version: 0, dnssecOk: true, options: [] },
  };
  const bytes = await askOverTcp(Buffer.from(encodeMessage(query)), upstream);
  const answer = bytes === null ? null : decodeMessage(bytes);
  return answer?.ok === true ? answer.value : null;
}

type Answer = (query: Buffer) => Promise<Buffer | null>;

async function serveUdp(listen: Endpoint, answerTo: Answer): Promise<() => Promise<void>> {
  const socket = createSocket('udp4');
  let open = true;
  socket.on('message', (query, sender) => {
    void answerTo(query).then((answer) =>
      answer === null || !open
        ? undefined
        : socket.send(answer, sender.port, sender.address, () => undefined),
    );
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(listen.port, listen.address, resolve);
  });
  socket.on('error', () => undefined);
  return () => {
    open = false;
    return new Promise((resolve) => socket.close(resolve));
  };
}

async function serveTcp(listen: Endpoint, answerTo: Answer): Promise<() => Promise<void>> {
  const clients = new Set<Socket>();
  const server = createServer((client) => {
    clients.add(client);
    client.on('close', () => clients.delete(client));
    client.on('error', () => client.destroy());
    let pending = Buffer.alloc(0);
    client.on('data', (bytes) => {
      pending = Buffer.concat([pending, bytes]);
      while (pending.length >= 2 && pending.length >= 2 + pending.readUInt16BE(0)) {
        const end = 2 + pending.readUInt16BE(0);
        const query = pending.subarray(2, end);
        pending = pending.subarray(end);
        void answerTo(query).then((answer) =>
          answer === null ? client.destroy() : client.write(framed(answer)),
        );
      }
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(listen.port, listen.address, resolve);
  });
  return () => {
    for (const client of clients) client.destroy();
    return new Promise((resolve) => server.close(() => resolve()));
  };
}

function askOverTcp(query: Buffer, upstream: Endpoint): Promise<Buffer | null> {
  return new Promise((resolve) => {
    const socket = connect(upstream.port, upstream.address);
    let received = Buffer.alloc(0);
    const finish = (answer: Buffer | null): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(UPSTREAM_TIMEOUT, () => finish(null));
    socket.on('error', () => finish(null));
    socket.on('end', () => finish(null));
    socket.on('data', (bytes) => {
      received = Buffer.concat([received, bytes]);
      if (received.length < 2) return;
      const end = 2 + received.readUInt16BE(0);
      if (received.length >= end) finish(received.subarray(2, end));
    });
    socket.write(framed(query));
  });
}

/** A message over TCP has its length before it (RFC 1035 §4.2.2). */
function framed(message: Buffer): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(message.length);
  return Buffer.concat([length, message]);
}
