// The built-in trust anchors against the copy of IANA's that Debian ships (package dns-root-data, which
// bind9 and unbound depend on).
import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { createDnssecCrypto } from '../../electron/crypto/dnssec-crypto.ts';
import { toHex } from '../../shared/dns/bytes.ts';
import { ROOT } from '../../shared/dns/name.ts';
import { parseZoneFile } from '../../shared/dns/zone-file.ts';
import { dsDigestFits, dsNamesKey } from '../../shared/dnssec/ds.ts';
import { trustAnchors, type TrustAnchor } from '../../shared/dnssec/trust-anchor.ts';

const DEBIAN = '/usr/share/dns';

function anchorsIn(file: string | URL): TrustAnchor {
  const parsed = parseZoneFile(readFileSync(file, 'utf8'));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.failure));
  const [anchor, ...others] = trustAnchors(parsed.value);
  if (anchor === undefined || others.length > 0) throw new Error('not anchors of one zone');
  return anchor;
}

const ours = anchorsIn(new URL('../../assets/root-anchors.zone', import.meta.url));
const line = ({ keyTag, algorithm, digestType, digest }: (typeof ours.ds)[number]) =>
  [keyTag, algorithm, digestType, toHex(digest)].join(' ');

it('are the two keys that IANA has published, by SHA-256', () => {
  expect(ours.zone).toEqual(ROOT);
  expect(ours.dnskeys).toEqual([]);
  expect(
    ours.ds.map(({ keyTag, algorithm, digestType }) => [keyTag, algorithm, digestType]),
  ).toEqual([
    [20326, 8, 2],
    [38696, 8, 2],
  ]);
});

it.skipIf(!existsSync(`${DEBIAN}/root.ds`))('are the DS records that Debian ships', () => {
  expect(ours.ds.map(line)).toEqual(anchorsIn(`${DEBIAN}/root.ds`).ds.map(line));
});

it.skipIf(!existsSync(`${DEBIAN}/root.key`))(
  'fit the DNSKEY records that Debian ships, all of them',
  () => {
    const crypto = createDnssecCrypto();
    const { dnskeys } = anchorsIn(`${DEBIAN}/root.key`);
    expect(dnskeys.map((key) => key.keyTag)).toEqual(ours.ds.map((ds) => ds.keyTag));
    for (const key of dnskeys) {
      const ds = ours.ds.find((each) => dsNamesKey(each, key));
      expect(ds !== undefined && dsDigestFits(ds, ROOT, key, crypto)).toBe(true);
    }
  },
);
