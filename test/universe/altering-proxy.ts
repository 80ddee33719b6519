// Stands before a real name server and alters what it says, to show faults that BIND itself never has; the faults are in `server-faults.ts`.
import type { Endpoint } from './bind.ts';
import { hasOpt, readMessage, writeMessage, type DnsMessage } from './dns-message.ts';
import {
  ask,
  serveTcp,
  serveUdp,
  type Close,
  type Reply,
  type Transport,
} from './dns-transport.ts';

export interface AlteringProxy {
  close(): Promise<void>;
}

/** A query as rules see it. */
export interface Query {
  readonly transport: Transport;
  /** In lower case, without the trailing dot. */
  readonly name: string;
  readonly type: number;
  readonly edns: boolean;
  readonly message: DnsMessage;
}

/** The real servers behind a proxy. Each asks over the transport that the query came by, unless told otherwise. */
export interface Behind {
  /** The server that has the zone as it should be; null when it does not answer. */
  real(query: DnsMessage, transport?: Transport): Promise<DnsMessage | null>;
  /** The server that has the zone's other version. */
  variant(query: DnsMessage): Promise<DnsMessage | null>;
}

export type Reaction = (query: Query, behind: Behind) => Promise<DnsMessage | Reply | null>;

/** The first rule that applies to a query decides; a query without a rule gets the real answer, octet by octet. */
export interface Rule {
  readonly when: (query: Query) => boolean;
  readonly does: Reaction;
}

export interface Alteration {
  readonly rules: readonly Rule[];
  /** Nothing listens there: a connection is refused. */
  readonly tcp?: 'none';
}

export const UNALTERED: Alteration = { rules: [] };

export async function startAlteringProxy(
  listen: Endpoint,
  upstream: Endpoint,
  alteration: Alteration,
  variant: Endpoint = upstream,
): Promise<AlteringProxy> {
  const replier =
    (transport: Transport) =>
    (bytes: Buffer): Promise<Reply> =>
      reply(bytes, transport, { alteration, upstream, variant });
  const closes: Close[] = [await serveUdp(listen, replier('udp'))];
  if (alteration.tcp !== 'none') closes.push(await serveTcp(listen, replier('tcp')));
  return {
    close: async () => {
      await Promise.all(closes.map((close) => close()));
    },
  };
}

async function reply(
  bytes: Buffer,
  transport: Transport,
  plan: {
    readonly alteration: Alteration;
    readonly upstream: Endpoint;
    readonly variant: Endpoint;
  },
): Promise<Reply> {
  const message = readMessage(bytes);
  if (message === null) return 'hang-up';
  const { name, type } = message.question;
  const query: Query = { transport, name, type, edns: hasOpt(message), message };
  const rule = plan.alteration.rules.find(({ when }) => when(query));
  if (rule === undefined) return (await ask(transport, bytes, plan.upstream)) ?? 'hang-up';
  const askFor =
    (endpoint: Endpoint) =>
    async (other: DnsMessage, over: Transport = transport): Promise<DnsMessage | null> => {
      const answer = await ask(over, writeMessage(other), endpoint);
      return answer === null ? null : readMessage(answer);
    };
  const result = await rule.does(query, {
    real: askFor(plan.upstream),
    variant: askFor(plan.variant),
  });
  if (result === null) return 'hang-up';
  return typeof result === 'string' || Buffer.isBuffer(result) ? result : writeMessage(result);
}
