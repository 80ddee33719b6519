/** Bounds on one inspection, whatever the servers say. */

/** Milliseconds for one domain, all in all; a person waits no longer. */
export const MAX_INSPECTION_MS = 60_000;

/** MX hosts looked at; real domains have at most some thirty. */
export const MAX_HOSTS = 50;

/** Addresses of one host that are spoken to; the largest providers list some twenty. */
export const MAX_ADDRESSES_PER_HOST = 32;

/** Authoritative addresses of one zone that are asked by themselves: 13 names, two families each (RFC 1035 §4.2.1's 512 octets hold no more names). */
export const MAX_SERVERS_PER_ZONE = 26;

/** Mail-server connections open at a time unless told otherwise, all addresses together: polite, and within small file limits. */
export const MAX_OPEN_PROBES = 24;

/** TLSA records compared; more are cut off, as a sender's DNS answer would be. */
export const MAX_TLSA_RECORDS = 100;

/** Questions to single name servers for one domain: with its look-ups it stays below 200 queries. */
export const MAX_SURVEY_QUERIES = 150;

/** So many MX hosts fit within them; each further one may cost this much more. */
export const HOSTS_WITHIN_SURVEY_QUERIES = 3;
export const SURVEY_QUERIES_PER_FURTHER_HOST = 40;

/** Datagrams to one name server at a time: a server that limits its rate must not take us for an attack. */
export const MAX_OPEN_QUESTIONS_PER_SERVER = 16;

/** Names from a TLSA name up to its apex: resolvers minimise in ten steps at most (RFC 9156 §2.3), the name itself is one more. */
export const MAX_NAMES_TO_APEX = 11;

/** Octets of a response that are kept to be shown: any packet of a real server, not 64 KiB from a hostile one. */
export const MAX_RAW_OCTETS = 4096;

/** Records of one answer that are kept to be compared and shown. */
export const MAX_SURVEY_RECORDS = 100;

/** Milliseconds for MTA-STS and TLS reporting, beside everything else: policies must not hold up a verdict. */
export const MAX_POLICY_MS = 15_000;

/** TXT records at one name that are read: one is right, and what is there by mistake is not many. */
export const MAX_TXT_RECORDS = 100;
