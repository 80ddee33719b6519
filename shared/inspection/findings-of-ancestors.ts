/** Findings about the names above a TLSA record, as each server answers for them (RFC 8020, 8198, 9156). */
import { makeFinding } from '../findings/catalogue.ts';
import type { Finding, Parameters } from '../findings/finding.ts';
import { ancestorNames, answersFor, erasureAt } from './ancestor-standing.ts';
import type { AncestorReport, HostReport, Report } from './report.ts';

export function ancestorFindings(report: Report, host: HostReport): readonly Finding[] {
  const owner = host.tlsa.cname.at(-1) ?? host.tlsa.name;
  // The TLSA name itself is no ancestor: what single servers say of it is compared elsewhere.
  const above = ancestorNames(host).filter((name) => name !== owner);
  const faults = above.flatMap((name) => faultsAt(report, host, name));
  if (faults.length > 0) return faults;
  const silent = silentServers(host);
  if (silent.length > 0 || !inOrder(host)) return silent;
  const servers = new Set(host.ancestors.map((answer) => answer.address)).size;
  const zone = host.ancestors.at(-1)?.name ?? host.name;
  const about = { tlsaName: host.tlsa.name, servers, zone };
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

function faultsAt(report: Report, host: HostReport, name: string): readonly Finding[] {
  const answers = answersFor(host, name);
  const having = (fault: AncestorReport['fault']) =>
    answers.filter((answer) => answer.fault === fault);
  const nxdomain = having('ancestor-nxdomain');
  const denied = denying(host, name);
  const bogus = having('ancestor-bogus');
  const failed = having('ancestor-lookup-failed').filter((answer) =>
    answersOtherNames(host, answer),
  );
  const erasure = erasureAt(host, name);
  // RFC 7672 §2.2.1: behind an insecure MX only some senders look, so what would defer is a warning.
  const severity = erasure === 'bogus' && report.mx.security !== 'secure' ? 'warning' : 'error';
  return [
    ...(nxdomain.length > 0
      ? [
          makeFinding(
            'ancestor-nxdomain',
            name,
            {
              ...about(host, nxdomain),
              everywhere: erasure !== null,
              proven: nxdomain.some((answer) => answer.proven),
            },
            severity,
          ),
        ]
      : []),
    ...(denied.length > 0 ? [makeFinding('ancestor-denied', name, about(host, denied))] : []),
    ...(bogus.length > 0
      ? [
          makeFinding('ancestor-bogus', name, {
            ...about(host, bogus),
            reason: bogus[0]?.reason ?? null,
          }),
        ]
      : []),
    ...(failed.length > 0
      ? [
          makeFinding('ancestor-lookup-failed', name, {
            ...about(host, failed),
            rcodes: [...new Set(failed.map((answer) => answer.rcode))],
          }),
        ]
      : []),
  ];
}

/** One answer a server is enough: the denial may have come with a question for another name. */
function denying(host: HostReport, name: string): readonly AncestorReport[] {
  const covering = host.ancestors.filter((answer) => answer.coveredNames.includes(name));
  return [...new Map(covering.map((answer) => [answer.address, answer])).values()];
}

function about(host: HostReport, answers: readonly AncestorReport[]): Parameters {
  return {
    tlsaName: host.tlsa.name,
    servers: answers.map(({ server, address }) => `${server} (${address})`),
    addresses: answers.map(({ address }) => address),
    signed: host.tlsa.security === 'secure',
  };
}

/** A server that answers for nothing is a dead server, not one that dislikes a name. */
function answersOtherNames(host: HostReport, { address }: AncestorReport): boolean {
  return host.ancestors.some((answer) => answer.address === address && answer.answer !== 'none');
}

function silentServers(host: HostReport): readonly Finding[] {
  const dead = host.ancestors.filter(
    (answer) => answer.fault === 'ancestor-lookup-failed' && !answersOtherNames(host, answer),
  );
  const byAddress = new Map(dead.map((answer) => [answer.address, answer]));
  return [...byAddress.values()].map(({ server, address, rcode }) =>
    makeFinding(isSilence(rcode) ? 'server-unresponsive' : 'server-lame', address, {
      server,
      address,
      zone: host.tlsa.zone ?? host.ancestors.at(-1)?.name ?? host.name,
      rcode,
    }),
  );
}

/** RCODEs are answers; what stands in their place when nothing came is ours. */
function isSilence(rcode: string): boolean {
  return rcode === 'TIMEOUT' || rcode === 'UNREACHABLE' || rcode === 'CLOSED';
}
