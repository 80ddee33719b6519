/** What the window asks about the test of a sender, and is told of it while it runs. */
import type { Advice } from '../lab/listening-words.ts';
import type { AlgorithmNumber } from '../lab/place.ts';
import type { SelfCheck } from '../lab/self-check.ts';
import type { TestReport } from '../lab/test-report.ts';

export interface OutboundRequests {
  'outbound:read': { readonly payload: null; readonly reply: OutboundState };
  /** One that still waits for something goes on; else a new one begins. */
  'outbound:start': { readonly payload: OutboundWish; readonly reply: OutboundStart };
  /** Other recipients, while the servers stay; where none run, all stays as it is. */
  'outbound:again': { readonly payload: null; readonly reply: OutboundState };
  'outbound:stop': { readonly payload: null; readonly reply: OutboundState };
  /** Whether a resolver finds and trusts the test’s zone: `ADDRESS` or `ADDRESS#PORT`; null asks those of this machine. */
  'outbound:check': {
    readonly payload: { readonly resolver: string | null };
    readonly reply: ResolverChecks;
  };
}

export interface OutboundEvents {
  'outbound:changed': OutboundState;
}

/** As typed. */
export interface OutboundWish {
  readonly base: string;
  /** `ADDRESS` or `ADDRESS#PORT` */
  readonly nameServer: string;
  /** Of the mail servers: addresses and ranges, with commas between them. */
  readonly addresses: string;
  /** The port that senders connect to. */
  readonly smtpPort: number;
  /** Where the mail servers listen, if something leads that port there. */
  readonly listenPort: number;
  /** Null takes that of the key that was kept, or the usual one. */
  readonly algorithm: AlgorithmNumber | null;
  /** After which silence counts. */
  readonly seconds: number;
  /** The person has said yes to being reached by other machines; never kept, so that each start asks. */
  readonly open: boolean;
}

export type OutboundState =
  | {
      readonly kind: 'stopped';
      /** The last one, or the usual one. */
      readonly wish: OutboundWish;
      /** What is wrong with what is kept, or why it stopped by itself, in plain words; null when nothing. */
      readonly problem: string | null;
    }
  | {
      readonly kind: 'running';
      readonly wish: OutboundWish;
      readonly problem: string | null;
      /** It was begun before this start of the servers. */
      readonly goesOn: boolean;
      /** The one that was named to be checked last, as it was typed; null when none was. */
      readonly resolver: string | null;
      readonly report: TestReport;
    };

export type OutboundStart =
  | { readonly kind: 'started'; readonly state: OutboundState }
  /** What was typed there cannot be used: one sentence. */
  | { readonly kind: 'refused'; readonly field: keyof OutboundWish; readonly message: string }
  /** Other machines could reach it: asked before anything is opened, with one sentence. */
  | { readonly kind: 'asks'; readonly question: string }
  | { readonly kind: 'cannot-listen'; readonly advice: Advice }
  /** Anything else, in one sentence. */
  | { readonly kind: 'failed'; readonly message: string };

export interface ResolverChecks {
  readonly checks: readonly ResolverCheck[];
  /** Why nothing could be asked; null when something was. */
  readonly problem: string | null;
}

export interface ResolverCheck extends SelfCheck {
  /** `ADDRESS#PORT` */
  readonly resolver: string;
}
