/** RFC 5702 §6: the examples of RSA with SHA-256 (a key of 512 bits) and SHA-512. */
import { expect, it } from 'vitest';
import { readExample } from '../signed-answers/example.ts';

/** 2026-11-15; the signatures run from 2000 to 2030. */
const at = 1794700800;

it('§6.1: a SHA-256 signature by a key of 512 bits verifies, and the key counts as weak', () => {
  const example = readExample(`
example.net. 3600 IN DNSKEY 256 3 8 AwEAAcFcGsaxxdgiuuGmCkVImy4h99CqT7jwY3pexPGcnUFtR2Fh36BponcwtkZ4cAgtvd4Qs8PkxUdp6p/DlUmObdk=
www.example.net. 3600 IN A 192.0.2.91
www.example.net. 3600 IN RRSIG A 8 3 3600 20300101000000 20000101000000 9033 example.net. kRCOH6u7l0QGy9qpC9l1sLncJcOKFLJ7GhiUOibu4teYp5VE9RncriShZNz85mwlMgNEacFYK/lPtPiVYP4bwg==
`);
  expect(example.key.keyTag).toBe(9033);
  expect(example.verify(at)).toMatchObject({
    status: 'valid',
    observations: [{ code: 'algorithm-deprecated', parameters: { bits: 512 } }],
  });
});

it('§6.2: a SHA-512 signature by a key of 1024 bits verifies', () => {
  const example = readExample(`
example.net. 3600 IN DNSKEY 256 3 10 AwEAAdHoNTOW+et86KuJOWRDp1pndvwb6Y83nSVXXyLA3DLroROUkN6X0O6pnWnjJQujX/AyhqFDxj13tOnD9u/1kTg7cV6rklMrZDtJCQ5PCl/D7QNPsgVsMu1J2Q8gpMpztNFLpPBz1bWXjDtaR7ZQBlZ3PFY12ZTSncorffcGmhOL
www.example.net. 3600 IN A 192.0.2.91
www.example.net. 3600 IN RRSIG A 10 3 3600 20300101000000 20000101000000 3740 example.net. tsb4wnjRUDnB1BUi+t6TMTXThjVnG+eCkWqjvvjhzQL1d0YRoOe0CbxrVDYd0xDtsuJRaeUw1ep94PzEWzr0iGYgZBWm/zpq+9fOuagYJRfDqfReKBzMweOLDiNa8iP5g9vMhpuv6OPlvpXwm9Sa9ZXIbNl1MBGk0fthPgxdDLw=
`);
  expect(example.key.keyTag).toBe(3740);
  expect(example.verify(at)).toMatchObject({ status: 'valid', observations: [] });
});
