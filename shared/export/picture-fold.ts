/** Which hosts and addresses of a picture are so alike that one stands for many; the same for window and report. */
import { presentedChains, type PresentedChain } from '../inspection/presented-chains.ts';
import type { HostOutcome, HostReport, Security } from '../inspection/report.ts';

/** Hosts drawn singly whatever they are like: with more, the picture cannot be taken in at a glance. */
export const MAX_SINGLE_HOSTS = 6;
/** Fewer than these behind one are drawn: their fold would take hardly less room. */
const MIN_FOLDED_HOSTS = 3;
/** Addresses of a host that are drawn singly, alike or not. */
export const MAX_SINGLE_ADDRESSES = 3;

export type HostEntry =
  | { readonly kind: 'host'; readonly host: HostReport }
  /** Stands behind the first of its kind, which is drawn. */
  | { readonly kind: 'fold'; readonly fold: HostFold };

export interface HostFold {
  /** Of what they have in common; the same while hosts come and go. */
  readonly key: string;
  readonly hosts: readonly HostReport[];
  readonly outcome: HostOutcome;
  readonly security: Security;
  /** Its hosts are drawn all the same. */
  readonly open: boolean;
}

/** In the place of a fold's key: all folds of hosts are open, whatever kinds there come to be. */
export const EVERY_FOLD = 'every fold';

export interface Unfolding {
  /** Keys of the folds that were opened. */
  readonly open: ReadonlySet<string>;
  /** Names of hosts that must be seen singly. */
  readonly apart: ReadonlySet<string>;
}

/** In the order given. What is broken, or looks like nothing else, is never folded. */
export function foldHosts(
  hosts: readonly HostReport[],
  { open, apart }: Unfolding,
): readonly HostEntry[] {
  if (hosts.length <= MAX_SINGLE_HOSTS) return hosts.map((host) => ({ kind: 'host', host }));
  const kinds = new Map<string, HostReport[]>();
  const kindOf = new Map<HostReport, string>();
  for (const host of hosts) {
    const kind = likeness(host);
    if (kind === null) continue;
    kindOf.set(host, kind);
    kinds.set(kind, [...(kinds.get(kind) ?? []), host]);
  }
  return hosts.flatMap((host): readonly HostEntry[] => {
    const key = kindOf.get(host) ?? '';
    const [first, ...others] = kinds.get(key) ?? [];
    const single = { kind: 'host' as const, host };
    if (first === undefined || others.length < MIN_FOLDED_HOSTS) return [single];
    const isOpen = open.has(key) || open.has(EVERY_FOLD);
    if (host !== first) return isOpen || apart.has(host.name) ? [single] : [];
    const folded = isOpen ? others : others.filter(({ name }) => !apart.has(name));
    if (folded.length === 0) return [single];
    const { outcome, security } = host;
    return [
      single,
      { kind: 'fold', fold: { key, hosts: folded, outcome, security, open: isOpen } },
    ];
  });
}

/** What a host has in common with others of its kind; null for one that must be seen. */
function likeness(host: HostReport): string | null {
  if (host.outcome === 'pending') return 'pending';
  if (host.outcome === 'deferred' || host.outcome === 'encrypted-only') return null;
  if (host.security === 'bogus' || host.tlsa.security === 'bogus' || host.tlsa.failed) return null;
  if (host.ancestors.some(({ ok }) => !ok)) return null;
  const presented = presentedChains(host);
  if (presented.some(({ probe }) => probe?.verdict === 'failed')) return null;
  const shapes = addressGroups(host, presented).map(({ chains }) =>
    chains.map((chain) => faceOf(presented[chain])).join('+'),
  );
  return [host.outcome, host.security, host.tlsa.security ?? '', ...shapes.sort()].join(' ');
}

function faceOf(chain: PresentedChain | undefined): string {
  const probe = chain?.probe ?? null;
  if (probe === null) return 'none';
  return probe.failure ?? probe.verdict ?? 'chain';
}

export interface AddressGroup {
  readonly addresses: readonly string[];
  /** Which of the presented chains each of them presented. */
  readonly chains: readonly number[];
}

/** Addresses of a host that presented the very same, in the order in which they were found. */
export function addressGroups(
  host: HostReport,
  presented: readonly PresentedChain[],
): readonly AddressGroup[] {
  const groups = new Map<string, { addresses: string[]; chains: readonly number[] }>();
  for (const { address } of host.addresses) {
    const chains = presented.flatMap(({ addresses }, index) =>
      addresses.includes(address) ? index : [],
    );
    const key = chains.join(' ');
    const group = groups.get(key) ?? { addresses: [], chains };
    group.addresses.push(address);
    groups.set(key, group);
  }
  return [...groups.values()];
}
