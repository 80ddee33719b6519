/** Findings about single name servers, from what each of them answered (RFC 1912 §2.8, RFC 6891, RFC 7766, RFC 9715). */
import { makeFinding } from '../findings/catalogue.ts';
import type { Finding, Parameters } from '../findings/finding.ts';
import { zoneDisagreements } from './findings-of-zones.ts';
import type { Report, ServerQuestion } from './report.ts';
import {
  answeredTypes,
  isHeard,
  isLame,
  isSilent,
  isUsable,
  serverFacts,
  signsNothing,
  speaksNoEdns,
  type ServerFacts,
} from './server-facts.ts';
import { unanswered } from './unanswered.ts';

/** Octets that were asked for at most (RFC 9715 §3): our own EDNS size. */
const MAX_UDP_OCTETS = 1232;

export function serverFindings(report: Report): readonly Finding[] {
  const facts = serverFacts(report).filter(({ surveyed }) => surveyed);
  // Where the user asks by way of a resolver, port 53 may lead nowhere: then nobody is to blame.
  if (report.tool.resolver !== 'iterative' && facts.every(isSilent))
    return localFindings(facts, null);
  const [local, others] = partByRoute(facts);
  return [
    ...others.flatMap(faultsOf),
    ...others.flatMap((each) => unansweredFindings(each, others)),
    ...localFindings(
      local.filter(({ address }) => familyOf(address) === 'IPv4'),
      'IPv4',
    ),
    ...localFindings(
      local.filter(({ address }) => familyOf(address) === 'IPv6'),
      'IPv6',
    ),
    ...report.surveys.flatMap((survey) =>
      zoneDisagreements(
        survey,
        facts.filter((each) => each.zone === survey.zone && !isLame(each)),
      ),
    ),
  ];
}

function faultsOf(facts: ServerFacts): readonly Finding[] {
  const { questions, address } = facts;
  const make = (code: Finding['code'], more: Parameters = {}): Finding =>
    makeFinding(code, address, { ...about(facts), ...more });
  if (isSilent(facts)) return [make('server-unresponsive', silence(questions))];
  const malformed = questions.find(({ rcode }) => rcode === 'MALFORMED');
  const garbled = malformed === undefined ? [] : [make('server-malformed', evidence(malformed))];
  if (isLame(facts)) return [...garbled, make('server-lame', lameness(facts))];
  const noEdns = speaksNoEdns(facts);
  const unsigned = signsNothing(facts) && !noEdns;
  return [
    ...garbled,
    ...(noEdns ? [make('server-no-edns', evidence(questions.find(isHeard)))] : []),
    ...(unsigned ? [make('rrsig-missing', unsignedness(facts))] : []),
    ...transportFaults(facts, noEdns, make),
    ...oversize(questions, make),
  ];
}

type Make = (code: Finding['code'], more?: Parameters) => Finding;

/**
 * RFC 7766 §5: a server must take both; one that takes neither is silent altogether. TCP that never yields
 * an answer, though datagrams do, is as good as none; where it may be EDNS that it dislikes, that is told.
 */
function transportFaults(
  { questions }: ServerFacts,
  noEdns: boolean,
  make: Make,
): readonly Finding[] {
  const over = (transport: 'udp' | 'tcp'): readonly ServerQuestion[] =>
    questions.filter((each) => each.transport === transport);
  const [udp, tcp] = [over('udp'), over('tcp')];
  // What it does not answer over UDP either says nothing of TCP.
  const isOnlyOverTcp = ({ name, type }: ServerQuestion): boolean =>
    udp.some((each) => each.name === name && each.type === type && isAnswered(each));
  const tcpFails = tcp.some(isOnlyOverTcp) && !tcp.some(isUsable);
  if (tcpFails && !noEdns) return [make('server-no-tcp', { ...silence(tcp), ...evidence(tcp[0]) })];
  const udpIsDead = udp.length > 0 && !udp.some(isHeard);
  return udpIsDead ? [make('server-unresponsive', { ...silence(udp), over: 'UDP' })] : [];
}

/** Cut off or whole. */
function isAnswered(question: ServerQuestion): boolean {
  return isUsable(question) || question.truncated;
}

function oversize(questions: readonly ServerQuestion[], make: Make): readonly Finding[] {
  const large = questions
    .filter(({ transport, size }) => transport === 'udp' && (size ?? 0) > MAX_UDP_OCTETS)
    .sort((a, b) => (b.size ?? 0) - (a.size ?? 0))[0];
  if (large === undefined) return [];
  const more = { size: large.size, limit: MAX_UDP_OCTETS };
  return [make('server-udp-oversize', { ...evidence(large), ...more })];
}

/** Questions that are named: one mended fault mostly mends them all. */
const MAX_SHOWN = 6;

/** Look-ups get by with the other servers, slower, until those fail too. */
function unansweredFindings(facts: ServerFacts, all: readonly ServerFacts[]): readonly Finding[] {
  const others = all.filter(
    ({ zone, address }) => zone === facts.zone && address !== facts.address,
  );
  const left = unanswered(facts, others);
  if (left.length === 0) return [];
  const shown = left.slice(0, MAX_SHOWN);
  const more = left.length - shown.length;
  const parameters = {
    ...about(facts),
    ...evidence(left[0]),
    kind: 'partial',
    unanswered: [
      ...shown.map(({ name, type, rcode }) => `${name} ${type} (${rcode})`),
      ...(more === 0 ? [] : [`${more} more`]),
    ],
    names: shown.map(({ name }) => name),
    types: shown.map(({ type }) => type),
  };
  return [makeFinding('server-unresponsive', facts.address, parameters)];
}

function about({ zone, server, address }: ServerFacts): Parameters {
  return { zone, server, address };
}

/** The packet, and the question that it answers. */
export function evidence(question: ServerQuestion | undefined): Parameters {
  if (question === undefined) return {};
  const { name, type, transport, rcode, reason, raw } = question;
  return { name, type, transport, rcode, reason, raw };
}

function silence(questions: readonly ServerQuestion[]): Parameters {
  const { rcode = 'TIMEOUT', reason = '' } = questions[0] ?? {};
  return { rcode, reason };
}

function lameness(facts: ServerFacts): Parameters {
  const soa = facts.questions.find(
    (each) => each.type === 'SOA' && each.name === facts.zone && isHeard(each),
  );
  const usable = facts.questions.some(isUsable);
  return { ...evidence(soa), kind: usable ? 'not-authoritative' : 'no-data' };
}

function unsignedness(facts: ServerFacts): Parameters {
  const example = facts.questions.find(isUsable);
  const types = answeredTypes(facts);
  return { ...evidence(example), types, everything: true };
}

/** Apart: addresses of a family to which this machine has no route, none of which was ever heard. */
function partByRoute(
  facts: readonly ServerFacts[],
): readonly [local: readonly ServerFacts[], others: readonly ServerFacts[]] {
  const heardFamilies = new Set(
    facts.filter((each) => !isSilent(each)).map(({ address }) => familyOf(address)),
  );
  const isLocal = (each: ServerFacts): boolean =>
    isSilent(each) &&
    !heardFamilies.has(familyOf(each.address)) &&
    each.questions.every(({ rcode }) => rcode === 'NO_ROUTE') &&
    heardFamilies.size > 0;
  return [facts.filter(isLocal), facts.filter((each) => !isLocal(each))];
}

function familyOf(address: string): 'IPv4' | 'IPv6' {
  return address.includes(':') ? 'IPv6' : 'IPv4';
}

/** It is this machine that cannot, so it is told once a zone and blames nobody; `family`: no route to it. */
function localFindings(
  local: readonly ServerFacts[],
  family: 'IPv4' | 'IPv6' | null,
): readonly Finding[] {
  return [...new Set(local.map(({ zone }) => zone))].map((zone) => {
    const there = local.filter((each) => each.zone === zone);
    const addresses = there.map(({ address }) => address);
    const parameters = { zone, addresses, family, local: true };
    const finding = makeFinding('server-unresponsive', zone, parameters, 'notice');
    return { ...finding, mends: 'this network' };
  });
}
