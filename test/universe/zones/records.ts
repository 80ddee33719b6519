// One zone with an example of everything a validator must cope with in an answer (RFC 4035 §5, RFC 6672, RFC 4592).
import type { ZonePlan } from './zone-plan.ts';

/** Longer than the 1232 bytes offered with EDNS, so that the answer comes over TCP (RFC 7766 §5). */
const LONG_TEXT = Array.from({ length: 8 }, (_, index) => `"${String(index).repeat(200)}"`).join(
  ' ',
);

export const RECORDS: readonly ZonePlan[] = [
  {
    name: 'records.test',
    records: `
      web A 192.0.2.1
      www CNAME web
      to-unsigned CNAME mx.unsigned.test.
      to-bogus CNAME mx.bogus-address.test.
      to-nowhere CNAME missing
      loop-a CNAME loop-b
      loop-b CNAME loop-a
      branch DNAME right-311.test.
      *.wild TXT "from a wildcard"
      deep.ent.below TXT "below two empty non-terminals"
      long TXT ${LONG_TEXT}
      unknown TYPE65280 \\# 4 01020304
      MiXeD-CaSe TXT "MiXeD"
      text TXT "a \\"quoted\\" \\; string" ""
    `,
  },
  {
    name: 'records-nsec3.test',
    denial: 'nsec3',
    records: `
      web A 192.0.2.1
      *.wild TXT "from a wildcard"
      deep.ent.below TXT "below two empty non-terminals"
    `,
  },
];
