/** The options of `lab --outbound` for a server that others reach: addresses behind 1:1 NAT, and the visitors’ page. */
import { InvalidArgumentError } from 'commander';
import {
  doubtAboutMapping,
  readMapping,
  type AddressPair,
} from '../../shared/lab/address-mapping.ts';
import { HTTP_PORT, readWebPlace, type Endpoint, type Read } from '../../shared/lab/place.ts';
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
