// Writes a zone plan out as an unsigned master file (RFC 1035 §5), addresses and TLSA data filled in.
import type { AddressOf } from './listeners.ts';
import { associationData, type ListenerCertificates } from './certificates.ts';
import type { ServerKey } from './address-plan.ts';
import type { ZonePlan } from './zones/zone-plan.ts';

export interface ZoneSurroundings {
  readonly serverAddress: (key: ServerKey) => string;
  readonly listenerAddress: AddressOf;
  readonly certificates: (listener: string) => ListenerCertificates;
  /** Delegations of the child zones: NS, DS and glue lines with absolute names. */
  readonly delegations: readonly string[];
  /** Of the SOA record; 1 unless said otherwise. */
  readonly serial?: number;
}

/** Time to live of every record in seconds. */
const TTL = 3600;

/** Refresh, retry, expire and negative TTL of the SOA record in seconds. */
const TIMES = '3600 600 1209600 300';

/** Of a zone that changes while a test waits for it. */
const QUICK_TIMES = '2 1 1209600 2';

export const DEFAULT_SERVERS: NonNullable<ZonePlan['servers']> = { ns1: 'host-a', ns2: 'host-b' };

export function zoneText(zone: ZonePlan, records: string, around: ZoneSurroundings): string {
  const servers = Object.entries(zone.servers ?? DEFAULT_SERVERS);
  const first = servers[0]?.[0] ?? 'ns1';
  const lines = [
    `$ORIGIN ${absolute(zone.name)}`,
    `$TTL ${TTL}`,
    `@ SOA ${first} hostmaster ${around.serial ?? 1} ${zone.updates === true ? QUICK_TIMES : TIMES}`,
    ...servers.map(([name]) => `@ NS ${name}`),
    ...servers.flatMap(([name, key]) =>
      name.endsWith('.') ? [] : [`${name} ${addressRecord(around.serverAddress(key))}`],
    ),
    ...records.split('\n').flatMap((line) => {
      const text = line.trim();
      return text === '' ? [] : [fillIn(text, around)];
    }),
    ...around.delegations,
  ];
  return `${lines.join('\n')}\n`;
}

/** What the parent says about a zone: its name servers, glue for those inside it (RFC 1034 §4.2.1), and its DS records. */
export function delegationLines(
  zone: ZonePlan,
  ds: readonly string[],
  serverAddress: (key: ServerKey) => string,
): readonly string[] {
  const servers = Object.entries(zone.servers ?? DEFAULT_SERVERS);
  return [
    ...servers.map(([name]) => `${absolute(zone.name)} NS ${qualified(name, zone)}`),
    ...servers.flatMap(([name, key]) =>
      name.endsWith('.') ? [] : [`${qualified(name, zone)} ${addressRecord(serverAddress(key))}`],
    ),
    ...ds,
  ];
}

function addressRecord(address: string): string {
  return `${address.includes(':') ? 'AAAA' : 'A'} ${address}`;
}

export function absolute(name: string): string {
  return name === '' ? '.' : `${name}.`;
}

/** A name as written in a zone, made absolute. */
export function qualified(name: string, zone: ZonePlan): string {
  if (name === '@') return absolute(zone.name);
  if (name.endsWith('.')) return name;
  return zone.name === '' ? `${name}.` : `${name}.${zone.name}.`;
}

function fillIn(line: string, around: ZoneSurroundings): string {
  return line
    .replace(
      /TLSA (\d) (\d) (\d) \{([\w-]+(?:@[\w.-]+)?)\.(leaf|issuer|former|rsa)\}/,
      (_, usage: string, selector: string, matching: string, listener: string, which: string) => {
        const { rsa, ...others } = around.certificates(listener);
        const pem = which === 'rsa' ? rsa?.leaf : others[which as 'leaf' | 'issuer' | 'former'];
        if (typeof pem !== 'string') throw new Error(`${listener} has no certificate "${which}"`);
        return `TLSA ${usage} ${selector} ${matching} ${associationData(pem, Number(selector), Number(matching))}`;
      },
    )
    .replace(/\{([\w-]+)\.ipv6\}/, (_, listener: string) => around.listenerAddress(listener, 6))
    .replace(/\{([\w-]+(?:@[\w.-]+)?)\}/, (_, listener: string) =>
      around.listenerAddress(listener, 4),
    );
}
