// RDATA in presentation form: what a zone file says comes back as the RFC of each type writes it.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fromHex } from '../../../../shared/dns/bytes.ts';
import { rdataToText } from '../../../../shared/dns/presentation.ts';
import { typeFromText } from '../../../../shared/dns/record-type.ts';
import { parseZoneFile } from '../../../../shared/dns/zone-file.ts';

const roundTrips = [
  ['A', '192.0.2.1'],
  ['AAAA', '2001:db8::1'],
  ['NS', 'ns.example.'],
  ['SOA', 'ns.example. hostmaster.example. 2026112400 3600 900 1209600 300'],
  ['MX', '10 mx.example.'],
  ['MX', '0 .'],
  ['TXT', '"v=STSv1; id=1;" "second"'],
  ['TXT', '""'],
  ['HINFO', '"PC" "Linux"'],
  ['SRV', '0 5 25 mail.example.'],
  ['NAPTR', '100 10 "S" "SIP+D2U" "" _sip._udp.example.'],
  ['CERT', '1 0 8 AQID'],
  ['DS', '20326 8 2 e06d44b80b8f1d39a95c0b0d7c65d08458e880409bbc683457104237c7f8ec8d'],
  ['SSHFP', '4 2 0123456789abcdef'],
  ['RRSIG', 'MX 13 2 3600 20261201000000 20261101000000 12345 example. AQIDBA=='],
  ['NSEC', 'next.example. A MX RRSIG NSEC TLSA CAA TYPE65280'],
  ['DNSKEY', '257 3 13 AQIDBA=='],
  ['NSEC3', '1 1 10 aabbccdd 2t7b4g4vsa5smi47k61mv5bv1a22bojr MX DNSKEY'],
  ['NSEC3PARAM', '1 0 0 -'],
  ['TLSA', '3 1 1 0123456789abcdef'],
  ['SMIMEA', '3 0 0 aa'],
  ['CDS', '0 0 0 00'],
  ['CSYNC', '66 3 A NS AAAA'],
  ['ZONEMD', '2018031900 1 1 aabb'],
  ['OPENPGPKEY', 'AQID'],
  ['EUI48', '00-00-5e-00-53-2a'],
  ['L64', '10 2001:0db8:1140:1000'],
  ['URI', '10 1 "ftp://ftp.example/public"'],
  ['CAA', '0 issue "ca.example; policy=ev"'],
  ['DNAME', 'other.example.'],
] as const;

function parse(type: string, data: string): Uint8Array {
  const parsed = parseZoneFile(`. 1 IN ${type} ${data}\n`);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.failure));
  return parsed.value[0]?.rdata ?? new Uint8Array(0);
}

it.each(roundTrips)('%s %s survives the way to wire form and back', (type, data) => {
  expect(rdataToText(typeFromText(type) ?? 0, parse(type, data))).toBe(data);
});

it('shows the TLSA record of RFC 6698 §2.3 field by field', () => {
  const data = '000000d2abde240d7cd3ee6b4b28c54df034b97983a1d16e8a410e4561cb106618e971';
  expect(rdataToText(52, fromHex(data) ?? new Uint8Array(0))).toBe(
    '0 0 0 d2abde240d7cd3ee6b4b28c54df034b97983a1d16e8a410e4561cb106618e971',
  );
});

it('shows names in lower case, whatever case the server echoed', () => {
  expect(rdataToText(15, parse('MX', '10 Mx.eXample.'))).toBe('10 mx.example.');
});

it('shows LOC as RFC 1876 §3 writes it', () => {
  // 42 21 54 N 71 06 18 W -24m 30m, sizes 30 m, 10 km and 10 m by default: the values of the clause.
  const location = fromHex('00331613 8917 2dd0 70be15f0 00988d20'.replaceAll(' ', ''));
  expect(rdataToText(29, location ?? new Uint8Array(0))).toBe(
    '42 21 54.000 N 71 6 18.000 W -24.00m 30m 10000m 10m',
  );
});

it.each([
  ['A', [1, 2, 3]],
  ['A', [1, 2, 3, 4, 5]],
  ['MX', [0, 10]],
  ['MX', [0, 10, 0xc0, 0x0c]],
  ['TXT', [5, 65]],
  ['TLSA', [3, 1, 1]],
  ['NSEC', [0, 0, 33]],
  ['LOC', [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]],
] as const)('shows %s data that does not fit the type (%j) in the generic form', (type, octets) => {
  expect(rdataToText(typeFromText(type) ?? 0, Uint8Array.from(octets))).toMatch(
    /^\\# \d+ [0-9a-f]+$/,
  );
});

it('never throws and always gives text that reads back to the same octets', () => {
  const types = [...new Set(roundTrips.map(([type]) => typeFromText(type) ?? 0))];
  fc.assert(
    fc.property(fc.constantFrom(...types), fc.uint8Array({ maxLength: 64 }), (type, octets) => {
      const text = rdataToText(type, octets);
      const lower = (bytes: Uint8Array): string => rdataToText(type, bytes);
      expect(lower(parse(`TYPE${type}`, text))).toBe(text);
    }),
    { numRuns: 2000 },
  );
});
