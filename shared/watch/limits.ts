/** How much is watched, how often, and how long what is known is kept. */

/** Domains on one list: each costs some hundred questions a round, and the list is read whole. */
export const MAX_WATCHED = 200;

/** Notes kept of one domain; older ones go. */
export const MAX_NOTES = 20;

/** Deadlines of one domain that are remembered as told; a domain with thirty hosts has about as many. */
export const MAX_TOLD = 100;

/** Characters of one note; a sentence about three long host names fits. */
export const MAX_NOTE_CHARACTERS = 2000;

/** Characters of a domain in A-labels (RFC 1035 §2.3.4), with one to spare. */
export const MAX_DOMAIN_CHARACTERS = 254;

/** Minutes between two looks: more often is no courtesy to those who are asked, and TLSA records live for about an hour. */
export const MIN_INTERVAL_MINUTES = 5;
export const MAX_INTERVAL_MINUTES = 7 * 24 * 60;

/** Days ahead in which something that ends is told. */
export const MAX_EXPIRY_DAYS = 90;
