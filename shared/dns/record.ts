/** Resource records and RRsets (RFC 1035 §3.2, RFC 2181 §5). */
import type { Name } from './name.ts';

export interface ResourceRecord {
  readonly name: Name;
  /** RR TYPE, 0–65535. */
  readonly type: number;
  /** CLASS; 1 is IN. */
  readonly class: number;
  /** Seconds; 0 when the top bit was set (RFC 2181 §8). */
  readonly ttl: number;
  /** RDATA with compressed names expanded, case as received. */
  readonly rdata: Uint8Array;
}

/** Records of one name, class and type, no duplicates, at least one. */
export interface RRset {
  readonly name: Name;
  readonly type: number;
  readonly class: number;
  /** Seconds: the smallest TTL seen in the set. */
  readonly ttl: number;
  readonly records: readonly ResourceRecord[];
}

/** CLASS IN, the Internet. */
export const CLASS_IN = 1;
