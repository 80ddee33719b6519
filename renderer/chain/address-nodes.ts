/** Addresses of a host, those that presented the same folded into one when they are many. */
import {
  addressGroups,
  MAX_SINGLE_ADDRESSES,
  type AddressGroup,
} from '../../shared/export/picture-fold.ts';
import type { PresentedChain } from '../../shared/inspection/presented-chains.ts';
import type { HostReport } from '../../shared/inspection/report.ts';
import { words } from '../words/words.ts';
import type { AddressFold, AddressNode, ChainNode } from './graph.ts';
import type { Unfolding } from './to-graph.ts';

export interface PlacedAddress {
  readonly node: AddressNode;
  /** Which chains these addresses presented. */
  readonly chains: readonly number[];
}

export function addressNodes(
  host: HostReport,
  presented: readonly PresentedChain[],
  nodes: readonly ChainNode[],
  { addresses: singly, open }: Pick<Unfolding, 'addresses' | 'open'>,
): readonly PlacedAddress[] {
  const few = host.addresses.length <= MAX_SINGLE_ADDRESSES;
  const groups = addressGroups(host, presented);
  // Of the host alone: which of its addresses are alike changes while answers come in.
  const key = `${host.name}|addresses`;
  const toneOf = ({ chains }: AddressGroup): AddressNode['tone'] =>
    chains.some((index) => nodes[index]?.tone === 'err') ? 'err' : 'none';
  const wasCompared = ({ chains }: AddressGroup): boolean =>
    chains.some((index) => presented[index]?.probe !== null);
  const placed = groups.flatMap((group): readonly PlacedAddress[] => {
    const { addresses, chains } = group;
    const count = addresses.length;
    const base = { tone: toneOf(group), fold: null };
    const { many, allAlike, alike, notCompared } = words.chain.address;
    const isCompared = wasCompared(group);
    if (few || count === 1) {
      const odd = isCompared ? oddNote(groups.filter(wasCompared), group) : notCompared;
      const note = few || groups.length === 1 ? '' : odd;
      return addresses.map((each) => ({ node: { ...base, ...single(host, each, note) }, chains }));
    }
    if (singly || open.has(key)) {
      return addresses.map((each, index) => {
        // The way back stands at the first of them.
        const fold: AddressFold | null = index === 0 && !singly ? { key, count, open: true } : null;
        return { node: { ...base, ...single(host, each, ''), fold }, chains };
      });
    }
    const node: AddressNode = {
      ...base,
      id: { kind: 'addresses', host: host.name, first: addresses[0] ?? '' },
      text: many(count),
      note: !isCompared ? notCompared : groups.length === 1 ? allAlike : alike,
      addresses,
      fold: { key, count, open: false },
    };
    return [{ node, chains }];
  });
  return few ? inOrderFound(host, placed) : placed;
}

function single(
  host: HostReport,
  address: string,
  note: string,
): Pick<AddressNode, 'id' | 'text' | 'note' | 'addresses'> {
  const id = { kind: 'addresses' as const, host: host.name, first: address };
  return { id, text: address, note, addresses: [address] };
}

/** One that differs from a crowd is told so; of as many kinds as addresses none is odd. */
function oddNote(groups: readonly AddressGroup[], group: AddressGroup): string {
  const isCrowd = groups.some((other) => other !== group && other.addresses.length > 1);
  return isCrowd ? words.chain.address.odd : '';
}

function inOrderFound(
  host: HostReport,
  placed: readonly PlacedAddress[],
): readonly PlacedAddress[] {
  return host.addresses.flatMap(({ address }) =>
    placed.filter(({ node }) => node.addresses[0] === address),
  );
}
