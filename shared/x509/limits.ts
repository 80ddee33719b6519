/** Bounds on what a server may make us read of certificates. */

/** Certificates of one chain that are read; more than any real chain, few enough to build paths over. */
export const MAX_CHAIN_CERTIFICATES = 100;
/** Octets of one chain: what OpenSSL takes in a handshake (its max_cert_list, 100 KiB). */
export const MAX_CHAIN_OCTETS = 100 * 1024;
/** Characters of PEM text: a chain of that size in base64 with generous text between the blocks. */
export const MAX_PEM_CHARACTERS = 1024 * 1024;
/** Characters shown of a distinguished name; longer ones are cut for display, never for comparing. */
export const MAX_NAME_CHARACTERS = 1024;
