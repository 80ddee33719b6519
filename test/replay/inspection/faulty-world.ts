// An inspection of `example.test` by the real resolver, in a little internet whose servers misbehave as scripted.
import { createAssociationCrypto } from '../../../electron/crypto/association-crypto.ts';
import { inspect } from '../../../electron/inspection/inspect.ts';
import type { InspectionPorts, InspectionQuery } from '../../../electron/inspection/ports.ts';
import type { Answer } from '../../../electron/lab/authority.ts';
import { createLabAuthority, tlsaOfKey } from '../../../electron/lab/lab-certificates.ts';
import type { DatagramHandler } from '../../../electron/net/handler.ts';
import type { ResolverOptions } from '../../../electron/resolver/create-resolver.ts';
import { describeProbe } from '../../../electron/smtp/describe.ts';
import type { ProbeResult } from '../../../electron/smtp/probe.ts';
import { decodeMessage } from '../../../electron/wire/decode.ts';
import { encodeMessage } from '../../../electron/wire/encode.ts';
import type { Message } from '../../../electron/wire/message.ts';
import type { ResourceRecord } from '../../../shared/dns/record.ts';
import { TYPE } from '../../../shared/dns/record-type.ts';
import { emptyReport } from '../../../shared/inspection/empty-report.ts';
import { fold } from '../../../shared/inspection/fold.ts';
import type { InspectionEvent } from '../../../shared/inspection/event.ts';
import type { Report } from '../../../shared/inspection/report.ts';
import {
  createWorld,
  name,
  NOW_MS,
  THREE_LEVELS,
  type ServerScript,
  type World,
  type ZoneScript,
} from '../dns/world.ts';
import { presents } from './script.ts';

export const NS1 = '192.0.2.21';
export const NS2 = '192.0.2.22';
export const OWNER = '_25._tcp.mx.example.test';
export const ENT = '_tcp.mx.example.test';
export const HOST = 'mx.example.test';
export const DOMAIN = 'example.test';

const authority = createLabAuthority(NOW_MS);
const leaf = authority.issueFor(HOST);
const next = authority.issueFor(HOST);
export const RECORD = tlsaOfKey(3, leaf);
/** A pre-published key: it matches nothing yet. */
export const SPARE = tlsaOfKey(3, next);
const CHAIN = presents(leaf.certificate, authority.issuing.certificate);

export const ZONE_RECORDS = `
  @ MX 10 mx
  mx A 198.51.100.1
  mx AAAA 2001:db8::1
  _25._tcp.mx TLSA ${RECORD}
  _25._tcp.mx TLSA ${SPARE}
`;

export function worldWith(more: Partial<ZoneScript> = {}): readonly ZoneScript[] {
  return THREE_LEVELS.map((zone) =>
    zone.apex === DOMAIN ? { ...zone, records: ZONE_RECORDS, ...more } : zone,
  );
}

export interface Inspected {
  readonly report: Report;
  readonly events: readonly InspectionEvent[];
  readonly world: World;
  /** Virtual milliseconds from start to end. */
  readonly ms: number;
  /** `severity code subject` of each error and warning. */
  readonly faults: readonly string[];
  readonly outcome: string | undefined;
}

export async function inspectWorld(
  servers: Readonly<Record<string, ServerScript>> = {},
  zones: readonly ZoneScript[] = worldWith(),
  options: Partial<ResolverOptions> = {},
  query: Partial<InspectionQuery> = {},
): Promise<Inspected> {
  const world = createWorld(zones, servers);
  const { clock } = world.network;
  const ports: InspectionPorts = {
    resolver: world.resolver(options),
    crypto: createAssociationCrypto(),
    clock,
    probe: async ({ address, serverName, keyTypes }) => {
      const offer = keyTypes?.[0] ?? 'usual';
      const outcome = offer === 'usual' ? CHAIN : NO_SUCH_KEY;
      return { ...SPOKEN, ...outcome, address, serverName, offer };
    },
    describe: describeProbe,
    fetchPolicyFile: async () => ({ kind: 'failed', reason: 'no web server' }),
    specialRange: () => null,
  };
  const events: InspectionEvent[] = [];
  let report = emptyReport(DOMAIN);
  const began = clock.monotonic();
  for await (const event of inspect({ ...QUERY, ...query }, ports, new AbortController().signal)) {
    events.push(event);
    report = fold(report, event);
  }
  const faults = report.findings
    .filter(({ severity }) => severity === 'error' || severity === 'warning')
    .map(({ severity, code, subject }) => `${severity} ${code} ${subject}`)
    .sort();
  return {
    report,
    events,
    world,
    ms: clock.monotonic() - began,
    faults,
    outcome: report.hosts[0]?.outcome,
  };
}

const QUERY: InspectionQuery = {
  domain: name(DOMAIN),
  at: NOW_MS,
  smtpPort: 25,
  dnsPort: 53,
  smtp: true,
  families: [4, 6],
  allowPrivate: true,
  maxConnections: 24,
  withoutSni: false,
  chains: new Map(),
  proxy: null,
  version: '0',
  resolver: 'iterative',
};

const NO_SUCH_KEY = { stage: 'tls', failure: 'tls-failed', error: 'no such key' } as const;

const SPOKEN: ProbeResult = {
  address: '',
  offer: 'usual',
  source: 'network',
  parting: Promise.resolve(null),
  serverName: null,
  stage: 'connect',
  failure: 'refused',
  error: null,
  banner: null,
  starttls: null,
  injected: false,
  session: null,
  transcript: [],
  stages: [],
};

/** Both servers alike. */
export function both(script: ServerScript): Readonly<Record<string, ServerScript>> {
  return { [NS1]: script, [NS2]: script };
}

/** Another answer for questions about that name (and type, when given). */
export function answering(
  asked: string,
  type: number | null,
  change: (answer: Answer) => Answer | null,
): ServerScript {
  return {
    tamper: (question, answer) =>
      question.name.key === asked && (type === null || question.type === type)
        ? change(answer)
        : answer,
  };
}

export function forType(type: number, change: (answer: Answer) => Answer | null): ServerScript {
  return { tamper: ({ type: asked }, answer) => (asked === type ? change(answer) : answer) };
}

export function failing(rcode: number): (answer: Answer) => Answer {
  return () => ({ rcode, authoritative: false, answers: [], authorities: [], additionals: [] });
}

export const silence = (): null => null;

export function withRcode(rcode: number): (answer: Answer) => Answer {
  return (answer) => ({ ...answer, rcode });
}

/** Without records of these types, and without the signatures over them. */
export function without(...types: readonly number[]): (answer: Answer) => Answer {
  const stays = ({ type, rdata }: ResourceRecord): boolean =>
    !types.includes(type) &&
    !(type === TYPE.RRSIG && types.includes(((rdata[0] ?? 0) << 8) | (rdata[1] ?? 0)));
  return (answer) => ({
    ...answer,
    answers: answer.answers.filter(stays),
    authorities: answer.authorities.filter(stays),
  });
}

/** Another message over UDP alone; null swallows it. */
export function datagrams(
  change: (answer: Message, octets: Uint8Array) => Message | Uint8Array | null,
): ServerScript {
  return {
    datagrams:
      (honest: DatagramHandler) =>
      (payload, reply, ...more) =>
        honest(
          payload,
          (octets) => {
            const decoded = decodeMessage(octets);
            const changed = decoded.ok ? change(decoded.value, octets) : octets;
            if (changed === null) return;
            reply(changed instanceof Uint8Array ? changed : encodeMessage(changed, 65_535));
          },
          ...more,
        ),
  };
}

export type { Answer };
