/** Everything about one MX host: addresses, TLSA records, servers and mail servers, side by side. */
import { matchChain } from '../../shared/dane/match.ts';
import { parseTlsa, type Tlsa } from '../../shared/dane/tlsa.ts';
import { fromHex } from '../../shared/dns/bytes.ts';
import type { Name } from '../../shared/dns/name.ts';
import type { ProbeReport, TlsaServerReport } from '../../shared/inspection/report.ts';
import type { ProbeResult } from '../smtp/probe.ts';
import { findAddresses, type HostAddresses } from './addresses.ts';
import { askAncestors, judgeGrid, tlsaServers, type Grid } from './ancestors.ts';
import { createHostProbes, type HostProbes, type Standard } from './probes.ts';
import type { Run } from './run.ts';
import { applyTlsa, lookUpTlsa, tlsaOwner, type HostTlsa } from './tlsa.ts';

export async function inspectHost(
  run: Run,
  host: Name,
  nextHops: readonly string[],
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
    await tellServers(run, host, { addresses, tlsa, gridAtHost, probes, standard });
    await probes.settle();
  } catch (error) {
    chosen.reject(error);
    throw error;
  }
}

interface Known {
  readonly addresses: HostAddresses;
  readonly tlsa: HostTlsa;
  readonly gridAtHost: Promise<Grid | null>;
  readonly probes: HostProbes;
  readonly standard: Standard;
}

/** What each name server says, told once by itself and once held against the chains that were seen. */
async function tellServers(run: Run, host: Name, known: Known): Promise<void> {
  const grid =
    known.addresses.addresses.length === 0 ? null : await gridThatApplies(run, host, known);
  if (grid === null) {
    run.emit({ kind: 'ancestors', host: host.key, ancestors: [], tlsaServers: [] });
    return;
  }
  const { zone, soaRefresh } = grid;
  run.emit({ kind: 'zone-refresh', host: host.key, zone: zone.zone.key, soaRefresh });
  const ancestors = judgeGrid(run, grid, host, known.tlsa.exists);
  const servers = tlsaServers(grid);
  run.emit({ kind: 'ancestors', host: host.key, ancestors, tlsaServers: servers });
  if (new Set(servers.map(({ records }) => records.join())).size < 2) return;
  const results = await known.probes.settle();
  const judged = servers.map((server) => judgeServer(run, server, results, known.standard));
  run.emit({ kind: 'ancestors', host: host.key, ancestors, tlsaServers: judged });
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

/** A sender may get this server's RRset, so the chains must satisfy it too. */
function judgeServer(
  run: Run,
  server: TlsaServerReport,
  results: readonly ProbeResult[],
  standard: Standard,
): TlsaServerReport {
  const records = server.records.flatMap(tlsaFromText);
  if (records.length === 0 || server.security !== 'secure') return server;
  const verdicts = results.flatMap(({ session }) =>
    session === null
      ? []
      : [
          matchChain(
            {
              chain: session.presented,
              records,
              referenceNames: standard.referenceNames,
              at: run.query.at,
            },
            run.ports.crypto,
          ).outcome,
        ],
  );
  return { ...server, verdict: worst(verdicts) };
}

function tlsaFromText(text: string): readonly Tlsa[] {
  const [usage, selector, matchingType, hex] = text.split(' ');
  const data = fromHex(hex ?? '');
  const numbers = [Number(usage), Number(selector), Number(matchingType)];
  const tlsa = data === null ? null : parseTlsa(Uint8Array.of(...numbers, ...data));
  return tlsa?.ok === true ? [tlsa.value] : [];
}

function worst(verdicts: readonly ProbeReport['verdict'][]): ProbeReport['verdict'] {
  const order = ['failed', 'encrypted-only', 'authenticated'] as const;
  return order.find((verdict) => verdicts.includes(verdict)) ?? null;
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
