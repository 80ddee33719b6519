// Starts every name server of the universe, the altering proxies before some of them, and the judges' resolvers.
import { join } from 'node:path';
import { DNS_PORT, serverAddress, type ServerKey } from './address-plan.ts';
import {
  startAlteringProxy,
  UNALTERED,
  type Alteration,
  type AlteringProxy,
} from './altering-proxy.ts';
import { startAuthoritative, startRecursive, type Endpoint } from './bind.ts';
import {
  makeUpdateKey,
  primaryStatements,
  secondaryStatements,
  type UpdateKey,
} from './dynamic-zones.ts';
import { SERVER_FAULTS, type ServerFault } from './server-faults.ts';
import type { Tree, ZoneFile } from './tree.ts';
import {
  startMinimisingUnbound,
  startUnbound,
  writeUnboundConfiguration,
  type UnboundPlan,
} from './unbound.ts';
import type { WorkFolder } from './work-folder.ts';

export interface NameServers {
  /** The file with the key for updates. */
  readonly updateKey: string;
  readonly unboundHostConfiguration: string;
  readonly validating: string | null;
  closeProxies(): Promise<void>;
}

/** What this process may do here. */
export interface Permissions {
  readonly root: boolean;
  /** Add addresses to the loopback interface. */
  readonly ownAddresses: boolean;
  readonly ipv6: boolean;
}

/** The servers that are real BIND with zones of their own. */
const AUTHORITATIVE = [
  'root-a',
  'root-b',
  'tld-a',
  'tld-b',
  'tld-optout',
  'host-a',
  'host-b',
  'variant',
] as const satisfies readonly ServerKey[];

type Authoritative = (typeof AUTHORITATIVE)[number] | 'six';

interface ProxyPlan {
  readonly key: ServerKey;
  readonly before: Authoritative;
  readonly alteration: Alteration;
  /** It is asked for zones that it does not have. */
  readonly lame?: true;
}

const PROXIES: readonly ProxyPlan[] = [
  { key: 'stranger', before: 'tld-optout', alteration: UNALTERED, lame: true },
  ...Object.entries(SERVER_FAULTS).flatMap(([fault, alteration]): ProxyPlan[] => [
    { key: `${fault as ServerFault}-a`, before: 'host-a', alteration },
    { key: `${fault as ServerFault}-b`, before: 'host-b', alteration },
  ]),
];

/** First port of the name servers' real sockets where they may not have the addresses themselves. */
const HIDDEN_PORTS = 20_000;

export async function startNameServers(
  tree: Tree,
  work: WorkFolder,
  may: Permissions,
): Promise<NameServers> {
  const reachedAt = (key: ServerKey): Endpoint => ({
    address: serverAddress(work.block, key),
    port: DNS_PORT,
  });
  // BIND listens only on addresses that an interface holds. Where we may not add any it hides
  // behind forwarders, which need no permission.
  const listensAt = (key: ServerKey, index: number): Endpoint =>
    may.ownAddresses
      ? reachedAt(key)
      : { address: '127.0.0.1', port: HIDDEN_PORTS + work.block * 100 + index };
  const real = new Map<ServerKey, Endpoint>();
  const running: readonly Authoritative[] = may.ipv6 ? [...AUTHORITATIVE, 'six'] : AUTHORITATIVE;
  for (const [index, key] of running.entries()) real.set(key, listensAt(key, index));
  const updateKey = await makeUpdateKey(work.path);
  for (const key of running) {
    const folder = join(work.path, 'named', key);
    const endpoint = real.get(key) ?? reachedAt(key);
    const further = dynamicStatements(key, tree.zones, { updateKey, folder, real });
    work.noteProcess(startAuthoritative(folder, endpoint, zonesOf(key, tree.zones), further));
  }
  const recursive = listensAt('recursive', running.length);
  real.set('recursive', recursive);
  work.noteProcess(
    startRecursive(join(work.path, 'named', 'recursive'), recursive, tree.rootHints),
  );

  const forwarders = may.ownAddresses
    ? []
    : [...real].map(([key, to]) => forward(reachedAt(key), to));
  const proxies = await Promise.all([
    ...forwarders,
    ...alteringProxies(tree.zones, real, reachedAt),
  ]);
  const unbound: UnboundPlan = {
    folder: join(work.path, 'unbound'),
    trustAnchor: tree.trustAnchor,
    ipv6: may.ipv6,
    zones: tree.zones.map(({ name, servers }) => ({
      name,
      addresses: servers.map((key) => serverAddress(work.block, key)),
    })),
  };
  const unboundHostConfiguration = writeUnboundConfiguration(unbound);
  const validating = may.root ? serverAddress(work.block, 'validating') : null;
  if (validating !== null) work.noteProcess(startUnbound(unbound, validating));
  work.noteProcess(startMinimisingUnbound(unbound, serverAddress(work.block, 'minimising')));
  return {
    updateKey: updateKey.file,
    unboundHostConfiguration,
    validating,
    closeProxies: async () => {
      await Promise.all(proxies.map((proxy) => proxy.close()));
    },
  };
}

/** Those that some zone is delegated to. */
function alteringProxies(
  zones: readonly ZoneFile[],
  real: ReadonlyMap<ServerKey, Endpoint>,
  reachedAt: (key: ServerKey) => Endpoint,
): readonly Promise<AlteringProxy>[] {
  const endpointOf = (key: ServerKey): Endpoint => real.get(key) ?? reachedAt(key);
  const used = new Set(zones.flatMap(({ servers }) => servers));
  return PROXIES.filter(({ key }) => used.has(key)).map(({ key, before, alteration }) =>
    startAlteringProxy(reachedAt(key), endpointOf(before), alteration, endpointOf('variant')),
  );
}

function forward(listen: Endpoint, to: Endpoint): Promise<AlteringProxy> {
  return startAlteringProxy(listen, to, UNALTERED);
}

/** The zones a server must have loaded: those delegated to it, or to a proxy before it. */
function zonesOf(
  server: Authoritative,
  zones: readonly ZoneFile[],
): readonly { readonly name: string; readonly file: string }[] {
  return zones.flatMap((zone) => {
    if (zone.updatesWith !== null) return [];
    if (server === 'variant') {
      const wanted = zone.variantFile !== zone.file || zone.servers.includes('variant');
      return wanted ? [{ name: zone.name, file: zone.variantFile }] : [];
    }
    const serves = zone.servers.some((key) => key === server || isBefore(key, server));
    return serves ? [{ name: zone.name, file: zone.file }] : [];
  });
}

/** `host-a` takes the updates and `host-b` fetches. */
function dynamicStatements(
  server: Authoritative,
  zones: readonly ZoneFile[],
  around: {
    readonly updateKey: UpdateKey;
    readonly folder: string;
    readonly real: ReadonlyMap<ServerKey, Endpoint>;
  },
): readonly string[] {
  const dynamic = zones.flatMap(({ name, file, updatesWith }) =>
    updatesWith === null ? [] : [{ name, file, keyFolder: updatesWith }],
  );
  const other = around.real.get(server === 'host-a' ? 'host-b' : 'host-a');
  if (other === undefined) return [];
  if (server === 'host-a') return primaryStatements(dynamic, around.updateKey, other);
  return server === 'host-b' ? secondaryStatements(dynamic, around.folder, other) : [];
}

function isBefore(key: ServerKey, server: Authoritative): boolean {
  const proxy = PROXIES.find((plan) => plan.key === key);
  return proxy?.before === server && proxy.lame !== true;
}
