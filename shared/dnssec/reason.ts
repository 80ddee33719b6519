/** Why a status is what it is: the first thing that failed (or the proof of insecurity). */

export interface Reason {
  /** The zone, name or RRset it is about, e.g. `mx.example.org/TLSA`. */
  readonly subject: string;
  /** One plain sentence for a person, without a trailing full stop. */
  readonly text: string;
  /** Extended DNS error that fits (RFC 8914 §4), or null. */
  readonly ede: number | null;
  /** The clause that decides, e.g. `RFC 4035 §5.3.1`; absent where none does. */
  readonly clause?: string;
  /** Address of the server whose answer it was; absent where it was not one server's. */
  readonly server?: string;
}

/** One line that says what, why, by which clause and from which server: `mx.example.org/A: the signature …`. */
export function reasonToText({ subject, text, clause, server }: Reason): string {
  const sources = [
    ...(clause === undefined ? [] : [clause]),
    ...(server === undefined ? [] : [`answer of ${server}`]),
  ];
  const words = /^[A-Z][a-z ]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
  return `${subject}: ${words}${sources.length === 0 ? '' : ` (${sources.join('; ')})`}`;
}

/** Something about a zone's signing that a person should know, whatever the status; becomes a finding. */
export interface Observation {
  /** A DNSSEC or server finding code of the catalogue. */
  readonly code: ObservationCode;
  /** Name or address it is about, as in `Name.key`. */
  readonly subject: string;
  /** Plain facts for the wording: key tags, times (ISO 8601), algorithm numbers, server addresses… */
  readonly parameters: Readonly<Record<string, string | number | boolean>>;
}

export type ObservationCode =
  | 'rrsig-expired'
  | 'rrsig-not-yet-valid'
  | 'rrsig-invalid'
  | 'rrsig-missing'
  | 'rrsig-expiring'
  | 'ds-mismatch'
  | 'dnskey-missing'
  | 'denial-invalid'
  | 'algorithm-deprecated'
  | 'algorithm-unsupported'
  | 'nsec3-iterations'
  | 'nsec3-opt-out'
  | 'limit-reached'
  | 'server-unresponsive'
  | 'server-lame'
  | 'server-no-edns'
  | 'server-no-tcp'
  | 'server-malformed'
  | 'server-udp-oversize';
