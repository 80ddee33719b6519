/** The forms in which TLSA records are handed to DNS software: one entry a format. */
import { formatTlsa } from '../dane/tlsa.ts';
import { concatBytes, toHex } from '../dns/bytes.ts';
import { printable, shellWord, zoneFileName } from '../findings/safe-text.ts';
import type { Place, WantedRecord } from './wanted.ts';

export interface Format {
  /** For a menu. */
  readonly title: string;
  readonly write: (records: readonly WantedRecord[], place: Place) => string;
}

const table = {
  zone: {
    title: 'Zone file',
    write: (records, place) =>
      lines(
        records.map(
          ({ owner, ttl, tlsa }) => `${ownerIn(owner, place)} ${ttl} IN TLSA ${formatTlsa(tlsa)}`,
        ),
      ),
  },
  generic: {
    title: 'Zone file for software that does not know TLSA (RFC 3597)',
    write: (records, place) =>
      lines(
        records.map(({ owner, ttl, tlsa }) => {
          const rdata = rdataOf(tlsa);
          return `${ownerIn(owner, place)} ${ttl} IN TYPE52 \\# ${rdata.length} ${toHex(rdata)}`;
        }),
      ),
  },
  nsupdate: {
    title: 'nsupdate (RFC 2136)',
    write: (records, { zone }) =>
      lines([
        ...(zone === null ? [] : [`zone ${zoneFileName(zone)}`]),
        ...records.map(
          ({ owner, ttl, tlsa }) =>
            `update add ${zoneFileName(owner)} ${ttl} IN TLSA ${formatTlsa(tlsa)}`,
        ),
        'send',
      ]),
  },
  cloudflare: { title: 'Cloudflare API', write: writeCloudflare },
  powerdns: {
    title: 'PowerDNS pdnsutil',
    write: (records, place) => {
      const zone = zoneOf(place);
      return lines(
        records.map(
          ({ owner, ttl, tlsa }) =>
            `pdnsutil add-record ${shellWord(zone)} ${shellWord(relative(owner, zone))} TLSA ${ttl} '${formatTlsa(tlsa)}'`,
        ),
      );
    },
  },
  tinydns: {
    title: 'tinydns data',
    write: (records) =>
      lines(
        records.map(
          ({ owner, ttl, tlsa }) => `:${printable(owner)}:52:${octal(rdataOf(tlsa))}:${ttl}`,
        ),
      ),
  },
  octodns: { title: 'octoDNS (YAML)', write: writeOctoDns },
  dnscontrol: {
    title: 'DNSControl',
    write: (records, place) => {
      const zone = zoneOf(place);
      return lines(
        records.map(({ owner, ttl, tlsa: { usage, selector, matchingType, data } }) => {
          const name = JSON.stringify(relative(owner, zone));
          return `TLSA(${name}, ${usage}, ${selector}, ${matchingType}, "${toHex(data)}", TTL(${ttl})),`;
        }),
      );
    },
  },
  csv: {
    title: 'CSV (RFC 4180)',
    write: (records) =>
      lines([
        'name,ttl,type,usage,selector,matching_type,data',
        ...records.map(({ owner, ttl, tlsa: { usage, selector, matchingType, data } }) =>
          [owner, ttl, 'TLSA', usage, selector, matchingType, toHex(data)].join(','),
        ),
      ]),
  },
  json: {
    title: 'JSON',
    write: (records) => JSON.stringify(records.map(plainRecord), null, 2),
  },
} as const satisfies Readonly<Record<string, Format>>;

export type FormatName = keyof typeof table;

export const formats: Readonly<Record<FormatName, Format>> = table;

export function isFormatName(name: string): name is FormatName {
  return Object.hasOwn(formats, name);
}

export interface PlainRecord {
  readonly name: string;
  readonly ttl: number;
  readonly type: 'TLSA';
  readonly usage: number;
  readonly selector: number;
  readonly matchingType: number;
  /** Lower-case hex. */
  readonly data: string;
  readonly from: string;
}

export function plainRecord({ owner, ttl, tlsa, from }: WantedRecord): PlainRecord {
  const { usage, selector, matchingType, data } = tlsa;
  return { name: owner, ttl, type: 'TLSA', usage, selector, matchingType, data: toHex(data), from };
}

/** One record is the body of `POST …/dns_records`, several that of `POST …/dns_records/batch`. */
function writeCloudflare(records: readonly WantedRecord[]): string {
  const bodies = records.map(({ owner, ttl, tlsa: { usage, selector, matchingType, data } }) => ({
    type: 'TLSA',
    name: owner,
    ttl,
    data: { usage, selector, matching_type: matchingType, certificate: toHex(data) },
  }));
  const [only, ...more] = bodies;
  return JSON.stringify(more.length === 0 ? only : { posts: bodies });
}

function writeOctoDns(records: readonly WantedRecord[], place: Place): string {
  const [first] = records;
  if (first === undefined) return '';
  const name = relative(first.owner, zoneOf(place));
  return lines([
    `${JSON.stringify(name)}:`,
    `  ttl: ${first.ttl}`,
    '  type: TLSA',
    '  values:',
    ...records.flatMap(({ tlsa: { usage, selector, matchingType, data } }) => [
      `    - certificate_usage: ${usage}`,
      `      selector: ${selector}`,
      `      matching_type: ${matchingType}`,
      `      certificate_association_data: ${JSON.stringify(toHex(data))}`,
    ]),
  ]);
}

function lines(parts: readonly string[]): string {
  return parts.join('\n');
}

/** Relative to the zone file's origin where no host was named. */
function ownerIn(owner: string, { host }: Place): string {
  return host === null ? owner : zoneFileName(owner);
}

/** Without being told: the host's parent, or the host itself where that would be a whole TLD. */
function zoneOf({ zone, host }: Place): string {
  if (zone !== null) return zone;
  if (host === null) return 'ZONE';
  const [, ...parent] = host.split('.');
  return parent.length > 1 ? parent.join('.') : host;
}

function relative(owner: string, zone: string): string {
  return owner.endsWith(`.${zone}`) ? owner.slice(0, -zone.length - 1) : owner;
}

function rdataOf(tlsa: WantedRecord['tlsa']): Uint8Array {
  return concatBytes(Uint8Array.of(tlsa.usage, tlsa.selector, tlsa.matchingType), tlsa.data);
}

/** tinydns-data reads `\ooo` in generic records. */
function octal(bytes: Uint8Array): string {
  return Array.from(bytes, (octet) => `\\${octet.toString(8).padStart(3, '0')}`).join('');
}
