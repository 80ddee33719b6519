// A scripted little internet of name servers on a virtual clock, and a resolver inside it.
import { createDnssecCrypto } from '../../../electron/crypto/dnssec-crypto.ts';
import type { Answer } from '../../../electron/lab/authority.ts';
import type { DenialPolicy } from '../../../electron/lab/denial-chain.ts';
import { createNameServer } from '../../../electron/lab/dns-server.ts';
import {
  delegationSignerOf,
  generateZoneKey,
  type ZoneKey,
} from '../../../electron/lab/zone-key.ts';
import { signZone, type SignedZone } from '../../../electron/lab/zone-signer.ts';
import type { DatagramHandler, StreamHandler } from '../../../electron/net/handler.ts';
import type { Network } from '../../../electron/net/network.ts';
import { createVirtualClock } from '../../../electron/net/simulated-clock.ts';
import {
  createVirtualInternet,
  type Traffic,
  type VirtualInternet,
} from '../../../electron/net/virtual-internet.ts';
import {
  createResolver,
  type ResolverOptions,
} from '../../../electron/resolver/create-resolver.ts';
import type { LookUp, Resolver } from '../../../electron/resolver/resolver.ts';
import { decodeMessage } from '../../../electron/wire/decode.ts';
import type { Question } from '../../../electron/wire/message.ts';
import { isStrictSubdomainOf, nameFromText, type Name } from '../../../shared/dns/name.ts';
import { recordToText } from '../../../shared/dns/presentation.ts';
import { CLASS_IN, type ResourceRecord } from '../../../shared/dns/record.ts';
import { TYPE, typeFromText, typeToText } from '../../../shared/dns/record-type.ts';
import { parseZoneFile } from '../../../shared/dns/zone-file.ts';

/** Midday of some day: signatures are made for it. */
export const NOW_MS = Date.UTC(2026, 10, 24, 12);
const HOUR = 3600;

export interface ZoneScript {
  readonly apex: string;
  /** Records besides SOA, NS and addresses of name servers inside the zone. */
  readonly records?: string;
  /** Host name (absolute) and address of each name server; `null` gives no glue anywhere. */
  readonly servers: readonly (readonly [host: string, address: string | null])[];
  readonly unsigned?: boolean;
  /** The parent has no DS although the zone is signed. */
  readonly withoutDs?: boolean;
  readonly denial?: DenialPolicy;
  /** To be known beforehand; fresh ones where it is left out. */
  readonly keys?: readonly ZoneKey[];
  /** Seconds by which the signatures lie in the past. */
  readonly expiredBySeconds?: number;
}

export interface ServerScript {
  /** Changes or (null) swallows an answer. */
  readonly tamper?: (question: Question, answer: Answer) => Answer | null;
  /** Takes the place of the whole UDP side. */
  readonly datagrams?: (honest: DatagramHandler) => DatagramHandler;
  /** Takes the place of the whole TCP side. */
  readonly streams?: (honest: StreamHandler) => StreamHandler;
  readonly silent?: boolean;
  readonly noTcp?: boolean;
}

export interface World {
  readonly network: VirtualInternet;
  readonly traffic: readonly Traffic[];
  readonly hints: readonly ResourceRecord[];
  /** DS of the root. */
  readonly anchors: readonly ResourceRecord[];
  /** DS records of any signed zone, as a trust anchor file would hold them. */
  readonly anchorOf: (apex: string) => readonly ResourceRecord[];
  readonly zone: (apex: string) => SignedZone;
  readonly resolver: (options?: Partial<ResolverOptions>) => Resolver;
  /** One look-up with a resolver of its own: result, virtual milliseconds taken, queries sent. */
  readonly lookUp: (
    question: string,
    options?: Partial<ResolverOptions>,
  ) => Promise<{ readonly result: LookUp; readonly ms: number; readonly queries: number }>;
  /** The questions that reached an address, as `name TYPE`. */
  readonly askedAt: (address: string) => readonly string[];
}

export function createWorld(
  zones: readonly ZoneScript[],
  servers: Readonly<Record<string, ServerScript>> = {},
  conditions = { roundTripMs: 20, lossRate: 0 },
): World {
  const traffic: Traffic[] = [];
  const network = createVirtualInternet({
    clock: createVirtualClock(NOW_MS),
    conditions,
    random: seededRandom(1),
    observe: (each) => traffic.push(each),
  });
  const built = buildTree(zones);
  const zone = (apex: string): SignedZone => {
    const found = built.find(({ script }) => script.apex === apex);
    if (found === undefined) throw new Error(`no zone ${apex}`);
    return found.signed;
  };
  const addresses = new Set(
    zones.flatMap((script) => script.servers.flatMap(([, address]) => address ?? [])),
  );
  for (const address of [...addresses, ...Object.keys(servers)]) {
    const served = built.filter(({ script }) =>
      script.servers.some(([, each]) => each === address),
    );
    addServer(
      network,
      address,
      served.map(({ signed }) => signed),
      servers[address] ?? {},
    );
  }
  const root = zones.find(({ apex }) => apex === '.');
  const hints = root === undefined ? [] : records(serverText(root, true), name('.'));
  const anchorOf = (apex: string): readonly ResourceRecord[] =>
    built.find(({ script }) => script.apex === apex)?.ds ?? [];
  const resolver = (options: Partial<ResolverOptions> = {}): Resolver =>
    createResolver({
      ...DEFAULTS,
      random: seededRandom(2),
      network,
      rootHints: hints,
      trustAnchors: anchorOf('.'),
      ...options,
    });
  return {
    network,
    traffic,
    hints,
    anchors: anchorOf('.'),
    anchorOf,
    zone,
    resolver,
    lookUp: (question, options) => timedLookUp(network, resolver(options), question),
    askedAt: (address) =>
      traffic.flatMap((each) => {
        const decoded = each.to.address === address ? decodeMessage(each.payload) : null;
        const asked = decoded?.ok === true ? decoded.value.questions[0] : undefined;
        return asked === undefined ? [] : [`${asked.name.key} ${typeToText(asked.type)}`];
      }),
  };
}

const DEFAULTS: Omit<ResolverOptions, 'network' | 'random' | 'rootHints' | 'trustAnchors'> = {
  crypto: createDnssecCrypto(),
  mode: { kind: 'iterative' },
  at: NOW_MS / 1000,
  timeoutMs: 5000,
  dnsPort: 53,
  families: ['ipv4', 'ipv6'],
  allowPrivate: true,
};

/** The same octets in every run: a lost packet today is lost tomorrow. */
export function seededRandom(seed: number): (count: number) => Uint8Array {
  let state = seed;
  return (count) =>
    Uint8Array.from({ length: count }, () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state >>> 24;
    });
}

async function timedLookUp(
  network: Network,
  resolver: Resolver,
  question: string,
): Promise<{ readonly result: LookUp; readonly ms: number; readonly queries: number }> {
  const [owner = '', type = ''] = question.split(' ');
  const started = network.clock.monotonic();
  const result = await resolver.resolve(
    name(owner),
    typeFromText(type) ?? 0,
    new AbortController().signal,
  );
  const ms = network.clock.monotonic() - started;
  return { result, ms, queries: resolver.queries() };
}

/** `status rcode` and the answers as zone-file lines. */
export function summary(result: LookUp): readonly string[] {
  return [`${result.security} ${result.rcode}`, ...result.answers.map(recordToText)];
}

export function name(text: string): Name {
  const parsed = nameFromText(text);
  if (!parsed.ok) throw new Error(`not a name: ${text}`);
  return parsed.value;
}

export function records(text: string, origin: Name): readonly ResourceRecord[] {
  const parsed = parseZoneFile(text, origin);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.failure));
  return parsed.value;
}

interface Built {
  readonly script: ZoneScript;
  readonly signed: SignedZone;
  readonly ds: readonly ResourceRecord[];
}

/** Children first, as a parent holds what delegates to them. */
function buildTree(scripts: readonly ZoneScript[]): readonly Built[] {
  const deepestFirst = [...scripts].sort(
    (a, b) => name(b.apex).labels.length - name(a.apex).labels.length,
  );
  const built: Built[] = [];
  for (const script of deepestFirst) {
    const apex = name(script.apex);
    const children = built.filter(
      (each) => parentScript(scripts, each.script)?.apex === script.apex,
    );
    const delegations = children.flatMap((child) => [
      ...records(serverText(child.script, true), name('.')),
      ...(child.script.withoutDs === true ? [] : child.ds),
    ]);
    built.push(buildOne(script, apex, delegations));
  }
  return built;
}

function parentScript(scripts: readonly ZoneScript[], child: ZoneScript): ZoneScript | undefined {
  return scripts
    .filter(({ apex }) => isStrictSubdomainOf(name(child.apex), name(apex)))
    .sort((a, b) => name(b.apex).labels.length - name(a.apex).labels.length)[0];
}

function buildOne(script: ZoneScript, apex: Name, delegations: readonly ResourceRecord[]): Built {
  const owner = script.apex === '.' ? '.' : `${script.apex}.`;
  const own = records(
    `${owner} 3600 SOA ns.invalid. hostmaster.invalid. 1 1800 900 604800 300
     ${serverText(script, true)}
     $ORIGIN ${owner}
     ${(script.records ?? '').trim().replace(/\n\s+/g, '\n')}\n`.replace(/^\s+/gm, ''),
    name('.'),
  );
  const inZone = [...own, ...delegations].filter(
    (record) => record.name.key === apex.key || isStrictSubdomainOf(record.name, apex),
  );
  const keys = script.unsigned === true ? [] : (script.keys ?? zoneKeys());
  const shift = script.expiredBySeconds ?? 0;
  const now = NOW_MS / 1000;
  const policy = {
    keys,
    denial: script.denial ?? ({ kind: 'nsec' } as const),
    inception: now - 48 * HOUR - shift,
    expiration: shift > 0 ? now - shift : now + 240 * HOUR,
  };
  const signed = signZone(apex, inZone, keys.length === 0 ? null : policy);
  const ds = keys
    .filter((key) => key.secureEntryPoint)
    .map((key) => ({
      name: apex,
      type: TYPE.DS,
      class: CLASS_IN,
      ttl: 3600,
      rdata: delegationSignerOf(apex, key),
    }));
  return { script, signed, ds };
}

function zoneKeys(): readonly ZoneKey[] {
  return [generateZoneKey(13, true), generateZoneKey(13, false)];
}

function serverText(script: ZoneScript, glue: boolean): string {
  const owner = script.apex === '.' ? '.' : `${script.apex}.`;
  return script.servers
    .flatMap(([host, address]) => [
      `${owner} 3600 NS ${host}.`,
      ...(glue && address !== null
        ? [`${host}. 3600 ${address.includes(':') ? 'AAAA' : 'A'} ${address}`]
        : []),
    ])
    .map((line) => `${line}\n`)
    .join('');
}

function addServer(
  network: VirtualInternet,
  address: string,
  zones: readonly SignedZone[],
  script: ServerScript,
): void {
  const server = createNameServer({
    zones,
    ...(script.tamper === undefined ? {} : { tamper: script.tamper }),
  });
  const datagrams = script.datagrams?.(server.datagrams) ?? server.datagrams;
  const streams = script.streams?.(server.streams) ?? server.streams;
  network.addHost({
    addresses: [address],
    silent: script.silent ?? false,
    datagrams: new Map([[53, datagrams]]),
    streams: script.noTcp === true ? new Map() : new Map([[53, streams]]),
  });
}

/** A signed root with two servers, a signed TLD `test` with two, and `example.test` with two. */
export const THREE_LEVELS: readonly ZoneScript[] = [
  {
    apex: '.',
    servers: [
      ['a.root.test', '192.0.2.1'],
      ['b.root.test', '192.0.2.2'],
    ],
  },
  {
    apex: 'test',
    servers: [
      ['a.nic.test', '192.0.2.11'],
      ['b.nic.test', '192.0.2.12'],
    ],
  },
  {
    apex: 'example.test',
    servers: [
      ['ns1.example.test', '192.0.2.21'],
      ['ns2.example.test', '192.0.2.22'],
    ],
    records: `
      @ MX 10 mx
      mx A 198.51.100.1
      mx AAAA 2001:db8::1
      _25._tcp.mx TLSA 3 1 1 aabb
      www CNAME mx
      *.wild TXT "from a wildcard"
      far CNAME www.other.test.
    `,
  },
];
