/** Findings about the names above a TLSA record, as each server answers for them (RFC 8020, 8198, 9156). */
import { makeFinding } from '../findings/catalogue.ts';
import type { Finding, Parameters, Severity } from '../findings/finding.ts';
import { ancestorNames, answersFor, erasureAt, gaveAnswer } from './ancestor-standing.ts';
import { coveringQuestions } from './covering-questions.ts';
import type { AncestorReport, HostReport, Report, ServerQuestion } from './report.ts';
import { atFaultThroughout, zoneOfTlsa } from './server-facts.ts';

export function ancestorFindings(report: Report, host: HostReport): readonly Finding[] {
  const throughout = atFaultThroughout(report, host);
  // A denial may cover the TLSA name too, which is no ancestor, but is lost with it.
  const covered = host.ancestors.flatMap(({ coveredNames }) => coveredNames);
  const names = new Set([...ancestorNames(host), ...covered]);
  const faults = [...names].flatMap((name) => faultsAt(report, host, name, throughout));
  if (faults.length > 0) return faults;
  const surveyed = report.surveys.some(({ zone }) => zone === zoneOfTlsa(host));
  const silent = surveyed ? [] : silentServers(host);
  if (silent.length > 0 || !inOrder(host)) return silent;
  const servers = new Set(host.ancestors.map((answer) => answer.address)).size;
  const about = { tlsaName: host.tlsa.name, servers, zone: zoneOfTlsa(host) };
  return [makeFinding('ancestors-ok', host.tlsa.name, about)];
}

/** Only where records exist is there something to lose. */
function inOrder(host: HostReport): boolean {
  return (
    host.ancestors.length > 0 &&
    host.ancestors.every((answer) => answer.ok) &&
    host.tlsa.security === 'secure' &&
    host.tlsa.records.length > 0
  );
}

function faultsAt(
  report: Report,
  host: HostReport,
  name: string,
  throughout: ReadonlySet<string>,
): readonly Finding[] {
  const answers = answersFor(host, name);
  const having = (fault: AncestorReport['fault']) =>
    answers.filter((answer) => answer.fault === fault);
  const nxdomain = having('ancestor-nxdomain');
  const denied = denying(host, name);
  // A server that signs nothing at all, or is mute over UDP, is told of once, as that.
  const isOwnFault = ({ address }: AncestorReport): boolean => !throughout.has(address);
  const bogus = answers.filter(isBogus).filter(isOwnFault);
  const failed = having('ancestor-lookup-failed').filter(
    (answer) => answersOtherNames(host, answer) && isOwnFault(answer),
  );
  const erasure = erasureAt(host, name);
  // RFC 7672 §2.2.1: behind an insecure MX only some senders look, so what would defer is a warning.
  const severity = erasure === 'bogus' && report.mx.security !== 'secure' ? 'warning' : 'error';
  const tell = (
    code: Finding['code'],
    at: readonly AncestorReport[],
    more: Parameters = {},
    gravity: Severity = 'error',
  ): readonly Finding[] =>
    at.length === 0
      ? []
      : [makeFinding(code, name, { ...about(host, code, at), ...more }, gravity)];
  return [
    ...tell(
      'ancestor-nxdomain',
      nxdomain,
      { everywhere: erasure !== null, proven: nxdomain.some((answer) => answer.proven) },
      severity,
    ),
    ...tell('ancestor-denied', denied, covering(report, name, denied)),
    ...tell('ancestor-bogus', bogus, { reason: reasonOf(bogus) }),
    ...tell('ancestor-lookup-failed', failed, {
      rcodes: [...new Set(failed.map((answer) => answer.rcode))],
    }),
  ];
}

/** RFC 4035 §5.4: the answer for it does not validate, whether it denies the name or only the type. */
function isBogus({ fault, security }: AncestorReport): boolean {
  return fault === 'ancestor-bogus' || (fault === 'ancestor-nxdomain' && security === 'bogus');
}

/** One answer a server is enough: the denial may have come with a question for another name. */
function denying(host: HostReport, name: string): readonly AncestorReport[] {
  const covering = host.ancestors.filter((answer) => answer.coveredNames.includes(name));
  return [...new Map(covering.map((answer) => [answer.address, answer])).values()];
}

/** The questions that bring the record which covers the name, at the first of these servers. */
function covering(report: Report, name: string, [first]: readonly AncestorReport[]): Parameters {
  if (first === undefined) return {};
  const { type, questions } = coveringQuestions(report, first, name);
  const [shown] = questions;
  if (shown === undefined) return {};
  return {
    asked: shown.name,
    type: shown.type,
    transport: shown.transport,
    raw: shown.raw,
    questions: questions.map((each) => [each.name, each.type, each.transport].join(' ')),
    proof: type === 'NSEC or NSEC3' ? null : type,
  };
}

function reasonOf([first]: readonly AncestorReport[]): string | null {
  const question = first?.questions.find((each) => each.security === 'bogus');
  return question?.reason ?? first?.reason ?? null;
}

function about(
  host: HostReport,
  code: Finding['code'],
  answers: readonly AncestorReport[],
): Parameters {
  const asked = answers.flatMap((answer) => answer.questions.filter((each) => isSuch(code, each)));
  const [first] = asked;
  return {
    tlsaName: host.tlsa.cname.at(-1) ?? host.tlsa.name,
    servers: answers.map(({ server, address }) => `${server} (${address})`),
    addresses: answers.map(({ address }) => address),
    signed: host.tlsa.security === 'secure',
    asked: first?.name ?? answers[0]?.name ?? null,
    type: first?.type ?? null,
    transport: first?.transport ?? null,
    only: onlyFor(code, answers, asked),
    raw: first?.raw ?? answers[0]?.raw ?? '',
  };
}

/** `NS over UDP`, where the same servers answer rightly when asked otherwise; null when all questions fare alike. */
function onlyFor(
  code: Finding['code'],
  answers: readonly AncestorReport[],
  asked: readonly ServerQuestion[],
): readonly string[] | null {
  if (code === 'ancestor-denied') return null;
  const counted = answers.flatMap(({ questions }) => questions.filter((each) => !each.truncated));
  if (asked.length === 0 || asked.length === counted.length) return null;
  return [
    ...new Set(asked.map(({ type, transport }) => `${type} over ${transport.toUpperCase()}`)),
  ];
}

function isSuch(code: Finding['code'], question: ServerQuestion): boolean {
  switch (code) {
    case 'ancestor-nxdomain':
      return question.answer === 'nxdomain';
    case 'ancestor-bogus':
      return question.security === 'bogus';
    case 'ancestor-lookup-failed':
      return question.answer === 'none' && !question.truncated;
    default:
      return question.answer === 'nxdomain' || question.answer === 'empty';
  }
}

/** A server that answers for nothing is a dead server, not one that dislikes a name. */
function answersOtherNames(host: HostReport, { address }: AncestorReport): boolean {
  return host.ancestors.some((answer) => answer.address === address && gaveAnswer(answer));
}

/** Before its zone's survey is there, which knows more. */
function silentServers(host: HostReport): readonly Finding[] {
  const dead = host.ancestors.filter(
    (answer) => answer.fault === 'ancestor-lookup-failed' && !answersOtherNames(host, answer),
  );
  const byAddress = new Map(dead.map((answer) => [answer.address, answer]));
  return [...byAddress.values()].map(({ server, address, rcode }) =>
    makeFinding(isSilence(rcode) ? 'server-unresponsive' : 'server-lame', address, {
      server,
      address,
      zone: zoneOfTlsa(host),
      rcode,
    }),
  );
}

/** RCODEs are answers; what stands in their place when nothing came is ours. */
function isSilence(rcode: string): boolean {
  return SILENCES.has(rcode);
}

const SILENCES: ReadonlySet<string> = new Set([
  'TIMEOUT',
  'UNREACHABLE',
  'NO_ROUTE',
  'CLOSED',
  'NOT_ALLOWED',
]);
