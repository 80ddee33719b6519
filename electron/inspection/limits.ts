/** Bounds on one inspection, whatever the servers say. */

/** Milliseconds for one domain, all in all; a person waits no longer. */
export const MAX_INSPECTION_MS = 60_000;

/** MX hosts looked at; real domains have at most some thirty. */
export const MAX_HOSTS = 50;

/** Addresses of one host that are spoken to; the largest providers list some twenty. */
export const MAX_ADDRESSES_PER_HOST = 32;

/** Authoritative addresses of one zone that are asked by themselves: 13 names, two families each (RFC 1035 §4.2.1's 512 octets hold no more names). */
export const MAX_SERVERS_PER_ZONE = 26;

/** Mail-server connections open at a time, all addresses together: polite, and within small file limits. */
export const MAX_OPEN_PROBES = 24;

/** TLSA records compared; more are cut off, as a sender's DNS answer would be. */
export const MAX_TLSA_RECORDS = 100;
