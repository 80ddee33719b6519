/** Hands out addresses of the documentation ranges to the lab's hosts (RFC 5737, RFC 3849). */

export interface AddressPool {
  /** One IPv4 and one IPv6 address that nobody has yet. */
  next(): readonly [ipv4: string, ipv6: string];
}

/** Last octet of an address before the next range is opened. */
const LAST_HOST = 254;

/** `network6` keeps pools apart: the third group of 2001:db8::/32. */
export function createAddressPool(ranges4: readonly string[], network6: number): AddressPool {
  let count = 0;
  return {
    next: () => {
      const range = ranges4[Math.floor(count / LAST_HOST)];
      if (range === undefined) throw new Error('the lab has run out of addresses');
      const host = (count % LAST_HOST) + 1;
      count += 1;
      return [`${range}.${host}`, `2001:db8:${network6.toString(16)}::${count.toString(16)}`];
    },
  };
}
