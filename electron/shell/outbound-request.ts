/** Turns what is typed on the Outbound screen into what the test takes; each refusal names its field, in one sentence. */
import { domainToASCII } from 'node:url';
import type { OutboundStart, OutboundWish } from '../../shared/ipc/outbound.ts';
import {
  DEFAULT_ADDRESSES,
  DEFAULT_BASE,
  DEFAULT_NAME_SERVER,
  DEFAULT_SILENCE_SECONDS,
  isLoopback,
  MAX_SILENCE_SECONDS,
  readAddresses,
  readBase,
  readNameServer,
  SINGLE_LOOPBACK,
  SMTP_PORT,
  type AddressList,
  type AlgorithmNumber,
  type Endpoint,
} from '../../shared/lab/place.ts';

export interface OutboundRequest {
  readonly base: string;
  readonly dns: Endpoint;
  readonly addresses: AddressList;
  readonly smtpPort: number;
  readonly listenPort: number;
  readonly algorithm: AlgorithmNumber | null;
  readonly silentAfterMs: number;
  /** Machines other than this one can reach it. */
  readonly open: boolean;
}

type Refused = Extract<OutboundStart, { readonly kind: 'refused' }>;

export type ReadWish =
  | { readonly kind: 'usable'; readonly request: OutboundRequest }
  | Refused
  | Extract<OutboundStart, { readonly kind: 'asks' }>;

export function readWish(wish: OutboundWish): ReadWish {
  const base = readBase(wish.base, domainToASCII);
  if (!base.ok) return refused('base', base.message);
  const dns = readNameServer(wish.nameServer);
  if (!dns.ok) return refused('nameServer', dns.message);
  const addresses = readAddresses(wish.addresses);
  if (!addresses.ok) return refused('addresses', addresses.message);
  const { smtpPort, listenPort, algorithm, seconds } = wish;
  if (seconds > MAX_SILENCE_SECONDS)
    return refused('seconds', `It takes seconds, 1 to ${MAX_SILENCE_SECONDS}.`);
  const { address, port } = dns.value;
  if (port === listenPort && addresses.value.addresses.includes(address))
    return refused(
      'nameServer',
      `The mail servers have port ${port} of ${address} already: give the name server another port.`,
    );
  const outside = [address, ...addresses.value.addresses].filter((each) => !isLoopback(each));
  if (outside.length > 0 && !wish.open)
    return { kind: 'asks', question: questionFor([...new Set(outside)]) };
  return {
    kind: 'usable',
    request: {
      ...{ base: base.value, dns: dns.value, addresses: addresses.value, smtpPort, listenPort },
      ...{ algorithm, silentAfterMs: seconds * 1000, open: outside.length > 0 },
    },
  };
}

function refused(field: Refused['field'], message: string): Refused {
  return { kind: 'refused', field, message };
}

function questionFor([first = '', ...others]: readonly string[]): string {
  const where = others.length === 0 ? first : `${first} and ${others.length} more`;
  return `Do you want other machines to reach the test at ${where}, where its servers answer whoever asks, take mail for the test’s own recipients alone, and pass none on?`;
}

/** What a form shows that nobody has filled yet. `platform` as Node names it. */
export function usualWish(platform: string): OutboundWish {
  const single = platform === 'darwin';
  const { address, port } = DEFAULT_NAME_SERVER;
  return {
    base: DEFAULT_BASE,
    nameServer: `${single ? SINGLE_LOOPBACK : address}#${port}`,
    addresses: single ? SINGLE_LOOPBACK : DEFAULT_ADDRESSES,
    ...{ smtpPort: SMTP_PORT, listenPort: SMTP_PORT, algorithm: null },
    ...{ seconds: DEFAULT_SILENCE_SECONDS, open: false },
  };
}
