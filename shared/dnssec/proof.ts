/** What validation says of a piece of DNS data (RFC 4033 §5, RFC 4035 §4.3). */
import type { Reason } from './reason.ts';

export type Security = 'secure' | 'insecure' | 'bogus' | 'indeterminate';

/** Data that cannot be read without its status being looked at. */
export type Proven<T> =
  | { readonly status: 'secure'; readonly value: T }
  | { readonly status: 'insecure'; readonly value: T; readonly reason: Reason }
  | { readonly status: 'bogus'; readonly reason: Reason }
  | { readonly status: 'indeterminate'; readonly reason: Reason };
