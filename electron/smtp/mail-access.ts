/** The way to mail servers: directly or through a SOCKS5 proxy, under one name, so many at a time. */
import { hostname, networkInterfaces } from 'node:os';
import { isEhloName } from '../../shared/smtp/dialogue.ts';
import type { KeyKind, Network } from '../net/network.ts';
import { createSocksNetwork } from '../net/socks-network.ts';
import { readSocksProxy } from '../net/socks-proxy.ts';
import { probe, type ProbeResult } from './probe.ts';
import { createSlots } from './slots.ts';

export interface MailAccess {
  /** `HOST:PORT` of the proxy, without credentials; null when there is none. */
  readonly proxy: string | null;
  probe(target: MailTarget, signal: AbortSignal): Promise<ProbeResult>;
}

export interface MailTarget {
  readonly address: string;
  readonly port: number;
  readonly serverName: string | null;
  readonly keyTypes: readonly KeyKind[] | null;
}

export interface MailAccessOptions {
  readonly network: Network;
  /** What we call ourselves; null takes this machine's name. */
  readonly ehloName: string | null;
  /** `socks5://…`; null connects directly. */
  readonly proxy: string | null;
  readonly maxConnections: number;
  readonly stageTimeoutMs: number;
}

export type MailAccessResult =
  | { readonly ok: true; readonly access: MailAccess }
  /** One plain sentence. */
  | { readonly ok: false; readonly message: string };

export function createMailAccess(options: MailAccessOptions): MailAccessResult {
  const { maxConnections, stageTimeoutMs } = options;
  const ehloName = options.ehloName ?? ehloNameOfThisMachine();
  if (!isEhloName(ehloName)) {
    return {
      ok: false,
      message:
        'The name to greet mail servers with must be a host name or an address in brackets, such as [192.0.2.1].',
    };
  }
  const reading = options.proxy === null ? null : readSocksProxy(options.proxy);
  if (reading?.ok === false) return reading;
  const network = reading === null ? options.network : createSocksNetwork(reading.proxy);
  const slots = createSlots(maxConnections);
  return {
    ok: true,
    access: {
      proxy: reading?.proxy.label ?? null,
      probe: (target, signal) =>
        probe({ ...target, network, ehloName, stageTimeoutMs, slots, signal }),
    },
  };
}

/** RFC 5321 §4.1.1.1: the machine's full name, or an address literal (§4.1.3) when it has none. */
function ehloNameOfThisMachine(): string {
  const name = hostname().toLowerCase();
  if (name.includes('.') && isEhloName(name)) return name;
  const own = Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter(({ internal, address }) => !internal && !address.startsWith('fe80:'));
  const ipv4 = own.find(({ family }) => family === 'IPv4');
  if (ipv4 !== undefined) return `[${ipv4.address}]`;
  const ipv6 = own.find(({ family }) => family === 'IPv6');
  return ipv6 === undefined ? '[127.0.0.1]' : `[IPv6:${ipv6.address}]`;
}
