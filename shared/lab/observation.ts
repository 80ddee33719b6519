/** What the name server and the mail servers of the outbound test see, one thing at a time. */
import type { ScenarioId } from './scenario.ts';

export interface Observation {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly scenario: ScenarioId;
  readonly seen: DnsQuestion | MailStep;
}

/** A question to the name server about a name of the situation. */
export interface DnsQuestion {
  readonly kind: 'dns';
  /** Address that asked: the resolver. */
  readonly from: string;
  /** Lower case, without a trailing dot. */
  readonly name: string;
  /** Mnemonic. */
  readonly type: string;
  /** The DO bit (RFC 3225): the resolver wants signatures. */
  readonly dnssec: boolean;
  /** Another type than the sender needs, for a name above the one it needs (RFC 9156). */
  readonly minimised: boolean;
}

/** One step of one connection; those of a connection come in order. */
export interface MailStep {
  readonly kind: 'smtp';
  /** The same for all steps of a connection. */
  readonly connection: string;
  /** Address that connected: the sender. */
  readonly from: string;
  /** Which of the hosts of the situation: 1 is the best preferred. */
  readonly host: number;
  readonly step: SmtpStep;
}

export type SmtpStep =
  | { readonly name: 'connected' }
  | { readonly name: 'ehlo'; readonly greeting: string; readonly tls: boolean }
  | { readonly name: 'starttls' }
  | {
      readonly name: 'tls';
      /** `TLSv1.3` and so on. */
      readonly version: string;
      readonly cipher: string;
      /** Null when the client named no server. */
      readonly serverName: string | null;
    }
  /** The handshake was not finished. */
  | { readonly name: 'tls-failed'; readonly reason: string }
  | { readonly name: 'mail'; readonly tls: boolean }
  /** A recipient that the test made; `alias` is its local part. */
  | { readonly name: 'recipient'; readonly alias: string; readonly tls: boolean }
  /** The whole mail was taken. */
  | { readonly name: 'delivered'; readonly alias: string; readonly tls: boolean }
  /** A reply that was injected as plaintext was taken for a real one. */
  | { readonly name: 'injection-taken' }
  | { readonly name: 'quit' }
  /** By the other side, unless it is `cutOff`: ended by the test, since it went on for too long. */
  | { readonly name: 'closed'; readonly cutOff?: boolean | undefined };
