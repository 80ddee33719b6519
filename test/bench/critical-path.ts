/**
 * The least number of round trips, one after the other, in which a domain can be judged with everything
 * cold: what no implementation can beat, and what the benchmark's ratios are measured against.
 */
import type { Name } from '../../shared/dns/name.ts';
import { ancestorOf } from '../../shared/dns/name.ts';

export interface CriticalStep {
  readonly step: string;
  readonly roundTrips: number;
}

/**
 * `zoneApexes` are the zones of the tree. What can go on beside a step adds nothing to the path: priming
 * and the root's keys beside the first referral, each zone's keys beside the question that led there, A,
 * AAAA and TLSA beside each other, all hosts beside each other, and every server's word on the ancestors
 * beside the conversation with the mail server (shorter than it).
 */
export function criticalPath(
  domain: Name,
  zoneApexes: ReadonlySet<string>,
): readonly CriticalStep[] {
  const zones = Array.from({ length: domain.labels.length + 1 }, (_, count) =>
    ancestorOf(domain, count),
  ).filter((name) => zoneApexes.has(name.key));
  const referrals = zones
    .slice(1)
    .map((zone) => ({ step: `referral to ${zone.key}`, roundTrips: 1 }));
  return [
    ...referrals,
    { step: `MX of ${domain.key}`, roundTrips: 1 },
    { step: 'A, AAAA and TLSA of all hosts', roundTrips: 1 },
    { step: 'TCP', roundTrips: 1 },
    { step: 'greeting', roundTrips: 1 },
    { step: 'EHLO', roundTrips: 1 },
    { step: 'STARTTLS', roundTrips: 1 },
    // RFC 8446 §2: the server's certificate comes with its first flight.
    { step: 'TLS 1.3', roundTrips: 1 },
  ];
}

export function sumRoundTrips(path: readonly CriticalStep[]): number {
  return path.reduce((sum, step) => sum + step.roundTrips, 0);
}
