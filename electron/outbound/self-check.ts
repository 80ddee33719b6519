/** Asks a resolver whether it finds and trusts the test’s zone (RFC 4035 §3.2.3), before a mail server relies on it. */
import { TYPE } from '../../shared/dns/record-type.ts';
import { judgeResolver, type ResolverReply, type SelfCheck } from '../../shared/lab/self-check.ts';
import { knownName } from '../lab/zone-text.ts';
import type { Endpoint, Network } from '../net/network.ts';
import { decodeMessage } from '../wire/decode.ts';
import { makeQuery, matchReply } from '../wire/query.ts';
import { forgedName } from './forged-record.ts';

export interface SelfCheckOptions {
  readonly resolver: Endpoint;
  /** The base name, without a trailing dot. */
  readonly base: string;
}

export interface SelfCheckPorts {
  readonly network: Network;
  readonly random: (count: number) => Uint8Array;
}

/** Milliseconds for one answer: a resolver tries a name server that is slow several times. */
const ANSWER_MS = 8000;

export async function checkResolver(
  { resolver, base }: SelfCheckOptions,
  ports: SelfCheckPorts,
  signal: AbortSignal,
): Promise<SelfCheck> {
  const [found, forged] = await Promise.all([
    ask(resolver, base, TYPE.SOA, ports, signal),
    ask(resolver, forgedName(base), TYPE.TXT, ports, signal),
  ]);
  return judgeResolver({ base: found, forged });
}

async function ask(
  resolver: Endpoint,
  name: string,
  type: number,
  { network, random }: SelfCheckPorts,
  signal: AbortSignal,
): Promise<ResolverReply> {
  const query = makeQuery(
    {
      ...{ name: knownName(`${name}.`), type, edns: true },
      ...{ recursionDesired: true, checkingDisabled: false, mixedCase: false },
    },
    random,
  );
  const accept = (reply: Uint8Array): boolean => matchReply(query, reply) === 'match';
  const reply = await network.exchangeDatagram(resolver, query.bytes, accept, ANSWER_MS, signal);
  const decoded = reply.ok ? decodeMessage(reply.value) : reply;
  if (!decoded.ok) return { kind: 'none' };
  const { flags, rcode, answers } = decoded.value;
  return {
    kind: 'answer',
    rcode,
    authentic: flags.authenticData,
    // What does not fit into a datagram is there all the same.
    found: flags.truncated || answers.some((record) => record.type === type),
  };
}
