/** Tells addresses of the user's own network and other special ones from the public internet's (RFC 6890). */
import ipaddr from 'ipaddr.js';

/** What ipaddr.js calls an address that anybody may hold. */
const PUBLIC_RANGE = 'unicast';

/** IPv4-compatible IPv6 (RFC 4291 §2.5.5.1, deprecated): names an IPv4 address, yet counts as unicast. */
const IPV4_COMPATIBLE = ipaddr.IPv6.parseCIDR('::/96');

/**
 * The name of the special range an address lies in (`loopback`, `private`, `linkLocal`, `multicast`,
 * `ipv4Mapped`, `reserved`…), `invalid` for what is no IPv4 or IPv6 literal, and null for a public one.
 */
export function specialRange(address: string): string | null {
  const parsed = parseLiteral(address);
  if (parsed === null) return 'invalid';
  const range: string = parsed.range();
  if (range !== PUBLIC_RANGE) return range;
  return parsed instanceof ipaddr.IPv6 && parsed.match(IPV4_COMPATIBLE) ? 'ipv4Compatible' : null;
}

/** True for a literal the port takes: four-part IPv4 or IPv6, without a zone identifier. */
export function isLiteral(address: string): boolean {
  return parseLiteral(address) !== null;
}

/** One spelling an address, so that equal addresses are equal strings; null for what is no literal. */
export function canonicalAddress(address: string): string | null {
  return parseLiteral(address)?.toString() ?? null;
}

function parseLiteral(address: string): ipaddr.IPv4 | ipaddr.IPv6 | null {
  // A zone identifier names an interface of this machine (RFC 4007 §11): never somebody else's server.
  if (address.includes('%')) return null;
  if (ipaddr.IPv4.isValidFourPartDecimal(address)) return ipaddr.IPv4.parse(address);
  return address.includes(':') && ipaddr.IPv6.isValid(address) ? ipaddr.IPv6.parse(address) : null;
}
