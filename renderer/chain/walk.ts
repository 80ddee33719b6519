/** Where the arrow keys lead: along the wires from left to right, and up and down within a column. */
import { nodeKey } from '../store/node-id.ts';
import type { ChainGraph, HostRow } from './graph.ts';
import { foldKey } from './flow.ts';

export type Direction = 'left' | 'right' | 'up' | 'down' | 'first' | 'last';

/** The key of the node to go to; null where there is none. */
export function walk(graph: ChainGraph, from: string, direction: Direction): string | null {
  const columns = columnsOf(graph);
  switch (direction) {
    case 'first':
      return nodeKey(graph.domain.id);
    case 'last':
      return columns[1]?.at(-1) ?? null;
    case 'up':
    case 'down': {
      const column = columns.find((keys) => keys.includes(from)) ?? [];
      const step = direction === 'up' ? -1 : 1;
      return column[column.indexOf(from) + step] ?? null;
    }
    case 'left':
    case 'right':
      return along(graph, from, direction);
  }
}

/** Domain; hosts and their folds; records; chains; addresses. */
function columnsOf(graph: ChainGraph): readonly (readonly string[])[] {
  const hosts = graph.rows.flatMap(({ host }, index) => [
    nodeKey(host.id),
    ...graph.folds.filter(({ after }) => after === index).map(foldKey),
  ]);
  return [
    [nodeKey(graph.domain.id)],
    hosts,
    graph.rows.flatMap(({ records }) => keysOf(records)),
    graph.rows.flatMap(({ chains }) => keysOf(chains)),
    graph.rows.flatMap(({ addresses }) => keysOf(addresses)),
  ];
}

function along(graph: ChainGraph, from: string, direction: 'left' | 'right'): string | null {
  const domain = nodeKey(graph.domain.id);
  const [first] = graph.rows;
  if (from === domain) {
    return direction === 'right' && first !== undefined ? nodeKey(first.host.id) : null;
  }
  if (graph.folds.some((fold) => foldKey(fold) === from)) {
    return direction === 'left' ? domain : null;
  }
  for (const row of graph.rows) {
    const places = placesIn(row, domain);
    const place = places.get(from);
    if (place !== undefined) return place[direction];
  }
  return null;
}

interface Neighbours {
  readonly left: string | null;
  readonly right: string | null;
}

/** What a thing is joined to; the first of its column where no wire says better. */
function placesIn(row: HostRow, domain: string): ReadonlyMap<string, Neighbours> {
  const host = nodeKey(row.host.id);
  const records = keysOf(row.records);
  const chains = keysOf(row.chains);
  const addresses = keysOf(row.addresses);
  const [record = null] = records;
  const [chain = null] = chains;
  const [address = null] = addresses;
  const matchOf = (find: (match: HostRow['matches'][number]) => boolean) => row.matches.find(find);
  return new Map<string, Neighbours>([
    [host, { left: domain, right: record }],
    ...records.map((key, index): [string, Neighbours] => {
      const met =
        matchOf((match) => Math.min(match.record, records.length - 1) === index)?.chain ?? 0;
      return [key, { left: host, right: chains[met] ?? chain }];
    }),
    ...chains.map((key, index): [string, Neighbours] => {
      const met = Math.min(
        matchOf((match) => match.chain === index)?.record ?? 0,
        records.length - 1,
      );
      const served = row.served.find((edge) => edge.chain === index)?.address ?? 0;
      return [key, { left: records[met] ?? record, right: addresses[served] ?? address }];
    }),
    ...addresses.map((key, index): [string, Neighbours] => {
      const served = row.served.find((edge) => edge.address === index)?.chain ?? 0;
      return [key, { left: chains[served] ?? chain, right: null }];
    }),
  ]);
}

function keysOf(
  nodes: readonly { readonly id: Parameters<typeof nodeKey>[0] }[],
): readonly string[] {
  return nodes.map(({ id }) => nodeKey(id));
}
