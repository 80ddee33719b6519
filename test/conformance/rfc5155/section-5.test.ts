/** RFC 5155 §5: the hash of a name, as BIND's nsec3hash and Knot's knsec3hash compute it. */
import { expect, it } from 'vitest';
import { toBase32Hex, uint16Bytes } from '../../../shared/dns/bytes.ts';
import { nsec3Hash } from '../../../shared/dnssec/nsec3-hash.ts';
import { parseNsec3, parseNsec3Param } from '../../../shared/dnssec/nsec3.ts';
import { name, validationAt } from '../signed-answers/answers.ts';

const NONE = new Uint8Array(0);
const LONGEST = new Uint8Array(255).fill(0xab);

it.each([
  ['x.w.example.', Uint8Array.of(0xaa, 0xbb, 0xcc, 0xdd), 12, 'b4um86eghhds6nea196smvmlo4ors995'],
  ['X.W.EXAMPLE.', Uint8Array.of(0xaa, 0xbb, 0xcc, 0xdd), 12, 'b4um86eghhds6nea196smvmlo4ors995'],
  ['A\\.b.Example.', NONE, 0, 'p6nl464p2ub9onolqp59elaetrdp6jn5'],
  ['\\065\\046b.example.', NONE, 0, 'p6nl464p2ub9onolqp59elaetrdp6jn5'],
  ['\\000\\255.Example.', NONE, 0, '1tvuc64ij1o8o3oph71ho7lsh6tvsqd1'],
  ['example.', LONGEST, 2, '63qrd4qk4vid9h2pg18c953sb4f8869s'],
])('%s', (owner, salt, iterations, expected) => {
  const hash = nsec3Hash(name(owner), { salt, iterations }, validationAt().crypto);
  expect(toBase32Hex(hash)).toBe(expected);
});

it('the salt’s length is what its octet says, from none to 255 (§3.2)', () => {
  for (const salt of [NONE, LONGEST]) {
    const head = [1, 0, ...uint16Bytes(5), salt.length, ...salt];
    expect(parseNsec3Param(Uint8Array.from(head))).toMatchObject({ iterations: 5, salt });
    expect(parseNsec3Param(Uint8Array.from([...head, 0]))).toBeNull();
    const whole = parseNsec3(Uint8Array.from([...head, 20, ...new Uint8Array(20), 0, 1, 0x40]));
    expect(whole).toMatchObject({ salt, iterations: 5 });
    expect(parseNsec3(Uint8Array.from([...head, 20, ...new Uint8Array(19)]))).toBeNull();
  }
});
