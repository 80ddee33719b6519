/** The signed zones of the outbound test: the base, one that is unsigned, one that denies an ancestor. */
import { recordToText } from '../../shared/dns/presentation.ts';
import { CLASS_IN } from '../../shared/dns/record.ts';
import { TYPE } from '../../shared/dns/record-type.ts';
import type { DenialPolicy } from '../lab/denial-chain.ts';
import { delegationSignerOf, type ZoneKey } from '../lab/zone-key.ts';
import { signZone, type SignedZone } from '../lab/zone-signer.ts';
import { knownName, knownRecords } from '../lab/zone-text.ts';
import { forgedText } from './forged-record.ts';
import type { MailHost } from './mail-hosts.ts';

export interface TestZoneOptions {
  readonly base: string;
  readonly keys: readonly ZoneKey[];
  readonly hosts: readonly MailHost[];
  /** Of the name server `ns.BASE`. */
  readonly nameServerAddresses: readonly string[];
  /** Of the page for visitors, which is at the base name; null for none. */
  readonly webAddress: string | null;
  /** The port that mail comes to, as the TLSA names tell. */
  readonly smtpPort: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

export interface TestZones {
  readonly zones: readonly SignedZone[];
  /** Every record of the base zone without its signatures, as lines of a zone file. */
  readonly text: string;
}

const DAY_SECONDS = 86_400;
/** Signatures are made anew long before they end. */
const SIGNATURE_LEFT_SECONDS = 14 * DAY_SECONDS;
/** Clocks differ. */
const SIGNATURE_AGE_SECONDS = DAY_SECONDS;
/** Short, so that the next test starts afresh. */
const TTL_SECONDS = 60;

const NSEC: DenialPolicy = { kind: 'nsec' };
/** Proves that `_tcp.mx.…` does not exist, though a name below it does. */
const DENIES_ANCESTORS: DenialPolicy = {
  kind: 'nsec3',
  iterations: 0,
  salt: new Uint8Array(0),
  optOut: false,
  omitEmptyNonTerminals: true,
};

export function buildTestZones(options: TestZoneOptions): TestZones {
  const { base, hosts } = options;
  const own = hosts.filter(({ scenario }) => scenario !== 'ancestor');
  const denying = hosts.filter(({ scenario }) => scenario === 'ancestor');
  const children = [
    // The domain is unsigned; its mail host is in the signed zone, below another label.
    ...(hosts.some(({ scenario }) => scenario === 'insecure') ? [insecureChild(options)] : []),
    ...(denying.length > 0 ? [denyingChild(options, denying)] : []),
  ];
  const records = [
    apexText(base, options),
    forgedText(base, TTL_SECONDS),
    ...own.flatMap((host) => (host.scenario === 'insecure' ? [] : mxText(host, options))),
    ...own.flatMap((host) => hostText(host, options)),
    ...children.map(({ delegation }) => delegation),
  ].join('\n');
  return {
    zones: [
      sign(base, records, options.keys, NSEC, options.at),
      ...children.map(({ zone }) => zone),
    ],
    text: records,
  };
}

interface Child {
  readonly zone: SignedZone;
  /** Lines for the zone above. */
  readonly delegation: string;
}

function insecureChild(options: TestZoneOptions): Child {
  const apex = `insecure.${options.base}`;
  const lines = options.hosts
    .filter(({ scenario }) => scenario === 'insecure')
    .map((host) => mxText(host, options));
  const zone = sign(apex, [apexText(apex, options), ...lines].join('\n'), [], NSEC, options.at);
  return { zone, delegation: nameServerLine(apex, options) };
}

function denyingChild(options: TestZoneOptions, hosts: readonly MailHost[]): Child {
  const apex = `ancestor.${options.base}`;
  const lines = hosts.flatMap((host) => [mxText(host, options), ...hostText(host, options)]);
  const records = [apexText(apex, options), ...lines].join('\n');
  const signers = options.keys
    .filter((key) => key.secureEntryPoint)
    .map((key) => delegationSignerText(apex, key));
  return {
    zone: sign(apex, records, options.keys, DENIES_ANCESTORS, options.at),
    delegation: [nameServerLine(apex, options), ...signers].join('\n'),
  };
}

/** A DS record as a line of a zone file, also for a trust anchor or the zone above. */
export function delegationSignerText(zone: string, key: ZoneKey): string {
  const name = knownName(`${zone}.`);
  const rdata = delegationSignerOf(name, key);
  return recordToText({ name, type: TYPE.DS, class: CLASS_IN, ttl: TTL_SECONDS, rdata });
}

function sign(
  apex: string,
  text: string,
  keys: readonly ZoneKey[],
  denial: DenialPolicy,
  at: number,
): SignedZone {
  const name = knownName(`${apex}.`);
  const now = Math.floor(at / 1000);
  const policy = {
    ...{ keys, denial },
    inception: now - SIGNATURE_AGE_SECONDS,
    expiration: now + SIGNATURE_LEFT_SECONDS,
  };
  return signZone(name, knownRecords(`${text}\n`, name), keys.length === 0 ? null : policy);
}

function apexText(apex: string, options: TestZoneOptions): string {
  const { base, at } = options;
  const serial = Math.floor(at / 1000);
  const soa = `${apex}. ${TTL_SECONDS} IN SOA ns.${base}. hostmaster.${base}. ${serial} 3600 900 604800 ${TTL_SECONDS}`;
  const addresses = [
    ...options.nameServerAddresses.map((address) => addressLine(`ns.${base}`, address)),
    ...(options.webAddress === null ? [] : [addressLine(base, options.webAddress)]),
  ];
  return [soa, nameServerLine(apex, options), ...(apex === base ? addresses : [])].join('\n');
}

function nameServerLine(apex: string, { base }: TestZoneOptions): string {
  return `${apex}. ${TTL_SECONDS} IN NS ns.${base}.`;
}

function addressLine(name: string, address: string): string {
  return `${name}. ${TTL_SECONDS} IN ${address.includes(':') ? 'AAAA' : 'A'} ${address}`;
}

function mxText(host: MailHost, { base }: TestZoneOptions): string {
  return `${host.scenario}.${base}. ${TTL_SECONDS} IN MX ${host.rank * 10} ${host.name}.`;
}

function hostText(host: MailHost, { smtpPort }: TestZoneOptions): readonly string[] {
  const owner = `_${smtpPort}._tcp.${host.name}`;
  const target = `tlsa.${host.name}`;
  const records = host.tlsa.map(
    (data) => `${host.alias ? target : owner}. ${TTL_SECONDS} IN TLSA ${data}`,
  );
  const alias = host.alias ? [`${owner}. ${TTL_SECONDS} IN CNAME ${target}.`] : [];
  return [addressLine(host.name, host.address), ...alias, ...records];
}
