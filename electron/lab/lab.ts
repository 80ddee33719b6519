/** The built-in lab: a small internet in this process, with a signed root and domains right and wrong. */
import { randomBytes } from 'node:crypto';
import type { DatagramHandler, StreamHandler } from '../net/handler.ts';
import type { Network } from '../net/network.ts';
import { createRealTimeClock, createVirtualClock } from '../net/simulated-clock.ts';
import {
  createVirtualInternet,
  type Traffic,
  type VirtualInternet,
} from '../net/virtual-internet.ts';
import { createAddressPool } from './address-pool.ts';
import { builtInDomains, type LabDomain, type LabDomainPlan } from './built-in-domains.ts';
import { createNameServer } from './dns-server.ts';
import { createLabAuthority } from './lab-certificates.ts';
import { planMailHosts } from './lab-mail-hosts.ts';
import { planPolicy } from './lab-policies.ts';
import {
  buildZone,
  nameServerText,
  type BuiltZone,
  type NameServerPlan,
  type ZonePlan,
} from './lab-zones.ts';
import { once } from './once.ts';
import { createWebAuthority } from './web-authority.ts';
import type { SignedZone } from './zone-signer.ts';

export interface Lab {
  readonly network: Network;
  /** Zone-file text: NS and addresses of the root. */
  readonly rootHints: string;
  /** Zone-file text: the root's DS. */
  readonly trustAnchors: string;
  readonly domains: readonly LabDomain[];
  /** Whom the lab's web servers have their certificates from, PEM: for the policies alone. */
  readonly webRoots: readonly string[];
  /** Every zone, root first: to be served or judged elsewhere. Makes those that nobody has asked for yet. */
  readonly zones: () => readonly SignedZone[];
}

export interface LabOptions {
  /** Milliseconds since the epoch: signatures and certificates are made for then, the clock starts there. */
  readonly at: number;
  /** True lets time pass as it does, so that results stream in; false jumps over all waiting. */
  readonly realTime: boolean;
  readonly roundTripMs: number;
  /** Other domains than the built-in ones. */
  readonly plans?: readonly LabDomainPlan[];
  /** Told of each datagram and each connection that is sent off. */
  readonly observe?: (traffic: Traffic) => void;
}

const DNS_PORT = 53;
const TLD = 'lab';
const NSEC = { kind: 'nsec' } as const;

/** The lab's addresses are documentation ranges, so private addresses must be allowed for it. */
export function createLab(options: LabOptions): Lab {
  const clock = (options.realTime ? createRealTimeClock : createVirtualClock)(options.at);
  const network = createVirtualInternet({
    clock,
    conditions: { roundTripMs: options.roundTripMs, lossRate: 0 },
    random: (count) => randomBytes(count),
    ...(options.observe ? { observe: options.observe } : {}),
  });
  const plans = options.plans ?? builtInDomains;
  const authority = createLabAuthority(options.at);
  const mailPool = createAddressPool(['198.51.100', '203.0.113'], 25);
  const web = createWebAuthority();
  const domainZones = plans.map((plan): DomainZone => {
    const mail = planMailHosts(plan, authority, mailPool, network);
    const policy = planPolicy(plan, web, mailPool, network);
    const records = (): string => [...mail(), ...policy].join('\n');
    return { apex: plan.name, records, signing: plan.signing, denial: plan.denial };
  });
  const { root, zones } = buildTree(domainZones, options.at);
  for (const zone of zones) serveZone(network, zone);
  return {
    network,
    rootHints: nameServerText(root.plan),
    trustAnchors: root.delegationSigner,
    domains: plans.map(({ name, description, outcome, findings }) => ({
      name,
      description,
      outcome,
      findings,
    })),
    zones: () => zones.map((zone) => zone.signed()),
    webRoots: [web.root],
  };
}

type DomainZone = Omit<ZonePlan, 'nameServers'>;

function buildTree(
  domains: readonly DomainZone[],
  at: number,
): { readonly root: BuiltZone; readonly zones: readonly BuiltZone[] } {
  const pool = createAddressPool(['192.0.2'], 53);
  const withServers = (zone: DomainZone, hosts: readonly string[]): ZonePlan => ({
    ...zone,
    nameServers: hosts.map((host): NameServerPlan => ({ host, addresses: pool.next() })),
  });
  const signed = (apex: string): DomainZone => ({
    apex,
    records: () => '',
    signing: 'signed',
    denial: NSEC,
  });
  const rootPlan = withServers(signed('.'), ['a.root-servers.lab', 'b.root-servers.lab']);
  const tldPlan = withServers(signed(TLD), [`ns1.nic.${TLD}`, `ns2.nic.${TLD}`]);
  const built = domains.map((domain) =>
    buildZone(withServers(domain, [`ns1.${domain.apex}`, `ns2.${domain.apex}`]), at, []),
  );
  const tld = buildZone(tldPlan, at, [
    ...built.map((zone) => zone.delegation),
    addressesOnly(rootPlan),
  ]);
  const root = buildZone(rootPlan, at, [tld.delegation]);
  return { root, zones: [root, tld, ...built] };
}

/** The root's servers have names in the TLD, whose zone must know their addresses too. */
function addressesOnly(plan: ZonePlan): string {
  return nameServerText(plan)
    .split('\n')
    .filter((line) => !line.includes(' NS '))
    .join('\n');
}

function serveZone(network: VirtualInternet, { plan, signed }: BuiltZone): void {
  const server = once(() => createNameServer({ zones: [signed()] }));
  const datagrams: DatagramHandler = (payload, reply) => {
    server().datagrams(payload, reply);
  };
  const streams: StreamHandler = (stream) => {
    server().streams(stream);
  };
  for (const { addresses } of plan.nameServers) {
    network.addHost({
      addresses,
      datagrams: new Map([[DNS_PORT, datagrams]]),
      streams: new Map([[DNS_PORT, streams]]),
    });
  }
}
