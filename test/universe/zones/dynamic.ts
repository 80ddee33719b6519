// Domains whose TLSA records change while a test looks on (RFC 2136), with times to live that it can wait for.
import { TLSA_PREFIX, type ZonePlan } from './zone-plan.ts';

const CHANGING = { keys: 'split', updates: true } as const;

export const DYNAMIC: readonly ZonePlan[] = [
  {
    // Its certificate was renewed and its record was not.
    ...CHANGING,
    name: 'updated.test',
    records: `
      @ MX 10 mx
      mx A {mx}
      ${TLSA_PREFIX}.mx 2 TLSA 3 1 1 {mx.former}
    `,
    listeners: { mx: { presents: 'issued' } },
  },
  {
    // Its certificate is renewed while the tests look on.
    ...CHANGING,
    name: 'renewed.test',
    records: `
      @ MX 10 mx
      mx A {mx}
      ${TLSA_PREFIX}.mx 2 TLSA 3 1 1 {mx.leaf}
    `,
    listeners: { mx: { presents: 'issued' } },
  },
];
