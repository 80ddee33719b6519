/** What is known of each name-server address of a zone, from every question that was put to it. */
import type { HostReport, Report, Security, ServerQuestion } from './report.ts';

export interface ServerFacts {
  readonly zone: string;
  readonly security: Security;
  readonly server: string;
  readonly address: string;
  /** The survey of the zone is there; before, only what decides on a host is known. */
  readonly surveyed: boolean;
  readonly questions: readonly ServerQuestion[];
}

/** Worked out once for a report: findings of every host ask for it. */
export function serverFacts(report: Report): readonly ServerFacts[] {
  const known = KNOWN.get(report);
  if (known !== undefined) return known;
  const facts = gatherFacts(report);
  KNOWN.set(report, facts);
  return facts;
}

const KNOWN = new WeakMap<Report, readonly ServerFacts[]>();

function gatherFacts(report: Report): readonly ServerFacts[] {
  const facts = new Map<string, ServerFacts & { readonly questions: ServerQuestion[] }>();
  const add = (more: ServerFacts): void => {
    const key = `${more.zone} ${more.address}`;
    const known = facts.get(key) ?? { ...more, questions: [] };
    known.questions.push(...more.questions);
    facts.set(key, known);
  };
  for (const { zone, security, servers } of report.surveys) {
    for (const { server, address, questions } of servers) {
      add({ zone, security, server, address, surveyed: true, questions });
    }
  }
  for (const host of report.hosts) {
    const zone = zoneOfTlsa(host);
    for (const { server, address, questions } of host.ancestors) {
      // Only below a secure zone are ancestors asked for.
      add({ zone, security: 'secure', server, address, surveyed: false, questions });
    }
  }
  return [...facts.values()].map((each) => ({ ...each, questions: once(each.questions) }));
}

/** The apex is the last row of the grid; it is told a moment later by name. */
export function zoneOfTlsa(host: HostReport): string {
  return host.tlsa.zone ?? host.ancestors.at(-1)?.name ?? host.name;
}

/** The same question stands in the survey and in the grids of all hosts. */
function once(questions: readonly ServerQuestion[]): readonly ServerQuestion[] {
  return [
    ...new Map(
      questions.map((each) => [
        // The SOA may have been asked for with and without EDNS.
        `${each.name} ${each.type} ${each.transport} ${each.edns} ${each.rcode}`,
        each,
      ]),
    ).values(),
  ];
}

/** Some octets came back. */
export function isHeard({ size }: ServerQuestion): boolean {
  return size !== null;
}

/** It says something about the name: data, absence, or who knows. */
export function isUsable({ answer }: ServerQuestion): boolean {
  return answer !== 'none';
}

/** Nothing comes back, whatever is asked, over either transport. */
export function isSilent({ questions }: ServerFacts): boolean {
  return questions.length > 0 && !questions.some(isHeard);
}

/** Over UDP nothing comes back to what carries EDNS; a plain question may be answered. What it says then is told once. */
export function isMuteOverUdp({ questions }: ServerFacts): boolean {
  const asked = questions.filter(({ transport }) => transport === 'udp');
  return asked.length > 0 && asked.every((each) => !isHeard(each) || isPlain(each));
}

/** Only the SOA is asked for without EDNS, where nothing else was heard. */
function isPlain({ type, edns, signed }: ServerQuestion): boolean {
  return type === 'SOA' && !edns && !signed;
}

/** It is listed for the zone, but does not serve it, or not with authority (RFC 1912 §2.8). */
export function isLame(facts: ServerFacts): boolean {
  const soa = facts.questions.filter(({ type, name }) => type === 'SOA' && name === facts.zone);
  const heard = soa.filter(isHeard).filter(({ truncated }) => !truncated);
  // Nothing readable came: that is another fault.
  if (heard.every(({ rcode }) => rcode === 'MALFORMED')) return false;
  const usable = facts.questions.filter(isUsable);
  return usable.every(({ authoritative }) => !authoritative);
}

/** RFC 6891 §7: what it answers over UDP never carries EDNS, so it cannot give signatures. */
export function speaksNoEdns({ questions }: ServerFacts): boolean {
  const answered = questions.filter((each) => isUsable(each) || each.truncated);
  const datagrams = answered.filter(({ transport }) => transport === 'udp');
  const told = datagrams.length > 0 ? datagrams : answered;
  return told.length > 0 && told.every(({ edns }) => !edns);
}

/** A zone with signatures, of which this server never sends one. */
export function signsNothing(facts: ServerFacts): boolean {
  const { security, questions } = facts;
  if (security !== 'secure' && security !== 'bogus') return false;
  const usable = questions.filter(({ answer }) => answer !== 'none' && answer !== 'referral');
  return usable.length > 0 && usable.every(({ signed }) => !signed);
}

/** Servers of the TLSA zone at fault for all names alike, by address: that is told once, not for each name. */
export function atFaultThroughout(report: Report, host: HostReport): ReadonlySet<string> {
  const zone = zoneOfTlsa(host);
  const facts = serverFacts(report).filter(
    (each) => each.zone === zone && (signsNothing(each) || isMuteOverUdp(each)),
  );
  return new Set(facts.map(({ address }) => address));
}

/** Types that this server answers, for telling what it does not. */
export function answeredTypes({ questions }: ServerFacts): readonly string[] {
  return [...new Set(questions.filter(isUsable).map(({ type }) => type))].sort();
}
