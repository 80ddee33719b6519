/** RFC 4035 Appendix B.6: the wildcard response of the example zone, signed with RSA/SHA-1 in 2004. */
import { expect, it } from 'vitest';
import { denialRecords, proveWildcardExpansion } from '../../../shared/dnssec/denial.ts';
import { parseDnskey } from '../../../shared/dnssec/dnskey.ts';
import { verifyRRset } from '../../../shared/dnssec/signature.ts';
import { signedRRsets } from '../../../shared/dnssec/signed-rrset.ts';
import { name, pick, records, validationAt } from '../signed-answers/answers.ts';

/** 2004-04-12. */
const at = 1081800000;
const zone = name('example.');
const [keyRecord] = records(
  'example. 3600 DNSKEY 256 3 5 AQOy1bZVvpPqhg4j7EJoM9rI3ZmyEx2OzDBVrZy/lvI5CQePxXHZS4i8dANH4DX3tbHol61ek8EFMcsGXxKciJFHyhl94C+NwILQdzsUlSFovBZsyl/NX6yEbtw/xN9ZNcrbYvgjjZ/UVPZIySFNsgEYvh0z2542lzMKR4Dh8uZffQ==',
);
const key = keyRecord === undefined ? null : parseDnskey(keyRecord.rdata);
const keys = { zone, keys: key === null ? [] : [key] };
const TIMES = '3600 20040509183619 20040409183619 38519 example.';
const answer = signedRRsets(
  records(`a.z.w.example. 3600 MX 1 ai.example.
a.z.w.example. 3600 RRSIG MX 5 2 ${TIMES} OMK8rAZlepfzLWW75Dxd63jy2wswESzxDKG2f9AMN1CytCd10cYISAxfAdvXSZ7xujKAtPbctvOQ2ofO7AZJ+d01EeeQTVBPq4/6KCWhqe2XTjnkVLNvvhnc0u28aoSsG0+4InvkkOHknKxw4kX18MMR34i8lC36SR5xBni8vHI=`),
);
const authority = signedRRsets(
  records(`x.y.w.example. 3600 NSEC xx.example. MX RRSIG NSEC
x.y.w.example. 3600 RRSIG NSEC 5 4 ${TIMES} OvE6WUzN2ziieJcvKPWbCAyXyP6ef8cr6CspArVSTzKSquNwbezZmkU7E34o5lmb6CWSSSpgxw098kNUFnHcQf/LzY2zqRomubrNQhJTiDTXa0ArunJQCzPjOYq5t0SLjm6qp6McJI1AP5VrQoKqJDCLnoAlcPOPKAm/jJkn3jk=`),
);

it('the key has the tag that the signatures name', () => {
  expect(key?.keyTag).toBe(38519);
});

it('*.w.example answers for a.z.w.example, as its NSEC proves', () => {
  const verdict = verifyRRset(pick(answer, 'a.z.w.example.', 'MX'), keys, validationAt(at));
  if (verdict.status !== 'valid' || verdict.expansion === null) throw new Error('not expanded');
  expect(verdict.expansion.wildcard.key).toBe('*.w.example');
  expect(verdict.expansion.nextCloser.key).toBe('z.w.example');
  const denial = denialRecords(authority, keys, validationAt(at));
  expect(proveWildcardExpansion(denial, verdict.expansion).status).toBe('secure');
  expect(proveWildcardExpansion({ ...denial, nsec: [] }, verdict.expansion).status).toBe('bogus');
});

it('the signatures have expired by now', () => {
  const verdict = verifyRRset(pick(answer, 'a.z.w.example.', 'MX'), keys, validationAt());
  expect(verdict).toMatchObject({
    status: 'bogus',
    reason: { ede: 7, text: 'The signature expired at 2004-05-09T18:36:19Z' },
  });
});
