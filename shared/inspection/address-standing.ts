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
  // RFC 7672 §8.1: senders give the name, so what is presented without it is not what they get.
  const probes = address.probes.filter(({ offer }) => offer !== 'no-sni');
  const [first, ...more] = probes.map((probe) => probeStanding(probe, hasRecords));
  if (first === undefined) return 'pending';
  if (first === 'pending' || first === 'skipped' || first === 'unreached') return first;
  const counted = [
    first,
    ...more.filter((standing, index) => probes[index + 1]?.ok && standing !== 'unreached'),
  ];
  return WORST_FIRST.find((standing) => counted.includes(standing)) ?? first;
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
  if (!gotEhloReply(probe)) return 'unreached';
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
