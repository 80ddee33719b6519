/** Bounds on what an SMTP server may make us read before TLS. */

/** Octets of one reply line, line end included: Postfix's limit; RFC 5321 §4.5.3.1.5 asks for 512. */
export const MAX_LINE_OCTETS = 2048;
/** Octets of one reply, all its lines together. */
export const MAX_REPLY_OCTETS = 64 * 1024;
/** Lines of one reply: no server has that many EHLO keywords (RFC 5321 §4.1.1.1). */
export const MAX_REPLY_LINES = 100;
