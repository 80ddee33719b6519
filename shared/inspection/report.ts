/** The report of one domain: plain data, the document of `check --json` and what the window shows. */
import type { Finding } from '../findings/finding.ts';
import type { Observation } from '../dnssec/reason.ts';

export type Security = 'secure' | 'insecure' | 'bogus' | 'indeterminate';

export type HostOutcome =
  | 'pending'
  | 'authenticated'
  | 'encrypted-only'
  | 'opportunistic'
  | 'deferred'
  | 'unreachable'
  | 'gone';

export type DomainOutcome =
  'pending' | 'secure' | 'partial' | 'insecure' | 'degraded' | 'broken' | 'unknown' | 'no-mail';

export interface Report {
  readonly schemaVersion: 1;
  /** Lower-case A-labels, no trailing dot; like every name below. */
  readonly domain: string;
  /** The instant of judgement, ISO 8601 UTC. */
  readonly at: string;
  readonly startedAt: string;
  readonly durationMs: number;
  /** DNS queries sent. */
  readonly queries: number;
  /** `pending` only while events are still to come. */
  readonly outcome: DomainOutcome;
  /** One plain sentence: what senders will do with mail to this domain. */
  readonly summary: string;
  readonly mx: MxReport;
  readonly hosts: readonly HostReport[];
  readonly findings: readonly Finding[];
  readonly policy: { readonly mtaSts: MtaStsReport; readonly tlsRpt: TlsRptReport };
  readonly zones: readonly ZoneReport[];
  /** What every authoritative server of the zones that matter answers by itself. */
  readonly surveys: readonly ZoneSurvey[];
  /** How it was asked: resolver mode, ports; and the program's version. */
  readonly tool: {
    readonly version: string;
    readonly resolver: string;
    readonly smtpPort: number;
    /** That name servers were asked at; left out where it is 53. */
    readonly dnsPort?: number | undefined;
    /** False: DNS only, no mail server was spoken to. */
    readonly smtp: boolean;
    /** `HOST:PORT` of the SOCKS proxy that mail servers were reached through. */
    readonly proxy?: string | undefined;
    /** Judged by trust anchors that were given: nothing is proven by the root's keys. Left out where it is by those. */
    readonly ownTrust?: boolean | undefined;
  };
  /** What the resolver noticed on the way; each has become a finding. */
  readonly observations: readonly Observation[];
  /** What is being done now; null before the start and after the end. */
  readonly step: string | null;
  /** No more events will come. */
  readonly finished: boolean;
}

/** MTA-STS as senders find it (RFC 8461): the TXT record, then the policy file. */
export interface MtaStsReport {
  /** False until it has been looked at, or where it was left out (`--no-smtp`, no mail). */
  readonly checked: boolean;
  /** The TXT record at `_mta-sts.`; null when there is none. */
  readonly record: string | null;
  /** Its `id`; null when it cannot be read. */
  readonly id: string | null;
  /** Security of the TXT look-up. */
  readonly security: Security | null;
  readonly policy: {
    readonly mode: 'enforce' | 'testing' | 'none';
    /** Seconds. */
    readonly maxAge: number;
    /** Patterns, as written: a host name, or one with `*.` in front. */
    readonly mx: readonly string[];
  } | null;
  /** MX hosts that no pattern covers (RFC 8461 §4.1). */
  readonly uncovered: readonly string[];
  /** Plain words: why senders cannot use it; null when they can, or when there is none. */
  readonly problem: string | null;
}

/** TLS reporting (RFC 8460 §3): the TXT record at `_smtp._tls.`. */
export interface TlsRptReport {
  readonly checked: boolean;
  readonly record: string | null;
  /** Report addresses, `mailto:` or `https:`. */
  readonly rua: readonly string[];
  readonly security: Security | null;
  readonly problem: string | null;
}

export interface MxReport {
  readonly security: Security;
  readonly records: readonly { readonly preference: number; readonly exchange: string }[];
  /** No MX RRset: the domain itself is the host (RFC 5321 §5.1). */
  readonly implicit: boolean;
  /** RFC 7505. */
  readonly null: boolean;
  /** The name does not exist, securely or not. */
  readonly nonexistent: boolean;
  /** No usable answer, or a bogus one. */
  readonly failed: boolean;
  /** Nobody answered even for the root: it is this machine's network, not the domain. */
  readonly networkDown?: boolean | undefined;
  readonly lookUp: LookUpReport | null;
}

export interface HostReport {
  readonly name: string;
  readonly preference: number;
  readonly outcome: HostOutcome;
  /** Plain sentence: why this outcome. */
  readonly because: string;
  /** Weakest of the host's address look-ups. */
  readonly security: Security;
  readonly addresses: readonly AddressReport[];
  readonly tlsa: TlsaReport;
  readonly ancestors: readonly AncestorReport[];
  /** A and AAAA. */
  readonly lookUps: readonly LookUpReport[];
  /** What the address look-ups came to; null until they are done. */
  readonly resolution: AddressResolution | null;
  /** Ancestors have been asked for, or rightly were not. */
  readonly ancestorsDone: boolean;
}

export interface AddressResolution {
  /** No usable answer (bogus included) for A, for AAAA. */
  readonly failed: { readonly a: boolean; readonly aaaa: boolean };
  /** The name the MX target is an alias for, when it is one. */
  readonly alias: string | null;
}

export interface AddressReport {
  readonly address: string;
  readonly family: 4 | 6;
  readonly security: Security;
  readonly probes: readonly ProbeReport[];
}

export interface ProbeReport {
  /** What this handshake offered: the usual, the keys of one kind only, or no SNI. */
  readonly offer: ProbeOffer;
  /** `file`: a chain given by the user stands in for the server's own. */
  readonly source: 'network' | 'file';
  /** TLS came about. */
  readonly ok: boolean;
  /** Plain sentence of what ended it, or null. */
  readonly error: string | null;
  /** Last stage reached. */
  readonly stage: ProbeStage;
  readonly failure: ProbeFailure | null;
  readonly banner: string | null;
  readonly starttls: 'offered' | 'missing' | 'refused' | null;
  /** Plaintext arrived behind the 220 to STARTTLS and was thrown away. */
  readonly injected: boolean;
  readonly tlsVersion: string | null;
  readonly cipher: string | null;
  /** E.g. `RSA 2048`, `ECDSA P-256`, `Ed25519`. */
  readonly keyType: string | null;
  readonly sni: string | null;
  readonly chain: readonly CertificateReport[];
  /** The chain is the exact list the server sent. */
  readonly chainExact: boolean;
  /** How the certificates sent stand to one another; null without a chain. */
  readonly chainShape: ChainShape | null;
  /** What a sender without DANE that checks the Web PKI's names and dates would find; plain words or null. */
  readonly pkix: string | null;
  readonly transcript: readonly TranscriptLine[];
  readonly stages: readonly { readonly stage: ProbeStage; readonly durationMs: number }[];
  /** How each TLSA record (same order as `tlsa.records`) fares against this chain; empty without TLSA. */
  readonly associations: readonly AssociationReport[];
  /** Whether this chain satisfies the RRset; null when there is nothing to satisfy. */
  readonly verdict: 'authenticated' | 'encrypted-only' | 'failed' | null;
}

/**
 * `rsa`, `ecdsa` and `eddsa` offer the signature algorithms of key types not seen before, the named one
 * first (EdDSA goes along with the other two while it was not seen). `no-sni` is for comparison only:
 * senders with DANE send SNI (RFC 7672 §8.1), so it decides nothing.
 */
export type ProbeOffer = 'usual' | 'rsa' | 'ecdsa' | 'eddsa' | 'no-sni';

/** RFC 8446 §4.4.2: leaf first, each next one certifying the one before; extras are allowed, and told. */
export interface ChainShape {
  /** Each certificate of the leaf's path comes right behind the one that it certifies. */
  readonly ordered: boolean;
  /** Depths of certificates that take no part in the leaf's path. */
  readonly superfluous: readonly number[];
  /** Depths that repeat an earlier certificate. */
  readonly duplicates: readonly number[];
  /** Issuer that the path's last certificate names but the server did not send; null when self-signed at the end. */
  readonly missingIssuer: string | null;
}

export type ProbeStage = 'connect' | 'greeting' | 'ehlo' | 'starttls' | 'tls' | 'done';

export type ProbeFailure =
  | 'private-address'
  | 'timeout'
  | 'refused'
  | 'unreachable'
  | 'closed'
  | 'rejected'
  | 'protocol'
  | 'starttls-missing'
  | 'starttls-refused'
  | 'tls-failed'
  | 'limit'
  /** The way there failed, not the server: our SOCKS proxy. */
  | 'proxy'
  /** The server does TLS of a kind that our library lacks: nothing is known of what senders find. */
  | 'unsupported'
  /** Left out by choice: only the other address family was asked for. */
  | 'skipped';

export interface TranscriptLine {
  /** `note` is ours, e.g. `TLS 1.3 agreed`. */
  readonly from: 'server' | 'client' | 'note';
  readonly text: string;
  /** Milliseconds since the connection was begun. */
  readonly atMs: number;
}

export interface CertificateReport {
  readonly subject: string;
  readonly issuer: string;
  /** ISO 8601 UTC. */
  readonly notBefore: string;
  readonly notAfter: string;
  /** DNS names of the subjectAltName; the CN only when there is none. */
  readonly names: readonly string[];
  readonly keyType: string;
  readonly isAuthority: boolean;
  readonly selfSigned: boolean;
  readonly serial: string;
  readonly spkiSha256: string;
  readonly certSha256: string;
  readonly pem: string;
}

export interface AssociationReport {
  readonly usable: boolean;
  readonly matches: boolean;
  readonly matchedDepth: number | null;
  readonly code: string;
  readonly reason: string;
}

export interface TlsaReport {
  /** Owner asked, e.g. `_25._tcp.mx.example.org`. */
  readonly name: string;
  readonly baseDomain: string;
  /** Alias chain of the owner name, if any. */
  readonly cname: readonly string[];
  /** null until the look-up is done. */
  readonly security: Security | null;
  readonly rcode: string | null;
  readonly ttl: number | null;
  /** No answer that can be used: SERVFAIL, time-out…; a sender defers. */
  readonly failed: boolean;
  readonly records: readonly TlsaRecordReport[];
  readonly rolloverScheme: RolloverScheme;
  readonly lookUp: LookUpReport | null;
  /** The look-up is done, or rightly was not made. */
  readonly done: boolean;
  /** False where a sender would not look, since the host's addresses are not secure (RFC 7672 §2.2.2). */
  readonly applies: boolean;
  /** Apex of the zone that holds the records, and its SOA REFRESH in seconds; null when not known. */
  readonly zone: string | null;
  readonly soaRefresh: number | null;
  /** Seconds that a cache may keep the absence of the records: its SOA MINIMUM (RFC 2308 §4); null when not known. */
  readonly negativeTtl: number | null;
  /** Authoritative servers that were not asked, by name or address: what all show is not known then. */
  readonly unasked: readonly string[];
  /** What each authoritative server answered, when they were asked. */
  readonly servers: readonly TlsaServerReport[];
}

export type RolloverScheme = 'current+next' | 'current+issuer' | 'issuer-only' | 'single' | 'none';

export interface TlsaRecordReport {
  readonly usage: number;
  readonly selector: number;
  readonly matchingType: number;
  /** Lower-case hex. */
  readonly data: string;
  readonly usable: boolean;
  /** Matches at every address that answered with a chain. */
  readonly matches: boolean;
  readonly matchedDepth: number | null;
  readonly role: 'current' | 'issuer' | 'next-or-stale';
  /** For one that matches nothing: what its data turned out to be; null when it cannot be told. */
  readonly identity: RecordIdentity | null;
}

/** What the data of a record that does not match really is. */
export interface RecordIdentity {
  readonly kind:
    | 'certificate'
    | 'key'
    /** A digest of the PEM text, not of the DER octets, of certificate or key. */
    | 'pem-certificate'
    | 'pem-key'
    /** A digest of nothing at all: a script's pipe was empty. */
    | 'empty-input';
  /** The digest that it is, or the octets themselves. */
  readonly algorithm: 'SHA2-256' | 'SHA2-512' | 'Full';
  /** Where it was seen: MX host and depth in its chain; null for `empty-input`. */
  readonly host: string | null;
  readonly depth: number | null;
  readonly subject: string | null;
  /** `usage selector matchingType` that would have been right for the place; null where none would. */
  readonly meant: string | null;
  /** The whole record that is right, without owner; null where none would be. */
  readonly record: string | null;
}

export interface TlsaServerReport {
  readonly server: string;
  readonly address: string;
  readonly rcode: string;
  readonly security: Security;
  /** `usage selector matchingType hex`, sorted. */
  readonly records: readonly string[];
  /** The worst that the chains seen come to under this server's RRset; null while there is none. */
  readonly verdict: ProbeReport['verdict'];
  /** Set where the same address says something else over the other transport. */
  readonly transport?: 'udp' | 'tcp' | undefined;
  /** Seconds, of its RRset; not set where it shows none. */
  readonly ttl?: number | undefined;
}

/** One ancestor of the TLSA name at one authoritative address. */
export interface AncestorReport {
  readonly name: string;
  /** Server's host name. */
  readonly server: string;
  readonly address: string;
  /** Mnemonic, or `TIMEOUT`, `REFUSED`… when there was no usable answer. */
  readonly rcode: string;
  readonly security: Security;
  readonly ok: boolean;
  /** Finding code when not ok. */
  readonly fault:
    'ancestor-nxdomain' | 'ancestor-denied' | 'ancestor-bogus' | 'ancestor-lookup-failed' | null;
  /** The denial (if any) validated. */
  readonly proven: boolean;
  /** An NSEC or NSEC3 of the answer covers a name that exists. */
  readonly covers: boolean;
  /** Those names. */
  readonly coveredNames: readonly string[];
  /** What it answered: `answer`, `empty`, `nxdomain`, `none`. */
  readonly answer: 'answer' | 'empty' | 'nxdomain' | 'none';
  readonly reason: string;
  /** The response in hex, for the raw pane; empty when none. */
  readonly raw: string;
  /** Every question behind this cell: QTYPE A and NS (TLSA at the TLSA name), over UDP and TCP. */
  readonly questions: readonly ServerQuestion[];
}

/** One question to one authoritative address over one transport, and what came back. */
export interface ServerQuestion {
  readonly name: string;
  readonly type: string;
  readonly transport: 'udp' | 'tcp';
  /** Mnemonic, or `TIMEOUT`, `UNREACHABLE`, `MALFORMED`… when there was no usable answer. */
  readonly rcode: string;
  readonly answer: 'answer' | 'empty' | 'nxdomain' | 'referral' | 'none';
  /** Of this very answer. */
  readonly security: Security;
  /** Plain words: what is wrong with it, or why it is not secure; empty when nothing is. */
  readonly reason: string;
  /** Octets of the response; null when none came. */
  readonly size: number | null;
  readonly authoritative: boolean;
  readonly truncated: boolean;
  /** The response carries an OPT record (RFC 6891 §6.1.1). */
  readonly edns: boolean;
  /** The response carries a signature (RRSIG), valid or not. */
  readonly signed: boolean;
  /** The RRset of the type asked, in presentation form, sorted; `CNAME target` where an alias came instead. */
  readonly records: readonly string[];
  /** The response in hex; empty when none. */
  readonly raw: string;
}

/** All authoritative addresses of one zone, each asked by itself. */
export interface ZoneSurvey {
  readonly zone: string;
  readonly security: Security;
  readonly servers: readonly {
    readonly server: string;
    readonly address: string;
    /** SOA, DNSKEY and, where they live in this zone, MX, A, AAAA and TLSA; ancestors are in the grid. */
    readonly questions: readonly ServerQuestion[];
  }[];
}

/** The document of `resolve --json`. */
export interface LookUpReport {
  readonly name: string;
  readonly type: string;
  readonly rcode: string;
  readonly security: Security;
  readonly answers: readonly {
    readonly name: string;
    readonly type: string;
    readonly ttl: number;
    readonly data: string;
  }[];
  readonly reason: string | null;
  readonly ede: number | null;
  readonly chain: readonly ZoneReport[];
}

export interface ZoneReport {
  readonly zone: string;
  readonly security: Security;
  readonly reason: string | null;
  readonly ds: readonly {
    readonly keyTag: number;
    readonly algorithm: number;
    readonly digestType: number;
    readonly digest: string;
  }[];
  readonly dnskeys: readonly {
    readonly keyTag: number;
    readonly algorithm: number;
    readonly flags: number;
    readonly secureEntryPoint: boolean;
  }[];
  readonly signedBy: number | null;
  /** Validity of the signature over the DNSKEY RRset, ISO 8601 UTC. */
  readonly signature: { readonly inception: string; readonly expiration: string } | null;
  readonly servers: readonly { readonly name: string; readonly address: string }[];
}
