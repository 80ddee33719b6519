// Domains at which nothing is wrong, each right in a different way (RFC 7671, RFC 7672, RFC 4035, RFC 5155).
import { HOSTER_SERVERS } from './infrastructure.ts';
import { TLSA_PREFIX, type SigningAlgorithm, type ZonePlan } from './zone-plan.ts';

const ONE_HOST_311 = `
  @ MX 10 mx
  mx A {mx}
  ${TLSA_PREFIX}.mx TLSA 3 1 1 {mx.leaf}
`;

const SELF_SIGNED = { mx: { presents: 'self-signed' } } as const;

export const SOUND: readonly ZonePlan[] = [
  { name: 'right-311.test', records: ONE_HOST_311, listeners: SELF_SIGNED },
  {
    name: 'right-211.test',
    records: `
      @ MX 10 mx
      mx A {mx}
      ${TLSA_PREFIX}.mx TLSA 2 1 1 {mx.issuer}
    `,
    listeners: { mx: { presents: 'issued' } },
  },
  {
    name: 'issuer-in-record.test',
    records: `
      @ MX 10 mx
      mx A {mx}
      ${TLSA_PREFIX}.mx TLSA 2 0 0 {mx.issuer}
    `,
    listeners: { mx: { presents: 'issued-alone' } },
  },
  {
    name: 'two-hosts.test',
    records: `
      @ MX 10 mx1
      @ MX 20 mx2
      mx1 A {mx1}
      mx2 A {mx2}
      ${TLSA_PREFIX}.mx1 TLSA 3 1 1 {mx1.leaf}
      ${TLSA_PREFIX}.mx2 TLSA 3 1 1 {mx2.leaf}
      ${TLSA_PREFIX}.mx2 TLSA 2 1 1 {mx2.issuer}
    `,
    listeners: { mx1: { presents: 'self-signed' }, mx2: { presents: 'issued' } },
  },
  {
    name: 'current-and-next.test',
    records: `
      @ MX 10 mx
      mx A {mx}
      ${TLSA_PREFIX}.mx TLSA 3 1 1 {mx.leaf}
      ${TLSA_PREFIX}.mx TLSA 3 1 1 {mx.former}
    `,
    listeners: SELF_SIGNED,
  },
  { name: 'hosted-elsewhere.test', records: '@ MX 10 mx.right-311.test.' },
  {
    name: 'implicit-mx.test',
    records: `
      @ A {mx}
      ${TLSA_PREFIX} TLSA 3 1 1 {mx.leaf}
    `,
    listeners: { mx: { presents: 'self-signed', host: '@' } },
  },
  {
    name: 'usage-0-and-311.test',
    records: `
      @ MX 10 mx
      mx A {mx}
      ${TLSA_PREFIX}.mx TLSA 0 1 1 {mx.issuer}
      ${TLSA_PREFIX}.mx TLSA 3 1 1 {mx.leaf}
    `,
    listeners: { mx: { presents: 'issued' } },
  },
  {
    name: 'expired-leaf-311.test',
    records: ONE_HOST_311,
    listeners: { mx: { presents: 'self-signed-expired' } },
  },
  {
    name: 'tlsa-over-tcp.test',
    records: `
      @ MX 10 mx
      mx A {mx}
      ${TLSA_PREFIX}.mx TLSA 3 0 0 {mx.leaf}
      ${TLSA_PREFIX}.mx TLSA 2 0 0 {mx.issuer}
      ${TLSA_PREFIX}.mx TLSA 3 0 0 {mx.former}
      ${TLSA_PREFIX}.mx TLSA 2 1 0 {mx.issuer}
    `,
    listeners: { mx: { presents: 'issued' } },
  },
  {
    name: 'tlsa-cname.test',
    records: `
      @ MX 10 mx
      mx A {mx}
      ${TLSA_PREFIX}.mx CNAME dane-ee
      dane-ee TLSA 3 1 1 {mx.leaf}
    `,
    listeners: SELF_SIGNED,
  },
  {
    name: 'tlsa-wildcard.test',
    records: `
      @ MX 10 mx
      mx A {mx}
      *._tcp.mx TLSA 3 1 1 {mx.leaf}
    `,
    listeners: SELF_SIGNED,
  },
  {
    name: 'mx-cname.test',
    records: `
      @ MX 10 alias
      alias CNAME mx
      mx A {mx}
      ${TLSA_PREFIX}.mx TLSA 3 1 1 {mx.leaf}
    `,
    listeners: SELF_SIGNED,
  },
  {
    name: 'dual-stack.test',
    records: `
      @ MX 10 mx
      mx A {mx}
      mx AAAA {mx.ipv6}
      ${TLSA_PREFIX}.mx TLSA 3 1 1 {mx.leaf}
    `,
    listeners: { mx: { presents: 'self-signed', ipv6: true } },
  },
  {
    name: 'six.test',
    records: ONE_HOST_311,
    listeners: SELF_SIGNED,
    servers: { ns1: 'six' },
  },
  { name: 'nsec3.test', records: ONE_HOST_311, listeners: SELF_SIGNED, denial: 'nsec3' },
  { name: 'signed.optout', records: ONE_HOST_311, listeners: SELF_SIGNED, servers: HOSTER_SERVERS },
  ...(
    [
      ['algorithm-8', 'RSASHA256'],
      ['algorithm-10', 'RSASHA512'],
      ['algorithm-14', 'ECDSAP384SHA384'],
      ['algorithm-15', 'ED25519'],
      ['algorithm-16', 'ED448'],
    ] satisfies [string, SigningAlgorithm][]
  ).map(([id, algorithm]): ZonePlan => ({
    name: `${id}.test`,
    records: ONE_HOST_311,
    listeners: SELF_SIGNED,
    algorithm,
    denial: algorithm === 'ED25519' ? 'nsec3' : 'nsec',
    keys: algorithm === 'ECDSAP384SHA384' ? 'split' : 'single',
  })),
];
