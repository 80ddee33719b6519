/** What an exported kit is made of: everything that a server needs to run the outbound test under a domain of its owner. */
import type { AddressPair } from './address-mapping.ts';
import type { Endpoint } from './place.ts';

export interface KitFacts {
  /** Lower case, without a trailing dot. */
  readonly base: string;
  /** The DS record of the base zone, as a line of a zone file. */
  readonly trustAnchor: string;
  /** Every record of the base zone, unsigned, as lines of a zone file. */
  readonly zoneText: string;
  /** As published; `addresses` are those that mail hosts have. */
  readonly dns: Endpoint;
  readonly addresses: readonly string[];
  readonly web: Endpoint | null;
  readonly nat: readonly AddressPair[];
  /** Where senders connect, and where it listens. */
  readonly smtpPort: number;
  readonly listenPort: number;
  /** Absolute paths: what runs the command line, and its script. */
  readonly program: readonly string[];
  /** Set for the program, such as what makes Electron a plain Node. */
  readonly environment: Readonly<Record<string, string>>;
  /** Of `lab`: what the service is started with, without its state. */
  readonly options: readonly string[];
  /** Absolute; the keys are in it. */
  readonly statePath: string;
  /** A sentence for each thing that would stand in the service’s way. */
  readonly doubts: readonly string[];
}

export interface KitFile {
  readonly name: string;
  readonly text: string;
}

/** In the first line of every file, so that nothing else is ever written over. */
export const KIT_MARK = 'DANE Inspector outbound kit';

/** Seconds that resolvers may remember what stands in the parent zone: an hour, as is usual for what may change. */
export const PARENT_TTL = 3600;

export const UNIT_NAME = 'dane-inspector-outbound';

/** Where the keys of the kit are put on the server, of root alone. */
export const INSTALLED_STATE = `/etc/${UNIT_NAME}/state.json`;
