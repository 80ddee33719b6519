/** Starts the servers of a test with the file that is kept for its zone, and says why where they do not start. */
import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { OutboundStart } from '../../shared/ipc/outbound.ts';
import { listeningAdvice } from '../../shared/lab/listening-words.ts';
import type { AlgorithmNumber } from '../../shared/lab/place.ts';
import type { composeOutboundTest, forgetOldRows, OutboundTest, StartedTest } from '../compose.ts';
import type { OutboundRequest } from './outbound-request.ts';

export interface ServerPorts {
  /** Of the files that are kept. */
  readonly folder: string;
  /** As Node names it. */
  readonly platform: string;
  readonly start: typeof composeOutboundTest;
  readonly forget: typeof forgetOldRows;
}

export type StartedServers =
  | {
      readonly ok: true;
      readonly test: OutboundTest;
      /** Null: nothing is kept. */
      readonly statePath: string | null;
    }
  | { readonly ok: false; readonly start: OutboundStart };

/** `note` is given a sentence for whatever is wrong with the file. */
export async function startServers(
  request: OutboundRequest,
  ports: ServerPorts,
  note: (problem: string) => void,
): Promise<StartedServers> {
  const options = { ...request, mailAddresses: request.addresses.addresses, tell: note };
  try {
    const statePath = pathFor(request, ports.folder);
    const started = await ports.start({ ...options, statePath });
    if (started.ok) return { ...started, statePath };
    if (started.reason === 'listen') return cannotListen(started.failure, request, ports);
    const unkept = await ports.start({ ...options, statePath: null });
    if (unkept.ok) {
      note(`${started.message} ${UNKEPT}`);
      return { ...unkept, statePath: null };
    }
    if (unkept.reason === 'listen') return cannotListen(unkept.failure, request, ports);
    return failed(unkept.message);
  } catch (error) {
    console.error(error);
    return failed('The servers could not be started.');
  }
}

/** In the files of tests that do not run, what is older than a day. */
export function forgetOld(
  { folder, forget }: Pick<ServerPorts, 'folder' | 'forget'>,
  inUse: string | null,
): void {
  try {
    const names = existsSync(folder) ? readdirSync(folder) : [];
    const kept = names.filter((name) => /^zone-.*\.json$/.test(name)).slice(0, MAX_ZONES);
    for (const path of kept.map((name) => join(folder, name))) if (path !== inUse) forget(path);
  } catch (error) {
    // What cannot be read cannot be shown either; the next start tells of it.
    console.error(error);
  }
}

/** Files that are looked at: more zones than somebody tests with. */
const MAX_ZONES = 50;
const UNKEPT =
  'For now the test has a key of its own, which is forgotten when it is stopped: the trust anchor in your resolver has to be set anew.';
/** ECDSAP256SHA256 (RFC 8624 §3.1): every validator knows it. */
const USUAL_ALGORITHM: AlgorithmNumber = 13;
const ALGORITHMS: readonly AlgorithmNumber[] = [13, 14, 8, 15];

/** Each zone and algorithm has a key of its own, which resolvers were told to trust; none is thrown away for another. */
function pathFor({ base, algorithm }: OutboundRequest, folder: string): string {
  mkdirSync(folder, { recursive: true });
  const pathOf = (number: AlgorithmNumber): string => join(folder, `zone-${base}-${number}.json`);
  if (algorithm !== null) return pathOf(algorithm);
  const kept = ALGORITHMS.map(pathOf).filter((path) => existsSync(path));
  const [latest = pathOf(USUAL_ALGORITHM)] = kept.sort((a, b) => writtenAt(b) - writtenAt(a));
  return latest;
}

function writtenAt(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function cannotListen(
  { what, endpoint, failure }: Extract<StartedTest, { readonly reason: 'listen' }>['failure'],
  { smtpPort, addresses }: OutboundRequest,
  { platform }: ServerPorts,
): StartedServers {
  const advice = listeningAdvice({
    ...{ asker: 'window', what, ...endpoint, smtpPort, platform },
    code: failure.kind === 'unreachable' ? failure.code : failure.kind,
    mailAddresses: addresses.text,
  });
  return { ok: false, start: { kind: 'cannot-listen', advice } };
}

function failed(message: string): StartedServers {
  return { ok: false, start: { kind: 'failed', message } };
}
