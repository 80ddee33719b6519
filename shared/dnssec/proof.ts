/** What validation says of a piece of DNS data (RFC 4033 §5, RFC 4035 §4.3). */

export type Security = 'secure' | 'insecure' | 'bogus' | 'indeterminate';
