/** What can differ between two reports of one domain: plain data, put into words elsewhere. */
import type { Finding, Severity } from '../findings/finding.ts';
import type { DomainOutcome, HostOutcome, ProbeFailure, Security } from '../inspection/report.ts';

export type Change =
  | { readonly kind: 'outcome'; readonly before: DomainOutcome; readonly now: DomainOutcome }
  | { readonly kind: 'host'; readonly host: string; readonly what: Coming }
  | {
      readonly kind: 'host-outcome';
      readonly host: string;
      readonly before: HostOutcome;
      readonly now: HostOutcome;
    }
  | {
      readonly kind: 'preference';
      readonly host: string;
      readonly before: number;
      readonly now: number;
    }
  /** How far the look-up of mail hosts, of a host's addresses, or of its records is proven. */
  | {
      readonly kind: 'security';
      readonly of: 'mx' | 'addresses' | 'tlsa';
      readonly subject: string;
      readonly before: LookUpState;
      readonly now: LookUpState;
    }
  | {
      readonly kind: 'address';
      readonly host: string;
      readonly address: string;
      readonly what: Coming;
    }
  /** `usage selector matchingType hex`. */
  | {
      readonly kind: 'record';
      readonly host: string;
      readonly owner: string;
      readonly record: string;
      readonly what: Coming;
    }
  | {
      readonly kind: 'certificate';
      readonly host: string;
      /** Null: it is presented besides those that were. */
      readonly before: PresentedCertificate | null;
      /** Null: it is presented no more. */
      readonly now: PresentedCertificate | null;
    }
  /** The same certificate, with others behind it. */
  | {
      readonly kind: 'issuers';
      readonly host: string;
      readonly come: readonly string[];
      readonly gone: readonly string[];
    }
  | {
      readonly kind: 'mail-server';
      readonly host: string;
      readonly address: string;
      readonly before: ServerState;
      readonly now: ServerState;
    }
  /** What one name server says about names that both runs asked it for. */
  | {
      readonly kind: 'name-server';
      readonly server: string;
      readonly address: string;
      readonly names: readonly {
        readonly name: string;
        readonly before: string;
        readonly now: string;
      }[];
    }
  | {
      readonly kind: 'zone-server';
      readonly zone: string;
      readonly server: string;
      readonly address: string;
      readonly what: Coming;
    }
  /** Key tags of the keys that the parent points to. */
  | {
      readonly kind: 'zone-keys';
      readonly zone: string;
      readonly come: readonly number[];
      readonly gone: readonly number[];
    }
  | {
      readonly kind: 'policy';
      readonly of: 'mta-sts' | 'tls-rpt';
      readonly before: string;
      readonly now: string;
    }
  | { readonly kind: 'finding'; readonly finding: Finding; readonly what: Coming }
  | {
      readonly kind: 'severity';
      readonly finding: Finding;
      readonly before: Severity;
      readonly now: Severity;
    };

export type Coming = 'new' | 'gone';
export type LookUpState = Security | 'failed';
/** `tls`: a session came about. */
export type ServerState = 'tls' | ProbeFailure;

export interface PresentedCertificate {
  readonly subject: string;
  readonly certSha256: string;
  readonly spkiSha256: string;
  /** ISO 8601 UTC. */
  readonly notBefore: string;
  readonly notAfter: string;
}

/** What could not be held against each other, and in which of the two runs it was not seen. */
export interface NotCompared {
  readonly what: 'everything' | 'hosts' | 'addresses' | 'records' | 'mail-servers' | 'policy';
  /** Null where it is the domain's. */
  readonly host: string | null;
  readonly missing: 'before' | 'now';
}

export type Mark = 'new' | 'changed';

export interface Changes {
  /** What decides about mail first. Empty: nothing changed. */
  readonly list: readonly Change[];
  readonly notCompared: readonly NotCompared[];
  /** What of the newer report is new or changed, by the keys of `mark-keys.ts`. */
  readonly marks: ReadonlyMap<string, Mark>;
  /** The two were asked another way, e.g. through a resolver or without mail servers. */
  readonly askedOtherwise: boolean;
}
