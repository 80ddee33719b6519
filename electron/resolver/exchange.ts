/** One question to one server address: UDP, TCP after truncation, without EDNS where it must be (RFC 7766, 6891). */
import { concatBytes, readUint16, uint16Bytes } from '../../shared/dns/bytes.ts';
import type { Name } from '../../shared/dns/name.ts';
import { RCODE } from '../../shared/dns/rcode.ts';
import type { Observation } from '../../shared/dnssec/reason.ts';
import { fail, succeed, type Result } from '../../shared/failure.ts';
import type { Connection, Endpoint } from '../net/network.ts';
import { decodeMessage } from '../wire/decode.ts';
import type { Message } from '../wire/message.ts';
import { makeQuery, matchReply, type Query } from '../wire/query.ts';
import type { Context } from './context.ts';
import type { Reply } from './reply.ts';
import type { ServerAddress } from './resolver.ts';
import type { Run } from './run.ts';

export interface Exchanged {
  readonly result: Result<Reply>;
  readonly observations: readonly Observation[];
}

/** How to ask: a recursive resolver is asked with RD and CD (RFC 4035 §3.2.2), a server with neither. */
export interface Manner {
  readonly port: number;
  readonly recursive: boolean;
}

interface Received {
  readonly raw: Uint8Array;
  readonly message: Message;
}

interface Attempt {
  readonly run: Run;
  readonly server: ServerAddress;
  readonly manner: Manner;
  readonly name: Name;
  readonly type: number;
  readonly context: Context;
}

/** Ends within about twice the run's time-out: UDP, then TCP or plain DNS where the answer calls for it. */
export async function exchange(attempt: Attempt): Promise<Exchanged> {
  const { run, server } = attempt;
  if (!run.mayAsk(server.address)) {
    const detail = 'a name server at a private or special address is not asked';
    return failed(fail({ kind: 'not-allowed', address: server.address, detail }));
  }
  const traits = run.servers.traits(server.address);
  if (traits.tcpOnly) return overTcp(attempt, !traits.noEdns);
  const first = await overUdp(attempt, !traits.noEdns);
  if (first.result.ok && refusesEdns(first.result.value.message) && !traits.noEdns) {
    const plain = await overUdp(attempt, false);
    // Where it refuses the plain question just so, it is the question that it does not like.
    if (!plain.result.ok || refusesEdns(plain.result.value.message)) return first;
    run.servers.learn(server.address, { noEdns: true });
    return { ...plain, observations: [observe('server-no-edns', attempt), ...plain.observations] };
  }
  return first;
}

/** RFC 6891 §7: a server that does not know EDNS answers FORMERR (NOTIMP was seen too), without OPT. */
function refusesEdns(message: Message): boolean {
  if (message.rcode === RCODE.BADVERS) return true;
  const refuses = message.rcode === RCODE.FORMERR || message.rcode === RCODE.NOTIMP;
  return refuses && message.edns === null;
}

async function overUdp(attempt: Attempt, edns: boolean): Promise<Exchanged> {
  const { run, server, manner, context } = attempt;
  const query = queryFor(attempt, edns, true);
  const budget = spend(attempt);
  if (!budget.ok) return failed(budget);
  const started = run.network.clock.monotonic();
  const datagram = await run.network.exchangeDatagram(
    endpointOf(server, manner),
    query.bytes,
    (reply) => matchReply(query, reply) !== 'other',
    run.timeoutMs,
    context.signal,
  );
  const elapsed = run.network.clock.monotonic() - started;
  if (!datagram.ok) {
    run.servers.silent(server.address, elapsed);
    const silent = datagram.failure.kind === 'timeout';
    return {
      result: datagram,
      observations: silent ? [observe('server-unresponsive', attempt)] : [],
    };
  }
  run.servers.answered(server.address, elapsed);
  if (matchReply(query, datagram.value) === 'case-differs') {
    run.servers.learn(server.address, { tcpOnly: true });
    return overTcp(attempt, edns);
  }
  const received = read(datagram.value);
  // A message cut off in transit may be whole over TCP: TC is in the header whatever follows.
  const truncated = received.ok
    ? received.value.message.flags.truncated
    : isTruncated(datagram.value);
  if (truncated) return afterTruncation(await overTcp(attempt, edns), attempt);
  return { result: asReply(received, server, 'udp'), observations: [] };
}

function afterTruncation(tcp: Exchanged, attempt: Attempt): Exchanged {
  if (tcp.result.ok || tcp.result.failure.kind === 'limit') return tcp;
  // RFC 7766 §5: a server must take queries over TCP.
  return { ...tcp, observations: [...tcp.observations, observe('server-no-tcp', attempt)] };
}

async function overTcp(attempt: Attempt, edns: boolean): Promise<Exchanged> {
  const { run, server, manner, context } = attempt;
  const query = queryFor(attempt, edns, false);
  const budget = spend(attempt);
  if (!budget.ok) return failed(budget);
  const endpoint = endpointOf(server, manner);
  const connected = await run.network.connect(endpoint, run.timeoutMs, context.signal);
  if (!connected.ok) return failed(connected);
  const connection = connected.value;
  try {
    const whole = concatBytes(uint16Bytes(query.bytes.length), query.bytes);
    const written = await connection.write(whole, run.timeoutMs, context.signal);
    if (!written.ok) return failed(written);
    const raw = await readFramed(attempt, connection);
    if (!raw.ok) return failed(raw);
    if (matchReply(query, raw.value) === 'other') {
      const detail = 'the answer over TCP is to another question';
      return failed(fail({ kind: 'malformed', detail }));
    }
    return { result: asReply(read(raw.value), server, 'tcp'), observations: [] };
  } finally {
    connection.close();
  }
}

/** One message behind its two octets of length (RFC 1035 §4.2.2), all within one time-out. */
async function readFramed(attempt: Attempt, connection: Connection): Promise<Result<Uint8Array>> {
  const { run, context } = attempt;
  const deadline = run.network.clock.monotonic() + run.timeoutMs;
  let bytes = new Uint8Array(0);
  while (bytes.length < 2 || bytes.length < 2 + readUint16(bytes, 0)) {
    const left = deadline - run.network.clock.monotonic();
    if (left <= 0) return fail({ kind: 'timeout', afterMs: run.timeoutMs });
    const chunk = await connection.read(left, context.signal);
    if (!chunk.ok) return chunk;
    if (chunk.value === null) return fail({ kind: 'closed', code: 'EOF' });
    bytes = new Uint8Array(concatBytes(bytes, chunk.value));
  }
  return succeed(bytes.slice(2, 2 + readUint16(bytes, 0)));
}

function queryFor(attempt: Attempt, edns: boolean, mixedCase: boolean): Query {
  const { run, manner, name, type } = attempt;
  const { recursive } = manner;
  return makeQuery(
    { name, type, edns, recursionDesired: recursive, checkingDisabled: recursive, mixedCase },
    run.random,
  );
}

function spend(attempt: Attempt): Result<null> {
  if (!attempt.context.budget.spendQuery()) {
    return fail({ kind: 'limit', limit: attempt.context.budget.exceeded() ?? '' });
  }
  attempt.run.countQuery();
  return succeed(null);
}

function read(raw: Uint8Array): Result<Received> {
  const decoded = decodeMessage(raw);
  return decoded.ok ? succeed({ raw, message: decoded.value }) : decoded;
}

function isTruncated(raw: Uint8Array): boolean {
  return ((raw[2] ?? 0) & 0x02) !== 0;
}

function asReply(
  received: Result<Received>,
  server: ServerAddress,
  transport: 'udp' | 'tcp',
): Result<Reply> {
  return received.ok ? succeed({ ...received.value, server, transport }) : received;
}

function endpointOf(server: ServerAddress, manner: Manner): Endpoint {
  return { address: server.address, port: manner.port };
}

function failed(result: Result<never> | Result<unknown>): Exchanged {
  return {
    result: result.ok ? fail({ kind: 'malformed', detail: 'no failure' }) : result,
    observations: [],
  };
}

function observe(
  code: 'server-unresponsive' | 'server-no-edns' | 'server-no-tcp',
  { server, run }: Attempt,
): Observation {
  const seconds = run.timeoutMs / 1000;
  return {
    code,
    subject: server.address,
    parameters:
      code === 'server-unresponsive' ? { server: server.name, seconds } : { server: server.name },
  };
}
