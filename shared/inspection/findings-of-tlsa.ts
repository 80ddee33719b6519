/** Findings about the TLSA look-up and what the servers serve (RFC 7672 §2.1 and §2.2). */
import { makeFinding } from '../findings/catalogue.ts';
import type { Finding, Parameters } from '../findings/finding.ts';
import { gaveAnswer } from './ancestor-standing.ts';
import { serversDisagree, type HostStanding } from './host-standing.ts';
import type { HostReport, Report, TlsaServerReport } from './report.ts';
import { answeredTypes, serverFacts, atFaultThroughout } from './server-facts.ts';
import { tlsaParameters } from './tlsa-parameters.ts';

export function tlsaFindings(
  report: Report,
  host: HostReport,
  standing: HostStanding,
): readonly Finding[] {
  const { tlsa } = host;
  if (!tlsa.done || tlsa.security === null) return [];
  if (!tlsa.applies) return unusedFindings(host);
  return [
    ...lookUpFindings(report, host, standing),
    ...(tlsa.cname.length > 0 ? [aliasFinding(host)] : []),
    ...(serversDisagree(host) ? [disagreement(report, host, standing)] : []),
    ...partialFailures(report, host),
  ];
}

/** Records that nobody looks for; to their publisher that is news. */
function unusedFindings({ name, tlsa }: HostReport): readonly Finding[] {
  if (tlsa.security !== 'insecure' || tlsa.records.length === 0) return [];
  const reason = tlsa.lookUp?.reason ?? null;
  return [makeFinding('tlsa-insecure', name, { tlsaName: tlsa.name, reason })];
}

function lookUpFindings(
  report: Report,
  host: HostReport,
  standing: HostStanding,
): readonly Finding[] {
  const { tlsa } = host;
  const optional = report.mx.security !== 'secure';
  const reason = tlsa.lookUp?.reason ?? null;
  const failure: Parameters = {
    tlsaName: tlsa.name,
    reason,
    addresses: serverAddresses(host),
    optional,
    ...failureOfTypeAlone(report, host),
  };
  // RFC 7672 §2.2.1: behind an insecure MX only some senders look, so what would defer is a warning.
  const severity = optional ? 'warning' : 'error';
  if (tlsa.security === 'bogus') return [makeFinding('tlsa-bogus', host.name, failure, severity)];
  if (tlsa.failed) return [makeFinding('tlsa-lookup-failed', host.name, failure, severity)];
  if (tlsa.records.length > 0) {
    return tlsa.security === 'secure'
      ? []
      : [makeFinding('tlsa-insecure', host.name, { tlsaName: tlsa.name, reason })];
  }
  // Where other servers do serve records, that is the news; and without signed addresses nobody looks.
  if (serversDisagree(host)) return [];
  const { publish, ...rest } = tlsaParameters(report, host, standing);
  return [
    makeFinding('tlsa-none', host.name, {
      ...rest,
      records: publish ?? [],
    }),
  ];
}

function aliasFinding(host: HostReport): Finding {
  const { name, cname } = host.tlsa;
  return makeFinding('tlsa-cname', name, { tlsaName: name, target: cname.at(-1) ?? '', cname });
}

function disagreement(report: Report, host: HostReport, standing: HostStanding): Finding {
  const groups = new Map<string, TlsaServerReport[]>();
  for (const server of host.tlsa.servers.filter(({ security }) => security === 'secure')) {
    const key = server.records.join(', ');
    groups.set(key, [...(groups.get(key) ?? []), server]);
  }
  const parameters = {
    tlsaName: host.tlsa.cname.at(-1) ?? host.tlsa.name,
    groups: [...groups].map(
      ([records, servers]) =>
        `${servers.map(labelOf).join(', ')}: ${records === '' ? 'no records' : records}`,
    ),
    addresses: serverAddresses(host),
    optional: standing.dane === 'optional',
  };
  const defers =
    report.mx.security !== 'secure' &&
    host.tlsa.servers.some(({ verdict }) => verdict === 'failed');
  return makeFinding('tlsa-servers-disagree', host.name, parameters, defers ? 'warning' : 'error');
}

/** Every server fails for TLSA, though it answers for other types: it is the type that they, or a box before them, dislike. */
function failureOfTypeAlone(report: Report, { tlsa }: HostReport): Parameters {
  const failing = tlsa.servers.filter(({ security }) => security === 'indeterminate');
  if (failing.length === 0 || failing.length < tlsa.servers.length) return {};
  return {
    servers: failing.map(({ server, address, rcode }) => `${server} (${address}, ${rcode})`),
    rcodes: [...new Set(failing.map(({ rcode }) => rcode))],
    otherTypes: otherTypes(report, failing),
  };
}

/** Types other than TLSA that every one of these servers answers. */
function otherTypes(report: Report, servers: readonly TlsaServerReport[]): readonly string[] {
  const facts = serverFacts(report);
  const [first, ...more] = servers.map(({ address }) => {
    const there = facts.filter((each) => each.address === address);
    return new Set(there.flatMap(answeredTypes));
  });
  return [...(first ?? [])].filter(
    (type) => type !== 'TLSA' && more.every((types) => types.has(type)),
  );
}

/** Some servers fail where others answer: senders get by, slower, until they fail too. */
function partialFailures(report: Report, host: HostReport): readonly Finding[] {
  const { tlsa } = host;
  if (tlsa.failed || tlsa.security === 'bogus') return [];
  const answersOtherNames = (address: string): boolean =>
    host.ancestors.some((answer) => answer.address === address && gaveAnswer(answer));
  const throughout = atFaultThroughout(report, host);
  const failing = (['tlsa-lookup-failed', 'tlsa-bogus'] as const).map((code) => {
    const status = code === 'tlsa-bogus' ? 'bogus' : 'indeterminate';
    const servers = tlsa.servers.filter(
      ({ security, address }) =>
        security === status && answersOtherNames(address) && !throughout.has(address),
    );
    return { code, servers };
  });
  return failing
    .filter(({ servers }) => servers.length > 0)
    .map(({ code, servers }) =>
      makeFinding(
        code,
        host.name,
        {
          tlsaName: tlsa.cname.at(-1) ?? tlsa.name,
          servers: servers.map(({ server, address, rcode }) => `${server} (${address}, ${rcode})`),
          addresses: servers.map(({ address }) => address),
          rcodes: [...new Set(servers.map(({ rcode }) => rcode))],
          otherTypes: otherTypes(report, servers),
          partial: true,
        },
        'warning',
      ),
    );
}

function labelOf({ server, address, transport }: TlsaServerReport): string {
  return `${server} (${address}${transport === undefined ? '' : `, over ${transport.toUpperCase()}`})`;
}

function serverAddresses(host: HostReport): readonly string[] {
  return [...new Set(host.tlsa.servers.map((server) => server.address))];
}
