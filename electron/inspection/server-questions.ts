/** Questions to single name servers: each once a run, politely, and within one budget (RFC 9156 says why they are asked). */
import pLimit, { type LimitFunction } from 'p-limit';
import type { Name } from '../../shared/dns/name.ts';
import type { ServerAddress, ServerAnswer, ZoneServers } from '../resolver/resolver.ts';
import {
  HOSTS_WITHIN_SURVEY_QUERIES,
  MAX_OPEN_QUESTIONS_PER_SERVER,
  MAX_SURVEY_QUERIES,
  SURVEY_QUERIES_PER_FURTHER_HOST,
} from './limits.ts';
import type { Run } from './run.ts';

export interface SurveyQuestion {
  readonly name: Name;
  readonly type: number;
  readonly transport: 'udp' | 'tcp';
}

/** What has been asked of single servers in this run, and what may still be. */
export interface AskedServers {
  readonly answers: Map<string, Promise<ServerAnswer>>;
  /** Datagrams to one address wait for one another. */
  readonly turns: Map<string, LimitFunction>;
  /** Questions that may still be asked. */
  left: number;
}

export function createAskedServers(): AskedServers {
  return { answers: new Map(), turns: new Map(), left: MAX_SURVEY_QUERIES };
}

/** Many hosts may cost more. */
export function allowFor(asked: AskedServers, hosts: number): void {
  const further = Math.max(0, hosts - HOSTS_WITHIN_SURVEY_QUERIES);
  asked.left += further * SURVEY_QUERIES_PER_FURTHER_HOST;
}

/** Asks, or gives back what was asked before; null when the budget is spent. */
export function askServer(
  run: Run,
  zone: ZoneServers,
  server: ServerAddress,
  question: SurveyQuestion,
): Promise<ServerAnswer> | null {
  const { answers } = run.asked;
  const key = keyOf(server, question);
  const known = answers.get(key);
  if (known !== undefined) return known;
  if (run.asked.left <= 0) return null;
  run.asked.left -= 1;
  const answer = put(run, zone, server, question, true);
  // Whoever waits for it hears of an abort; until then it must not count as unheard.
  answer.catch(() => undefined);
  answers.set(key, answer);
  return answer;
}

export function wasAsked(run: Run, server: ServerAddress, question: SurveyQuestion): boolean {
  return run.asked.answers.has(keyOf(server, question));
}

/** Without EDNS: where nothing else comes back, this tells a firewall that drops EDNS from a dead server. */
export function askPlainly(
  run: Run,
  zone: ZoneServers,
  server: ServerAddress,
  question: SurveyQuestion,
): Promise<ServerAnswer> {
  return put(run, zone, server, question, false);
}

function put(
  run: Run,
  zone: ZoneServers,
  server: ServerAddress,
  { name, type, transport }: SurveyQuestion,
  edns: boolean,
): Promise<ServerAnswer> {
  const ask = (): Promise<ServerAnswer> =>
    run.ports.resolver.ask({ server, zone, name, type, transport, edns }, run.signal);
  // Over TCP all questions share one connection (RFC 7766 §6.2.1.1).
  if (transport === 'tcp') return ask();
  const turns = run.asked.turns.get(server.address) ?? pLimit(MAX_OPEN_QUESTIONS_PER_SERVER);
  run.asked.turns.set(server.address, turns);
  return turns(ask);
}

function keyOf({ address }: ServerAddress, { name, type, transport }: SurveyQuestion): string {
  return `${address} ${transport} ${type} ${name.key}`;
}
