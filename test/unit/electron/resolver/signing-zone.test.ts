// Which zone signed an answer, when its servers may serve several (RFC 4035 §5.3.1, §2.4).
import { expect, it } from 'vitest';
import { signingZone } from '../../../../electron/resolver/signing-zone.ts';
import { createZoneMap, type Zone } from '../../../../electron/resolver/zone.ts';
import { nameFromText, ROOT, type Name } from '../../../../shared/dns/name.ts';
import { parseZoneFile } from '../../../../shared/dns/zone-file.ts';
import { signedRRsets } from '../../../../shared/dnssec/signed-rrset.ts';

function name(text: string): Name {
  const parsed = nameFromText(text);
  if (!parsed.ok) throw new Error(text);
  return parsed.value;
}

const root: Zone = {
  name: ROOT,
  parent: null,
  hosts: [],
  hostsLeftOut: 0,
  referral: null,
  hidden: false,
};
const base: Zone = { ...root, name: name('example.test'), parent: root };

/** The zone that signatures by these signers lead to. */
function zoneFor(owner: string, type: string, signers: readonly string[]): string | null {
  const data = type === 'DS' ? '1 13 2 aa' : '192.0.2.1';
  const text = [
    `${owner}. 60 ${type} ${data}`,
    ...signers.map(
      (signer) =>
        `${owner}. 60 RRSIG ${type} 13 3 60 20261201000000 20261101000000 1 ${signer}. AAAA`,
    ),
  ].join('\n');
  const parsed = parseZoneFile(text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.failure));
  const zones = createZoneMap(() => root);
  const number = type === 'DS' ? 43 : 1;
  return (
    signingZone({ zones }, base, signedRRsets(parsed.value), name(owner), number)?.name.key ?? null
  );
}

it.each([
  ['nobody', [], null],
  ['the zone asked', ['example.test'], 'example.test'],
  ['a zone below it', ['sub.example.test'], 'sub.example.test'],
  ['both: the zone asked is nearer to trust', ['sub.example.test', 'example.test'], 'example.test'],
  ['a zone above it, whose keys must not do', ['test'], 'example.test'],
  ['a stranger', ['other.test'], 'example.test'],
  ['a zone below the name', ['x.www.sub.example.test'], 'example.test'],
])('signed by %s', (_, signers, expected) => {
  expect(zoneFor('www.sub.example.test', 'A', signers)).toBe(expected);
});

it('a DS RRset is never the child’s own to sign (RFC 4035 §2.4)', () => {
  expect(zoneFor('sub.example.test', 'DS', ['sub.example.test'])).toBe('example.test');
  expect(zoneFor('low.sub.example.test', 'DS', ['sub.example.test'])).toBe('sub.example.test');
});
