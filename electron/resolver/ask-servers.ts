/** One question to the servers of one zone: in order of speed, retried, until one gives something usable. */
import type { Name } from '../../shared/dns/name.ts';
import { typeToText } from '../../shared/dns/record-type.ts';
import type { Observation } from '../../shared/dnssec/reason.ts';
import { fail, type Result } from '../../shared/failure.ts';
import type { Context } from './context.ts';
import { exchange, type Exchanged, type Manner } from './exchange.ts';
import {
  MAX_EXCHANGES_PER_QUESTION,
  MAX_QUESTION_MS,
  MIN_EXCHANGES_PER_QUESTION,
  QUESTION_TIMEOUTS,
} from './limits.ts';
import { moreServers, noteServersLeftOut, someServers } from './name-servers.ts';
import { mostTelling, race, type Contender, type Outcome } from './race.ts';
import { assess, assessRecursive, scrub, type Reply } from './reply.ts';
import type { ServerAddress } from './resolver.ts';
import { isOfFamily, type Run } from './run.ts';
import type { Zone } from './zone.ts';

export interface Asked {
  /** The reply is scrubbed of what the zone's servers cannot speak for. */
  readonly result: Result<Reply>;
  readonly observations: readonly Observation[];
}

/** The same question to the same zone is asked once in a run. `without`: addresses that are not to be asked. */
export function askZone(
  run: Run,
  zone: Zone,
  name: Name,
  type: number,
  context: Context,
  without: ReadonlySet<string> = new Set(),
): Promise<Asked> {
  const key = questionKey(zone, name, type, without);
  return run.questions.run(key, context, (inner) => ask(run, zone, name, type, inner, without));
}

export function questionKey(
  zone: Zone,
  name: Name,
  type: number,
  without: ReadonlySet<string> = new Set(),
): string {
  return `${zone.name.key}|${typeToText(type)}|${name.key}|${[...without].sort().join()}`;
}

async function ask(
  run: Run,
  zone: Zone,
  name: Name,
  type: number,
  context: Context,
  without: ReadonlySet<string>,
): Promise<Asked> {
  const observations: Observation[] = [];
  const usable = (servers: readonly ServerAddress[]): readonly ServerAddress[] =>
    servers.filter(
      (server) =>
        !without.has(server.address) && (run.forwarder !== null || isOfFamily(run, server.address)),
    );
  const attempt = (servers: readonly ServerAddress[]): Promise<Result<Reply>> =>
    askThese(run, zone, usable(servers), name, type, context, observations);
  const first = await someServers(run, zone, context);
  const result = await attempt(first);
  if (result.ok || result.failure.kind === 'limit') return { result, observations };
  const tried = new Set(first.map((server) => server.address));
  const rest = (await moreServers(run, zone, context)).filter(({ address }) => !tried.has(address));
  const second = usable(rest).length === 0 ? result : await attempt(rest);
  if (second.ok) return { result: second, observations };
  noteServersLeftOut(run, zone, context);
  const failure = mostTelling([result.failure, second.failure], 0);
  return { result: fail(failure), observations };
}

async function askThese(
  run: Run,
  zone: Zone,
  servers: readonly ServerAddress[],
  name: Name,
  type: number,
  context: Context,
  observations: Observation[],
): Promise<Result<Reply>> {
  if (servers.length === 0) return fail({ kind: 'unreachable', code: 'NO_NAME_SERVER_ADDRESS' });
  const ordered = run.servers.order(servers);
  run.noteServers(zone, servers);
  const hopeless = new Set<string>();
  const most = Math.min(
    MAX_EXCHANGES_PER_QUESTION,
    Math.max(MIN_EXCHANGES_PER_QUESTION, 2 * ordered.length),
  );
  let started = 0;
  const next = (): Contender<Reply> | null => {
    for (; started < most; started++) {
      const server = ordered[started % ordered.length];
      if (server === undefined || hopeless.has(server.address)) continue;
      const round = Math.floor(started / ordered.length);
      started += 1;
      return {
        patienceMs: run.servers.patienceMs(server.address) * 2 ** round,
        start: async (signal) => {
          const manner: Manner = mannerOf(run);
          const inner = { ...context, signal };
          const attempt = { run, server, manner, zone: zone.name, name, type, context: inner };
          const exchanged = await exchange(attempt);
          observations.push(...exchanged.observations);
          const outcome = judge(run, zone, name, type, exchanged, observations);
          // Asking again helps against loss, not against a clear answer.
          if (outcome.kind !== 'lose' || outcome.failure.kind !== 'timeout') {
            hopeless.add(server.address);
          }
          return outcome;
        },
      };
    }
    return null;
  };
  const deadlineMs = Math.min(MAX_QUESTION_MS, QUESTION_TIMEOUTS * run.timeoutMs);
  return race(next, run.network.clock, deadlineMs, context.signal);
}

export function mannerOf(run: Run): Manner {
  return run.forwarder === null
    ? { port: run.dnsPort, recursive: false }
    : { port: run.forwarder.port, recursive: true };
}

function judge(
  run: Run,
  zone: Zone,
  name: Name,
  type: number,
  exchanged: Exchanged,
  observations: Observation[],
): Outcome<Reply> {
  if (!exchanged.result.ok) return { kind: 'lose', failure: exchanged.result.failure };
  const reply = { ...exchanged.result.value };
  const message = scrub(reply.message, zone.name);
  const assessment =
    run.forwarder === null ? assess(message, zone, name, type) : assessRecursive(message);
  const value: Reply = { ...reply, message };
  if (assessment.kind === 'use') return { kind: 'win', value };
  if (assessment.kind === 'spare') return { kind: 'spare', value };
  if (assessment.lame && run.forwarder === null) {
    observations.push({
      code: 'server-lame',
      subject: reply.server.address,
      parameters: { server: reply.server.name, zone: zone.name.key },
    });
  }
  return { kind: 'lose', failure: assessment.failure };
}
