/** What one look at a domain comes to for whoever watches it: the outcome, whether it may be passing, and what ends when. */
import type { FindingCode } from '../findings/codes.ts';
import { printable } from '../findings/safe-text.ts';
import type { DomainOutcome, Report } from '../inspection/report.ts';
import type { Deadline } from '../outlook/deadline.ts';
import { deadlinesOf } from '../outlook/deadlines.ts';

export type Look =
  | {
      readonly kind: 'seen';
      /** The instant of judgement, milliseconds since the epoch. */
      readonly at: number;
      readonly outcome: DomainOutcome;
      /** It rests on what could not be reached: a second look may find otherwise. */
      readonly passing: boolean;
      readonly summary: string;
      /** What somebody has to renew, the earliest first. */
      readonly deadlines: readonly Deadline[];
    }
  | {
      /** The look could not be made. */
      readonly kind: 'failed';
      readonly at: number;
      /** A plain sentence. */
      readonly reason: string;
      /** It lies with this machine or its network: every other domain is as much out of sight. */
      readonly everywhere: boolean;
    };

/** Of a report that has come to its end. */
export function lookOf(report: Report): Look {
  const at = Date.parse(report.at);
  const summary = printable(report.summary);
  // Nobody answered even for the root: that is no news about the domain.
  if (report.mx.networkDown === true) {
    return { kind: 'failed', at, reason: summary, everywhere: true };
  }
  if (isRootBogus(report)) {
    return { kind: 'failed', at, reason: rootWords(report), everywhere: true };
  }
  return {
    kind: 'seen',
    at,
    outcome: report.outcome,
    passing: mayPass(report),
    summary,
    deadlines: deadlinesOf(report, at).filter(concernsSomebody),
  };
}

/**
 * As behind a clock that is wrong, or a network that answers in place of the name servers: were it so
 * for all, nobody's mail would go. Then every domain looks broken, and none is known to be.
 */
function isRootBogus({ zones }: Report): boolean {
  return zones.some(({ zone, security }) => zone === '.' && security === 'bogus');
}

function rootWords({ domain }: Report): string {
  return `Nothing could be learnt about ${printable(domain)}: not even the root of DNS validates from here, so it is most likely this machine’s clock, or a network that answers in place of the name servers.`;
}

/** Caches empty by themselves, and registries renew what nobody else can; if one does not, that is news. */
function concernsSomebody({ kind, mends, weight }: Deadline): boolean {
  if (kind !== 'signature' && kind !== 'certificate') return false;
  return mends !== 'nobody' || weight === 'stops';
}

function mayPass({ outcome, findings }: Report): boolean {
  if (outcome === 'unknown') return true;
  if (outcome !== 'broken' && outcome !== 'degraded') return false;
  return findings.every(({ severity, code }) => severity !== 'error' || PASSING.has(code));
}

/** What a busy server or a lost packet can bring about: silence, and TLS that is not available just now (RFC 3207 §4). */
const PASSING: ReadonlySet<FindingCode> = new Set<FindingCode>([
  'mx-lookup-failed',
  'host-lookup-failed',
  'tlsa-lookup-failed',
  'ancestor-lookup-failed',
  'starttls-refused',
  'tls-handshake-failed',
]);

const MS_PER_DAY = 86_400_000;

/**
 * Whether it is near enough to be told. Signatures are renewed as a matter of course until little of
 * their life is left, whatever the days are; and short-lived certificates are near their end all their life.
 */
export function isSoon(
  { kind, weight, from, at: end }: Deadline,
  at: number,
  days: number,
): boolean {
  const left = end - at;
  if (left > days * MS_PER_DAY || days === 0) return false;
  if (kind === 'signature') return weight === 'stops';
  const life = end - from;
  return life > SHORT_LIFE_DAYS * MS_PER_DAY || left * SHORT_LIFE_SHARE <= life;
}

/** Days that a certificate may live to be taken for a short-lived one: a program renews those, and often. */
const SHORT_LIFE_DAYS = 10;

/** The share of a short life that is left when it should have been renewed: a quarter. */
const SHORT_LIFE_SHARE = 4;
