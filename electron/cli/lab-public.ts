/** The options of `lab --outbound` for a server that others reach: addresses behind 1:1 NAT, and the visitors’ page. */
import { InvalidArgumentError } from 'commander';
import {
  doubtAboutMapping,
  readMapping,
  type AddressPair,
} from '../../shared/lab/address-mapping.ts';
import {
  DEFAULT_SILENCE_SECONDS,
  HTTP_PORT,
  readWebPlace,
  SMTP_PORT,
  type AddressList,
  type Endpoint,
  type Read,
} from '../../shared/lab/place.ts';
import { UsageError } from './options.ts';

export type WebChoice = Endpoint | 'none';

export interface PublishedPlaces {
  readonly nat: readonly AddressPair[];
  /** As it is published; null for no page. */
  readonly web: Endpoint | null;
}

/** With a domain of one’s own there is a page for visitors, unless nobody wants it. */
export function publishedPlaces(
  options: {
    readonly public?: string;
    readonly nat?: readonly AddressPair[];
    readonly web?: WebChoice;
  },
  dns: Endpoint,
  addresses: readonly string[],
): PublishedPlaces {
  const [first] = addresses;
  const usual =
    options.public === undefined || first === undefined
      ? null
      : { address: first, port: HTTP_PORT };
  const chosen = options.web ?? usual;
  const web = chosen === 'none' ? null : chosen;
  const nat = options.nat ?? [];
  const published = [dns.address, ...addresses, ...(web === null ? [] : [web.address])];
  const doubt = nat.length === 0 ? null : doubtAboutMapping(nat, published);
  if (doubt !== null) throw new UsageError(doubt);
  return { nat, web };
}

export interface ServicePlace extends PublishedPlaces {
  readonly base: string;
  readonly dns: Endpoint;
  readonly addresses: AddressList;
  readonly smtpPort: number;
  readonly listenPort: number;
  readonly silentAfterMs: number;
}

/** What a service is started with to be where the request is; its key tells the algorithm. */
export function serviceOptions(place: ServicePlace): readonly string[] {
  const { base, dns, addresses, nat, web, smtpPort, listenPort, silentAfterMs } = place;
  const pairs = nat.map(({ published, own }) => `${published}=${own}`).join(',');
  const seconds = silentAfterMs / 1000;
  return [
    ...['--public', base, '--yes-public', '--addresses', addresses.text],
    ...['--dns', endpointText(dns)],
    ...(nat.length === 0 ? [] : ['--nat', pairs]),
    ...['--web', web === null ? 'none' : endpointText(web)],
    ...(smtpPort === SMTP_PORT ? [] : ['--smtp-port', `${smtpPort}`]),
    ...(listenPort === smtpPort ? [] : ['--listen-port', `${listenPort}`]),
    ...(seconds === DEFAULT_SILENCE_SECONDS ? [] : ['--timeout', `${seconds}`]),
  ];
}

function endpointText({ address, port }: Endpoint): string {
  return `${address}#${port}`;
}

export function takeMapping(value: string): readonly AddressPair[] {
  return taken(readMapping(value));
}

export function takeWeb(value: string): WebChoice {
  return value.trim().toLowerCase() === 'none' ? 'none' : taken(readWebPlace(value));
}

/** For commander, which puts the sentence behind the option that it refuses. */
function taken<T>(read: Read<T>): T {
  if (!read.ok) throw new InvalidArgumentError(read.message);
  return read.value;
}
