/** Bounds on validation work, so that no zone can make us busy for long (KeyTrap, CVE-2023-50387 and -50868). */

/** Signatures of one RRset that are put to a key; Unbound and hickory-dns stop at 8 as well. */
export const MAX_SIGNATURES_PER_RRSET = 8;

/** Keys tried for one key tag: tags collide by chance (RFC 4034 §5.1), but hardly ever three times. */
export const MAX_KEYS_PER_TAG = 2;

/** DS records whose digest does not fit the key that they name, per delegation; Unbound's bound. */
export const MAX_DS_MISMATCHES = 4;

/** Public-key operations for one look-up (one question); BIND's max-validations-per-fetch. */
export const MAX_VALIDATIONS_PER_LOOK_UP = 16;

/** Public-key operations of one look-up that may fail; an honest zone needs next to none. */
export const MAX_VALIDATION_FAILURES_PER_LOOK_UP = 8;

/** Extra NSEC3 iterations that are still hashed (RFC 9276 §3.2 lets validators choose; BIND 50). */
export const MAX_NSEC3_ITERATIONS = 50;

/** Names hashed for one NSEC3 proof (CVE-2023-50868); Unbound's bound. */
export const MAX_NSEC3_HASHES_PER_PROOF = 8;

/** NSEC and NSEC3 RRsets looked at in one response: a proof needs at most three (RFC 5155 §7.2). */
export const MAX_DENIAL_RRSETS = 8;

/** Bits of an RSA modulus that we verify with (RFC 3110 §2, RFC 5702 §2); BIND's bound. */
export const MAX_RSA_MODULUS_BITS = 4096;

/** An RSA exponent of up to 2^32 + 1, as BIND and BoringSSL allow: larger ones only burn time. */
export const MAX_RSA_EXPONENT = 2 ** 32 + 1;

/** Share of a signature's validity span below which what is left counts as short: a tenth. */
export const EXPIRING_SHARE = 10;

/** Bits of an RSA modulus below which a key counts as weak (RFC 6781 §3.4.2 asks for 1024 and more). */
export const WEAK_RSA_BITS = 1024;
