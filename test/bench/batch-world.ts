/** A thousand signed domains on real sockets of this machine: what a long list asks for, from the root on. */
import {
  createLabAuthority,
  identityOf,
  tlsaOfKey,
  tlsaOfUnseenKey,
} from '../../electron/lab/lab-certificates.ts';
import {
  buildZone,
  nameServerText,
  type BuiltZone,
  type ZonePlan,
} from '../../electron/lab/lab-zones.ts';
import { createNameServer } from '../../electron/lab/dns-server.ts';
import { createMailServer } from '../../electron/lab/smtp-server.ts';
import { listenForDatagrams, listenForStreams, type Listener } from '../../electron/net/listen.ts';
import type { DomainOutcome } from '../../shared/inspection/report.ts';

export interface BatchWorld {
  readonly rootHints: string;
  readonly trustAnchors: string;
  readonly dnsPort: number;
  readonly smtpPort: number;
  /** Name and what an inspection must make of it. */
  readonly domains: readonly { readonly name: string; readonly outcome: DomainOutcome }[];
  close(): Promise<void>;
}

/** Above what the system hands out by itself, and the same at every address. */
const DNS_PORT = 5390;
const SMTP_PORT = 2590;
/** Mail servers; each takes mail for many domains, as those of providers do. */
const MAIL_SERVERS = 20;
/** Of so many domains one has only a record that matches nothing, and one has none. */
const BROKEN_EVERY = 10;
const BARE_EVERY = 7;

export async function startBatchWorld(count: number, at: number): Promise<BatchWorld> {
  const authority = createLabAuthority(at);
  const leaves = Array.from({ length: MAIL_SERVERS }, (_, index) =>
    authority.issueFor(`mail${index}.bench`),
  );
  const domains: BatchWorld['domains'][number][] = [];
  const zones: BuiltZone[] = [];
  for (let index = 0; index < count; index += 1) {
    const name = `d${String(index).padStart(4, '0')}.bench`;
    const outcome = outcomeOf(index);
    const server = index % MAIL_SERVERS;
    const leaf = leaves[server];
    if (leaf === undefined) throw new Error('no such mail server');
    const record = outcome === 'broken' ? tlsaOfUnseenKey() : tlsaOfKey(3, leaf);
    const lines = [
      '@ MX 10 mx',
      `mx A ${mailAddress(server)}`,
      ...(outcome === 'insecure' ? [] : [`_${SMTP_PORT}._tcp.mx TLSA ${record}`]),
    ];
    domains.push({ name, outcome });
    zones.push(buildZone(planOf(name, ['127.90.1.1', '127.90.1.2'], lines), at, []));
  }
  const tld = buildZone(planOf('bench', ['127.90.0.2'], []), at, [
    ...zones.map(({ delegation }) => delegation),
    rootAddresses(),
  ]);
  const root = buildZone(planOf('.', ['127.90.0.1'], []), at, [tld.delegation]);
  const signed = zones.map((zone) => zone.signed());
  const listeners = [
    ...(await serveNames(['127.90.0.1'], createNameServer({ zones: [root.signed()] }))),
    ...(await serveNames(['127.90.0.2'], createNameServer({ zones: [tld.signed()] }))),
    ...(await serveNames(['127.90.1.1', '127.90.1.2'], createNameServer({ zones: signed }))),
  ];
  for (const [index, leaf] of leaves.entries()) {
    const identity = identityOf(leaf, authority);
    const mail = createMailServer({
      hostName: `mail${index}.bench`,
      tls: [{ keyType: leaf.keyType, identity }],
    });
    listeners.push(
      heard(await listenForStreams({ address: mailAddress(index), port: SMTP_PORT }, mail)),
    );
  }
  return {
    rootHints: nameServerText(root.plan),
    trustAnchors: root.delegationSigner,
    dnsPort: DNS_PORT,
    smtpPort: SMTP_PORT,
    domains,
    close: async () => {
      await Promise.all(listeners.map((listener) => listener.close()));
    },
  };
}

function outcomeOf(index: number): 'secure' | 'broken' | 'insecure' {
  if (index % BROKEN_EVERY === 0) return 'broken';
  return index % BARE_EVERY === 0 ? 'insecure' : 'secure';
}

function mailAddress(index: number): string {
  return `127.90.2.${index + 1}`;
}

function planOf(apex: string, addresses: readonly string[], lines: readonly string[]): ZonePlan {
  const under = apex === '.' ? 'root.bench' : apex;
  return {
    apex,
    nameServers: addresses.map((address, index) => ({
      host: `ns${index + 1}.${under}`,
      addresses: [address],
    })),
    records: () => lines.join('\n'),
    signing: 'signed',
    denial: { kind: 'nsec' },
  };
}

/** The root's server has a name in the TLD, whose zone must know its address too. */
function rootAddresses(): string {
  return 'ns1.root.bench. 3600 IN A 127.90.0.1\n';
}

async function serveNames(
  addresses: readonly string[],
  { datagrams, streams }: ReturnType<typeof createNameServer>,
): Promise<readonly Listener[]> {
  const listeners: Listener[] = [];
  for (const address of addresses) {
    const at = { address, port: DNS_PORT };
    listeners.push(heard(await listenForDatagrams(at, datagrams)));
    listeners.push(heard(await listenForStreams(at, streams)));
  }
  return listeners;
}

function heard(result: Awaited<ReturnType<typeof listenForStreams>>): Listener {
  if (result.ok) return result.value;
  throw new Error(`a server of the benchmark cannot listen: ${JSON.stringify(result.failure)}`);
}
