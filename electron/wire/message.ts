/** A DNS message as decoded or to be encoded (RFC 1035 §4.1, RFC 6891 §6.1). */
import type { Name } from '../../shared/dns/name.ts';
import type { ResourceRecord } from '../../shared/dns/record.ts';

export interface Message {
  readonly id: number;
  readonly flags: Flags;
  /** The extended code where EDNS is present (RFC 6891 §6.1.3). */
  readonly rcode: number;
  readonly questions: readonly Question[];
  readonly answers: readonly ResourceRecord[];
  readonly authorities: readonly ResourceRecord[];
  /** Without the OPT record, which is `edns`. */
  readonly additionals: readonly ResourceRecord[];
  readonly edns: Edns | null;
}

export interface Flags {
  /** QR: this is a response. */
  readonly response: boolean;
  readonly opcode: number;
  readonly authoritative: boolean;
  readonly truncated: boolean;
  readonly recursionDesired: boolean;
  readonly recursionAvailable: boolean;
  readonly authenticData: boolean;
  readonly checkingDisabled: boolean;
}

export interface Question {
  readonly name: Name;
  readonly type: number;
  readonly class: number;
}

export interface Edns {
  /** Octets of the largest datagram that the sender takes. */
  readonly udpSize: number;
  readonly version: number;
  readonly dnssecOk: boolean;
  readonly options: readonly EdnsOption[];
}

export interface EdnsOption {
  readonly code: number;
  readonly data: Uint8Array;
}

/** QUERY (RFC 1035 §4.1.1). */
export const OPCODE_QUERY = 0;
/** Octets of the fixed header (RFC 1035 §4.1.1). */
export const HEADER_OCTETS = 12;
/** Octets of an answer to a query without EDNS (RFC 1035 §4.2.1). */
export const PLAIN_UDP_OCTETS = 512;
/** Octets that every path carries in one piece: the DNS flag day value, BIND's and Unbound's default. */
export const EDNS_UDP_OCTETS = 1232;
