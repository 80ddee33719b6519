/** The different chains that a host's addresses presented: one entry a chain, however many addresses. */
import type { HostReport, ProbeReport } from '../../shared/inspection/report.ts';

export interface PresentedChain {
  /** One of the probes that met this chain; null while none is done. */
  readonly probe: ProbeReport | null;
  /** Addresses that presented it. */
  readonly addresses: readonly string[];
}

export function presentedChains(host: HostReport): readonly PresentedChain[] {
  const groups = new Map<string, { probe: ProbeReport | null; addresses: string[] }>();
  for (const { address, probes } of host.addresses) {
    for (const probe of probes.length === 0 ? [null] : probes) {
      const key = chainKey(probe);
      const group = groups.get(key) ?? { probe, addresses: [] };
      if (!group.addresses.includes(address)) group.addresses.push(address);
      groups.set(key, group);
    }
  }
  return [...groups.values()];
}

/** The same certificates in the same order are the same chain; without any, what went wrong tells apart. */
function chainKey(probe: ProbeReport | null): string {
  if (probe === null) return 'none';
  if (probe.chain.length === 0) return `failed ${probe.failure ?? ''} ${probe.stage}`;
  return probe.chain.map(({ certSha256 }) => certSha256).join(' ');
}
