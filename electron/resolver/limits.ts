/** Bounds on a look-up, so that no name server can keep us busy (see also shared/dnssec/limits.ts). */

/** Steps of CNAME or DNAME in one look-up; BIND and Unbound stop at 11 too. */
export const MAX_ALIAS_STEPS = 11;

/** Queries sent for one look-up, retries included; Knot Resolver's bound. */
export const MAX_QUERIES_PER_LOOK_UP = 100;

/** Name-server names of one delegation that are used at all; BIND's bound against NXNSAttack. */
export const MAX_NAME_SERVERS_PER_DELEGATION = 13;

/** Name-server names of one delegation whose addresses are looked up (NXNSAttack, CVE-2020-12662). */
export const MAX_SERVER_LOOK_UPS_PER_DELEGATION = 5;

/** Addresses used for one name-server name: a name may have thousands. */
export const MAX_ADDRESSES_PER_SERVER = 8;

/** Look-ups of name-server addresses within one another; BIND's max-recursion-depth. */
export const MAX_RECURSION_DEPTH = 7;

/** Referrals followed on the way to one answer; a name of 127 labels is no reason to go 127 levels. */
export const MAX_REFERRALS_PER_QUESTION = 24;

/** Milliseconds for one look-up, aliases and chain of trust included; BIND's resolver-query-timeout. */
export const MAX_LOOK_UP_MS = 10_000;

/** Milliseconds in which the servers of one zone may answer one question, however often asked. */
export const MAX_QUESTION_MS = 8000;

/** One question to the servers of one zone lasts at most so many times the time-out of an exchange. */
export const QUESTION_TIMEOUTS = 2;

/** Milliseconds without an answer after which the next server is asked as well: RTT not known yet. */
export const FIRST_PATIENCE_MS = 500;

/** The least and the most such patience, once the round-trip time is known (RFC 6298 §2 in spirit). */
export const MIN_PATIENCE_MS = 150;
export const MAX_PATIENCE_MS = 1500;

/** Exchanges for one question to one zone: few servers are asked again, as packets do get lost. */
export const MIN_EXCHANGES_PER_QUESTION = 8;
export const MAX_EXCHANGES_PER_QUESTION = 16;

/** Further servers that are asked when an answer is bogus: one bad secondary must not decide. */
export const MAX_SERVERS_AFTER_BOGUS = 3;

/** Milliseconds that we go on listening behind an answer that cannot be read: it may be a forger's. */
export const UNREADABLE_GRACE_MS = 500;

/** Unreadable answers to one datagram that are looked at; each costs the decoder some work. */
export const MAX_UNREADABLE_DATAGRAMS = 4;
