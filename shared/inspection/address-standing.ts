/** Where one address stands with a DANE-validating sender (RFC 7672 §2.2). */
import type { AddressReport, ProbeReport } from './report.ts';

/**
 * - `pending`: no probe has ended yet, or its chain was not compared with the records yet.
 * - `skipped`: left out by choice; counts for nothing.
 * - `unreached`: no EHLO reply, so nothing is known of its TLS.
 * - `failed`: STARTTLS, TLS or the match failed; a sender defers.
 * - `encrypted-only`: TLS came about, every record is unusable.
 * - `authenticated`: a record matches.
 * - `spoken`: TLS came about and there was nothing to compare with.
 */
export type AddressStanding =
  'pending' | 'skipped' | 'unreached' | 'failed' | 'encrypted-only' | 'authenticated' | 'spoken';

/** The worst of its probes: a server with two certificates must satisfy the records with each. */
export function addressStanding(address: AddressReport, hasRecords: boolean): AddressStanding {
  const [first, ...more] = decidingProbes(address).map((probe) => probeStanding(probe, hasRecords));
  if (first === undefined) return 'pending';
  if (first === 'pending' || first === 'skipped' || first === 'unreached') return first;
  const counted = [first, ...more];
  return WORST_FIRST.find((standing) => counted.includes(standing)) ?? first;
}

/**
 * The usual probe, and those for other kinds of keys that brought one to light: that a server has no
 * such key, or was not there to be asked again, is no failure. What it presents without SNI concerns
 * no sender with DANE (RFC 7672 §8.1).
 */
export function decidingProbes({ probes }: AddressReport): readonly ProbeReport[] {
  return probes.filter((probe, index) => index === 0 || (probe.ok && probe.offer !== 'no-sni'));
}

const WORST_FIRST: readonly AddressStanding[] = [
  'failed',
  'pending',
  'encrypted-only',
  'authenticated',
  'spoken',
];

export function probeStanding(probe: ProbeReport, hasRecords: boolean): AddressStanding {
  if (probe.failure === 'skipped') return 'skipped';
  // What our own library or proxy cannot do says nothing of the server.
  if (!gotEhloReply(probe) || probe.failure === 'unsupported') return 'unreached';
  if (!probe.ok || isOldTls(probe)) return 'failed';
  if (probe.verdict !== null) return probe.verdict;
  return hasRecords ? 'pending' : 'spoken';
}

/** RFC 8996: TLS 1.0 and 1.1 must not be used; they are offered only to tell what the server has. */
export function isOldTls(probe: ProbeReport): boolean {
  return probe.tlsVersion !== null && OLD_VERSIONS.has(probe.tlsVersion);
}

const OLD_VERSIONS: ReadonlySet<string> = new Set(['SSLv3', 'TLSv1', 'TLSv1.0', 'TLSv1.1']);

function gotEhloReply(probe: ProbeReport): boolean {
  return (
    probe.ok ||
    probe.starttls !== null ||
    probe.stage === 'starttls' ||
    probe.stage === 'tls' ||
    probe.stage === 'done'
  );
}
