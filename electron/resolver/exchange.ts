/** One question to one server address: UDP, TCP after truncation, without EDNS where it must be (RFC 7766, 6891). */
import { concatBytes, uint16Bytes } from '../../shared/dns/bytes.ts';
import type { Name } from '../../shared/dns/name.ts';
import { RCODE } from '../../shared/dns/rcode.ts';
import { typeToText } from '../../shared/dns/record-type.ts';
import type { Observation } from '../../shared/dnssec/reason.ts';
import { fail, succeed, type Result } from '../../shared/failure.ts';
import { decodeMessage } from '../wire/decode.ts';
import { EDNS_UDP_OCTETS, HEADER_OCTETS, PLAIN_UDP_OCTETS, type Message } from '../wire/message.ts';
import { makeQuery, matchReply, type Query } from '../wire/query.ts';
import type { Context } from './context.ts';
import { hearDatagram, NO_QUESTION } from './datagram.ts';
import { readFramed } from './framed.ts';
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

export interface Attempt {
  readonly run: Run;
  /** The zone that the server is asked as a server of, where that is known. */
  readonly zone?: Name;
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
export function refusesEdns(message: Message): boolean {
  if (message.rcode === RCODE.BADVERS) return true;
  const refuses = message.rcode === RCODE.FORMERR || message.rcode === RCODE.NOTIMP;
  return refuses && message.edns === null;
}

async function overUdp(attempt: Attempt, edns: boolean): Promise<Exchanged> {
  const { run, server } = attempt;
  const query = queryFor(attempt, edns, true);
  const budget = spend(attempt);
  if (!budget.ok) return failed(budget);
  const started = run.network.clock.monotonic();
  const result = await hearDatagram(attempt, query);
  const elapsed = run.network.clock.monotonic() - started;
  if (!result.ok) {
    run.servers.silent(server.address, elapsed);
    const silent = result.failure.kind === 'timeout';
    return { result, observations: silent ? [observe('server-unresponsive', attempt)] : [] };
  }
  const heard = result.value;
  run.servers.answered(server.address, elapsed);
  const most = edns ? EDNS_UDP_OCTETS : PLAIN_UDP_OCTETS;
  const oversize = heard.raw.length > most ? [observeOversize(attempt, heard.raw, most)] : [];
  if (heard.caseDiffers) {
    run.servers.learn(server.address, { tcpOnly: true });
    return withObservations(await overTcp(attempt, edns), oversize);
  }
  if (heard.truncated) {
    return withObservations(afterTruncation(await overTcp(attempt, edns), attempt), oversize);
  }
  return withObservations(received(attempt, heard.raw, heard.message, 'udp'), oversize);
}

function withObservations(exchanged: Exchanged, more: readonly Observation[]): Exchanged {
  return { ...exchanged, observations: [...more, ...exchanged.observations] };
}

function afterTruncation(tcp: Exchanged, attempt: Attempt): Exchanged {
  // What is of no use came over TCP all the same.
  if (tcp.result.ok || ['limit', 'malformed'].includes(tcp.result.failure.kind)) return tcp;
  // RFC 7766 §5: a server must take queries over TCP.
  return { ...tcp, observations: [...tcp.observations, observe('server-no-tcp', attempt)] };
}

async function overTcp(attempt: Attempt, edns: boolean): Promise<Exchanged> {
  const { run, server, manner, context } = attempt;
  const query = queryFor(attempt, edns, false);
  const budget = spend(attempt);
  if (!budget.ok) return failed(budget);
  const endpoint = { address: server.address, port: manner.port };
  const connected = await run.network.connect(endpoint, run.timeoutMs, context.signal);
  if (!connected.ok) return failed(connected);
  const connection = connected.value;
  try {
    const whole = concatBytes(uint16Bytes(query.bytes.length), query.bytes);
    const written = await connection.write(whole, run.timeoutMs, context.signal);
    if (!written.ok) return failed(written);
    const { clock } = run.network;
    const raw = await readFramed(connection, clock, run.timeoutMs, context.signal);
    return raw.ok
      ? received(attempt, raw.value, readOverTcp(query, raw.value), 'tcp')
      : received(attempt, new Uint8Array(0), raw, 'tcp');
  } finally {
    connection.close();
  }
}

/** Over TCP an answer that does not fit is the server's own: nobody else can have sent it. */
function readOverTcp(query: Query, raw: Uint8Array): Result<Message> {
  if (raw.length < HEADER_OCTETS) return decodeMessage(raw);
  switch (matchReply(query, raw)) {
    case 'other':
      return fail({ kind: 'malformed', detail: 'the answer over TCP is to another question' });
    case 'no-question':
      return fail(NO_QUESTION);
    case 'match':
    case 'case-differs': {
      const decoded = decodeMessage(raw);
      // RFC 2181 §9: TC says that the answer did not fit, which over TCP leaves nothing to ask.
      if (!decoded.ok || !decoded.value.flags.truncated) return decoded;
      return fail({ kind: 'malformed', detail: 'the answer is truncated over TCP as well' });
    }
  }
}

/** What came, as a reply, or told as what cannot be read. */
function received(
  attempt: Attempt,
  raw: Uint8Array,
  message: Result<Message>,
  transport: 'udp' | 'tcp',
): Exchanged {
  const { server } = attempt;
  if (message.ok) {
    const reply = { message: message.value, raw, server, transport };
    return { result: succeed(reply), observations: [] };
  }
  const { failure } = message;
  if (failure.kind === 'limit') {
    const { limit } = failure;
    const observation = aboutAnswer('limit-reached', attempt, { limit });
    // The message is refused, the work goes on with other servers.
    const detail = `a message would cost more than a limit (${limit}) allows`;
    return { result: fail({ kind: 'malformed', detail }), observations: [observation] };
  }
  const observations =
    failure.kind === 'malformed'
      ? [aboutAnswer('server-malformed', attempt, { reason: failure.detail })]
      : [];
  return { result: message, observations };
}

function queryFor(attempt: Attempt, edns: boolean, mixedCase: boolean): Query {
  const { run, server, manner, name, type } = attempt;
  const { recursive } = manner;
  const purpose = `any ${server.address} ${type} ${name.key} ${edns} ${mixedCase}`;
  return makeQuery(
    { name, type, edns, recursionDesired: recursive, checkingDisabled: recursive, mixedCase },
    (count) => run.random(count, purpose),
  );
}

function spend(attempt: Attempt): Result<null> {
  if (!attempt.context.budget.spendQuery()) {
    return fail({ kind: 'limit', limit: attempt.context.budget.exceeded() ?? '' });
  }
  attempt.run.countQuery();
  return succeed(null);
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

function observeOversize(attempt: Attempt, raw: Uint8Array, limit: number): Observation {
  return aboutAnswer('server-udp-oversize', attempt, { size: raw.length, limit });
}

/** An observation about one answer: by whom, and to what. */
function aboutAnswer(
  code: 'server-malformed' | 'server-udp-oversize' | 'limit-reached',
  { server, zone, name, type }: Attempt,
  parameters: Observation['parameters'],
): Observation {
  const { address } = server;
  const of = zone === undefined ? {} : { zone: zone.key };
  const question = { name: name.key, type: typeToText(type) };
  return {
    code,
    subject: address,
    parameters: { server: server.name, address, ...of, ...question, ...parameters },
  };
}
