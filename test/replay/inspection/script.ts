// A scripted resolver and scripted mail servers on a frozen clock: an inspection is what it makes of their answers.
import { createAssociationCrypto } from '../../../electron/crypto/association-crypto.ts';
import { inspect } from '../../../electron/inspection/inspect.ts';
import { lookAtHost } from '../../../electron/inspection/look-at-host.ts';
import type { InspectionPorts, InspectionQuery } from '../../../electron/inspection/ports.ts';
import type {
  LookUp,
  Resolver,
  ServerAnswer,
  SingleQuestion,
} from '../../../electron/resolver/resolver.ts';
import { describeProbe } from '../../../electron/smtp/describe.ts';
import type { ProbeResult } from '../../../electron/smtp/probe.ts';
import { nameFromText, type Name } from '../../../shared/dns/name.ts';
import { typeToText } from '../../../shared/dns/record-type.ts';
import type { ResourceRecord } from '../../../shared/dns/record.ts';
import { parseZoneFile } from '../../../shared/dns/zone-file.ts';
import type { InspectionEvent } from '../../../shared/inspection/event.ts';
import { emptyReport } from '../../../shared/inspection/empty-report.ts';
import { fold } from '../../../shared/inspection/fold.ts';
import type { PolicyFile } from '../../../electron/policy/fetch-policy-file.ts';
import type { Report } from '../../../shared/inspection/report.ts';

export const AT = Date.parse('2026-11-24T12:00:00Z');

export interface Script {
  /** `NAME TYPE` to what the resolver says; what is not there is a secure NXDOMAIN. */
  readonly answers: Readonly<Record<string, Answer>>;
  /** What single servers say, by `ADDRESS NAME TYPE` or `ADDRESS NAME TYPE udp`; else the resolver's answer. */
  readonly servers?: Readonly<Record<string, Said>>;
  /** Addresses of the one zone's servers. */
  readonly serverAddresses?: readonly string[];
  /**
   * What comes of speaking to an address; else it refuses the connection. `ADDRESS rsa` and the like is
   * what comes of asking for that kind of key; else there is none.
   */
  readonly mail?: Readonly<Record<string, Partial<ProbeResult>>>;
  /** What fetching the policy file of MTA-STS comes to; `never` waits for abort. Else it fails. */
  readonly policyFile?: PolicyFile | 'never';
}

/** `covered`: names that its denial covers. */
export type Said = Partial<Omit<ServerAnswer, 'covers'>> & { readonly covered?: readonly Name[] };

export interface Answer extends Partial<Omit<LookUp, 'answers'>> {
  /** Zone-file lines. */
  readonly records?: string;
  /** Milliseconds until it is there. */
  readonly afterMs?: number;
}

export interface Replay {
  readonly events: readonly InspectionEvent[];
  readonly report: Report;
  /** `NAME TYPE` of each look-up in the order begun. */
  readonly asked: readonly string[];
  /** `ADDRESS NAME TYPE TRANSPORT` of each question to a single server. */
  readonly askedServers: readonly string[];
  /** `ADDRESS SNI` of each usual connection. */
  readonly spokenTo: readonly string[];
  /** `ADDRESS KINDS` of each connection that asks for other keys, or `ADDRESS no-sni`. */
  readonly askedAgain: readonly string[];
  /** `HOST ADDRESSES` of each policy file that was to be fetched. */
  readonly fetched: readonly string[];
  /** Most connections open at a time. */
  readonly mostOpen: number;
}

export function replay(script: Script, query: Partial<InspectionQuery> = {}): Promise<Replay> {
  return replayWith(inspect, script, query);
}

/** The host by itself. */
export function replayLook(
  script: Script,
  host: string,
  query: Partial<InspectionQuery> = {},
): Promise<Replay> {
  return replayWith(lookAtHost, script, { ...query, domain: name(host) });
}

async function replayWith(
  run: typeof inspect,
  script: Script,
  query: Partial<InspectionQuery>,
): Promise<Replay> {
  const log = createLog();
  const events: InspectionEvent[] = [];
  let report = emptyReport('example.org');
  for await (const event of begin(script, log, query, new AbortController().signal, run)) {
    events.push(event);
    report = fold(report, event);
  }
  const { asked, askedServers, spokenTo, askedAgain, fetched, open } = log;
  return {
    events,
    report,
    asked,
    askedServers,
    spokenTo,
    askedAgain,
    fetched,
    mostOpen: open.most,
  };
}

export function createLog() {
  return {
    asked: [] as string[],
    askedServers: [] as string[],
    spokenTo: [] as string[],
    askedAgain: [] as string[],
    fetched: [] as string[],
    open: { now: 0, most: 0 },
    timers: [] as (() => void)[],
  };
}

type Log = ReturnType<typeof createLog>;

export function begin(
  script: Script,
  log: Log,
  query: Partial<InspectionQuery>,
  signal: AbortSignal,
  run: typeof inspect = inspect,
): AsyncGenerator<InspectionEvent, void, void> {
  const ports: InspectionPorts = {
    resolver: scriptedResolver(script, log),
    crypto: createAssociationCrypto(),
    clock: {
      now: () => AT,
      monotonic: () => 0,
      setTimer(_ms, callback) {
        log.timers.push(callback);
        return () => undefined;
      },
    },
    async probe({ address, serverName, keyTypes }, probeSignal) {
      const offer = serverName === null ? 'no-sni' : (keyTypes?.[0] ?? 'usual');
      if (offer === 'usual') log.spokenTo.push(`${address} ${serverName}`);
      else log.askedAgain.push(`${address} ${keyTypes?.join('+') ?? offer}`);
      log.open.now += 1;
      log.open.most = Math.max(log.open.most, log.open.now);
      await turns(2);
      probeSignal.throwIfAborted();
      log.open.now -= 1;
      if (offer === 'usual') {
        return { ...REFUSED, address, serverName, ...script.mail?.[address] };
      }
      const none = {
        stage: 'tls',
        failure: 'tls-failed',
        turnedDown: true,
        error: 'no such key',
      } as const;
      const other = script.mail?.[`${address} ${offer}`] ?? none;
      return { ...REFUSED, address, serverName, offer, ...other };
    },
    describe: describeProbe,
    async fetchPolicyFile({ host, addresses }, fetchSignal) {
      log.fetched.push(`${host} ${addresses.join(',')}`);
      const file = script.policyFile ?? { kind: 'failed', reason: 'no web server' };
      return file === 'never' ? untilAborted(fetchSignal) : file;
    },
    specialRange: (address) => (address.startsWith('10.') ? 'private' : null),
  };
  return run({ ...QUERY, ...query }, ports, signal);
}

const QUERY: InspectionQuery = {
  domain: name('example.org'),
  at: AT,
  smtpPort: 25,
  dnsPort: 53,
  smtp: true,
  families: [4, 6],
  allowPrivate: false,
  maxConnections: 24,
  withoutSni: false,
  chains: new Map(),
  proxy: null,
  version: '0',
  resolver: 'iterative',
};

const REFUSED: ProbeResult = {
  address: '',
  offer: 'usual',
  source: 'network',
  parting: Promise.resolve(null),
  serverName: null,
  stage: 'connect',
  failure: 'refused',
  error: 'the connection was refused',
  banner: null,
  starttls: null,
  injected: false,
  session: null,
  transcript: [],
  stages: [],
};

function scriptedResolver(script: Script, log: Log): Resolver {
  const addresses = script.serverAddresses ?? ['192.0.2.53'];
  return {
    async resolve(asked, type, signal) {
      const question = `${asked.key} ${typeToText(type)}`;
      log.asked.push(question);
      const answer = script.answers[question];
      if (answer?.afterMs === Infinity) await untilAborted(signal);
      await turns(1);
      return lookUp(asked, type, answer);
    },
    zoneOf: async () => ({
      zone: name('example.org'),
      security: script.answers['zone']?.security ?? 'secure',
      servers: addresses.map((address) => ({ name: 'ns.example.org', address })),
      failure: null,
    }),
    async ask(question) {
      const { server, name: asked, type, transport } = question;
      log.askedServers.push(`${server.address} ${asked.key} ${typeToText(type)} ${transport}`);
      await turns(1);
      return serverAnswer(script, question);
    },
    queries: () => log.asked.length + log.askedServers.length,
  };
}

function lookUp(asked: Name, type: number, answer: Answer | undefined): LookUp {
  const answers = answer?.records === undefined ? [] : records(answer.records);
  const final = answers.filter((record) => record.type === type);
  const [first] = final;
  return {
    name: asked,
    type,
    rcode: answer === undefined ? 'NXDOMAIN' : 'NOERROR',
    security: 'secure',
    answers,
    rrset:
      first === undefined
        ? null
        : { name: first.name, type, class: 1, ttl: first.ttl, records: final },
    aliases: [],
    reason: null,
    failure: null,
    ttl: first?.ttl ?? null,
    zones: [],
    observations: [],
    ...answer,
  };
}

function serverAnswer(
  script: Script,
  { server, name: asked, type, transport }: SingleQuestion,
): ServerAnswer {
  const question = `${asked.key} ${typeToText(type)}`;
  const known = lookUp(asked, type, script.answers[question]);
  // A name that something is known of, or below, exists.
  const exists = Object.keys(script.answers).some((other) =>
    (other.split(' ')[0] ?? '').endsWith(asked.key),
  );
  const at = `${server.address} ${question}`;
  const said = script.servers?.[`${at} ${transport}`] ?? script.servers?.[at] ?? {};
  const covered = new Set((said.covered ?? []).map(({ key }) => key));
  return {
    server,
    name: asked,
    type,
    transport,
    rcode: exists ? 'NOERROR' : 'NXDOMAIN',
    failure: null,
    lame: false,
    security: known.security,
    reason: null,
    answers: known.answers,
    denies: known.answers.length > 0 ? null : exists ? 'type' : 'name',
    referral: null,
    raw: Uint8Array.of(0),
    authoritative: true,
    truncated: false,
    edns: true,
    signed: true,
    observations: [],
    ...said,
    covers: (names) => names.filter(({ key }) => covered.has(key)),
  };
}

export function name(text: string): Name {
  const parsed = nameFromText(text);
  if (!parsed.ok) throw new Error(`no name: ${text}`);
  return parsed.value;
}

export function records(text: string): readonly ResourceRecord[] {
  const parsed = parseZoneFile(text);
  if (!parsed.ok) throw new Error(`no records: ${text}`);
  return parsed.value;
}

/** An alias step, secure unless told otherwise. */
export function alias(from: string, to: string, security: 'secure' | 'insecure' = 'secure') {
  return { from: name(from), to: name(to), via: 'CNAME' as const, security };
}

/** TLS came about with this chain. */
export function presents(...chain: readonly Uint8Array[]): Partial<ProbeResult> {
  return {
    stage: 'done',
    failure: null,
    error: null,
    banner: '220 ready',
    starttls: 'offered',
    session: {
      version: 'TLSv1.3',
      cipher: 'TLS_AES_128_GCM_SHA256',
      presented: chain,
      exact: true,
    },
  };
}

export const SERVFAIL = {
  rcode: 'SERVFAIL',
  security: 'indeterminate',
  failure: { kind: 'rcode', rcode: 'SERVFAIL' },
} as const;
export const BOGUS = { rcode: 'SERVFAIL', security: 'bogus' } as const;

function turns(count: number): Promise<void> {
  return count === 0
    ? Promise.resolve()
    : new Promise((done) => setImmediate(() => done(turns(count - 1))));
}

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}
