/** The forms in which TLSA records are handed to DNS software: one entry a format. */
import { formatTlsa } from '../dane/tlsa.ts';
import { concatBytes, toHex } from '../dns/bytes.ts';
import { printable, shellWord, zoneFileName } from '../findings/safe-text.ts';
import { writeCloudflare, writeCloudflareCurl } from './cloudflare.ts';
import { writeTerraform, writeTerraformCloudflare } from './terraform.ts';
import type { Service, WantedRecord } from './wanted.ts';
import { byOwner, byZone, relativeTo, wholeOwner, zoneOf } from './zones.ts';

export interface Format {
  /** For a menu. */
  readonly title: string;
  /** What a file of it is usually called. */
  readonly fileName: string;
  /** It stands for all records at an owner, by list or by place in one: what it leaves out is taken away. */
  readonly namesWholeSets?: true;
  readonly write: (records: readonly WantedRecord[], service: Pick<Service, 'zone'>) => string;
}

const table = {
  zone: {
    title: 'Zone file',
    fileName: 'tlsa.zone',
    write: (records) =>
      lines(
        records.map(
          (record) => `${ownerIn(record)} ${record.ttl} IN TLSA ${formatTlsa(record.tlsa)}`,
        ),
      ),
  },
  generic: {
    title: 'Zone file for software that does not know TLSA (RFC 3597)',
    fileName: 'tlsa-type52.zone',
    write: (records) =>
      lines(
        records.map((record) => {
          const rdata = rdataOf(record.tlsa);
          return `${ownerIn(record)} ${record.ttl} IN TYPE52 \\# ${rdata.length} ${toHex(rdata)}`;
        }),
      ),
  },
  nsupdate: { title: 'nsupdate (RFC 2136)', fileName: 'tlsa.nsupdate', write: writeUpdate },
  cloudflare: {
    title: 'Cloudflare API (JSON)',
    fileName: 'tlsa-cloudflare.json',
    write: writeCloudflare,
  },
  'cloudflare-curl': {
    title: 'Cloudflare API (curl)',
    fileName: 'tlsa-cloudflare.sh',
    write: writeCloudflareCurl,
  },
  powerdns: {
    title: 'PowerDNS pdnsutil',
    fileName: 'tlsa-pdnsutil.sh',
    write: (records, service) =>
      lines(
        records.map((record) => {
          const zone = zoneOf(record, service);
          const name = relativeTo(zone, wholeOwner(record));
          return `pdnsutil add-record ${shellWord(zone)} ${shellWord(name)} TLSA ${record.ttl} '${formatTlsa(record.tlsa)}'`;
        }),
      ),
  },
  tinydns: {
    title: 'tinydns data',
    fileName: 'tlsa.tinydns',
    write: (records) =>
      lines(
        records.map(
          (record) =>
            `:${printable(wholeOwner(record))}:52:${octal(rdataOf(record.tlsa))}:${record.ttl}`,
        ),
      ),
  },
  octodns: {
    title: 'octoDNS (YAML)',
    fileName: 'tlsa.yaml',
    namesWholeSets: true,
    write: writeOctoDns,
  },
  dnscontrol: { title: 'DNSControl', fileName: 'tlsa.dnscontrol.js', write: writeDnsControl },
  'terraform-cloudflare': {
    title: 'Terraform, Cloudflare provider 5',
    fileName: 'tlsa-cloudflare.tf',
    namesWholeSets: true,
    write: writeTerraformCloudflare,
  },
  terraform: {
    title: 'Terraform, any provider',
    fileName: 'tlsa.tf',
    namesWholeSets: true,
    write: writeTerraform,
  },
  csv: {
    title: 'CSV (RFC 4180)',
    fileName: 'tlsa.csv',
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
    fileName: 'tlsa.json',
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
  /** Lower-case hex of the SHA-256 of the certificate or bare key that it was made of. */
  readonly source: string;
}

export function plainRecord({ owner, ttl, tlsa, from, source }: WantedRecord): PlainRecord {
  const { usage, selector, matchingType } = tlsa;
  const data = toHex(tlsa.data);
  return { name: owner, ttl, type: 'TLSA', usage, selector, matchingType, data, from, source };
}

/** One message changes one zone: where none was named, nsupdate finds that of each owner by itself. */
function writeUpdate(records: readonly WantedRecord[], service: Pick<Service, 'zone'>): string {
  const messages =
    service.zone === null
      ? byOwner(records).map(([, ofOwner]) => ({ zone: null, records: ofOwner }))
      : byZone(records, service);
  return lines(
    messages.flatMap((message) => [
      ...(message.zone === null ? [] : [`zone ${zoneFileName(message.zone)}`]),
      ...message.records.map(
        (record) =>
          `update add ${zoneFileName(wholeOwner(record))} ${record.ttl} IN TLSA ${formatTlsa(record.tlsa)}`,
      ),
      'send',
    ]),
  );
}

/** One file a zone, in it one key an owner. */
function writeOctoDns(records: readonly WantedRecord[], service: Pick<Service, 'zone'>): string {
  const zones = byZone(records, service);
  return lines(
    zones.flatMap(({ zone, records: inZone }) => [
      ...(zones.length > 1 ? [`# ${printable(zone)}.yaml`] : []),
      ...byOwner(inZone).flatMap(([, [first, ...more]]) =>
        first === undefined ? [] : octoDnsEntry(relativeTo(zone, wholeOwner(first)), first, more),
      ),
    ]),
  );
}

function octoDnsEntry(
  name: string,
  first: WantedRecord,
  more: readonly WantedRecord[],
): readonly string[] {
  return [
    `${JSON.stringify(name)}:`,
    `  ttl: ${first.ttl}`,
    '  type: TLSA',
    '  values:',
    ...[first, ...more].flatMap(({ tlsa: { usage, selector, matchingType, data } }) => [
      `    - certificate_usage: ${usage}`,
      `      selector: ${selector}`,
      `      matching_type: ${matchingType}`,
      `      certificate_association_data: ${JSON.stringify(toHex(data))}`,
    ]),
  ];
}

/** Modifiers of `D(…)`: where there are several zones, each group says whose. */
function writeDnsControl(records: readonly WantedRecord[], service: Pick<Service, 'zone'>): string {
  const zones = byZone(records, service);
  return lines(
    zones.flatMap(({ zone, records: inZone }) => [
      ...(zones.length > 1 ? [`// in D(${JSON.stringify(printable(zone))}, …)`] : []),
      ...inZone.map((record) => {
        const { usage, selector, matchingType, data } = record.tlsa;
        const name = JSON.stringify(relativeTo(zone, wholeOwner(record)));
        return `TLSA(${name}, ${usage}, ${selector}, ${matchingType}, "${toHex(data)}", TTL(${record.ttl})),`;
      }),
    ]),
  );
}

function lines(parts: readonly string[]): string {
  return parts.join('\n');
}

/** Relative to the zone file's origin where no host was named. */
function ownerIn({ owner, host }: WantedRecord): string {
  return host === null ? owner : zoneFileName(owner);
}

function rdataOf(tlsa: WantedRecord['tlsa']): Uint8Array {
  return concatBytes(Uint8Array.of(tlsa.usage, tlsa.selector, tlsa.matchingType), tlsa.data);
}

/** tinydns-data reads `\ooo` in generic records. */
function octal(bytes: Uint8Array): string {
  return Array.from(bytes, (octet) => `\\${octet.toString(8).padStart(3, '0')}`).join('');
}
