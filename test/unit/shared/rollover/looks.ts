// Looks at a host as they come back: what each name server shows, and which key each address presents.
import type { HostReport, TlsaServerReport } from '../../../../shared/inspection/report.ts';
import {
  address,
  certificate,
  ended,
  host,
  MATCH,
  NO_MATCH,
  probe,
  record,
  server,
  tlsa,
} from '../inspection/evidence.ts';

export const key = (octet: string): string => octet.repeat(32);
/** The record of a key. */
export const leaf = (octet: string): string => `3 1 1 ${key(octet)}`;

/** Records, or what happened in their place. */
export type Shown = readonly string[] | 'silent' | 'no-route' | 'bogus';

export interface Look {
  /** By `NAME` or `NAME ADDRESS`; two by default, which show the record of `aa`. */
  readonly servers?: Readonly<Record<string, Shown>>;
  /** By address: the keys presented there, none where it could not be reached; `aa` by default. */
  readonly presents?: Readonly<Record<string, readonly string[]>>;
  readonly ttl?: number;
  readonly unasked?: readonly string[];
  readonly more?: Partial<HostReport['tlsa']>;
}

export function look({ servers, presents, ttl = 3600, unasked = [], more }: Look = {}): HostReport {
  const shown = servers ?? { ns1: [leaf('aa')], ns2: [leaf('aa')] };
  const entries = Object.entries(shown).map(([name, says], index) => entry(name, says, index, ttl));
  const looked = Object.values(shown).find((says) => typeof says !== 'string') ?? [];
  const records = typeof looked === 'string' ? [] : looked;
  return host({
    addresses: Object.entries(presents ?? { '192.0.2.1': ['aa'] }).map(([text, keys]) =>
      address(
        text,
        keys.length === 0
          ? [ended('timeout', 'connect')]
          : keys.map((octet) => presentedKey(octet, records)),
      ),
    ),
    tlsa: tlsa({
      ttl: records.length === 0 ? null : ttl,
      records: records.map(asRecord),
      servers: entries,
      unasked,
      zone: 'example.org',
      soaRefresh: 900,
      negativeTtl: 86_400,
      ...more,
    }),
  });
}

function asRecord(text: string) {
  const [usage, selector, matchingType, data = ''] = text.split(' ');
  return record({
    usage: Number(usage),
    selector: Number(selector),
    matchingType: Number(matchingType),
    data,
  });
}

/** A key that begins with `1` is an RSA key, any other one ECDSA. */
function presentedKey(octet: string, records: readonly string[]) {
  const keyType = octet.startsWith('1') ? 'RSA 2048' : 'ECDSA P-256';
  return probe({
    keyType,
    chain: [certificate({ spkiSha256: key(octet), certSha256: `cert ${octet}`, keyType })],
    associations: records.map((text) => (text === leaf(octet) ? MATCH : NO_MATCH)),
  });
}

function entry(name: string, says: Shown, index: number, ttl: number): TlsaServerReport {
  const [serverName = '', at = `192.0.2.${53 + index}`] = name.split(' ');
  const about = { server: `${serverName}.example.org`, address: at };
  switch (says) {
    case 'silent':
      return server({ ...about, rcode: 'TIMEOUT', security: 'indeterminate', records: [] });
    case 'no-route':
      return server({ ...about, rcode: 'NO_ROUTE', security: 'indeterminate', records: [] });
    case 'bogus':
      return server({ ...about, security: 'bogus', records: [leaf('aa')] });
    default:
      return server({
        ...about,
        rcode: says.length === 0 ? 'NXDOMAIN' : 'NOERROR',
        security: 'secure',
        records: says,
        ...(says.length === 0 ? {} : { ttl }),
      });
  }
}
