// Domains whose name servers do something wrong: each fault of `server-faults.ts` at one server of a zone, or at both (RFC 2182 §3, RFC 9156 §2).
import type { ServerFault } from '../server-faults.ts';
import { TLSA_PREFIX, type ZonePlan } from './zone-plan.ts';

/** The mail server is borrowed: what is at fault here are name servers. */
const WITH_TLSA = `
  @ MX 10 mx
  mx A {mx@current-and-next.test}
  ${TLSA_PREFIX}.mx TLSA 3 1 1 {mx@current-and-next.test.leaf}
`;

const WITHOUT_TLSA = `
  @ MX 10 mx
  mx A {mx@current-and-next.test}
`;

const OTHER_TLSA = WITH_TLSA.replace('.leaf}', '.former}');

/** With its signature more than the 1232 octets that are offered for UDP. */
const LARGE_TLSA = `
  @ MX 10 mx
  mx A {mx@tlsa-over-tcp.test}
  ${TLSA_PREFIX}.mx TLSA 3 0 0 {mx@tlsa-over-tcp.test.leaf}
  ${TLSA_PREFIX}.mx TLSA 2 0 0 {mx@tlsa-over-tcp.test.issuer}
  ${TLSA_PREFIX}.mx TLSA 3 0 0 {mx@tlsa-over-tcp.test.former}
  ${TLSA_PREFIX}.mx TLSA 2 1 0 {mx@tlsa-over-tcp.test.issuer}
`;

const TWO_ADDRESSES = `
  @ MX 10 mx
  mx A {mx@current-and-next.test}
  ${TLSA_PREFIX}.mx TLSA 3 1 1 {mx@current-and-next.test.leaf}
  ${TLSA_PREFIX}.mx TLSA 3 1 1 {mx@right-311.test.leaf}
`;

type Particulars = Partial<Omit<ZonePlan, 'name' | 'servers'>>;

/** The sound server `host-a`, and beside it one with the fault. */
function once(fault: ServerFault, particulars: Particulars = {}): ZonePlan {
  return {
    name: `${fault}-once.test`,
    records: WITH_TLSA,
    ...particulars,
    servers: { ns1: 'host-a', ns2: `${fault}-b` },
  };
}

function everywhere(fault: ServerFault, particulars: Particulars = {}, suffix = ''): ZonePlan {
  return {
    name: `${fault}-everywhere${suffix}.test`,
    records: WITH_TLSA,
    ...particulars,
    servers: { ns1: `${fault}-a`, ns2: `${fault}-b` },
  };
}

/** One server has another version of the zone. */
function differing(what: string, particulars: Particulars): ZonePlan {
  return {
    name: `${what}-differs.test`,
    records: WITH_TLSA,
    ...particulars,
    servers: { ns1: 'host-a', ns3: 'variant' },
  };
}

const ABSENT = { variantRecords: WITHOUT_TLSA } as const;

export const SERVER_FAULT_ZONES: readonly ZonePlan[] = [
  everywhere('nxdomain-bare'),
  everywhere('nxdomain-for-ns'),
  everywhere('covering-nodata', { ...ABSENT, denial: 'nsec3' }),
  everywhere('covering-elsewhere', ABSENT),
  everywhere('nodata-bare'),
  everywhere('nodata-of-apex'),
  everywhere('nodata-of-apex', { denial: 'nsec3' }, '-nsec3'),
  everywhere('ancestor-servfail'),
  once('denying', { ...ABSENT, denial: 'nsec3' }),
  once('nodata-bare'),
  once('ancestor-servfail'),
  once('tcp-nxdomain'),

  ...(['refused', 'notimp', 'formerr', 'silent', 'garbled-tlsa'] as const).map((fault) =>
    everywhere(fault),
  ),
  ...(['servfail', 'refused', 'notimp', 'formerr', 'silent', 'garbled-tlsa'] as const).map(
    (fault) => once(fault),
  ),

  once('not-authoritative'),
  once('garbled'),
  once('unsigned'),
  once('unsigned-tlsa'),
  everywhere('unsigned'),

  once('edns-formerr'),
  once('edns-ignored'),
  once('edns-silent'),
  everywhere('edns-formerr'),

  once('no-tcp'),
  once('tcp-closed'),
  once('tcp-silent'),
  once('tcp-servfail'),
  once('tcp-variant', { variantRecords: OTHER_TLSA }),
  everywhere('no-tcp', { records: LARGE_TLSA }),
  once('oversize', { records: LARGE_TLSA }),

  differing('soa', { variantSerial: 2 }),
  differing('dnskey', { variantKey: true }),
  differing('mx', { variantRecords: WITH_TLSA.replace('MX 10', 'MX 20') }),
  differing('address', {
    records: TWO_ADDRESSES,
    variantRecords: TWO_ADDRESSES.replace('A {mx@current-and-next.test}', 'A {mx@right-311.test}'),
  }),
  differing('tlsa-presence', ABSENT),
];
