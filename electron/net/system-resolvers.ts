/** The resolvers that programs of this machine ask; nothing is looked up there. */
import dns from 'node:dns';
import type { Endpoint } from './network.ts';

const DNS_PORT = 53;

/** In their order; a mail server in a chroot may ask others. */
export function systemResolvers(): readonly Endpoint[] {
  return dns.getServers().map((text) => {
    // Node writes a port only where it is another, and then an IPv6 address in brackets.
    const [, ipv6, ipv4, port] = /^(?:\[([^\]]+)\]|([\d.]+)):(\d+)$/.exec(text) ?? [];
    return { address: ipv6 ?? ipv4 ?? text, port: Number(port ?? DNS_PORT) };
  });
}
