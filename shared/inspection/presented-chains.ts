/** The different chains that a host's addresses presented: one entry a chain, however many addresses. */
import type { HostReport, ProbeReport } from './report.ts';

export interface PresentedChain {
  /** One of the probes that met this chain; null where nobody was spoken to. */
  readonly probe: ProbeReport | null;
  /** Addresses that presented it. */
  readonly addresses: readonly string[];
}

export function presentedChains(host: HostReport): readonly PresentedChain[] {
  const groups = new Map<string, { probe: ProbeReport | null; addresses: string[] }>();
  for (const { address, probes } of host.addresses) {
    const told = probes.filter(isTold);
    for (const probe of told.length === 0 ? [null] : told) {
      const key = keyOf(probe);
      const group = groups.get(key) ?? { probe, addresses: [] };
      if (!group.addresses.includes(address)) group.addresses.push(address);
      groups.set(key, group);
    }
  }
  return [...groups.values()];
}

/** A comparison without SNI decides nothing, and a further handshake without a certificate takes nothing from the first. */
function isTold(probe: ProbeReport, index: number): boolean {
  return probe.offer !== 'no-sni' && (index === 0 || probe.chain.length > 0);
}

/** The same certificates in the same order are the same chain; without any, what went wrong tells apart. */
function keyOf(probe: ProbeReport | null): string {
  if (probe === null) return 'none';
  if (probe.chain.length === 0) return `failed ${probe.failure ?? ''} ${probe.stage}`;
  return probe.chain.map(({ certSha256 }) => certSha256).join(' ');
}
