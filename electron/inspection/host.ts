/** Everything about one MX host: addresses, TLSA records, servers and mail servers, side by side. */
import type { Name } from '../../shared/dns/name.ts';
import type { ServerAnswer } from '../resolver/resolver.ts';
import type { ProbeResult } from '../smtp/probe.ts';
import { findAddresses, type HostAddresses } from './addresses.ts';
import { ancestorRows } from './ancestor-rows.ts';
import { askAncestors, type Grid } from './ancestors.ts';
import { createHostProbes, type HostProbes, type Standard } from './probes.ts';
import type { Run } from './run.ts';
import { disagree, judgeServers } from './server-verdicts.ts';
import type { Surveyed } from './survey.ts';
import type { Place } from './survey-plan.ts';
import { applyTlsa, lookUpTlsa, tlsaOwner, type HostTlsa } from './tlsa.ts';
import { tlsaServersOf } from './tlsa-servers.ts';

export async function inspectHost(
  run: Run,
  host: Name,
  nextHops: readonly string[],
  servers: ServersStage,
): Promise<void> {
  const probes = createHostProbes(run, host);
  // Begun before it is known whether they apply: asking costs less than waiting.
  const tlsaAtHost = heard(lookUpTlsa(run, host));
  const gridAtHost = heard(gridFor(run, tlsaOwner(run, host)));

  const chosen = deferred<Name>();
  void heard(chosen.promise);
  try {
    const addresses = await findAddresses(run, host, (found, aliases) => {
      probes.begin(found, aliases.length === 0 ? Promise.resolve(host) : chosen.promise);
    });
    probes.release();
    const tlsa = await applyTlsa(run, host, addresses, tlsaAtHost);
    chosen.resolve(tlsa.baseDomain);
    const standard = {
      records: tlsa.records,
      referenceNames: referenceNames(tlsa, nextHops),
    };
    probes.judge(standard);
    await tellServers(run, host, { addresses, tlsa, gridAtHost, probes, standard }, servers);
    await probes.settle();
  } catch (error) {
    chosen.reject(error);
    throw error;
  } finally {
    // Whoever waits for all places must not wait for a host that has none to tell.
    servers.locate([]);
  }
}

/** What this host gives to the survey of name servers and gets from it. */
export interface ServersStage {
  /** The first word counts. */
  readonly locate: (places: readonly Place[]) => void;
  readonly surveyed: Promise<Surveyed>;
}

interface Known {
  readonly addresses: HostAddresses;
  readonly tlsa: HostTlsa;
  readonly gridAtHost: Promise<Grid | null>;
  readonly probes: HostProbes;
  readonly standard: Standard;
}

/** What each name server says: at once as far as it decides, later all of it, and held against the chains seen. */
async function tellServers(
  run: Run,
  host: Name,
  known: Known,
  { locate, surveyed }: ServersStage,
): Promise<void> {
  if (known.addresses.addresses.length === 0) {
    run.emit({ kind: 'ancestors', host: host.key, ancestors: [], tlsaServers: [] });
    return;
  }
  const zone = heard(run.ports.resolver.zoneOf(host, run.signal));
  const grid = await gridThatApplies(run, host, known);
  if (grid === null) {
    run.emit({ kind: 'ancestors', host: host.key, ancestors: [], tlsaServers: [] });
  } else {
    const { times, unasked } = grid;
    const apex = grid.zone.zone.key;
    run.emit({ kind: 'zone-refresh', host: host.key, zone: apex, ...times, unasked });
    tellGrid(run, host, known, grid, grid.answers, null);
  }
  const ownPlace: Place = { kind: 'host', name: host, zone: await zone };
  locate(grid === null ? [ownPlace] : [ownPlace, { kind: 'tlsa', grid }]);
  if (grid !== null) await tellFully(run, host, known, grid, surveyed);
}

/** Neither the survey nor the mail servers wait for the other. */
async function tellFully(
  run: Run,
  host: Name,
  known: Known,
  grid: Grid,
  surveyed: Promise<Surveyed>,
): Promise<void> {
  let answers = grid.answers;
  let results: readonly ProbeResult[] | null = null;
  const hold = async (): Promise<void> => {
    results = await known.probes.settle();
    if (disagree(tlsaServersOf(grid.owner, answers))) {
      tellGrid(run, host, known, grid, answers, results);
    }
  };
  const complete = async (): Promise<void> => {
    answers = (await (await surveyed).get(grid.zone.zone.key)) ?? answers;
    tellGrid(run, host, known, grid, answers, results);
  };
  await Promise.all([hold(), complete()]);
}

function tellGrid(
  run: Run,
  host: Name,
  { tlsa, standard }: Known,
  grid: Grid,
  answers: readonly ServerAnswer[],
  results: readonly ProbeResult[] | null,
): void {
  const servers = tlsaServersOf(grid.owner, answers);
  const { referenceNames } = standard;
  run.emit({
    kind: 'ancestors',
    host: host.key,
    ancestors: ancestorRows(grid, answers, host, tlsa.exists),
    tlsaServers:
      results === null
        ? servers
        : judgeServers(
            servers,
            { chains: chainsOf(results), referenceNames, at: run.query.at },
            run.ports.crypto,
          ),
  });
}

function chainsOf(results: readonly ProbeResult[]): readonly (readonly Uint8Array[])[] {
  return results.flatMap(({ session }) => (session === null ? [] : [session.presented]));
}

/** The zone that holds the records: behind an alias it is another than the host's. */
async function gridThatApplies(
  run: Run,
  host: Name,
  { tlsa, gridAtHost }: Known,
): Promise<Grid | null> {
  const owner = tlsa.owner;
  if (owner === null) return null;
  return owner.key === tlsaOwner(run, host)?.key ? gridAtHost : gridFor(run, owner);
}

async function gridFor(run: Run, owner: Name | null): Promise<Grid | null> {
  return owner === null ? null : askAncestors(run, owner);
}

/**
 * RFC 7672 §3.2.2: the TLSA base domain, then the next-hop domain. A host name that is an alias
 * counts only where the records were found at it, since it is the base domain then.
 */
function referenceNames(tlsa: HostTlsa, nextHops: readonly string[]): readonly string[] {
  return [...new Set([tlsa.baseDomain.key, ...nextHops])];
}

/** Whoever waits for it later hears of a failure; until then it must not count as unheard. */
function heard<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}

function deferred<T>(): {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: unknown) => void;
} {
  let resolve: (value: T) => void = () => undefined;
  let reject: (error: unknown) => void = () => undefined;
  const promise = new Promise<T>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
}
