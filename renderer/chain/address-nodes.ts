/** Addresses of a host, those that presented the same folded into one when they are many. */
import type { HostReport } from '../../shared/inspection/report.ts';
import type { PresentedChain } from '../../shared/inspection/presented-chains.ts';
import type { AddressNode, ChainNode } from './graph.ts';

/** Addresses of a host that are drawn singly. */
const MAX_SINGLE = 3;

export interface PlacedAddress {
  readonly node: AddressNode;
  /** Which chains these addresses presented. */
  readonly chains: readonly number[];
}

export function addressNodes(
  host: HostReport,
  presented: readonly PresentedChain[],
  nodes: readonly ChainNode[],
): readonly PlacedAddress[] {
  const groups = new Map<string, { addresses: string[]; chains: readonly number[] }>();
  const fold = host.addresses.length > MAX_SINGLE;
  for (const { address } of host.addresses) {
    const chains = presented.flatMap(({ addresses }, index) =>
      addresses.includes(address) ? index : [],
    );
    const key = fold ? chains.join(' ') : address;
    const group = groups.get(key) ?? { addresses: [], chains };
    group.addresses.push(address);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ addresses, chains }) => ({
    node: {
      id: { kind: 'addresses', host: host.name, first: addresses[0] ?? '' },
      text: addresses.length === 1 ? (addresses[0] ?? '') : `${addresses.length} addresses`,
      addresses,
      tone: chains.some((index) => nodes[index]?.tone === 'err') ? 'err' : 'none',
    },
    chains,
  }));
}
