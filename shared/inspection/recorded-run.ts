/** Everything that one inspection was told from outside, so that it can be gone through again without a network. */
import type { Failure } from '../failure.ts';
import type { InspectionEvent } from './event.ts';
import type { ChainText } from './given-chains.ts';
import type { ProbeFailure, ProbeOffer, ProbeStage, TranscriptLine } from './report.ts';

/** Plain data; octets are hexadecimal digits. */
export interface RecordedRun {
  readonly settings: RecordedSettings;
  /** What was told when it was run. */
  readonly events: readonly InspectionEvent[];
  readonly exchanges: readonly RecordedExchange[];
  readonly connections: readonly RecordedConnection[];
  readonly probes: readonly RecordedProbe[];
  readonly policyFiles: readonly RecordedPolicyFile[];
}

/** What decides, beside the answers, which questions are put and how the answers are judged. */
export interface RecordedSettings {
  readonly domain: string;
  /** Of the program that ran it. */
  readonly version: string;
  /** Milliseconds since the epoch: when it began, and the instant of judgement. */
  readonly startedAt: number;
  readonly at: number;
  /** Zone-file text. */
  readonly rootHints: string;
  readonly trustAnchors: string;
  readonly resolver: { readonly address: string; readonly port: number } | null;
  readonly dnsPort: number;
  readonly smtpPort: number;
  readonly timeoutMs: number;
  readonly families: readonly (4 | 6)[];
  readonly smtp: boolean;
  readonly allowPrivate: boolean;
  readonly maxConnections: number;
  readonly withoutSni: boolean;
  readonly chains: readonly ChainText[];
  /** `HOST:PORT`, without credentials. */
  readonly proxy: string | null;
  /** What chance was drawn from: the same questions get the same identifiers again. */
  readonly seed: string;
}

/** One query to a name server and all that came of it; over TCP with the two octets of length in front. */
export interface RecordedExchange {
  readonly transport: 'udp' | 'tcp';
  readonly address: string;
  readonly port: number;
  readonly query: string;
  readonly answers: readonly { readonly afterMs: number; readonly octets: string }[];
  /** How the wait ended without an answer; `failure` is null where the server closed the connection. */
  readonly end: { readonly afterMs: number; readonly failure: Failure | null } | null;
}

/** One attempt to connect to a name server. */
export interface RecordedConnection {
  readonly address: string;
  readonly port: number;
  readonly afterMs: number;
  /** Null when it came about. */
  readonly failure: Failure | null;
}

/** One conversation with a mail server. */
export interface RecordedProbe {
  readonly address: string;
  readonly port: number;
  readonly serverName: string | null;
  readonly keyTypes: readonly ('rsa' | 'ecdsa' | 'eddsa')[] | null;
  readonly afterMs: number;
  readonly result: RecordedProbeResult;
}

export interface RecordedProbeResult {
  readonly address: string;
  readonly offer: ProbeOffer;
  readonly source: 'network' | 'file';
  readonly serverName: string | null;
  readonly stage: ProbeStage;
  readonly failure: ProbeFailure | null;
  readonly turnedDown?: boolean;
  readonly error: string | null;
  readonly banner: string | null;
  readonly starttls: 'offered' | 'missing' | 'refused' | null;
  readonly injected: boolean;
  readonly session: {
    readonly version: string;
    readonly cipher: string;
    /** DER, as sent. */
    readonly presented: readonly string[];
    readonly exact: boolean;
  } | null;
  readonly transcript: readonly TranscriptLine[];
  readonly stages: readonly { readonly stage: ProbeStage; readonly durationMs: number }[];
  /** What the server said in going, and how long after; null where nobody waited to the end. */
  readonly parting: { readonly afterMs: number; readonly words: string | null } | null;
}

export interface RecordedPolicyFile {
  readonly host: string;
  readonly afterMs: number;
  readonly file:
    | { readonly kind: 'file'; readonly text: string }
    | { readonly kind: 'failed'; readonly reason: string };
}
