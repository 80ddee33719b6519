/** Whether two reports say the same: of a run as it was recorded, and of its evidence gone through again. */
import type { Report } from '../inspection/report.ts';

export type Likeness =
  /** In everything but how long it took. */
  | 'same'
  /** The same outcomes and findings; which of several servers was asked first may be another. */
  | 'same findings'
  | 'different';

export function compareReports(one: Report, other: Report): Likeness {
  if (canonical({ ...one, durationMs: 0 }) === canonical({ ...other, durationMs: 0 }))
    return 'same';
  return canonical(verdictOf(one)) === canonical(verdictOf(other)) ? 'same findings' : 'different';
}

/** What senders do, and what was found about whom. */
function verdictOf({ domain, at, outcome, mx, hosts, findings }: Report): unknown {
  return {
    ...{ domain, at, outcome, security: mx.security, records: mx.records },
    hosts: hosts.map(({ name, outcome, security, tlsa, addresses }) => ({
      ...{ name, outcome, security, tlsa: tlsa.security, records: tlsa.records },
      addresses: addresses.map(({ address, probes }) => [
        address,
        probes.map(({ verdict, failure, chain }) => [
          verdict,
          failure,
          chain.map(({ certSha256 }) => certSha256),
        ]),
      ]),
    })),
    findings: findings
      .map(({ severity, code, subject }) => `${severity} ${code} ${subject}`)
      .sort(),
  };
}

/** The order of names in an object is no part of what it says. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
