/** Parameters that the words about a host's TLSA records share: names, commands' targets, lines to publish. */
import type { Parameters } from '../findings/finding.ts';
import { zoneFileName } from '../findings/safe-text.ts';
import type { HostStanding } from './host-standing.ts';
import type { HostReport, ProbeReport, Report, TlsaRecordReport } from './report.ts';

export function tlsaParameters(
  report: Report,
  host: HostReport,
  standing: HostStanding,
): Parameters {
  return {
    tlsaName: recordOwner(host),
    ttl: usualTtl(host.tlsa.ttl),
    publish: linesToPublish(host),
    published: servedKeys(host).length > 0 && linesToPublish(host).length === 0,
    ...targetParameters(report, host),
    optional: standing.dane === 'optional',
  };
}

/** What an OpenSSL command needs: the first address that presented a chain, else the host itself. */
export function targetParameters(
  report: Report,
  host: HostReport,
  address = host.addresses.find(({ probes }) => probes.some((probe) => probe.chain.length > 0)),
): Parameters {
  return {
    host: host.name,
    address: address?.address ?? null,
    sni: host.tlsa.baseDomain,
    port: report.tool.smtpPort,
  };
}

/** RFC 7671 §5.1: `3 1 1` of each key served now, unless it is published already. */
export function linesToPublish(host: HostReport): readonly string[] {
  const published = new Set(host.tlsa.records.map(formatRecord));
  const records = servedKeys(host).map((hash) => `3 1 1 ${hash}`);
  return linesOf(
    host,
    records.filter((record) => !published.has(record)),
  );
}

/** Records to publish as zone-file lines. */
export function linesOf(host: HostReport, records: readonly string[]): readonly string[] {
  const owner = zoneFileName(recordOwner(host));
  const ttl = usualTtl(host.tlsa.ttl);
  return records.map((record) => `${owner} ${ttl} IN TLSA ${record}`);
}

/** The published records as zone-file lines, with another TTL. */
export function recordLines(host: HostReport, ttl: number): readonly string[] {
  const owner = zoneFileName(recordOwner(host));
  return host.tlsa.records.map((record) => `${owner} ${ttl} IN TLSA ${formatRecord(record)}`);
}

export function formatRecord(record: TlsaRecordReport): string {
  return `${record.usage} ${record.selector} ${record.matchingType} ${record.data}`;
}

export function probesOf(host: HostReport): readonly ProbeReport[] {
  return host.addresses.flatMap((address) => address.probes);
}

/** The records live where the alias chain of the owner name ends. */
function recordOwner(host: HostReport): string {
  return host.tlsa.cname.at(-1) ?? host.tlsa.name;
}

/** SHA2-256 of the keys that senders get to see, each once; without what cannot be read. */
export function servedKeys(host: HostReport): readonly string[] {
  const hashes = probesOf(host)
    .filter(({ offer }) => offer !== 'no-sni')
    .flatMap((probe) => probe.chain[0]?.spkiSha256 ?? []);
  return [...new Set(hashes)].filter((hash) => hash !== '');
}

/** Seconds; within what operators are advised to use. */
export const TTL_ADVISED = { least: 1800, most: 3600 } as const;

function usualTtl(ttl: number | null): number {
  if (ttl === null) return TTL_ADVISED.most;
  return Math.min(Math.max(ttl, TTL_ADVISED.least), TTL_ADVISED.most);
}
