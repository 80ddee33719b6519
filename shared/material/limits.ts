/** Bounds on what people drop on us: files may be anything. */

/** Octets of one file; a bundle of every public CA is a quarter of it. */
export const MAX_FILE_OCTETS = 1024 * 1024;

/** Certificates and keys taken from one file; what comes after is told, not read. */
export const MAX_ITEMS_PER_FILE = 1000;
