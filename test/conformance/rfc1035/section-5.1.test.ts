// Presentation form of names and zone files (RFC 1035 §5.1).
import { describe, expect, it } from 'vitest';
import { makeName, nameFromText, ROOT } from '../../../shared/dns/name.ts';
import { recordToText } from '../../../shared/dns/presentation.ts';
import { parseZoneFile } from '../../../shared/dns/zone-file.ts';

function key(text: string): string {
  const parsed = nameFromText(text);
  return parsed.ok ? parsed.value.key : `refused: ${JSON.stringify(parsed.failure)}`;
}

describe('a name in text', () => {
  it('means the same with and without the trailing dot, in any case', () => {
    expect(key('Mail.Example.ORG.')).toBe('mail.example.org');
    expect(key('mail.example.org')).toBe('mail.example.org');
    expect(key('.')).toBe(ROOT.key);
  });

  it('keeps an escaped dot inside its label', () => {
    const parsed = nameFromText('a\\.b.example');
    expect(parsed.ok && parsed.value.labels.length).toBe(2);
    expect(key('a\\.b.example')).toBe('a\\.b.example');
    expect(key('a\\046b.example')).toBe('a\\.b.example');
    expect(key('a.b.example')).not.toBe(key('a\\.b.example'));
  });

  it('reads \\DDD as one octet and shows unprintable octets that way', () => {
    expect(key('\\000\\255.example')).toBe('\\000\\255.example');
    expect(key('\\256.example')).toMatch(/^refused/);
    expect(key('a\\')).toMatch(/^refused/);
    expect(key('a\\1.example')).toMatch(/^refused/);
  });

  it('refuses empty labels, empty text and text outside ASCII', () => {
    for (const text of ['', 'a..b', '.a', '..', 'bücher.example'])
      expect(key(text)).toMatch(/^refused/);
  });

  it('allows 63 octets in a label and 255 in all, and no more (RFC 1035 §2.3.4)', () => {
    const label = 'a'.repeat(63);
    expect(key(label)).toBe(label);
    expect(key(`${label}a`)).toMatch(/63 octets/);
    const longest = `${label}.${label}.${label}.${'b'.repeat(61)}`;
    expect(key(longest)).toBe(longest);
    expect(key(`${longest}b`)).toMatch(/255 octets/);
    expect(() => makeName([new Uint8Array(64)])).toThrow(RangeError);
  });
});

describe('a zone file', () => {
  it('understands origins, omitted owners, TTLs, parentheses and comments', () => {
    const parsed = parseZoneFile(`
$TTL 1h30m
$ORIGIN example.org.
@      IN SOA ns hostmaster ( 1 ; serial
                3600 900 604800 300 )
       IN 60 NS ns
       60 IN MX 10 mail.example.net.
ns     A 192.0.2.1
sub.x. AAAA 2001:db8::1
_25._tcp.mail TLSA 3 1 1 ( aabb
   ccdd )
txt    TXT "semi;colon" bare "quo\\"te"
`);
    expect(parsed.ok && parsed.value.map(recordToText)).toEqual([
      'example.org. 5400 IN SOA ns.example.org. hostmaster.example.org. 1 3600 900 604800 300',
      'example.org. 60 IN NS ns.example.org.',
      'example.org. 60 IN MX 10 mail.example.net.',
      'ns.example.org. 5400 IN A 192.0.2.1',
      'sub.x. 5400 IN AAAA 2001:db8::1',
      '_25._tcp.mail.example.org. 5400 IN TLSA 3 1 1 aabbccdd',
      'txt.example.org. 5400 IN TXT "semi;colon" "bare" "quo\\"te"',
    ]);
  });

  it.each([
    ['. IN DS 20326 8 2 zz', /line 1: “20326 8 2 zz”|line 1: “zz” does not fit DS/],
    ['\n\n. IN A 1.2.3', /line 3/],
    ['. IN A 1.2.3.4 5', /too many/],
    ['. IN BOGUS x', /“BOGUS” is not a record type/],
    ['. IN TXT "open', /not closed/],
    ['. IN A ( 1.2.3.4', /not closed/],
    ['. IN A 1.2.3.4 )', /not opened/],
    ['  IN A 1.2.3.4', /names no owner/],
    ['$INCLUDE other', /\$INCLUDE/],
  ])('names the line and the fault of %j', (text, fault) => {
    const parsed = parseZoneFile(text);
    expect(parsed.ok ? '' : JSON.stringify(parsed.failure)).toMatch(fault);
  });
});
