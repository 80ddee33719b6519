/** What a sender finds at one MX host behind a resolver of a kind: look-ups, and TLS sessions (RFC 7672 §2.2, RFC 9156). */
import { decidingProbes, isOldTls, probeStanding } from '../inspection/address-standing.ts';
import {
  ancestorNames,
  answersFor,
  erasureAt,
  gaveAnswer,
} from '../inspection/ancestor-standing.ts';
import { serversDisagree } from '../inspection/host-standing.ts';
import type {
  AddressReport,
  HostReport,
  ProbeReport,
  Report,
  TlsaServerReport,
} from '../inspection/report.ts';

/**
 * - `plain` asks for the whole name at once, or falls back to it on every odd answer: BIND 9's
 *   `qname-minimization relaxed` (its default) and `off`, Unbound's `qname-minimisation: no`.
 * - `minimising` asks name by name; NXDOMAIN from a signed zone ends it, any other failure makes it
 *   ask for the whole name: Unbound as it comes (unbound.conf(5), `qname-minimisation`).
 * - `strict` is meant never to fall back: Unbound's `qname-minimisation-strict: yes`, BIND's
 *   `qname-minimization strict`, which differ in what they take for an answer.
 */
export type ResolverKind = 'plain' | 'minimising' | 'strict';

export interface HostView {
  readonly host: HostReport;
  readonly mxSecure: boolean;
  readonly addresses: 'some' | 'none' | 'failed' | 'unknown';
  /** The addresses themselves validate, alias included. */
  readonly addressesSecure: boolean;
  /** What every address does that some sender cannot have. */
  readonly oddities: ReadonlySet<Oddity>;
  /** One, unless it depends on which name server answers. */
  readonly tlsa: readonly TlsaView[];
}

/**
 * - `injects`: plaintext stands behind its 220 to STARTTLS (RFC 3207 §4.2).
 * - `lower-case`: the keyword STARTTLS is not in capitals (RFC 5321 §2.4 allows it).
 * - `anchor-in-record`: it matches only since the record holds the issuer itself (RFC 7671 §5.2.2).
 */
export type Oddity = 'injects' | 'lower-case' | 'anchor-in-record';

export interface TlsaView {
  readonly kind: TlsaKind;
  /** Why the resolver says so, where it is not the plain answer. */
  readonly by: 'answer' | 'ancestor' | 'server';
  /** For each address: how a session there may end under these records. */
  readonly sessions: readonly (readonly Session[])[];
}

/** `not-asked`: a sender does not look, since the host's addresses are not secure (RFC 7672 §2.2.2). */
export type TlsaKind =
  'not-asked' | 'absent' | 'insecure' | 'failed' | 'unusable' | 'usable' | 'unknown';

export type Session =
  | 'authenticated'
  | 'mismatch'
  /** TLS, with nothing to compare. */
  | 'encrypted'
  | 'no-starttls'
  /** STARTTLS was answered 4yz. */
  | 'refused'
  /** STARTTLS was answered 5yz, for good. */
  | 'refused-for-good'
  | 'tls-failed'
  | 'old-tls'
  | 'unreached'
  | 'unknown';

export function viewOf(report: Report, host: HostReport, resolver: ResolverKind): HostView {
  return {
    host,
    mxSecure: report.mx.security === 'secure',
    addresses: addressesOf(host),
    addressesSecure: host.security === 'secure',
    oddities: odditiesOf(host),
    tlsa: tlsaViews(host, resolver),
  };
}

function addressesOf({ addresses, resolution }: HostReport): HostView['addresses'] {
  if (resolution === null) return 'unknown';
  if (addresses.length > 0) return 'some';
  // RFC 7672 §2.1.2: a failed look-up is not “no address”.
  return resolution.failed.a || resolution.failed.aaaa ? 'failed' : 'none';
}

function tlsaViews(host: HostReport, resolver: ResolverKind): readonly TlsaView[] {
  const direct = directViews(host);
  if (
    resolver === 'plain' ||
    !direct.some(({ kind }) => kind === 'usable' || kind === 'unusable')
  ) {
    return direct;
  }
  return ancestorViews(host, resolver, direct);
}

/** What the whole name gives when it is asked for. */
function directViews(host: HostReport): readonly TlsaView[] {
  const { tlsa } = host;
  const view = (kind: TlsaKind): TlsaView => ({ kind, by: 'answer', sessions: sessionsOf(host) });
  if (!tlsa.done) return [view('unknown')];
  if (!tlsa.applies) return [view('not-asked')];
  if (tlsa.failed || tlsa.security === 'bogus') return [view('failed')];
  if (tlsa.security !== 'secure') return [view('insecure')];
  if (serversDisagree(host)) return serverViews(host);
  if (tlsa.records.length === 0) return [view('absent')];
  return [view(tlsa.records.some(({ usable }) => usable) ? 'usable' : 'unusable')];
}

/** A sender gets the RRset of any one of them. */
function serverViews(host: HostReport): readonly TlsaView[] {
  const distinct = new Map<string, TlsaServerReport>();
  for (const server of host.tlsa.servers) {
    if (server.security === 'secure') distinct.set(server.records.join('\n'), server);
  }
  const looked = host.tlsa.records
    .map(({ usage, selector, matchingType, data }) =>
      [usage, selector, matchingType, data].join(' '),
    )
    .sort();
  return [...distinct.values()].map((server): TlsaView => {
    const sessions = sessionsOf(host);
    if (server.records.length === 0) return { kind: 'absent', by: 'server', sessions };
    if (server.verdict === 'encrypted-only') return { kind: 'unusable', by: 'server', sessions };
    // These are the records that each session was compared with.
    if (server.records.join('\n') === looked.join('\n')) {
      return { kind: 'usable', by: 'server', sessions };
    }
    return { kind: 'usable', by: 'server', sessions: sessions.map(() => [judged(server)]) };
  });
}

function judged({ verdict }: TlsaServerReport): Session {
  if (verdict === null) return 'unknown';
  return verdict === 'authenticated' ? 'authenticated' : 'mismatch';
}

function ancestorViews(
  host: HostReport,
  resolver: ResolverKind,
  direct: readonly TlsaView[],
): readonly TlsaView[] {
  const names = ancestorNames(host);
  const by = 'ancestor' as const;
  const sessions = sessionsOf(host);
  const erasures = names.map((name) => erasureAt(host, name));
  const failed: TlsaView = { kind: 'failed', by, sessions };
  if (resolver === 'minimising' && erasures.includes('bogus')) return [failed];
  // RFC 8020 §2: nothing is below a name that is proven not to exist.
  if (erasures.includes('silent')) return [{ kind: 'absent', by, sessions }];
  // Tried out: unproven, Unbound 1.17 fails and BIND 9.18 goes on; unanswered, it is the other way round.
  const splits = erasures.includes('bogus') || names.some((name) => isUnanswered(host, name));
  if (resolver === 'strict' && splits) return [...direct, failed];
  // Some servers prove that the ancestor does not exist, others go on: it depends on who is asked.
  const partly = names.some((name) =>
    answersFor(host, name).some(({ fault, proven }) => fault === 'ancestor-nxdomain' && proven),
  );
  return partly ? [...direct, { kind: 'absent', by, sessions }] : direct;
}

/** Every authoritative address keeps silent about it, or fails. */
function isUnanswered(host: HostReport, name: string): boolean {
  const answers = answersFor(host, name);
  return answers.length > 0 && !answers.some(gaveAnswer);
}

function sessionsOf({ addresses }: HostReport): readonly (readonly Session[])[] {
  return addresses.map(addressSessions);
}

/** A server with keys of two kinds may show either. */
function addressSessions(address: AddressReport): readonly Session[] {
  const probes = decidingProbes(address).map(sessionOf);
  return probes.length === 0 ? ['unknown'] : [...new Set(probes)];
}

function sessionOf(probe: ProbeReport): Session {
  // Left out by choice: nothing is known of it.
  if (probe.failure === 'skipped' || probe.failure === 'private-address') return 'unknown';
  if (probe.failure === 'unsupported' || probe.failure === 'proxy') return 'unknown';
  if (probeStanding(probe, false) === 'unreached') return 'unreached';
  if (probe.failure === 'starttls-missing') return 'no-starttls';
  if (probe.failure === 'starttls-refused') return refusalOf(probe);
  if (isOldTls(probe)) return 'old-tls';
  if (!probe.ok) return 'tls-failed';
  if (probe.verdict === 'authenticated') return 'authenticated';
  return probe.verdict === 'failed' ? 'mismatch' : 'encrypted';
}

/** RFC 5321 §4.2.1: the reply's first digit. */
function refusalOf({ transcript }: ProbeReport): Session {
  const reply = transcript.filter(({ from }) => from === 'server').at(-1);
  return reply?.text.startsWith('5') === true ? 'refused-for-good' : 'refused';
}

function odditiesOf({ addresses }: HostReport): ReadonlySet<Oddity> {
  const everywhere = (is: (probe: ProbeReport) => boolean): boolean =>
    addresses.length > 0 && addresses.every((address) => decidingProbes(address).some(is));
  const oddities = new Set<Oddity>();
  if (everywhere(({ injected }) => injected)) oddities.add('injects');
  if (everywhere(offersInLowerCase)) oddities.add('lower-case');
  if (everywhere(matchesByRecord)) oddities.add('anchor-in-record');
  return oddities;
}

function offersInLowerCase({ transcript }: ProbeReport): boolean {
  const offers = transcript.filter(
    ({ from, text }) => from === 'server' && /^250[ -]starttls\s*$/i.test(text),
  );
  return offers.length > 0 && offers.every(({ text }) => !text.includes('STARTTLS'));
}

function matchesByRecord({ associations }: ProbeReport): boolean {
  const matches = associations.filter((association) => association.matches);
  return matches.length > 0 && matches.every(({ matchedDepth }) => matchedDepth === null);
}
