/** RFC 5011 §2.1: a revoked key is used for nothing, and its tag is another one. */
import { describe, expect, it } from 'vitest';
import { createHash } from 'node:crypto';
import { concatBytes } from '../../../shared/dns/bytes.ts';
import { canonicalWire } from '../../../shared/dns/name.ts';
import { verifyDelegation } from '../../../shared/dnssec/delegation.ts';
import { parseDnskey, type Dnskey } from '../../../shared/dnssec/dnskey.ts';
import type { Ds } from '../../../shared/dnssec/ds.ts';
import { name, validationAt } from '../signed-answers/answers.ts';
import { makeKey, makeKeySet, type SigningKey } from '../signed-answers/signer.ts';

const zone = name('example.');
const REVOKED = 0x0080;
const key = makeKey(257);
const revoked = revoke(key);
const other = makeKey(257);

function revoke({ dnskey, privateKey }: SigningKey): SigningKey {
  const rdata = dnskey.rdata.slice();
  rdata[1] = (rdata[1] ?? 0) | REVOKED;
  const parsed = parseDnskey(rdata);
  if (parsed === null) throw new Error('no key');
  return { dnskey: parsed, privateKey };
}

function dsOf({ keyTag, algorithm, rdata }: Dnskey): Ds {
  const data = concatBytes(canonicalWire(zone), rdata);
  return { keyTag, algorithm, digestType: 2, digest: createHash('sha256').update(data).digest() };
}

function verify(ds: readonly Dnskey[], anchors: readonly Dnskey[], keys: readonly SigningKey[]) {
  return verifyDelegation(
    zone,
    { ds: ds.map(dsOf), dnskeys: anchors },
    makeKeySet(
      keys.map(({ dnskey }) => dnskey),
      keys,
    ),
    validationAt(),
  );
}

it('the flag changes the key tag by 128, as it is part of what the tag sums', () => {
  expect((revoked.dnskey.keyTag - key.dnskey.keyTag + 65536) % 65536).toBe(REVOKED);
});

describe('a revoked key', () => {
  it('is not what the DS of the key before was for', () => {
    expect(verify([key.dnskey], [], [key]).status).toBe('secure');
    expect(verify([key.dnskey], [], [revoked]).status).toBe('bogus');
  });

  it('is not used even where a DS or an anchor names it as it is', () => {
    const byDs = verify([revoked.dnskey], [], [revoked]);
    expect(byDs).toMatchObject({ status: 'bogus', reason: { ede: 9, clause: 'RFC 5011 §2.1' } });
    expect(verify([], [revoked.dnskey], [revoked]).status).toBe('bogus');
  });

  it('does no harm beside one that is good', () => {
    const verdict = verify([other.dnskey], [], [revoked, other]);
    expect(verdict).toMatchObject({ status: 'secure', signedBy: other.dnskey.keyTag });
    if (verdict.status !== 'secure') throw new Error(verdict.reason.text);
    expect(verdict.zoneKeys.keys).toEqual([other.dnskey]);
  });
});
