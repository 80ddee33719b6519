/** Which component draws which kind of node. */
import type { NodeTypes } from '@xyflow/react';
import { FoldedBox, Ghost, Heading, TroubleCard, Wires } from './aside-nodes.tsx';
import { EmptyChain } from './empty-chain.tsx';
import { DomainBox, HostBox, RecordChip } from './promise-nodes.tsx';
import { AddressBox, CertificateBox } from './server-nodes.tsx';

// React Flow's map is typed for any node; ours is for exactly the nodes we make.
export const NODE_TYPES: NodeTypes = {
  wires: Wires,
  domain: DomainBox,
  host: HostBox,
  record: RecordChip,
  chain: CertificateBox,
  address: AddressBox,
  folded: FoldedBox,
  trouble: TroubleCard,
  empty: EmptyChain,
  ghost: Ghost,
  heading: Heading,
};
