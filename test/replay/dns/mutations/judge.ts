// Puts one message to the decoder and the validator, as the resolver does with what a server sends.
import type { Run } from '../../../../electron/resolver/run.ts';
import { cutInReferral } from '../../../../electron/resolver/cut.ts';
import { judgeReply } from '../../../../electron/resolver/judge-reply.ts';
import { assess, findReferral, scrub } from '../../../../electron/resolver/reply.ts';
import { createBudget, type Context } from '../../../../electron/resolver/context.ts';
import { createServerBook } from '../../../../electron/resolver/server-book.ts';
import { createSharedTasks } from '../../../../electron/resolver/shared-tasks.ts';
import { NO_FACTS, type Trust } from '../../../../electron/resolver/trust.ts';
import { createZoneMap, type Zone } from '../../../../electron/resolver/zone.ts';
import { createVirtualClock } from '../../../../electron/net/simulated-clock.ts';
import { createVirtualInternet } from '../../../../electron/net/virtual-internet.ts';
import { decodeMessage } from '../../../../electron/wire/decode.ts';
import { matchReply, type Query } from '../../../../electron/wire/query.ts';
import { toHex } from '../../../../shared/dns/bytes.ts';
import { canonicalRdata } from '../../../../shared/dns/canonical.ts';
import type { CryptoPort } from '../../../../shared/dnssec/crypto-port.ts';
import { AT } from '../../../conformance/signed-answers/answers.ts';
import type { TrustedZone } from './corpus.ts';

/** What a message is worth. */
export type Outcome =
  /** Not an answer to the question, not a message, or truncated: nothing is made of it. */
  | { readonly kind: 'unread' }
  /** Read, and not of use or bogus. */
  | { readonly kind: 'refused' }
  /** Believed: `facts` says what. */
  | { readonly kind: 'secure' | 'insecure'; readonly facts: string; readonly ttl: number };

export type Judge = (query: Query, bytes: Uint8Array) => Promise<Outcome>;

export function createJudge(signed: TrustedZone, crypto: CryptoPort): Judge {
  const zone: Zone = {
    name: signed.zone,
    parent: null,
    hosts: [],
    hostsLeftOut: 0,
    referral: null,
    hidden: false,
  };
  const run = createStillRun(zone, signed, crypto);
  return async (query, bytes) => {
    if (matchReply(query, bytes) !== 'match') return { kind: 'unread' };
    const decoded = decodeMessage(bytes);
    if (!decoded.ok || decoded.value.flags.truncated) return { kind: 'unread' };
    const message = scrub(decoded.value, zone.name);
    const { name, type } = query;
    if (assess(message, zone, name, type).kind === 'reject') return { kind: 'refused' };
    const next = findReferral(message, zone, name, type);
    if (next !== null) {
      const cut = await cutInReferral(run, zone, next.name, next.referral ?? [], CONTEXT);
      if (cut.kind !== 'entry' && cut.kind !== 'insecure') return { kind: 'refused' };
      const ds = cut.kind === 'entry' ? cut.entryPoints.ds.map(({ digest }) => toHex(digest)) : [];
      const facts = `cut ${next.name.key} ${ds.sort().join()}`;
      return { kind: cut.kind === 'entry' ? 'secure' : 'insecure', facts, ttl: 0 };
    }
    const reply = { message, raw: bytes, server: SERVER, transport: 'udp' } as const;
    const judged = await judgeReply(run, zone, reply, name, type, CONTEXT);
    if (judged.security !== 'secure' && judged.security !== 'insecure') return { kind: 'refused' };
    const records = judged.records.map(
      (record) =>
        `${record.name.key} ${record.class} ${record.type} ${toHex(canonicalRdata(record.type, record.rdata))}`,
    );
    const alias = judged.alias?.to?.key ?? '';
    const facts = [judged.rcode, judged.denies, alias, ...new Set(records.sort())].join('\n');
    return { kind: judged.security, facts, ttl: judged.ttl ?? 0 };
  };
}

const SERVER = { name: 'ns.example', address: '192.0.2.1' };

const CONTEXT: Context = {
  signal: new AbortController().signal,
  budget: createBudget(),
  task: null,
  depth: 0,
};

/** A run that asks nobody: every zone there is has the keys of this one. */
function createStillRun(zone: Zone, { trust, keys }: TrustedZone, crypto: CryptoPort): Run {
  const random = (count: number): Uint8Array => new Uint8Array(count);
  const trusted: Trust = { zone, parent: null, facts: NO_FACTS, status: 'secure', keys };
  const clock = createVirtualClock(AT * 1000);
  const nothing = (): never => {
    throw new Error('nobody is to be asked');
  };
  return {
    network: createVirtualInternet({ clock, conditions: { roundTripMs: 1, lossRate: 0 }, random }),
    crypto,
    random,
    at: AT,
    timeoutMs: 5000,
    dnsPort: 53,
    families: ['ipv4'],
    anchors: [{ ...trust, zone: zone.name }],
    forwarder: null,
    mayAsk: () => true,
    zones: createZoneMap(() => zone),
    acceptRoot: nothing,
    servers: createServerBook(random),
    holders: new Map(),
    noteServers: nothing,
    serversOf: () => [],
    listed: new Map(),
    childHosts: new Map(),
    leaders: new Map(),
    questions: createSharedTasks(nothing),
    hostAddresses: createSharedTasks(nothing),
    serverLists: createSharedTasks(nothing),
    trusts: createSharedTasks(nothing),
    cuts: createSharedTasks(nothing),
    lookUps: createSharedTasks(nothing),
    countQuery: nothing,
    steps: {
      iterate: nothing,
      trustOf: () => Promise.resolve(trusted),
      trustTowards: () => Promise.resolve(trusted),
    },
  };
}
