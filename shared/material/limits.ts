/** Bounds on what people drop on us: files may be anything. */

/** Octets of one file; a bundle of every public CA is a quarter of it. */
export const MAX_FILE_OCTETS = 1024 * 1024;

/** Certificates and keys taken from one file; what comes after is told, not read. */
export const MAX_ITEMS_PER_FILE = 1000;

/** Files taken at once; “a thousand” is a number that people have. */
export const MAX_FILES = 2000;

/** Certificates and keys of all files together. */
export const MAX_ITEMS = 10_000;

/**
 * Rounds of hashing that one file with a password may cost: some seconds. Usual files ask for 2,048 to
 * 10,000, three times; the slowest in use ask for 600,000.
 */
export const MAX_HASH_ROUNDS = 2_000_000;

/** Octets of a salt; files have 8 to 64. */
export const MAX_SALT_OCTETS = 1024;

/** PKCS #12 bags in each other. */
export const MAX_BAG_DEPTH = 4;
