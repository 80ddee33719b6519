/** Puts the answers into a grid: names from the zone's apex down, servers across. */
import type { AncestorReport, HostReport } from '../../shared/inspection/report.ts';

export interface AncestorGrid {
  readonly names: readonly string[];
  readonly servers: readonly { readonly server: string; readonly address: string }[];
  /** One a name, one cell a server; null where that was not asked. */
  readonly rows: readonly (readonly (AncestorReport | null)[])[];
}

export function ancestorGrid(host: HostReport): AncestorGrid {
  const { ancestors } = host;
  const names = [...new Set(ancestors.map(({ name }) => name))].sort(
    (a, b) => labelCount(a) - labelCount(b),
  );
  const servers = new Map<string, { server: string; address: string }>();
  for (const { server, address } of ancestors)
    servers.set(`${server} ${address}`, { server, address });
  const columns = [...servers.values()];
  return {
    names,
    servers: columns,
    rows: names.map((name) =>
      columns.map(
        ({ server, address }) =>
          ancestors.find(
            (cell) => cell.name === name && cell.server === server && cell.address === address,
          ) ?? null,
      ),
    ),
  };
}

function labelCount(name: string): number {
  return name === '.' ? 0 : name.split('.').length;
}
