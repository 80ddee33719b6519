/** Both implementations of the Network port behind one small interface, for the suite they share. */
import { randomBytes } from 'node:crypto';
import { createVirtualClock } from '../../electron/net/simulated-clock.ts';
import { createSystemNetwork } from '../../electron/net/system-network.ts';
import { createVirtualInternet } from '../../electron/net/virtual-internet.ts';
import type { DatagramHandler, StreamHandler } from '../../electron/net/handler.ts';
import { listenForDatagrams, listenForStreams, type Listener } from '../../electron/net/listen.ts';
import type { Endpoint, Network } from '../../electron/net/network.ts';

export interface Rig {
  readonly network: Network;
  serveDatagrams(handler: DatagramHandler): Promise<Endpoint>;
  serveStreams(handler: StreamHandler): Promise<Endpoint>;
  /** Where nothing listens, on a host that is there. */
  closedPort(): Promise<Endpoint>;
  close(): Promise<void>;
}

export function systemRig(loopback: string): Rig {
  const listeners: Listener[] = [];
  const keep = async (opening: ReturnType<typeof listenForStreams>): Promise<Endpoint> => {
    const listener = await opening;
    if (!listener.ok) throw new Error(`cannot listen: ${listener.failure.kind}`);
    listeners.push(listener.value);
    return listener.value.endpoint;
  };
  const anyPort = { address: loopback, port: 0 };
  return {
    network: createSystemNetwork(),
    serveDatagrams: (handler) => keep(listenForDatagrams(anyPort, handler)),
    serveStreams: (handler) => keep(listenForStreams(anyPort, handler)),
    closedPort: async () => {
      const listener = await listenForStreams(anyPort, () => undefined);
      if (!listener.ok) throw new Error(`cannot listen: ${listener.failure.kind}`);
      await listener.value.close();
      return listener.value.endpoint;
    },
    close: async () => {
      await Promise.all(listeners.map((listener) => listener.close()));
    },
  };
}

export function virtualRig(address: string): Rig {
  const network = createVirtualInternet({
    clock: createVirtualClock(Date.UTC(2026, 10, 24, 12)),
    conditions: { roundTripMs: 20, lossRate: 0 },
    random: (count) => randomBytes(count),
  });
  const datagrams = new Map<number, DatagramHandler>();
  const streams = new Map<number, StreamHandler>();
  network.addHost({ addresses: [address], datagrams, streams });
  let port = 1024;
  const nextEndpoint = (): Endpoint => ({ address, port: (port += 1) });
  return {
    network,
    serveDatagrams: (handler) => {
      const endpoint = nextEndpoint();
      datagrams.set(endpoint.port, handler);
      return Promise.resolve(endpoint);
    },
    serveStreams: (handler) => {
      const endpoint = nextEndpoint();
      streams.set(endpoint.port, handler);
      return Promise.resolve(endpoint);
    },
    closedPort: () => Promise.resolve(nextEndpoint()),
    close: () => Promise.resolve(),
  };
}
