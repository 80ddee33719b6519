/** The certificates that a host presents now, one for each kind of key, and how the records fare with them. */
import type { CertificateReport, HostReport } from '../../shared/inspection/report.ts';
import { presentedChains } from '../../shared/inspection/presented-chains.ts';

export interface InUse {
  readonly certificate: CertificateReport;
  /** Addresses that present it. */
  readonly addresses: readonly string[];
  /** Some usable record of the published ones matches the chain. */
  readonly matched: boolean;
  /** Its own record. */
  readonly record: string;
}

/** Each certificate once, whatever chain it came with. */
export function certificatesInUse(host: HostReport): readonly InUse[] {
  const byCertificate = new Map<string, InUse>();
  for (const { probe, addresses } of presentedChains(host)) {
    const certificate = probe?.chain[0];
    if (probe === null || certificate === undefined) continue;
    const before = byCertificate.get(certificate.certSha256);
    byCertificate.set(certificate.certSha256, {
      certificate,
      addresses: [...new Set([...(before?.addresses ?? []), ...addresses])],
      matched: (before?.matched ?? true) && probe.associations.some(({ matches }) => matches),
      record: `3 1 1 ${certificate.spkiSha256}`,
    });
  }
  return [...byCertificate.values()];
}

/** Why no certificate was seen, in the words of the first address that says so; null when some was. */
export function whyNoneInUse(host: HostReport): string | null {
  const probes = host.addresses.flatMap(({ probes }) => probes);
  if (probes.some(({ chain }) => chain.length > 0)) return null;
  return probes.find(({ error }) => error !== null)?.error ?? null;
}
