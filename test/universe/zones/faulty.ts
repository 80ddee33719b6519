// Domains with one fault each, in DNS or at the mail server (RFC 4035 §5, RFC 7672 §2.1, RFC 8020, RFC 9156).
import { TLSA_PREFIX, type ZonePlan } from './zone-plan.ts';

const WITH_TLSA = `
  @ MX 10 mx
  mx A {mx}
  ${TLSA_PREFIX}.mx TLSA 3 1 1 {mx.leaf}
`;

const WITHOUT_TLSA = `
  @ MX 10 mx
  mx A {mx}
`;

const SELF_SIGNED = { mx: { presents: 'self-signed' } } as const;

const TLSA_RRSET = `${TLSA_PREFIX}.mx TLSA`;

const DNSSEC_FAULTS: readonly Pick<ZonePlan, 'name' | 'signatureFaults' | 'delegation'>[] = [
  { name: 'bogus-tlsa.test', signatureFaults: [{ at: TLSA_RRSET, fault: 'altered' }] },
  { name: 'bogus-mx.test', signatureFaults: [{ at: '@ MX', fault: 'altered' }] },
  { name: 'bogus-address.test', signatureFaults: [{ at: 'mx A', fault: 'altered' }] },
  { name: 'expired-tlsa.test', signatureFaults: [{ at: TLSA_RRSET, fault: 'expired' }] },
  { name: 'future-tlsa.test', signatureFaults: [{ at: TLSA_RRSET, fault: 'future' }] },
  { name: 'unsigned-rrset.test', signatureFaults: [{ at: TLSA_RRSET, fault: 'removed' }] },
  { name: 'expired-zone.test', signatureFaults: [{ at: '*', fault: 'expired' }] },
  { name: 'wrong-ds.test', delegation: 'wrong-digest' },
];

const FAULTY_SIGNATURES = DNSSEC_FAULTS.map((zone): ZonePlan => ({
  records: WITH_TLSA,
  listeners: SELF_SIGNED,
  ...zone,
}));

const FAULTY_SERVERS: readonly ZonePlan[] = [
  {
    name: 'ancestor-nxdomain.test',
    records: WITH_TLSA,
    listeners: SELF_SIGNED,
    servers: { ns1: 'nxdomain-a', ns2: 'nxdomain-b' },
  },
  {
    name: 'ancestor-nxdomain-one-server.test',
    records: WITH_TLSA,
    listeners: SELF_SIGNED,
    servers: { ns1: 'host-a', ns2: 'nxdomain-b' },
  },
  {
    // The servers answer for the ancestor from a copy of the zone that never had the TLSA record.
    name: 'ancestor-nxdomain-proven.test',
    records: WITH_TLSA,
    variantRecords: WITHOUT_TLSA,
    listeners: SELF_SIGNED,
    denial: 'nsec3',
    servers: { ns1: 'denying-a', ns2: 'denying-b' },
  },
  {
    name: 'tlsa-servfail.test',
    records: WITH_TLSA,
    listeners: SELF_SIGNED,
    servers: { ns1: 'servfail-a', ns2: 'servfail-b' },
  },
  {
    name: 'one-server-down.test',
    records: WITH_TLSA,
    listeners: SELF_SIGNED,
    servers: { ns1: 'host-a', ns2: 'nobody' },
  },
  {
    name: 'one-server-lame.test',
    records: WITH_TLSA,
    listeners: SELF_SIGNED,
    servers: { ns1: 'host-a', ns2: 'stranger' },
  },
  {
    name: 'servers-disagree.test',
    records: WITH_TLSA,
    variantRecords: WITH_TLSA.replace('{mx.leaf}', '{mx.former}'),
    listeners: SELF_SIGNED,
    servers: { ns1: 'host-a', ns3: 'variant' },
  },
];

const FAULTY_MAIL: readonly ZonePlan[] = [
  {
    name: 'stale-record.test',
    records: WITH_TLSA.replace('{mx.leaf}', '{mx.former}'),
    listeners: SELF_SIGNED,
  },
  {
    name: 'no-starttls.test',
    records: WITH_TLSA,
    listeners: { mx: { presents: 'no-starttls' } },
  },
  {
    name: 'unreachable.test',
    records: WITH_TLSA,
    listeners: { mx: { presents: 'nothing' } },
  },
  {
    name: 'two-hosts-one-stale.test',
    records: `
      @ MX 10 mx1
      @ MX 20 mx2
      mx1 A {mx1}
      mx2 A {mx2}
      ${TLSA_PREFIX}.mx1 TLSA 3 1 1 {mx1.leaf}
      ${TLSA_PREFIX}.mx2 TLSA 3 1 1 {mx2.former}
    `,
    listeners: { mx1: { presents: 'self-signed' }, mx2: { presents: 'self-signed' } },
  },
  {
    name: 'two-addresses-one-wrong.test',
    records: `
      @ MX 10 mx
      mx A {first}
      mx A {second}
      ${TLSA_PREFIX}.mx TLSA 3 1 1 {first.leaf}
    `,
    listeners: {
      first: { presents: 'self-signed', host: 'mx' },
      second: { presents: 'self-signed', host: 'mx' },
    },
  },
  {
    name: 'two-addresses-one-down.test',
    records: `
      @ MX 10 mx
      mx A {up}
      mx A {down}
      ${TLSA_PREFIX}.mx TLSA 3 1 1 {up.leaf}
    `,
    listeners: {
      up: { presents: 'self-signed', host: 'mx' },
      down: { presents: 'nothing', host: 'mx' },
    },
  },
  {
    name: 'one-host-gone.test',
    records: `
      @ MX 10 gone
      @ MX 20 mx
      gone TXT "was a mail server once"
      mx A {mx}
      ${TLSA_PREFIX}.mx TLSA 3 1 1 {mx.leaf}
    `,
    listeners: SELF_SIGNED,
  },
  { name: 'all-hosts-gone.test', records: '@ MX 10 gone' },
  ...(
    [
      ['issuer-not-sent.test', 'issued-alone'],
      ['issued-other-name.test', 'issued-other-name'],
      ['issued-expired.test', 'issued-expired'],
    ] as const
  ).map(([name, presents]): ZonePlan => ({
    name,
    records: `
        @ MX 10 mx
        mx A {mx}
        ${TLSA_PREFIX}.mx TLSA 2 1 1 {mx.issuer}
      `,
    listeners: { mx: { presents } },
  })),
];

export const FAULTY: readonly ZonePlan[] = [
  ...FAULTY_SIGNATURES,
  ...FAULTY_SERVERS,
  ...FAULTY_MAIL,
];
