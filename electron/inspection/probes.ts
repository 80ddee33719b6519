/** Speaks to every address of a host, for every kind of key, and tells how each chain fares against the TLSA records. */
import type { Tlsa } from '../../shared/dane/tlsa.ts';
import type { Name } from '../../shared/dns/name.ts';
import type { AddressReport, ProbeReport } from '../../shared/inspection/report.ts';
import { MAX_CHAIN_CERTIFICATES } from '../../shared/x509/limits.ts';
import type { KeyKind, ProbeResult } from '../smtp/probe.ts';
import { resultsOfChains } from './given-chain.ts';
import { kindOfKey, notSeen } from './key-kinds.ts';
import { reasonToLeaveOut } from './left-out.ts';
import { tellLimit, tellStep, type Run } from './run.ts';

/** What a probe's chain is held against. */
export interface Standard {
  readonly records: readonly Tlsa[];
  readonly referenceNames: readonly string[];
}

export interface HostProbes {
  /** Begins with an address unless it has begun already; `serverName` may still be on its way. */
  begin(addresses: readonly AddressReport[], serverName: Promise<Name>): void;
  /** The host's addresses are in the report: from now on probes may be told. */
  release(): void;
  /** The records are known: what was told is told again, judged. */
  judge(standard: Standard): void;
  /** Waits for all; gives back what came of each that counts: a comparison without SNI does not. */
  settle(): Promise<readonly ProbeResult[]>;
}

/** Each address's results in the order told; their places are the indexes of its probes. */
type Told = Map<string, ProbeResult[]>;

export function createHostProbes(run: Run, host: Name): HostProbes {
  const running = new Map<string, Promise<void>>();
  const told: Told = new Map();
  const given = run.query.chains.get(host.key) ?? [];
  let standard: Standard | null = null;
  let released = false;
  const held: (() => void)[] = [];

  const tell = (address: string, index: number, probe: ProbeReport): void => {
    const event = { kind: 'probe', host: host.key, address, index, probe } as const;
    if (released) run.emit(event);
    else held.push(() => run.emit(event));
  };
  const tellResult = (result: ProbeResult, index: number): ProbeReport => {
    const report = describe(run, result, standard);
    tell(result.address, index, report);
    return report;
  };
  /** Tells it as the address's next probe, or as another version of an earlier one. */
  const take = (result: ProbeResult, at?: number): ProbeReport => {
    const results = told.get(result.address) ?? [];
    told.set(result.address, results);
    const index = at ?? results.length;
    results[index] = result;
    return tellResult(result, index);
  };
  const lookAt = async (address: AddressReport, name: Promise<Name>): Promise<void> => {
    if (given.length > 0) {
      for (const result of resultsOfChains(address.address, given)) take(result);
      return;
    }
    const leftOut = reasonToLeaveOut(run, address);
    if (leftOut === null) await converse(run, host, address.address, (await name).key, take);
    else tell(address.address, 0, leftOut);
  };

  return {
    begin(addresses, serverName) {
      if (!run.query.smtp && given.length === 0) return;
      for (const address of addresses) {
        if (running.has(address.address)) continue;
        const probing = lookAt(address, serverName);
        // Whoever waits for it hears of the failure; until then it must not count as unheard.
        probing.catch(() => undefined);
        running.set(address.address, probing);
      }
    },
    release() {
      released = true;
      for (const emit of held.splice(0)) emit();
    },
    judge(next) {
      standard = next;
      if (next.records.length === 0) return;
      for (const results of told.values()) results.forEach(tellResult);
    },
    async settle() {
      await Promise.all(running.values());
      return [...told.values()].flat().filter(({ offer }) => offer !== 'no-sni');
    },
  };
}

/**
 * The usual handshake first, then one for each kind of key that was not seen: a server with two
 * certificates must not hide the one that no record covers (RFC 7671 §8). One connection at a time.
 */
async function converse(
  run: Run,
  host: Name,
  address: string,
  serverName: string,
  take: (result: ProbeResult, at?: number) => ProbeReport,
): Promise<void> {
  const ask = async (keyTypes: readonly KeyKind[] | null, sni: string | null) => {
    const result = await run.probes(() => {
      run.signal.throwIfAborted();
      tellStep(run, stepOf(host, address, keyTypes, sni));
      const target = { address, port: run.query.smtpPort, serverName: sni, keyTypes };
      return run.ports.probe(target, run.signal);
    });
    const limit = limitOf(result);
    if (limit !== null) tellLimit(run, result.address, limit);
    return result;
  };

  const first = await ask(null, serverName);
  const report = take(first);
  if (first.failure !== null) return;
  const parting = await first.parting;
  if (parting !== null) {
    take({ ...first, failure: 'tls-failed', error: parting }, 0);
    return;
  }
  await askForOtherKeys(
    report.keyType,
    (keyTypes) => ask(keyTypes, serverName),
    (result) => describe(run, result, null).keyType,
    take,
  );
  if (run.query.withoutSni) take(await ask(null, null));
}

async function askForOtherKeys(
  firstKeyType: string | null,
  ask: (keyTypes: readonly KeyKind[]) => Promise<ProbeResult>,
  keyTypeOf: (result: ProbeResult) => string | null,
  take: (result: ProbeResult) => ProbeReport,
): Promise<void> {
  // What cannot be read shows nothing that the same certificate would not show again.
  if (firstKeyType === null || firstKeyType === UNREADABLE_KEY) return;
  const first = kindOfKey(firstKeyType);
  const seen: KeyKind[] = first === null ? [] : [first];
  for (;;) {
    const wanted = notSeen(seen);
    if (wanted.length === 0) return;
    const result = await ask(wanted);
    // It has no such key, which is as it should be.
    if (result.failure === 'tls-failed' && result.turnedDown === true) return;
    const keyType = keyTypeOf(result);
    const found = kindOfKey(keyType);
    // A key that was seen before, sent unasked, is nothing new; what could not be asked is told, and so
    // is a certificate that cannot be read: senders are presented with it.
    const isKnown = found === null ? keyType === firstKeyType : seen.includes(found);
    if (result.failure !== null || !isKnown) take(result);
    if (found === null || isKnown) return;
    seen.push(found);
  }
}

/** Of a certificate, or of a key in one, that cannot be read. */
const UNREADABLE_KEY = 'unreadable';

function stepOf(
  host: Name,
  address: string,
  keyTypes: readonly KeyKind[] | null,
  serverName: string | null,
): string {
  const why =
    keyTypes !== null
      ? ', asking for another kind of key'
      : serverName === null
        ? ', without a server name'
        : '';
  return `Speaking to ${host.key} at ${address}${why}`;
}

/** The bound that kept us from reading on, or null. */
function limitOf({ failure, error, session }: ProbeResult): string | null {
  if (failure === 'limit') return error ?? 'the length of a reply';
  const isCut = session?.exact === false && session.presented.length >= MAX_CHAIN_CERTIFICATES;
  return isCut ? 'MAX_CHAIN_CERTIFICATES' : null;
}

function describe(run: Run, result: ProbeResult, standard: Standard | null): ProbeReport {
  const { records, referenceNames } = standard ?? { records: [], referenceNames: [] };
  return run.ports.describe(
    result,
    { records, referenceNames, at: run.query.at },
    run.ports.crypto,
  );
}
