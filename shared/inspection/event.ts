/** What an inspection tells as it goes; `fold` makes the report of it. Plain data: it crosses IPC. */
import type { Observation } from '../dnssec/reason.ts';
import type {
  AddressReport,
  AncestorReport,
  LookUpReport,
  MtaStsReport,
  MxReport,
  ProbeReport,
  RecordIdentity,
  Security,
  TlsaReport,
  TlsRptReport,
  ZoneReport,
  ZoneSurvey,
} from './report.ts';

export type InspectionEvent =
  | {
      readonly kind: 'started';
      readonly domain: string;
      readonly at: string;
      readonly startedAt: string;
      readonly version: string;
      readonly resolver: string;
      readonly smtpPort: number;
      /** Of the name servers; left out where it is 53. */
      readonly dnsPort?: number;
      readonly smtp: boolean;
      /** `HOST:PORT` of the SOCKS proxy in use. */
      readonly proxy?: string;
      /** By trust anchors that were given; left out where it is by the root's own. */
      readonly ownTrust?: boolean;
    }
  /** What is being done now, for the status line. */
  | {
      readonly kind: 'progress';
      readonly step: string;
      readonly queries: number;
      readonly elapsedMs: number;
    }
  /** Every DNSSEC or server observation, whatever look-up it came from. */
  | { readonly kind: 'observed'; readonly observations: readonly Observation[] }
  | { readonly kind: 'zones'; readonly zones: readonly ZoneReport[] }
  | {
      readonly kind: 'mx';
      readonly mx: MxReport;
      /** The name does not exist, securely or not. */
      readonly nonexistent: boolean;
      readonly failed: boolean;
    }
  | {
      readonly kind: 'addresses';
      readonly host: string;
      readonly security: Security;
      readonly addresses: readonly AddressReport[];
      readonly lookUps: readonly LookUpReport[];
      /** No usable answer for A, for AAAA. */
      readonly failed: { readonly a: boolean; readonly aaaa: boolean };
      /** The name the MX target is an alias for, when it is one. */
      readonly alias: string | null;
    }
  | { readonly kind: 'tlsa'; readonly host: string; readonly tlsa: TlsaReport }
  | {
      readonly kind: 'ancestors';
      readonly host: string;
      readonly ancestors: readonly AncestorReport[];
      readonly tlsaServers: TlsaReport['servers'];
    }
  /** How long the secondaries of the zone that holds the TLSA records may lag, and absence be kept. */
  | {
      readonly kind: 'zone-refresh';
      readonly host: string;
      readonly zone: string;
      readonly soaRefresh: number | null;
      readonly negativeTtl: number | null;
      readonly unasked: readonly string[];
    }
  /** A probe, or the same probe judged again; the `index`-th of this address. */
  | {
      readonly kind: 'probe';
      readonly host: string;
      readonly address: string;
      readonly index: number;
      readonly probe: ProbeReport;
    }
  /** What each authoritative server of a zone answers by itself; told again when more is known. */
  | { readonly kind: 'survey'; readonly survey: ZoneSurvey }
  /** What unmatched records of a host turned out to be, in the order of `tlsa.records`. */
  | {
      readonly kind: 'identities';
      readonly host: string;
      readonly identities: readonly (RecordIdentity | null)[];
    }
  | { readonly kind: 'policy'; readonly mtaSts: MtaStsReport; readonly tlsRpt: TlsRptReport }
  | { readonly kind: 'finished'; readonly durationMs: number; readonly queries: number };
