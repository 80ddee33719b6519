/** Why a status is what it is: the first thing that failed (or the proof of insecurity). */

export interface Reason {
  /** The zone, name or RRset it is about, e.g. `mx.example.org/TLSA`. */
  readonly subject: string;
  /** One plain sentence for a person, without a trailing full stop. */
  readonly text: string;
  /** Extended DNS error that fits (RFC 8914 §4), or null. */
  readonly ede: number | null;
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
