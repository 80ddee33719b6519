/** RFC 9276 §3.2: NSEC3 with additional iterations. */
import { describe, expect, it } from 'vitest';
import {
  proveNameError,
  proveNoDs,
  proveWildcardExpansion,
} from '../../../shared/dnssec/denial.ts';
import { verifyRRset } from '../../../shared/dnssec/signature.ts';
import { name, pick, readSignedZone, validationAt } from '../signed-answers/answers.ts';
import { denial, nsec3, nsec3Gap } from '../signed-answers/denial.ts';

const asked = name('nope.example.');
const proof = (iterations: number) =>
  denial(
    nsec3('example.', 'NS SOA', { iterations }),
    nsec3Gap('nope.example.', { iterations }),
    nsec3Gap('*.example.', { iterations }),
  );

describe('iterations', () => {
  it.each([
    [0, 'secure', []],
    [1, 'secure', ['nsec3-iterations']],
    [50, 'secure', ['nsec3-iterations']],
    [51, 'insecure', ['nsec3-iterations']],
    [65535, 'insecure', ['nsec3-iterations']],
  ])('of %i make a proof %s', (iterations, status, codes) => {
    const verdict = proveNameError(proof(iterations), asked);
    expect(verdict.status).toBe(status);
    expect(verdict.observations.map((each) => each.code)).toEqual(codes);
  });

  it('above the limit are given as the reason (extended DNS error 27)', () => {
    expect(proveNameError(proof(51), asked)).toMatchObject({ reason: { ede: 27 } });
    expect(proveNoDs(proof(51), asked)).toMatchObject({
      kind: 'insecure-delegation',
      reason: { ede: 27 },
    });
  });

  it('above the limit count only when the record is validly signed', () => {
    const [record] = nsec3('example.', 'NS SOA', { iterations: 51 }).rrset.records;
    const forged = nsec3('example.', 'NS SOA', { iterations: 0 });
    if (record === undefined) throw new Error('no record');
    const rrset = { ...forged.rrset, records: [record] };
    expect(proveNameError(denial({ ...forged, rrset }), asked).status).toBe('bogus');
  });
});

describe('a zone that ldns signed with 51 iterations', () => {
  const zone = readSignedZone('ldns-iterations');
  it('has its name errors taken as insecure', () => {
    expect(proveNameError(zone.denial('nope.example.', 'A'), asked).status).toBe('insecure');
  });

  it('has answers from wildcards taken as insecure', () => {
    const owner = 'foo.wild.example.';
    const signed = pick(zone.answer(owner, 'TXT').answer, owner, 'TXT');
    const verdict = verifyRRset(signed, zone.keys, validationAt());
    if (verdict.status !== 'valid' || verdict.expansion === null) throw new Error('not expanded');
    expect(proveWildcardExpansion(zone.denial(owner, 'TXT'), verdict.expansion).status).toBe(
      'insecure',
    );
  });
});

it('a zone that ldns signed with 50 iterations is validated', () => {
  const zone = readSignedZone('ldns-rsasha256-nsec3');
  expect(proveNameError(zone.denial('nope.example.', 'A'), asked).status).toBe('secure');
});
