/** Bounds on one list of domains, whatever a file holds. */

/** Domains of one list; some hours of work. What a longer list names on top is told. */
export const MAX_DOMAINS = 10_000;

/** Characters of a list: its domains at their greatest length, with room for what stands around them. */
export const MAX_LIST_CHARACTERS = 4 * 1024 * 1024;

/** Lines looked at: a list may repeat itself and be commented, but is not read without end. */
export const MAX_LINES = 50_000;

/** Lines that name no domain and are told; the others are counted. */
export const MAX_TOLD_LINES = 20;

/** Domains at a time unless told otherwise: quick enough for hundreds, and unnoticed by any server. */
export const DEFAULT_CONCURRENCY = 4;

/** Domains at a time; more would only wait for the mail-server connections that all of them share. */
export const MAX_CONCURRENCY = 64;

/** Codes of one row; the catalogue has not many more. */
export const MAX_ROW_CODES = 100;

/** Characters of a row's sentence. */
export const MAX_SENTENCE_CHARACTERS = 1000;
