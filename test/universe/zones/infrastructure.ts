// The upper levels of the universe: the root, three top-level domains (one of them with opt-out, RFC 5155 §6), and the hoster's zone.
import type { ZonePlan } from './zone-plan.ts';

/** Algorithms differ by level, as they do on the Internet. */
export const INFRASTRUCTURE: readonly ZonePlan[] = [
  {
    name: '',
    records: '',
    algorithm: 'RSASHA256',
    keys: 'split',
    servers: { 'a.root-servers': 'root-a', 'b.root-servers': 'root-b' },
  },
  {
    name: 'test',
    records: '',
    keys: 'split',
    servers: { 'a.nic': 'tld-a', 'b.nic': 'tld-b' },
  },
  {
    name: 'optout',
    records: '',
    denial: 'nsec3-opt-out',
    servers: { 'a.nic': 'tld-optout' },
  },
  {
    // Beside `test`, since that is answered from within by libraries that danetool is built on (RFC 6761 §6.2).
    name: 'post',
    records: '',
    servers: { 'a.nic': 'tld-a', 'b.nic': 'tld-b' },
  },
  { name: 'hoster.test', records: '' },
];

/** Name servers outside the zone they serve, and outside its top-level domain: no glue, so their addresses must be looked up. */
export const HOSTER_SERVERS: NonNullable<ZonePlan['servers']> = {
  'ns1.hoster.test.': 'host-a',
  'ns2.hoster.test.': 'host-b',
};
