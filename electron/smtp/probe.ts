/** Takes one mail server through greeting, EHLO and STARTTLS to its certificates (RFC 3207, RFC 7672 §2.2). */
import type { ProbeFailure, ProbeStage, TranscriptLine } from '../../shared/inspection/report.ts';
import type { Network, TlsOptions, TlsSession } from '../net/network.ts';

export interface ProbeRequest {
  readonly network: Network;
  /** IPv4 or IPv6 literal. */
  readonly address: string;
  readonly port: number;
  /** SNI: the TLSA base domain (RFC 7672 §3.2.2); null sends none. */
  readonly serverName: string | null;
  /** What we call ourselves; see `isEhloName`. */
  readonly ehloName: string;
  /** Milliseconds that each stage may take in total, however busily the server talks. */
  readonly stageTimeoutMs: number;
  /** Offer only this kind of key; null offers the usual ones. */
  readonly keyTypes: TlsOptions['keyTypes'];
  readonly signal: AbortSignal;
}

export interface ProbeResult {
  readonly address: string;
  readonly serverName: string | null;
  /** The last stage reached; `done` when TLS came about. */
  readonly stage: ProbeStage;
  /** What ended it, or null when TLS 1.2 or better came about. */
  readonly failure: ProbeFailure | null;
  /** Plain sentence for `failure`. */
  readonly error: string | null;
  readonly banner: string | null;
  readonly starttls: 'offered' | 'missing' | 'refused' | null;
  readonly injected: boolean;
  /** Also there, beside a failure, when only TLS 1.0 or 1.1 came about. */
  readonly session: TlsSession | null;
  readonly transcript: readonly TranscriptLine[];
  readonly stages: readonly { readonly stage: ProbeStage; readonly durationMs: number }[];
}

/** Never rejects but with the signal's reason. One connection at a time to an address of a network. */
export async function probe(request: ProbeRequest): Promise<ProbeResult> {
  request.signal.throwIfAborted();
  return Promise.reject(new Error('not built yet'));
}
