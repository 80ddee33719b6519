/** One question to one authoritative address, its very answer validated (RFC 9156 is why ancestors are asked). */
import { ancestorOf, isSubdomainOf, wildcardOf, type Name } from '../../shared/dns/name.ts';
import { rcodeToText } from '../../shared/dns/rcode.ts';
import { TYPE } from '../../shared/dns/record-type.ts';
import { covered } from '../../shared/dnssec/denial.ts';
import type { Observation } from '../../shared/dnssec/reason.ts';
import { parseRrsig } from '../../shared/dnssec/rrsig.ts';
import { signedRRsets } from '../../shared/dnssec/signed-rrset.ts';
import type { Message } from '../wire/message.ts';
import type { Context } from './context.ts';
import { hear } from './hear.ts';
import { judgeReply, type Judged } from './judge-reply.ts';
import { assess, findReferral, scrub, type Reply } from './reply.ts';
import type { ServerAddress, ServerAnswer, SingleQuestion } from './resolver.ts';
import type { Run } from './run.ts';
import type { TcpLinks } from './tcp-links.ts';
import type { Zone } from './zone.ts';

export async function askOne(
  run: Run,
  links: TcpLinks,
  question: SingleQuestion,
  zone: Zone,
  context: Context,
): Promise<ServerAnswer> {
  const { server, name, type, transport } = question;
  const { raw, result, refusedEdns } = await hear(run, links, question, context);
  const observations = refusedEdns ? [observeServer('server-no-edns', server, zone)] : [];
  const base = { ...NOTHING, server, name, type, transport, raw, observations };
  // Cut off anywhere, the header still says so; what is left is not judged.
  if (transport === 'udp' && isTruncated(raw)) {
    const message = result.ok ? result.value : null;
    return { ...base, ...factsOf(message), truncated: true, reason: CUT_OFF(name) };
  }
  if (!result.ok) return { ...base, failure: result.failure };
  if (isTruncated(raw)) {
    const detail = 'the answer over TCP says that it is truncated';
    return { ...base, ...factsOf(result.value), failure: { kind: 'malformed', detail } };
  }
  const facts = factsOf(result.value);
  const message = scrub(result.value, zone.name);
  const assessment = assess(message, zone, name, type);
  if (assessment.kind === 'reject') {
    const { failure, lame } = assessment;
    const lameness = lame ? [observeServer('server-lame', server, zone)] : [];
    return { ...base, ...facts, failure, lame, observations: [...observations, ...lameness] };
  }
  const referral = findReferral(message, zone, name, type)?.name ?? null;
  if (referral !== null) {
    const text = `the server refers to the zone ${referral.key}`;
    const reason = { subject: name.key, text, ede: null };
    return { ...base, ...facts, rcode: 'NOERROR', referral, reason };
  }
  const reply: Reply = { message, raw, server, transport };
  const judged = await judgeReply(run, zone, reply, name, type, context);
  return {
    ...base,
    ...facts,
    rcode: rcodeToText(message.rcode),
    security: judged.security,
    reason: judged.reason,
    answers: judged.records,
    denies: judged.denies,
    covers: remembering((names) => coveredNames(judged, reply, name, names)),
    observations: [...observations, ...noticed(question, judged)],
  };
}

const NOTHING = {
  rcode: null,
  failure: null,
  lame: false,
  security: 'indeterminate',
  reason: null,
  answers: [],
  denies: null,
  referral: null,
  covers: () => [],
  authoritative: false,
  truncated: false,
  edns: false,
  signed: false,
} as const;

const CUT_OFF = (name: Name) => ({
  subject: name.key,
  text: 'the answer is cut off to fit a datagram (TC)',
  ede: null,
});

function factsOf(message: Message | null): Pick<ServerAnswer, 'authoritative' | 'edns' | 'signed'> {
  const sections = [...(message?.answers ?? []), ...(message?.authorities ?? [])];
  return {
    authoritative: message?.flags.authoritative ?? false,
    edns: (message?.edns ?? null) !== null,
    signed: sections.some(({ type }) => type === TYPE.RRSIG),
  };
}

/** TC (RFC 1035 §4.1.1), wherever the message breaks off. */
function isTruncated(raw: Uint8Array): boolean {
  return ((raw[2] ?? 0) & 0x02) !== 0;
}

/** Hashing names (NSEC3) costs; the same few are asked about again whenever more is known. */
function remembering(covers: ServerAnswer['covers']): ServerAnswer['covers'] {
  const known = new Map<string, boolean>();
  return (names) => {
    const fresh = names.filter(({ key }) => !known.has(key));
    const covered = new Set(fresh.length === 0 ? [] : covers(fresh).map(({ key }) => key));
    for (const { key } of fresh) known.set(key, covered.has(key));
    return names.filter(({ key }) => known.get(key) === true);
  };
}

function coveredNames(
  judged: Judged,
  reply: Reply,
  name: Name,
  names: readonly Name[],
): readonly Name[] {
  if (judged.denial === null) return [];
  const inZone = names.filter((each) => isSubdomainOf(each, judged.trust.zone.name));
  return covered(judged.denial, inZone, wildcardsBehind(reply, name));
}

/** RFC 4034 §3.1.3: a signature over fewer labels than its owner has is that of a wildcard. */
function wildcardsBehind({ message }: Reply, name: Name): readonly Name[] {
  return signedRRsets(message.answers)
    .filter(({ rrset }) => rrset.name.key === name.key)
    .flatMap(({ signatures }) => signatures.map(({ rdata }) => parseRrsig(rdata)?.labels))
    .filter((labels) => labels !== undefined && labels < name.labels.length)
    .flatMap((labels = 0) => wildcardOf(ancestorOf(name, labels)) ?? []);
}

/**
 * A denial without any proof, and none for a cut on the way either, fails before a proof is looked for:
 * in a secure zone it is an invalid denial all the same (RFC 4035 §5.4).
 */
function noticed({ server, zone, name }: SingleQuestion, judged: Judged): readonly Observation[] {
  const isBareDenial =
    judged.security === 'bogus' && judged.denies !== null && zone.security === 'secure';
  const found: readonly Observation[] =
    isBareDenial && judged.observations.length === 0
      ? [{ code: 'denial-invalid', subject: name.key, parameters: { zone: zone.zone.key } }]
      : judged.observations;
  return found.map((each) => at(server, each));
}

/** Whose answer it was, where the answer is at fault; what is true of the zone is true at every server. */
function at(server: ServerAddress, observation: Observation): Observation {
  if (!FAULTS_OF_AN_ANSWER.has(observation.code)) return observation;
  const parameters = { ...observation.parameters, server: server.address };
  return { ...observation, parameters };
}

const FAULTS_OF_AN_ANSWER: ReadonlySet<Observation['code']> = new Set([
  'rrsig-expired',
  'rrsig-not-yet-valid',
  'rrsig-invalid',
  'rrsig-missing',
  'denial-invalid',
]);

function observeServer(
  code: 'server-lame' | 'server-no-edns',
  server: ServerAddress,
  zone: Zone,
): Observation {
  const parameters = { server: server.name, zone: zone.name.key };
  return { code, subject: server.address, parameters };
}
