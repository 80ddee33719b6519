/** What a look at a host says for planning: what stands there, for how long, and what it presents (RFC 7671 §8.1). */
import type { HostReport } from '../inspection/report.ts';
import { isKeyInUse, presentedBy, type Chain, type ComingChain } from './chain.ts';
import { recordOwner } from './owner.ts';
import { planRollover, type Planned, type RolloverQuestion, type Scheme } from './plan.ts';
import type { Refusal } from './refusal.ts';
import { addressesToWaitFor, standingAt } from './servers.ts';
import type { Sighting } from './sightings.ts';
import { timesOf } from './zone-times.ts';

export interface PlanSettings {
  readonly scheme: Scheme;
  /** How many TTLs to wait; 2 is what operators are advised. */
  readonly safety: number;
  /** Milliseconds since the epoch: when the first step may be taken. */
  readonly start: number;
  /** Milliseconds since the epoch: since when, as a person says, the records shown by all servers stand; null asks nobody. */
  readonly publishedSince: number | null;
}

/** `sightings`: what looks before this one have shown; empty where nothing is remembered. */
export function planFor(
  host: HostReport,
  coming: readonly ComingChain[],
  sightings: readonly Sighting[],
  settings: PlanSettings,
): Planned {
  const refusal = whyNot(host);
  if (refusal !== null) return { kind: 'refused', refusal };
  return withAlias(planRollover(questionOf(host, coming, sightings, settings)), host);
}

function withAlias(planned: Planned, { tlsa }: HostReport): Planned {
  const owner = recordOwner(tlsa);
  if (planned.kind === 'refused' || owner === tlsa.name) return planned;
  const { plan } = planned;
  const notes = [...plan.notes, { code: 'alias', name: tlsa.name, owner } as const];
  return { kind: 'planned', plan: { ...plan, notes } };
}

/** Null where the look tells enough to plan upon. */
export function whyNot({ name, tlsa, addresses }: HostReport): Refusal | null {
  const owner = tlsa.name;
  if (tlsa.security === 'insecure') return { code: 'insecure', owner };
  if (tlsa.failed || tlsa.security !== 'secure') {
    const status = tlsa.security === 'bogus' ? 'bogus' : 'indeterminate';
    return { code: 'failed', owner, status, reason: tlsa.lookUp?.reason ?? null };
  }
  if (tlsa.applies) return null;
  return { code: 'not-applicable', host: name, hasAddress: addresses.length > 0 };
}

function questionOf(
  host: HostReport,
  coming: readonly ComingChain[],
  sightings: readonly Sighting[],
  { scheme, safety, start, publishedSince }: PlanSettings,
): RolloverQuestion {
  const { chains, complete } = presentedBy(host);
  const published = shownAnywhere(host);
  const lasting = complete ? recordsThatServeNow(coming, chains, sightings) : new Set<string>();
  const known = new Map(sightings.map(({ record, since }) => [record, Date.parse(since)]));
  // A person may not have noticed what a look has: a server without it.
  const broken = new Set(
    sightings
      .filter(({ missedAt }) => Date.parse(missedAt ?? '') >= (publishedSince ?? Infinity))
      .map(({ record }) => record),
  );
  const everywhere = published
    .filter((record) => isShownEverywhere(host, record) || known.has(record))
    .map((record): readonly [string, number | null] => {
      // Told by a person, or known to serve: the earliest instant there is stands for “for long”.
      if (lasting.has(record)) return [record, 0];
      return [record, (broken.has(record) ? null : publishedSince) ?? known.get(record) ?? null];
    });
  const fitting = new Set([...chains, ...coming].flatMap(({ records }) => records));
  return {
    scheme,
    published,
    everywhere: new Map(everywhere),
    outlived: sightings
      .filter(({ record, matchedAt }) => matchedAt !== undefined && !fitting.has(record))
      .map(({ record }) => record),
    presented: chains.length === 0 ? null : chains,
    presentedComplete: complete,
    coming,
    ...timesOf(host.tlsa, sightings),
    safety,
    start,
  };
}

/** By the look-up or by any single server: a cache may hold each of them. */
export function shownAnywhere({ tlsa }: HostReport): readonly string[] {
  const looked = tlsa.records.map(
    ({ usage, selector, matchingType, data }) => `${usage} ${selector} ${matchingType} ${data}`,
  );
  const served = tlsa.servers
    .filter(({ security }) => security === 'secure')
    .flatMap(({ records }) => records);
  return [...new Set([...looked, ...served])].sort();
}

/** Every authoritative server was asked, answered securely and shows it. */
export function isShownEverywhere({ tlsa }: HostReport, record: string): boolean {
  const addresses = addressesToWaitFor(tlsa);
  return (
    addresses.length > 0 &&
    addresses.every((address) => standingAt(tlsa.servers, address, record) === 'shows')
  );
}

/**
 * Where the key stays the same and all records that the host goes by now fit the certificate to come too,
 * what caches hold fits both, unless an earlier look shows that a record came only lately.
 */
function recordsThatServeNow(
  coming: readonly ComingChain[],
  presented: readonly Chain[],
  sightings: readonly Sighting[],
): ReadonlySet<string> {
  const cameLately = new Set(
    sightings.filter(({ missedAt }) => missedAt !== undefined).map(({ record }) => record),
  );
  const records = coming.flatMap((chain) => {
    if (!isKeyInUse(chain, presented)) return [];
    const inUse = presented.filter(({ key }) => key === chain.key);
    const matching = inUse.flatMap((each) => each.records);
    return matching.every((record) => chain.records.includes(record)) ? matching : [];
  });
  return new Set(records.filter((record) => !cameLately.has(record)));
}
