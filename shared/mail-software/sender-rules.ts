/** What each sender does with what it finds at one MX host, each rule with its source (RFC 7672 §2.2, and each software). */
import type { HostView, Session, TlsaKind, TlsaView } from './sender-view.ts';

/** `returned`: at once, to whoever sent it; `deferred` mail is tried again, and returned after some days. */
export type Deed = 'authenticated' | 'encrypted' | 'no-dane' | 'deferred' | 'returned';

export interface Ruling {
  /** What may come of it; several where it depends on which server or key is met. */
  readonly deeds: readonly Deed[];
  /** False where something is not known: the deeds are then what is possible. */
  readonly known: boolean;
  readonly reason: Reason;
  /** Documentation, source code or clause that the rule comes from. */
  readonly source: string;
}

export type Reason =
  | 'address-unknown'
  | 'address-failed'
  | 'address-none'
  | 'mx-insecure'
  | 'mx-insecure-demanded'
  | 'mx-insecure-encrypt'
  | 'host-insecure'
  | 'host-insecure-demanded'
  | 'tlsa-unknown'
  | 'tlsa-failed'
  | 'tlsa-failed-ancestor'
  | 'tlsa-absent'
  | 'tlsa-absent-ancestor'
  | 'tlsa-absent-server'
  | 'tlsa-insecure'
  | 'tlsa-absent-demanded'
  | 'tlsa-unusable'
  | 'tlsa-unusable-refused'
  | 'tlsa-unusable-build'
  | 'injected'
  | 'lower-case'
  | 'anchor-in-record'
  | 'undocumented'
  | SessionReason;

type SessionReason =
  | 'matches'
  | 'matches-sometimes'
  | 'mismatch'
  | 'no-starttls'
  | 'refused'
  | 'refused-for-good'
  | 'tls-failed'
  | 'old-tls'
  | 'unreached'
  | 'not-probed';

export type Rule = (view: HostView, tlsa: TlsaView) => Ruling;

/** What comes before any TLSA record: is there an address to go to. */
export function addressRuling({ addresses }: HostView): Omit<Ruling, 'source'> | null {
  switch (addresses) {
    case 'some':
      return null;
    case 'unknown':
      return { deeds: ['deferred'], known: false, reason: 'address-unknown' };
    case 'failed':
      return { deeds: ['deferred'], known: true, reason: 'address-failed' };
    case 'none':
      return { deeds: ['deferred'], known: true, reason: 'address-none' };
  }
}

/** Usable records apply: some address has to satisfy them, and the sender goes from one to the next. */
export function authenticate({ sessions }: TlsaView, source: string): Ruling {
  const surely = (session: Session): boolean =>
    sessions.some((address) => address.every((each) => each === session));
  const maybe = (session: Session): boolean =>
    sessions.some((address) => address.includes(session));
  const open = (reason: SessionReason): Ruling => ({
    deeds: ['authenticated', 'deferred'],
    known: false,
    reason,
    source,
  });
  if (surely('authenticated')) {
    return { deeds: ['authenticated'], known: true, reason: 'matches', source };
  }
  if (maybe('authenticated')) {
    return {
      deeds: ['authenticated', 'deferred'],
      known: true,
      reason: 'matches-sometimes',
      source,
    };
  }
  if (maybe('old-tls')) return open('old-tls');
  const failure = FAILURES.find(maybe);
  if (failure !== undefined) {
    return { deeds: ['deferred'], known: true, reason: failure, source };
  }
  return open(maybe('unreached') ? 'unreached' : 'not-probed');
}

/** TLS is a must, with whomever it is. */
export function encrypt({ sessions }: TlsaView, reason: Reason, source: string): Ruling {
  const agreed = (session: Session): boolean => TLS_AGREED.includes(session);
  if (sessions.some((address) => address.every(agreed))) {
    return { deeds: ['encrypted'], known: true, reason, source };
  }
  const open = (why: SessionReason): Ruling => ({
    deeds: ['encrypted', 'deferred'],
    known: false,
    reason: why,
    source,
  });
  const all = sessions.flat();
  if (all.includes('old-tls')) return open('old-tls');
  const failure = FAILURES.find((each) => all.includes(each));
  if (failure !== undefined) return { deeds: ['deferred'], known: true, reason: failure, source };
  return open(all.includes('unreached') ? 'unreached' : 'not-probed');
}

/** No DANE: with TLS or without, as the sender does with every other host. */
export function withoutDane({ sessions }: TlsaView, reason: Reason, source: string): Ruling {
  const all = sessions.flat();
  if (all.every((session) => session === 'unreached' || session === 'unknown')) {
    const why = all.includes('unreached') ? 'unreached' : reason;
    const known = why === reason;
    // Where nobody was spoken to it still is known that no DANE stands in the way.
    return { deeds: known ? ['no-dane'] : ['no-dane', 'deferred'], known, reason: why, source };
  }
  return { deeds: ['no-dane'], known: true, reason, source };
}

/** Wherever STARTTLS is asked for it is refused for good. */
export function refusesForGood({ sessions }: TlsaView): boolean {
  return sessions.every((address) => address.every((each) => each === 'refused-for-good'));
}

/** Why there are no records for this sender. */
export function absenceReason({ kind, by }: TlsaView): Reason {
  if (kind === 'not-asked') return 'host-insecure';
  if (kind === 'insecure') return 'tlsa-insecure';
  if (by === 'ancestor') return 'tlsa-absent-ancestor';
  return by === 'server' ? 'tlsa-absent-server' : 'tlsa-absent';
}

export function failureReason({ by }: TlsaView): Reason {
  return by === 'ancestor' ? 'tlsa-failed-ancestor' : 'tlsa-failed';
}

/** No records that can be used are there at all. */
export function isAbsent(kind: TlsaKind): boolean {
  return kind === 'absent' || kind === 'insecure' || kind === 'not-asked';
}

/** Worst known failure first. */
const FAILURES = ['mismatch', 'no-starttls', 'refused', 'refused-for-good', 'tls-failed'] as const;

const TLS_AGREED: readonly Session[] = ['authenticated', 'mismatch', 'encrypted'];
