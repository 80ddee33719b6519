/** One question to one authoritative address, its very answer validated (RFC 9156 is why ancestors are asked). */
import { ancestorOf, isSubdomainOf, wildcardOf, type Name } from '../../shared/dns/name.ts';
import { rcodeToText } from '../../shared/dns/rcode.ts';
import { covered } from '../../shared/dnssec/denial.ts';
import type { Observation } from '../../shared/dnssec/reason.ts';
import { parseRrsig } from '../../shared/dnssec/rrsig.ts';
import { signedRRsets } from '../../shared/dnssec/signed-rrset.ts';
import type { Failure, Result } from '../../shared/failure.ts';
import type { Context } from './context.ts';
import { exchange } from './exchange.ts';
import { judgeReply } from './judge-reply.ts';
import { MAX_QUESTION_MS, QUESTION_TIMEOUTS } from './limits.ts';
import { race, type Contender } from './race.ts';
import { assess, findReferral, scrub, type Reply } from './reply.ts';
import type { ServerAddress, ServerAnswer } from './resolver.ts';
import type { Run } from './run.ts';
import type { Zone } from './zone.ts';

/** Datagrams to one address before it counts as silent: two losses in a row are not rare. */
const TRIES = 3;

export async function askOne(
  run: Run,
  server: ServerAddress,
  zone: Zone,
  name: Name,
  type: number,
  mustExist: readonly Name[],
  context: Context,
): Promise<ServerAnswer> {
  const observations: Observation[] = [];
  const result = await persist(run, server, name, type, context, observations);
  const base = { ...NOTHING, server, name, type };
  if (!result.ok) return { ...base, failure: result.failure, observations };
  const reply: Reply = { ...result.value, message: scrub(result.value.message, zone.name) };
  const { raw, transport, message } = reply;
  const assessment = assess(message, zone, name, type);
  if (assessment.kind === 'reject') {
    const { failure, lame } = assessment;
    if (lame) observations.push(observeLame(server, zone));
    return { ...base, raw, transport, failure, observations };
  }
  const referral = findReferral(message, zone, name, type);
  if (referral !== null) {
    const text = `the server refers to the zone ${referral.name.key}`;
    const reason = { subject: name.key, text, ede: null };
    return { ...base, raw, transport, rcode: 'NOERROR', reason, observations };
  }
  const judged = await judgeReply(run, zone, reply, name, type, context);
  const known = mustExist.filter((each) => isSubdomainOf(each, judged.trust.zone.name));
  return {
    ...base,
    rcode: rcodeToText(message.rcode),
    security: judged.security,
    reason: judged.reason,
    answers: judged.records,
    denies: judged.denies,
    covered:
      judged.denial === null ? [] : covered(judged.denial, known, wildcardsBehind(reply, name)),
    raw,
    transport,
    observations: [...observations, ...judged.observations],
  };
}

/** RFC 4034 §3.1.3: a signature over fewer labels than its owner has is that of a wildcard. */
function wildcardsBehind({ message }: Reply, name: Name): readonly Name[] {
  return signedRRsets(message.answers)
    .filter(({ rrset }) => rrset.name.key === name.key)
    .flatMap(({ signatures }) => signatures.map(({ rdata }) => parseRrsig(rdata)?.labels))
    .filter((labels) => labels !== undefined && labels < name.labels.length)
    .flatMap((labels = 0) => wildcardOf(ancestorOf(name, labels)) ?? []);
}

const NOTHING = {
  rcode: null,
  failure: null,
  security: 'indeterminate',
  reason: null,
  answers: [],
  denies: null,
  covered: [],
  raw: new Uint8Array(0),
  transport: 'udp',
} as const;

/** The same address up to three times, as long as nothing comes back. */
function persist(
  run: Run,
  server: ServerAddress,
  name: Name,
  type: number,
  context: Context,
  observations: Observation[],
): Promise<Result<Reply>> {
  let tries = 0;
  let lastWord: Failure | null = null;
  const next = (): Contender<Reply> | null => {
    if (tries >= TRIES || (lastWord !== null && lastWord.kind !== 'timeout')) return null;
    tries += 1;
    return {
      patienceMs: run.servers.patienceMs(server.address) * 2 ** (tries - 1),
      start: async (signal) => {
        const manner = { port: run.dnsPort, recursive: false };
        const inner = { ...context, signal };
        const exchanged = await exchange({ run, server, manner, name, type, context: inner });
        observations.push(...exchanged.observations);
        if (exchanged.result.ok) return { kind: 'win', value: exchanged.result.value };
        lastWord = exchanged.result.failure;
        return { kind: 'lose', failure: lastWord };
      },
    };
  };
  const deadlineMs = Math.min(MAX_QUESTION_MS, QUESTION_TIMEOUTS * run.timeoutMs);
  return race(next, run.network.clock, deadlineMs, context.signal);
}

function observeLame(server: ServerAddress, zone: Zone): Observation {
  return {
    code: 'server-lame',
    subject: server.address,
    parameters: { server: server.name, zone: zone.name.key },
  };
}
