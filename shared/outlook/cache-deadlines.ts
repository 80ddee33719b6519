/** How long a change, or a mistake, lives on in caches (RFC 7671 §8.1, RFC 2308 §5) and in remembered policies (RFC 8461 §3.2). */
import { enumerate } from '../findings/facts.ts';
import { printable } from '../findings/safe-text.ts';
import type { HostReport, Report } from '../inspection/report.ts';
import type { Deadline } from './deadline.ts';

/** Counted from `at`, milliseconds since the epoch: whatever is changed at that moment. */
export function cacheDeadlines(report: Report, at: number): readonly Deadline[] {
  const steps = report.hosts.flatMap(stepOf);
  const groups = new Map<string, Step[]>();
  for (const step of steps) {
    const key = `${step.absent ? 'absence' : 'records'} ${step.seconds}`;
    groups.set(key, [...(groups.get(key) ?? []), step]);
  }
  return [
    ...[...groups].flatMap(([key, group]) => stepDeadline(key, group, at)),
    ...policyDeadline(report, at),
  ];
}

interface Step {
  readonly host: HostReport;
  readonly absent: boolean;
  readonly seconds: number;
}

function stepOf(host: HostReport): readonly Step[] {
  const { tlsa } = host;
  if (!tlsa.applies || tlsa.failed || tlsa.security !== 'secure') return [];
  if (tlsa.records.length === 0) {
    return tlsa.negativeTtl === null ? [] : [{ host, absent: true, seconds: tlsa.negativeTtl }];
  }
  // The servers' own answers tell the whole TTL; ours may have come out of a cache.
  const ttls = [tlsa.ttl, ...tlsa.servers.map(({ ttl }) => ttl)].filter(
    (ttl) => typeof ttl === 'number',
  );
  return ttls.length === 0 ? [] : [{ host, absent: false, seconds: Math.max(...ttls) }];
}

function stepDeadline(key: string, group: readonly Step[], at: number): readonly Deadline[] {
  const [first] = group;
  if (first === undefined) return [];
  const hosts = hostsOf(group);
  const { absent, seconds } = first;
  return [
    {
      key: `cache ${key}`,
      kind: 'cache',
      weight: 'harmless',
      from: at,
      at: at + seconds * 1000,
      what: absent ? `Absence of TLSA records at ${hosts}` : `TLSA records of ${hosts} in caches`,
      consequence: absent
        ? 'A first record published now is seen by every sender from then on; until then some go without DANE.'
        : 'A change made now is known to every sender from then on; until then some still hold a certificate against the old records.',
      mends: 'nobody',
      reference: absent ? 'RFC 2308 §5' : 'RFC 7671 §8.1',
      parts: [],
    },
  ];
}

function policyDeadline({ policy: { mtaSts } }: Report, at: number): readonly Deadline[] {
  const { policy, problem } = mtaSts;
  if (policy === null || problem !== null || policy.mode === 'none') return [];
  return [
    {
      key: 'policy',
      kind: 'policy',
      weight: 'harmless',
      from: at,
      at: at + policy.maxAge * 1000,
      what: 'MTA-STS policy remembered by senders',
      consequence:
        policy.mode === 'enforce'
          ? 'Until then senders may hold new hosts and certificates against the policy of today: name a new host in it first.'
          : 'Until then senders may report what breaks the policy of today; it turns no mail away.',
      mends: 'domain owner',
      reference: 'RFC 8461 §3.2',
      parts: [],
    },
  ];
}

/** More than this many hosts make the words unreadable. */
const HOSTS_SHOWN = 3;

function hostsOf(group: readonly Step[]): string {
  const names = [...new Set(group.map(({ host }) => printable(host.name)))];
  return names.length > HOSTS_SHOWN ? `${names.length} hosts` : enumerate(names);
}
