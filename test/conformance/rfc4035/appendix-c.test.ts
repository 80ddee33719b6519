/** RFC 4035 Appendix C: how the example responses are authenticated, key by key. */
import { expect, it } from 'vitest';
import { createHash } from 'node:crypto';
import { concatBytes } from '../../../shared/dns/bytes.ts';
import { canonicalWire } from '../../../shared/dns/name.ts';
import { verifyDelegation } from '../../../shared/dnssec/delegation.ts';
import { parseDs, type Ds } from '../../../shared/dnssec/ds.ts';
import type { EntryPoints } from '../../../shared/dnssec/trust-anchor.ts';
import { verifyRRset } from '../../../shared/dnssec/signature.ts';
import { name, pick, validationAt } from '../signed-answers/answers.ts';
import { AT_2004, KEYS, sets, ZONE } from './example-zone.ts';

const dnskeys = pick(sets('dnskey'), 'example.', 'DNSKEY');
const [zsk, ksk] = KEYS.keys;
if (zsk === undefined || ksk === undefined) throw new Error('two keys are printed');

const dsOf = (key: typeof ksk): Ds => ({
  keyTag: key.keyTag,
  algorithm: key.algorithm,
  digestType: 1,
  digest: createHash('sha1')
    .update(concatBytes(canonicalWire(ZONE), key.rdata))
    .digest(),
});
const verify = (entryPoints: EntryPoints) =>
  verifyDelegation(ZONE, entryPoints, dnskeys, validationAt(AT_2004));

it('C.1: a DS of the key-signing key leads to all keys of the zone', () => {
  const verdict = verify({ ds: [dsOf(ksk)], dnskeys: [] });
  expect(verdict).toMatchObject({ status: 'secure', signedBy: 9465 });
  if (verdict.status !== 'secure') throw new Error(verdict.reason.text);
  const [mx] = sets('mx');
  if (mx === undefined) throw new Error('no MX');
  expect(verifyRRset(mx, verdict.zoneKeys, validationAt(AT_2004)).status).toBe('valid');
});

it('C.1: a configured key of the zone does the same', () => {
  expect(verify({ ds: [], dnskeys: [ksk] })).toMatchObject({ status: 'secure', signedBy: 9465 });
  expect(verify({ ds: [], dnskeys: [zsk] })).toMatchObject({ status: 'secure', signedBy: 38519 });
});

it('C.1: a DS of no key of the zone leads to nothing', () => {
  const digest = dsOf(ksk).digest.map((byte, index) => (index === 0 ? byte ^ 1 : byte));
  expect(verify({ ds: [{ ...dsOf(ksk), digest }], dnskeys: [] }).status).toBe('bogus');
  expect(verify({ ds: [{ ...dsOf(ksk), keyTag: 9466 }], dnskeys: [] }).status).toBe('bogus');
});

it('C.2: the data a key has not signed is not authenticated by it', () => {
  const only = { zone: ZONE, keys: [ksk] };
  const [mx] = sets('mx');
  if (mx === undefined) throw new Error('no MX');
  expect(verifyRRset(mx, only, validationAt(AT_2004))).toMatchObject({ reason: { ede: 9 } });
});

it('C.4: the DS of a.example, once authenticated, vouches for its keys only', () => {
  const signed = pick(sets('ds'), 'a.example.', 'DS');
  const ds = signed.rrset.records.flatMap((record) => parseDs(record.rdata) ?? []);
  expect(ds.map(({ keyTag, algorithm, digestType }) => [keyTag, algorithm, digestType])).toEqual([
    [57855, 5, 1],
  ]);
  const ofParent = verifyDelegation(
    name('a.example.'),
    { ds, dnskeys: [] },
    dnskeys,
    validationAt(AT_2004),
  );
  expect(ofParent.status).toBe('bogus');
});
