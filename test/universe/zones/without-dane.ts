// Domains to which DANE does not apply, rightly or by choice: unsigned, without TLSA, without mail (RFC 7672 §2.2, RFC 7505).
import { HOSTER_SERVERS } from './infrastructure.ts';
import { TLSA_PREFIX, type ZonePlan } from './zone-plan.ts';

const NO_TLSA = `
  @ MX 10 mx
  mx A {mx}
`;

const WITH_TLSA = `
  @ MX 10 mx
  mx A {mx}
  ${TLSA_PREFIX}.mx TLSA 3 1 1 {mx.leaf}
`;

const SELF_SIGNED = { mx: { presents: 'self-signed' } } as const;

export const WITHOUT_DANE: readonly ZonePlan[] = [
  { name: 'no-tlsa.test', records: NO_TLSA, listeners: SELF_SIGNED },
  { name: 'no-tlsa-nsec3.test', records: NO_TLSA, listeners: SELF_SIGNED, denial: 'nsec3' },
  {
    name: 'no-tlsa-no-starttls.test',
    records: NO_TLSA,
    listeners: { mx: { presents: 'no-starttls' } },
  },
  {
    name: 'unsigned.test',
    records: NO_TLSA,
    listeners: SELF_SIGNED,
    denial: 'none',
    delegation: 'unsigned',
  },
  {
    name: 'unsigned-tlsa.test',
    records: WITH_TLSA,
    listeners: SELF_SIGNED,
    denial: 'none',
    delegation: 'unsigned',
  },
  {
    name: 'unsigned-mx.test',
    records: '@ MX 10 mx.right-311.test.',
    denial: 'none',
    delegation: 'unsigned',
  },
  {
    name: 'unsigned.optout',
    records: NO_TLSA,
    listeners: SELF_SIGNED,
    denial: 'none',
    delegation: 'unsigned',
    servers: HOSTER_SERVERS,
  },
  {
    name: 'unknown-digest.test',
    records: NO_TLSA,
    listeners: SELF_SIGNED,
    delegation: 'unknown-digest-type',
  },
  {
    name: 'tlsa-cname-unsigned.test',
    records: `
      @ MX 10 mx
      mx A {mx}
      ${TLSA_PREFIX}.mx CNAME ${TLSA_PREFIX}.mx.unsigned-tlsa.test.
    `,
    listeners: SELF_SIGNED,
  },
  {
    name: 'usage-1-only.test',
    records: `
      @ MX 10 mx
      mx A {mx}
      ${TLSA_PREFIX}.mx TLSA 1 1 1 {mx.leaf}
    `,
    listeners: { mx: { presents: 'issued' } },
  },
  {
    name: 'partial.test',
    records: `
      @ MX 10 mx1
      @ MX 20 mx2
      mx1 A {mx1}
      mx2 A {mx2}
      ${TLSA_PREFIX}.mx1 TLSA 3 1 1 {mx1.leaf}
    `,
    listeners: { mx1: { presents: 'self-signed' }, mx2: { presents: 'self-signed' } },
  },
  { name: 'null-mx.test', records: '@ MX 0 .' },
  { name: 'no-address.test', records: '@ TXT "exists, and takes no mail"' },
];
