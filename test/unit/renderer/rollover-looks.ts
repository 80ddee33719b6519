/** Looks at a mail host in the middle of a key change, as the process behind the window would answer. */
import type { InspectionEvent } from '../../../shared/inspection/event.ts';
import type { TlsaServerReport } from '../../../shared/inspection/report.ts';
import {
  addresses,
  equal,
  leaf,
  mxEvent,
  probeEvent,
  started,
  tlsaEvent,
  tlsaRecord,
  UNEQUAL,
} from './streams.ts';

export const HOST = 'mx.example.org';

/** A key by the beginning of its digest; `ECDSA P-256` where nothing else is said. */
export interface KeySeen {
  readonly seed: string;
  readonly keyType?: string;
}

export interface Look {
  /** Records of each name server, in presentation form; null where it does not answer. */
  readonly servers: Readonly<Record<string, readonly string[] | null>>;
  /** Keys that each address presents; none where it cannot be reached. */
  readonly presented: Readonly<Record<string, readonly KeySeen[]>>;
  readonly security?: 'secure' | 'insecure' | 'bogus';
}

/** `3 1 1` of the key with that seed. */
export function ownRecord(seed: string): string {
  return `3 1 1 ${seed.padEnd(64, '0')}`;
}

export function lookEvents({
  servers,
  presented,
  security = 'secure',
}: Look): readonly InspectionEvent[] {
  const records = [...new Set(Object.values(servers).flatMap((shown) => shown ?? []))].sort();
  return [
    started(HOST),
    mxEvent(HOST, [[0, HOST]]),
    addresses(HOST, Object.keys(presented)),
    tlsaEvent(
      HOST,
      records.map((record) => ({
        ...tlsaRecord(Number(record[0]), ''),
        data: record.split(' ')[3] ?? '',
      })),
      security,
    ),
    {
      kind: 'ancestors',
      host: HOST,
      ancestors: [],
      tlsaServers: Object.entries(servers).map(([server, shown], index) =>
        serverEntry(server, `192.0.2.${53 + index}`, shown),
      ),
    },
    {
      kind: 'zone-refresh',
      host: HOST,
      zone: 'example.org',
      soaRefresh: 1800,
      negativeTtl: 3600,
      unasked: [],
    },
    ...Object.entries(presented).flatMap(([address, keys]) =>
      keys.map(({ seed, keyType = 'ECDSA P-256' }, index) =>
        probeEvent(
          HOST,
          address,
          [{ ...leaf(HOST, seed, '2026-10-02'), keyType }],
          records.map((record) => (record === ownRecord(seed) ? equal(0) : UNEQUAL)),
          { index, keyType },
        ),
      ),
    ),
    { kind: 'finished', durationMs: 900, queries: 40 },
  ];
}

function serverEntry(
  server: string,
  address: string,
  shown: readonly string[] | null,
): TlsaServerReport {
  return {
    server,
    address,
    rcode: shown === null ? 'TIMEOUT' : 'NOERROR',
    security: shown === null ? 'indeterminate' : 'secure',
    records: shown ?? [],
    verdict: null,
    ...(shown === null ? {} : { ttl: 3600 }),
  };
}
