// Canonical RDATA (RFC 4034 §6.2 as amended by RFC 6840 §5.1): which names are lower-cased and which are not.
import { expect, it } from 'vitest';
import { canonicalRdata } from '../../../shared/dns/canonical.ts';
import { parseZoneFile } from '../../../shared/dns/zone-file.ts';
import { typeFromText } from '../../../shared/dns/record-type.ts';

function rdata(type: string, data: string): Uint8Array {
  const parsed = parseZoneFile(`. 1 IN ${type} ${data}\n`);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.failure));
  return parsed.value[0]?.rdata ?? new Uint8Array(0);
}

const lowered = [
  ['NS', 'Ns.Example.'],
  ['CNAME', 'Target.Example.'],
  ['SOA', 'Ns.Example. Hostmaster.Example. 1 2 3 4 5'],
  ['PTR', 'Host.Example.'],
  ['MX', '10 MX.Example.'],
  ['RP', 'Person.Example. Text.Example.'],
  ['SRV', '0 1 25 Mail.Example.'],
  ['NAPTR', '1 2 "S" "SIP" "" Target.Example.'],
  ['DNAME', 'Other.Example.'],
  ['RRSIG', 'MX 13 2 3600 20261201000000 20261101000000 12345 Example. AAAA'],
] as const;

it.each(lowered)('lower-cases the names in %s', (type, data) => {
  const number = typeFromText(type) ?? 0;
  const canonical = canonicalRdata(number, rdata(type, data));
  // NAPTR's character strings are no names and keep their case; so do base64 and numbers.
  const expected = data.replace(/[A-Za-z]+\.[A-Za-z.]*/g, (text) => text.toLowerCase());
  expect(canonical).toEqual(rdata(type, expected));
  expect(canonical).not.toEqual(rdata(type, data));
});

it('leaves the next name of NSEC as it was sent (RFC 6840 §5.1)', () => {
  const sent = rdata('NSEC', 'Next.Example. A RRSIG NSEC');
  expect(canonicalRdata(47, sent)).toEqual(sent);
});

it('leaves types alone that came after the list, such as SVCB', () => {
  const sent = rdata(
    'SVCB',
    '\\# 12 0001 07 45786d61706c65 00 00'.replace(' 00 00', ' 00').replace('12', '11'),
  );
  expect(canonicalRdata(64, sent)).toEqual(sent);
});
