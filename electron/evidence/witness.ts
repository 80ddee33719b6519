/** Stands between one inspection and its ports: writes down what they say, or says it in their place. */
import type { InspectionPorts, InspectionQuery } from '../inspection/ports.ts';
import type { Network, RandomBytes } from '../net/network.ts';

export interface Witness {
  /** Chance that can be drawn a second time; null takes the machine's. */
  readonly random: RandomBytes | null;
  /** For name servers. */
  network(network: Network): Network;
  query(query: InspectionQuery): InspectionQuery;
  ports(ports: InspectionPorts): InspectionPorts;
}

export const NO_WITNESS: Witness = {
  random: null,
  network: (network) => network,
  query: (query) => query,
  ports: (ports) => ports,
};
