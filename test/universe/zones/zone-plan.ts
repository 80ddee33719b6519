// The shape in which a zone of the universe is written down: zone-file lines (RFC 1035 §5), who serves it, and what is wrong with it.
import { SMTP_PORT, type ServerKey } from '../address-plan.ts';
import type { MailFault } from '../mail-faults.ts';

export interface ZonePlan {
  /** Without the trailing dot; '' is the root. */
  readonly name: string;
  /**
   * Zone-file lines relative to the zone. `{mx}` is the address of listener `mx`, and `{mx@other.test}` that of another zone's;
   * `TLSA 3 1 1 {mx.leaf}` is computed from its certificate (`leaf`, `issuer`, `rsa`: the leaf with the
   * second key, or `former`: one never presented).
   */
  readonly records: string;
  readonly listeners?: Readonly<Record<string, Listener>>;
  readonly algorithm?: SigningAlgorithm;
  readonly denial?: 'nsec' | 'nsec3' | 'nsec3-opt-out' | 'none';
  /** One key for everything, or a key-signing and a zone-signing key (RFC 6781 §3.1). */
  readonly keys?: 'single' | 'split';
  /** Host names (relative unless they end in a dot) and what answers there; default: ns1 and ns2 at both hosting servers. */
  readonly servers?: Readonly<Record<string, ServerKey>>;
  readonly delegation?: 'signed' | 'unsigned' | 'wrong-digest' | 'unknown-digest-type';
  readonly signatureFaults?: readonly SignatureFault[];
  /** The lines that the server `variant` has instead of `records`, signed by the same key. */
  readonly variantRecords?: string;
  /** Its SOA serial, when it is not that of the other servers. */
  readonly variantSerial?: number;
  /** It has a further key, which signs beside the one that all servers have. */
  readonly variantKey?: true;
  /** TLSA records can be changed with nsupdate: BIND signs the zone itself at `host-a`, and `host-b` fetches it from there. */
  readonly updates?: true;
}

export type SigningAlgorithm =
  'RSASHA256' | 'RSASHA512' | 'ECDSAP256SHA256' | 'ECDSAP384SHA384' | 'ED25519' | 'ED448';

export interface SignatureFault {
  /** `owner TYPE`, the owner relative to the zone, or `*` for every signature of the zone. */
  readonly at: string;
  readonly fault: 'altered' | 'expired' | 'future' | 'removed';
}

export interface Listener {
  readonly presents: Presentation;
  /** The host this address belongs to, relative to the zone; default: the listener's own name. */
  readonly host?: string;
  readonly ipv6?: boolean;
  /** Who answers; default: Postfix. */
  readonly by?: 'exim' | 'full-backlog' | MailFault;
}

/**
 * What a client meets at the address: a certificate by an issuing CA (with that CA sent along unless `-alone`),
 * a self-signed one, a mail server without TLS, or nothing at all. `-twice`: one with an ECDSA key and one with an RSA key.
 */
export type Presentation =
  | 'issued'
  | 'issued-alone'
  | 'issued-other-name'
  | 'issued-expired'
  | 'self-signed'
  | 'self-signed-expired'
  | 'self-signed-twice'
  | 'issued-twice'
  /** Names with control characters in them. */
  | 'hostile-names'
  /** An RSA key of 8192 bits. */
  | 'huge-key'
  /** Behind the leaf a certificate that names itself its issuer, with a key of 65,536 bits that signed nothing. */
  | 'huge-issuer'
  | 'no-starttls'
  | 'nothing';

/** Left part of every TLSA owner name here (RFC 6698 §3). */
export const TLSA_PREFIX = `_${SMTP_PORT}._tcp`;
