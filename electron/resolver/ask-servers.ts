/** One question to the servers of one zone: in order of speed, retried, until one gives something usable. */
import type { Name } from '../../shared/dns/name.ts';
import { TYPE, typeToText } from '../../shared/dns/record-type.ts';
import type { Observation } from '../../shared/dnssec/reason.ts';
import { fail, type Failure, type Result } from '../../shared/failure.ts';
import { childServers, noteChildHosts } from './child-servers.ts';
import type { Context } from './context.ts';
import { exchange, type Exchanged, type Manner } from './exchange.ts';
import {
  MAX_EXCHANGES_PER_QUESTION,
  MAX_QUESTION_MS,
  MIN_EXCHANGES_PER_QUESTION,
  QUESTION_TIMEOUTS,
} from './limits.ts';
import { moreServers, serversLeftOut, serversNotLookedUp, someServers } from './name-servers.ts';
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
  const tried = new Set<string>();
  const failures: Failure[] = [];
  const question: Asking = { run, zone, name, type, context, observations, spoke: false };
  // From the nearest at hand to what takes the most trouble to find.
  const sources = [
    () => someServers(run, zone, context),
    () => moreServers(run, zone, context),
    () => childServers(run, zone, question.spoke && !isOwnQuestion, context),
  ];
  const isOwnQuestion = type === TYPE.NS && name.key === zone.name.key;
  observations.push(...serversLeftOut(zone));
  for (const find of sources) {
    const found = await find();
    observations.push(...found.limits);
    const untried = usable(found.servers).filter(({ address }) => !tried.has(address));
    if (untried.length === 0 && failures.length > 0) continue;
    for (const { address } of untried) tried.add(address);
    const result = await askThese(question, untried);
    if (result.ok || result.failure.kind === 'limit') return { result, observations };
    failures.push(result.failure);
  }
  observations.push(...serversNotLookedUp(run, zone));
  return { result: fail(mostTelling(failures, 0)), observations };
}

interface Asking {
  readonly run: Run;
  readonly zone: Zone;
  readonly name: Name;
  readonly type: number;
  readonly context: Context;
  readonly observations: Observation[];
  /** Some server sent something that can be read. */
  spoke: boolean;
}

async function askThese(asking: Asking, servers: readonly ServerAddress[]): Promise<Result<Reply>> {
  const { run, zone, name, type, context, observations } = asking;
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
          const outcome = judge(asking, exchanged);
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

function judge(asking: Asking, exchanged: Exchanged): Outcome<Reply> {
  const { run, zone, name, type, observations } = asking;
  if (!exchanged.result.ok) return { kind: 'lose', failure: exchanged.result.failure };
  const reply = { ...exchanged.result.value };
  const message = scrub(reply.message, zone.name);
  asking.spoke = true;
  noteChildHosts(run, zone, message);
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
