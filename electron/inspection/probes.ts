/** Speaks to every address of a host and tells how its chain fares against the TLSA records. */
import type { Tlsa } from '../../shared/dane/tlsa.ts';
import type { Name } from '../../shared/dns/name.ts';
import type { AddressReport, ProbeReport } from '../../shared/inspection/report.ts';
import { MAX_CHAIN_CERTIFICATES } from '../../shared/x509/limits.ts';
import type { ProbeResult } from '../smtp/probe.ts';
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
  /** Waits for all; gives back what came of each. */
  settle(): Promise<readonly ProbeResult[]>;
}

export function createHostProbes(run: Run, host: Name): HostProbes {
  const running = new Map<string, Promise<ProbeResult | null>>();
  const results: ProbeResult[] = [];
  let standard: Standard | null = null;
  let released = false;
  const held: (() => void)[] = [];

  const tell = (address: string, probe: ProbeReport): void => {
    const event = { kind: 'probe', host: host.key, address, index: 0, probe } as const;
    if (released) run.emit(event);
    else held.push(() => run.emit(event));
  };
  const tellResult = (result: ProbeResult): void => {
    tell(result.address, describe(run, result, standard));
  };
  const speak = async (address: AddressReport, name: Promise<Name>) => {
    const leftOut = reasonToLeaveOut(run, address);
    if (leftOut !== null) {
      tell(address.address, leftOut);
      return null;
    }
    const serverName = (await name).key;
    const result = await run.probes(() => {
      run.signal.throwIfAborted();
      tellStep(run, `Speaking to ${host.key} at ${address.address}`);
      return run.ports.probe(
        { address: address.address, port: run.query.smtpPort, serverName },
        run.signal,
      );
    });
    results.push(result);
    tellResult(result);
    const limit = limitOf(result);
    if (limit !== null) tellLimit(run, result.address, limit);
    return result;
  };

  return {
    begin(addresses, serverName) {
      if (!run.query.smtp) return;
      for (const address of addresses) {
        if (running.has(address.address)) continue;
        const probing = speak(address, serverName);
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
      if (next.records.length > 0) for (const result of results) tellResult(result);
    },
    async settle() {
      const settled = await Promise.all(running.values());
      return settled.filter((result) => result !== null);
    },
  };
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

/** The user's own network, and a family that was not asked for, are left alone. */
function reasonToLeaveOut(run: Run, { address, family }: AddressReport): ProbeReport | null {
  const range = run.query.allowPrivate ? null : run.ports.specialRange(address);
  if (range !== null)
    return unprobed('private-address', `a ${RANGE_WORDS.get(range) ?? range} address`);
  if (!run.query.families.includes(family)) {
    return unprobed('skipped', `only IPv${family === 4 ? 6 : 4} was asked for`);
  }
  return null;
}

const RANGE_WORDS: ReadonlyMap<string, string> = new Map([
  ['linkLocal', 'link-local'],
  ['uniqueLocal', 'private (unique local)'],
  ['ipv4Mapped', 'IPv4-mapped'],
  ['ipv4Compatible', 'IPv4-compatible'],
  ['carrierGradeNat', 'carrier-grade NAT'],
  ['unspecified', 'unspecified'],
]);

function unprobed(failure: 'private-address' | 'skipped', error: string): ProbeReport {
  return {
    offer: 'usual',
    source: 'network',
    ok: false,
    error,
    stage: 'connect',
    failure,
    banner: null,
    starttls: null,
    injected: false,
    tlsVersion: null,
    cipher: null,
    keyType: null,
    sni: null,
    chain: [],
    chainExact: true,
    chainShape: null,
    pkix: null,
    transcript: [],
    stages: [],
    associations: [],
    verdict: null,
  };
}
