/** RFC 3597 §7 with RFC 6840 §5.1: types that are not known are signed octet by octet, names and all. */
import { expect, it } from 'vitest';
import { canonicalRdata } from '../../../shared/dns/canonical.ts';
import { verifyRRset } from '../../../shared/dnssec/signature.ts';
import { name, records, validationAt } from '../signed-answers/answers.ts';
import { makeKey, makeSigned } from '../signed-answers/signer.ts';

const NAME_IN_CAPITALS = '034d41580 74558414d504c4500'.replace(' ', '');

it('an unknown type’s RDATA is not lower-cased, whatever it looks like', () => {
  const [record] = records(`host.example. 60 TYPE65280 \\# 13 ${NAME_IN_CAPITALS}`);
  if (record === undefined) throw new Error('no record');
  expect(canonicalRdata(65280, record.rdata)).toEqual(record.rdata);
});

it('an unknown type is validated like any other', () => {
  const key = makeKey();
  const zone = { zone: name('example.'), keys: [key.dnskey] };
  const signed = makeSigned(records(`host.example. 60 TYPE65280 \\# 13 ${NAME_IN_CAPITALS}`), key);
  expect(verifyRRset(signed, zone, validationAt()).status).toBe('valid');
  const [lowered] = records('host.example. 60 TYPE65280 \\# 13 036d6178076578616d706c6500');
  if (lowered === undefined) throw new Error('no record');
  const changed = { ...signed, rrset: { ...signed.rrset, records: [lowered] } };
  expect(verifyRRset(changed, zone, validationAt()).status).toBe('bogus');
});

it('the generic form of a known type is that type', () => {
  const [generic] = records('host.example. 60 TYPE1 \\# 4 c0000201');
  const [plain] = records('host.example. 60 A 192.0.2.1');
  expect(generic).toEqual(plain);
});
