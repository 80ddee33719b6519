/** What one address sends back to one question over one transport, fit to read or not (RFC 1035 §4.2, RFC 7766). */
import type { Name } from '../../shared/dns/name.ts';
import { fail, succeed, type Failure, type Result } from '../../shared/failure.ts';
import { decodeMessage } from '../wire/decode.ts';
import type { Message } from '../wire/message.ts';
import { makeQuery, matchReply, type Query } from '../wire/query.ts';
import type { Context } from './context.ts';
import { hearDatagram, NO_QUESTION, type Heard as Datagram } from './datagram.ts';
import { refusesEdns } from './exchange.ts';
import { FIRST_PATIENCE_MS, MAX_QUESTION_MS, QUESTION_TIMEOUTS } from './limits.ts';
import { race, type Contender } from './race.ts';
import type { ServerAddress } from './resolver.ts';
import type { Run } from './run.ts';
import type { TcpLinks } from './tcp-links.ts';

export interface Question {
  readonly server: ServerAddress;
  readonly name: Name;
  readonly type: number;
  readonly transport: 'udp' | 'tcp';
  readonly edns: boolean;
}

export interface Heard {
  /** The octets, readable or not; empty when none came. */
  readonly raw: Uint8Array;
  readonly result: Result<Message>;
  /** It answers, but only to a question without EDNS (RFC 6891 §7). */
  readonly refusedEdns: boolean;
}

/** Datagrams to one address before it counts as silent: two losses in a row are not rare. */
const TRIES = 3;

/**
 * Share of the time-out that passes before the last of them: what limits the rate of answers, or goes
 * away for a moment, drops all that is sent within a second.
 */
const LAST_TRY_AFTER = 0.4;

export async function hear(
  run: Run,
  links: TcpLinks,
  question: Question,
  context: Context,
): Promise<Heard> {
  const { address } = question.server;
  if (!run.mayAsk(address)) {
    const detail = 'a name server at a private or special address is not asked';
    return nothing({ kind: 'not-allowed', address, detail });
  }
  const edns = question.edns && !run.servers.traits(address).noEdns;
  const first = await once(run, links, { ...question, edns }, context);
  if (!edns || !first.result.ok || !refusesEdns(first.result.value)) return first;
  const plain = await once(run, links, { ...question, edns: false }, context);
  // Where it refuses the plain question just so, it is the question that it does not like.
  if (!plain.result.ok || refusesEdns(plain.result.value)) return first;
  run.servers.learn(address, { noEdns: true });
  return { ...plain, refusedEdns: true };
}

async function once(
  run: Run,
  links: TcpLinks,
  question: Question,
  context: Context,
): Promise<Heard> {
  if (question.transport === 'tcp') return overTcp(run, links, question, context);
  const heard = await persist(run, question, context);
  if (!heard.ok) return nothing(heard.failure);
  return { raw: heard.value.raw, result: heard.value.message, refusedEdns: false };
}

function nothing(failure: Failure): Heard {
  return { raw: new Uint8Array(0), result: fail(failure), refusedEdns: false };
}

/** The same address up to three times, as long as nothing comes back. */
function persist(run: Run, question: Question, context: Context): Promise<Result<Datagram>> {
  const { address } = question.server;
  let tries = 0;
  let lastWord: Failure | null = null;
  const next = (): Contender<Datagram> | null => {
    if (tries >= TRIES || (lastWord !== null && lastWord.kind !== 'timeout')) return null;
    tries += 1;
    const soon = run.servers.patienceMs(address);
    return {
      patienceMs: tries < TRIES - 1 ? soon : Math.max(2 * soon, LAST_TRY_AFTER * run.timeoutMs),
      start: async (signal) => {
        const heard = await overUdp(run, question, { ...context, signal });
        if (heard.ok) return { kind: 'win', value: heard.value };
        lastWord = heard.failure;
        return { kind: 'lose', failure: lastWord };
      },
    };
  };
  // The last try is not listened to for as long as the first: that much is known of the server by then.
  const deadlineMs = Math.min(
    QUESTION_TIMEOUTS * run.timeoutMs,
    run.timeoutMs + 3 * FIRST_PATIENCE_MS,
  );
  return race(next, run.network.clock, Math.min(MAX_QUESTION_MS, deadlineMs), context.signal);
}

/** What does not keep the case is taken too: it is shown and compared, never trusted without a signature. */
async function overUdp(run: Run, question: Question, context: Context): Promise<Result<Datagram>> {
  const { server, name, type } = question;
  const query = queryFor(run, question, true);
  const spent = spend(run, context);
  if (!spent.ok) return spent;
  const started = run.network.clock.monotonic();
  const manner = { port: run.dnsPort, recursive: false };
  const heard = await hearDatagram({ run, server, manner, name, type, context }, query);
  if (heard.ok) run.servers.answered(server.address, run.network.clock.monotonic() - started);
  return heard;
}

async function overTcp(
  run: Run,
  links: TcpLinks,
  question: Question,
  context: Context,
): Promise<Heard> {
  const query = queryFor(run, question, false);
  const spent = spend(run, context);
  if (!spent.ok) return nothing(spent.failure);
  const endpoint = { address: question.server.address, port: run.dnsPort };
  const octets = await links.ask(endpoint, query, context.signal);
  if (!octets.ok) return nothing(octets.failure);
  const raw = octets.value;
  const result =
    matchReply(query, raw) === 'no-question' ? fail<Message>(NO_QUESTION) : decodeMessage(raw);
  return { raw, result, refusedEdns: false };
}

function queryFor(run: Run, question: Question, mixedCase: boolean): Query {
  const { server, name, type, edns } = question;
  const purpose = `each ${server.address} ${type} ${name.key} ${edns} ${mixedCase}`;
  return makeQuery(
    { name, type, edns, recursionDesired: false, checkingDisabled: false, mixedCase },
    (count) => run.random(count, purpose),
  );
}

function spend(run: Run, context: Context): Result<null> {
  if (!context.budget.spendQuery()) {
    return fail({ kind: 'limit', limit: context.budget.exceeded() ?? '' });
  }
  run.countQuery();
  return succeed(null);
}
