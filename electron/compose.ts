/** The one place where the concrete parts meet: network, clock, randomness, cryptography, resolver, probe, lab. */
import { randomBytes } from 'node:crypto';
import defaultTrustAnchors from '../assets/root-anchors.zone?raw';
import defaultRootHints from '../assets/root-hints.zone?raw';
import { verify, type VerifyAnswer, type VerifyRequest } from '../shared/dane/verify.ts';
import { nameFromText, type Name } from '../shared/dns/name.ts';
import type { ResourceRecord } from '../shared/dns/record.ts';
import { TYPE } from '../shared/dns/record-type.ts';
import { parseZoneFile } from '../shared/dns/zone-file.ts';
import type { InspectionEvent } from '../shared/inspection/event.ts';
import {
  readGivenChains,
  type ChainText,
  type GivenChains,
} from '../shared/inspection/given-chains.ts';
import type { RecordedRun } from '../shared/inspection/recorded-run.ts';
import type { LookUpReport } from '../shared/inspection/report.ts';
import type { WhatIfReply, WhatIfRequest } from '../shared/ipc/contract.ts';
import { createAssociationCrypto } from './crypto/association-crypto.ts';
import { createDnssecCrypto } from './crypto/dnssec-crypto.ts';
import { createRecorder } from './evidence/recorder.ts';
import { createReplayer } from './evidence/replayer.ts';
import { NO_WITNESS, type Witness } from './evidence/witness.ts';
import { inspect } from './inspection/inspect.ts';
import { MAX_OPEN_PROBES } from './inspection/limits.ts';
import { lookAtHost } from './inspection/look-at-host.ts';
import { lookUpReport } from './inspection/look-up-report.ts';
import type { InspectionPorts, InspectionQuery } from './inspection/ports.ts';
import { judgeWhatIf } from './inspection/what-if.ts';
import type { LabDomain } from './lab/built-in-domains.ts';
import type { Endpoint, Network, RandomBytes } from './net/network.ts';
import { specialRange } from './net/special-address.ts';
import { createSystemNetwork } from './net/system-network.ts';
import { fetchPolicyFile } from './policy/fetch-policy-file.ts';
import { createResolver, type ResolverOptions } from './resolver/create-resolver.ts';
import type { Resolver } from './resolver/resolver.ts';
import { describeProbe } from './smtp/describe.ts';
import { createMailAccess, type MailAccess } from './smtp/mail-access.ts';

export type { LabDomain } from './lab/built-in-domains.ts';
export { forgetOldRows } from './outbound/forget-rows.ts';
export type { StartedTest } from './outbound/kept-test.ts';
export type { OutboundTest } from './outbound/outbound-test.ts';
export {
  checkTestResolvers,
  composeOutboundTest,
  planOutboundTest,
} from './outbound/on-this-machine.ts';
export { openVisitorPage } from './outbound/visitor-page.ts';

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
  /** What mail servers are greeted with; null is this machine's name. */
  readonly ehloName: string | null;
  /** `socks5://[USER:PASSWORD@]HOST[:PORT]` for mail servers; null connects directly. */
  readonly proxy: string | null;
  /** Mail-server connections at a time, of all inspections together. */
  readonly maxConnections: number;
  /** One more handshake without SNI, for comparison. */
  readonly withoutSni: boolean;
  /** Judged in place of what these hosts present. */
  readonly chains: readonly ChainText[];
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
  ehloName: null,
  proxy: null,
  maxConnections: MAX_OPEN_PROBES,
  withoutSni: false,
  chains: [],
};

export interface Core {
  /** `chains`, if given, take the place of those in the core's options. */
  inspect(
    domain: Name,
    signal: AbortSignal,
    chains?: GivenChains,
    witness?: Witness,
  ): AsyncGenerator<InspectionEvent, void, void>;
  /** The same, and all that it was told is kept. */
  record(domain: Name, signal: AbortSignal, chains?: ChainsAndTexts): RecordedInspection;
  /** One mail host by itself; ports that do not speak STARTTLS in SMTP are not connected to. */
  lookAtHost(
    host: Name,
    port: number,
    signal: AbortSignal,
  ): AsyncGenerator<InspectionEvent, void, void>;
  resolve(name: Name, type: number, signal: AbortSignal): Promise<LookUpReport>;
  /** Empty on the real internet. */
  readonly labDomains: readonly LabDomain[];
}

/** Chains as they were given, and as they were read. */
export interface ChainsAndTexts {
  readonly texts: readonly ChainText[];
  readonly chains: GivenChains;
}

export interface RecordedInspection {
  readonly events: AsyncGenerator<InspectionEvent, void, void>;
  /** When the events have come to their end; null when servers said more than is kept. */
  run(): RecordedRun | null;
}

export type Composed =
  | { readonly ok: true; readonly core: Core }
  /** One plain sentence: which input cannot be used, and why. */
  | { readonly ok: false; readonly message: string };

/** The core on this machine's own network. */
export function composeCore(options: CoreOptions): Composed {
  return composeOn(createSystemNetwork(), options, null, []);
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
  const labOptions = { ...options, rootHints, trustAnchors, allowPrivate: true, proxy: null };
  const { dnsPort, smtpPort, resolver } = DEFAULT_CORE_OPTIONS;
  return composeOn(
    lab.network,
    { ...labOptions, dnsPort, smtpPort, resolver },
    'inspector.lab',
    lab.domains,
    { port: HTTPS_PORT, roots: lab.webRoots },
  );
}

/** Its trust anchors are others than those built in. */
export function bringsOwnTrust({ settings }: RecordedRun): boolean {
  return settings.trustAnchors !== defaultTrustAnchors;
}

/** Goes through a recorded run again, from its raw answers, at its own time; asks nobody. */
export function replay(
  { settings, ...run }: RecordedRun,
  signal: AbortSignal,
):
  | { readonly ok: true; readonly events: AsyncGenerator<InspectionEvent, void, void> }
  | Extract<Composed, { readonly ok: false }> {
  const domain = nameFromText(settings.domain);
  if (!domain.ok) return { ok: false, message: 'The case names no domain.' };
  const { network, witness, listen } = createReplayer({ settings, ...run });
  const composed = composeOn(network, { ...settings, ehloName: null, proxy: null }, 'replay', []);
  if (!composed.ok) return composed;
  const events = composed.core.inspect(domain.value, signal, undefined, witness);
  return { ok: true, events: listen(events) };
}

/** The offline question needs no network. */
export function verifyOffline(request: VerifyRequest): VerifyAnswer {
  return verify(request, createAssociationCrypto());
}

/** What was seen before, judged as if something else were published or presented; needs no network. */
export function whatIf(request: WhatIfRequest): WhatIfReply {
  return judgeWhatIf(request, { crypto: createAssociationCrypto(), describe: describeProbe });
}

/** The lab's domains without putting the lab up. */
export async function listLabDomains(): Promise<readonly LabDomain[]> {
  return (await import('./lab/built-in-domains.ts')).builtInDomains;
}

/** Milliseconds: a round trip within a continent. */
const LAB_ROUND_TRIP_MS = 20;

/** Servers are given three times as long for a mail stage: a greeting delayed by 6 s is common. */
const STAGE_TIMEOUT_FACTOR = 3;

/** The core on any network; hints and anchors that are null are the real internet's. */
export function composeOn(
  network: Network,
  options: CoreOptions,
  ehloName: string | null,
  labDomains: readonly LabDomain[],
  web: WebAccess = PUBLIC_WEB,
): Composed {
  const hintText = options.rootHints ?? defaultRootHints;
  const anchorText = options.trustAnchors ?? defaultTrustAnchors;
  const hints = readRecords(hintText, 'root hints', HINT_TYPES);
  const anchors = readRecords(anchorText, 'trust anchors', ANCHOR_TYPES);
  if (!hints.ok) return hints;
  if (!anchors.ok) return anchors;
  const given = readGivenChains(options.chains);
  if (!given.ok) return given;
  const mail = createMailAccess({
    network,
    ehloName: options.ehloName ?? ehloName,
    proxy: options.proxy,
    maxConnections: options.maxConnections,
    stageTimeoutMs: options.timeoutMs * STAGE_TIMEOUT_FACTOR,
  });
  if (!mail.ok) return mail;
  const { access } = mail;
  const ofOptions = { texts: options.chains, chains: given.chains };
  const roots = { rootHints: hints.records, trustAnchors: anchors.records };
  const judgedAt = (): number => options.at ?? network.clock.now();
  const queryFor = (domain: Name, chains: GivenChains): InspectionQuery => {
    const { proxy } = access;
    const resolver = resolverLabel(options.resolver);
    const ownTrust = anchorText !== defaultTrustAnchors;
    return { ...options, domain, at: judgedAt(), resolver, chains, proxy, ownTrust };
  };
  const portsFor = ({ at }: InspectionQuery, witness = NO_WITNESS): InspectionPorts => {
    const { random } = witness;
    const resolver = newResolver(witness.network(network), options, roots, at, random ?? undefined);
    return witness.ports(inspectionPorts(network, options, access, resolver, web));
  };
  const core: Core = {
    inspect(domain, signal, chains = given.chains, witness = NO_WITNESS) {
      const query = witness.query(queryFor(domain, chains));
      return inspect(query, portsFor(query, witness), signal);
    },
    record(domain, signal, { texts: chains, chains: read } = ofOptions) {
      const recorder = createRecorder();
      const query = queryFor(domain, read);
      const events = inspect(query, portsFor(query, recorder.witness), signal);
      const texts = { rootHints: hintText, trustAnchors: anchorText, chains };
      const { at, proxy } = query;
      const { ehloName: _ehloName, ...kept } = options;
      const settings = { ...kept, ...texts, domain: domain.key, at, proxy };
      return { events: recorder.listen(events), run: () => recorder.run(settings) };
    },
    lookAtHost(host, port, signal) {
      const spoken = [...STARTTLS_PORTS, options.smtpPort].includes(port);
      const query = queryFor(host, given.chains);
      const ofPort = { ...query, smtpPort: port, smtp: options.smtp && spoken };
      return lookAtHost(ofPort, portsFor(query), signal);
    },
    async resolve(name, type, signal) {
      const resolver = newResolver(network, options, roots, judgedAt());
      return lookUpReport(await resolver.resolve(name, type, signal));
    },
    labDomains,
  };
  return { ok: true, core };
}

/** Mail relay and submission (RFC 5321 §4.5.4.2, RFC 6409 §3.1) begin TLS with STARTTLS (RFC 3207). */
const STARTTLS_PORTS: readonly number[] = [25, 587];

/** Where web servers listen, and whose certificates they may have (PEM); null: those that Node knows. */
export interface WebAccess {
  readonly port: number;
  readonly roots: readonly string[] | null;
}

const HTTPS_PORT = 443;
const PUBLIC_WEB: WebAccess = { port: HTTPS_PORT, roots: null };

/** One for each run: what it learns lives as long as the run does. */
function newResolver(
  network: Network,
  { resolver, timeoutMs, dnsPort, families, allowPrivate }: CoreOptions,
  roots: Pick<ResolverOptions, 'rootHints' | 'trustAnchors'>,
  at: number,
  random: RandomBytes = (count) => randomBytes(count),
): Resolver {
  return createResolver({
    ...roots,
    network,
    crypto: createDnssecCrypto(),
    random,
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
  { version }: CoreOptions,
  mail: MailAccess,
  resolver: Resolver,
  web: WebAccess,
): InspectionPorts {
  return {
    resolver,
    clock: network.clock,
    crypto: createAssociationCrypto(),
    probe: (target, signal) => mail.probe(target, signal),
    describe: describeProbe,
    fetchPolicyFile: (target, signal) =>
      fetchPolicyFile(target, { ...web, network, agent: `DANE-Inspector/${version}` }, signal),
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
