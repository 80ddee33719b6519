/** Findings about one key on several mail hosts: one mistake with it stops mail at all of them (RFC 7671 §8). */
import { makeFinding } from '../findings/catalogue.ts';
import type { Finding } from '../findings/finding.ts';
import type { HostReport, Report } from './report.ts';

interface Use {
  readonly host: HostReport;
  readonly certSha256: string;
  readonly names: readonly string[];
}

export function keySharedFindings(report: Report): readonly Finding[] {
  const usesByKey = new Map<string, readonly Use[]>();
  for (const host of report.hosts) {
    for (const { key, use } of usesOf(host)) {
      usesByKey.set(key, [...(usesByKey.get(key) ?? []), use]);
    }
  }
  return [...usesByKey].flatMap(([spkiSha256, uses]) => {
    const hosts = [...new Set(uses.map(({ host }) => host.name))];
    if (hosts.length < 2) return [];
    const [first] = uses;
    const same = uses.every(({ certSha256 }) => certSha256 === first?.certSha256);
    // A certificate for all hosts, by a wildcard or by their names, is how it usually comes about.
    const names = same ? (first?.names ?? []) : [];
    const parameters = { hosts, spkiSha256, names, oneServer: isOneServer(uses) };
    return [makeFinding('key-shared', report.domain, parameters)];
  });
}

/** What senders get to see of it; a certificate that cannot be read has no key to compare. */
function usesOf(host: HostReport): readonly { readonly key: string; readonly use: Use }[] {
  return host.addresses
    .flatMap(({ probes }) => probes)
    .filter(({ offer }) => offer !== 'no-sni')
    .flatMap(({ chain: [leaf] }) =>
      leaf === undefined || leaf.spkiSha256 === ''
        ? []
        : [{ key: leaf.spkiSha256, use: { host, certSha256: leaf.certSha256, names: leaf.names } }],
    );
}

/** Two names of one and the same server share everything anyway. */
function isOneServer(uses: readonly Use[]): boolean {
  const sets = uses.map(({ host }) =>
    host.addresses
      .map(({ address }) => address)
      .sort()
      .join(),
  );
  return new Set(sets).size === 1;
}
