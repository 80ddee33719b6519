/** The one place where the concrete parts meet: network, clock, randomness, cryptography, resolver, probe, lab. */
import { randomBytes } from 'node:crypto';
import { hostname, networkInterfaces } from 'node:os';
import defaultTrustAnchors from '../assets/root-anchors.zone?raw';
import defaultRootHints from '../assets/root-hints.zone?raw';
import { verify, type VerifyAnswer, type VerifyRequest } from '../shared/dane/verify.ts';
import type { Name } from '../shared/dns/name.ts';
import type { ResourceRecord } from '../shared/dns/record.ts';
import { TYPE } from '../shared/dns/record-type.ts';
import { parseZoneFile } from '../shared/dns/zone-file.ts';
import type { InspectionEvent } from '../shared/inspection/event.ts';
import type { LookUpReport } from '../shared/inspection/report.ts';
import { isEhloName } from '../shared/smtp/dialogue.ts';
import { createAssociationCrypto } from './crypto/association-crypto.ts';
import { createDnssecCrypto } from './crypto/dnssec-crypto.ts';
import { inspect } from './inspection/inspect.ts';
import { lookUpReport } from './inspection/look-up-report.ts';
import type { InspectionPorts } from './inspection/ports.ts';
import type { LabDomain } from './lab/built-in-domains.ts';
import type { Endpoint, Network } from './net/network.ts';
import { specialRange } from './net/special-address.ts';
import { createSystemNetwork } from './net/system-network.ts';
import { createResolver, type ResolverOptions } from './resolver/create-resolver.ts';
import type { Resolver } from './resolver/resolver.ts';
import { describeProbe } from './smtp/describe.ts';
import { probe } from './smtp/probe.ts';

export type { LabDomain } from './lab/built-in-domains.ts';

export interface CoreOptions {
  readonly version: string;
  /** Zone-file text with NS and addresses of the root; null takes what is built in. */
  readonly rootHints: string | null;
  /** Zone-file text with DS or DNSKEY records; null takes the root's keys, built in. */
  readonly trustAnchors: string | null;
  /** Ask this recursive resolver (and validate its answers); null asks authoritative servers. */
  readonly resolver: Endpoint | null;
  readonly dnsPort: number;
  readonly smtpPort: number;
  /** Milliseconds for one DNS exchange; an SMTP stage may take three times as long. */
  readonly timeoutMs: number;
  /** Instant of judgement, milliseconds since the epoch; null is now. */
  readonly at: number | null;
  readonly families: readonly (4 | 6)[];
  readonly smtp: boolean;
  readonly allowPrivate: boolean;
}

export const DEFAULT_CORE_OPTIONS: Omit<CoreOptions, 'version'> = {
  rootHints: null,
  trustAnchors: null,
  resolver: null,
  dnsPort: 53,
  smtpPort: 25,
  timeoutMs: 5000,
  at: null,
  families: [4, 6],
  smtp: true,
  allowPrivate: false,
};

export interface Core {
  inspect(domain: Name, signal: AbortSignal): AsyncGenerator<InspectionEvent, void, void>;
  resolve(name: Name, type: number, signal: AbortSignal): Promise<LookUpReport>;
  /** Empty on the real internet. */
  readonly labDomains: readonly LabDomain[];
}

export type Composed =
  | { readonly ok: true; readonly core: Core }
  /** One plain sentence: which input cannot be used, and why. */
  | { readonly ok: false; readonly message: string };

/** The core on this machine's own network. */
export function composeCore(options: CoreOptions): Composed {
  return composeOn(createSystemNetwork(), options, ehloNameOfThisMachine(), []);
}

/**
 * The core on the built-in lab's virtual internet; hints, anchors and ports are the lab's own.
 * `realTime` lets its round trips take their time, so that results stream in.
 */
export async function composeLabCore(options: CoreOptions, realTime: boolean): Promise<Composed> {
  const { createLab } = await import('./lab/lab.ts');
  const at = options.at ?? Date.now();
  const lab = createLab({ at, realTime, roundTripMs: LAB_ROUND_TRIP_MS });
  const { rootHints, trustAnchors } = lab;
  // The lab's addresses are documentation ranges, which are special ones.
  const labOptions = { ...options, rootHints, trustAnchors, allowPrivate: true };
  const { dnsPort, smtpPort, resolver } = DEFAULT_CORE_OPTIONS;
  return composeOn(
    lab.network,
    { ...labOptions, dnsPort, smtpPort, resolver },
    'inspector.lab',
    lab.domains,
  );
}

/** The offline question needs no network. */
export function verifyOffline(request: VerifyRequest): VerifyAnswer {
  return verify(request, createAssociationCrypto());
}

/** The lab's domains without putting the lab up. */
export async function listLabDomains(): Promise<readonly LabDomain[]> {
  const { builtInDomains } = await import('./lab/built-in-domains.ts');
  return builtInDomains;
}

/** Milliseconds: a round trip within a continent. */
const LAB_ROUND_TRIP_MS = 20;

/** Servers are given three times as long for a mail stage: a greeting delayed by 6 s is common. */
const STAGE_TIMEOUT_FACTOR = 3;

/** The core on any network; hints and anchors that are null are the real internet's. */
export function composeOn(
  network: Network,
  options: CoreOptions,
  ehloName: string,
  labDomains: readonly LabDomain[],
): Composed {
  const hintText = options.rootHints ?? defaultRootHints;
  const anchorText = options.trustAnchors ?? defaultTrustAnchors;
  const hints = readRecords(hintText, 'root hints', HINT_TYPES);
  const anchors = readRecords(anchorText, 'trust anchors', ANCHOR_TYPES);
  if (!hints.ok) return hints;
  if (!anchors.ok) return anchors;
  const roots = { rootHints: hints.records, trustAnchors: anchors.records };
  const judgedAt = (): number => options.at ?? network.clock.now();
  const core: Core = {
    inspect(domain, signal) {
      const at = judgedAt();
      const query = { ...options, domain, at, resolver: resolverLabel(options.resolver) };
      const resolver = newResolver(network, options, roots, at);
      return inspect(query, inspectionPorts(network, options, ehloName, resolver), signal);
    },
    async resolve(name, type, signal) {
      const resolver = newResolver(network, options, roots, judgedAt());
      return lookUpReport(await resolver.resolve(name, type, signal));
    },
    labDomains,
  };
  return { ok: true, core };
}

/** One for each run: what it learns lives as long as the run does. */
function newResolver(
  network: Network,
  { resolver, timeoutMs, dnsPort, families, allowPrivate }: CoreOptions,
  roots: Pick<ResolverOptions, 'rootHints' | 'trustAnchors'>,
  at: number,
): Resolver {
  return createResolver({
    ...roots,
    network,
    crypto: createDnssecCrypto(),
    random: (count) => randomBytes(count),
    mode: resolver === null ? { kind: 'iterative' } : { kind: 'recursive', server: resolver },
    // RFC 4034 §3.1.5: signature times are whole seconds.
    at: Math.floor(at / 1000),
    timeoutMs,
    dnsPort,
    families: families.map((family) => (family === 4 ? 'ipv4' : 'ipv6')),
    allowPrivate,
  });
}

function inspectionPorts(
  network: Network,
  { timeoutMs }: CoreOptions,
  ehloName: string,
  resolver: Resolver,
): InspectionPorts {
  const stageTimeoutMs = timeoutMs * STAGE_TIMEOUT_FACTOR;
  return {
    resolver,
    clock: network.clock,
    crypto: createAssociationCrypto(),
    probe: (target, signal) =>
      probe({ ...target, network, ehloName, stageTimeoutMs, keyTypes: null, signal }),
    describe: describeProbe,
    specialRange,
  };
}

const HINT_TYPES: readonly number[] = [TYPE.NS, TYPE.A, TYPE.AAAA];
const ANCHOR_TYPES: readonly number[] = [TYPE.DS, TYPE.DNSKEY];

function readRecords(
  text: string,
  what: string,
  types: readonly number[],
):
  | { readonly ok: true; readonly records: readonly ResourceRecord[] }
  | { readonly ok: false; readonly message: string } {
  const parsed = parseZoneFile(text);
  if (!parsed.ok) {
    const { failure } = parsed;
    const detail = failure.kind === 'malformed' ? failure.detail : failure.kind;
    return { ok: false, message: `The ${what} cannot be read: ${detail}.` };
  }
  const records = parsed.value.filter((record) => types.includes(record.type));
  return records.length > 0
    ? { ok: true, records }
    : { ok: false, message: `The ${what} hold no usable record.` };
}

function resolverLabel(resolver: Endpoint | null): string {
  return resolver === null ? 'iterative' : `${resolver.address}#${resolver.port}`;
}

/** RFC 5321 §4.1.1.1: the machine's full name, or an address literal when it has none. */
function ehloNameOfThisMachine(): string {
  const name = hostname().toLowerCase();
  if (name.includes('.') && isEhloName(name)) return name;
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  const own = addresses.find(({ family, internal }) => family === 'IPv4' && !internal);
  return `[${own?.address ?? '127.0.0.1'}]`;
}
