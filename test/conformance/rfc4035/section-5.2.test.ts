/** RFC 4035 §5.2 and RFC 4509 §3: from what a parent says to the keys of a zone. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { concatBytes } from '../../../shared/dns/bytes.ts';
import { canonicalWire } from '../../../shared/dns/name.ts';
import { unsupportedEntryPoints, verifyDelegation } from '../../../shared/dnssec/delegation.ts';
import type { Dnskey } from '../../../shared/dnssec/dnskey.ts';
import type { Ds } from '../../../shared/dnssec/ds.ts';
import type { EntryPoints } from '../../../shared/dnssec/trust-anchor.ts';
import { AT, name, pick, readSignedZone, validationAt } from '../signed-answers/answers.ts';
import { makeKey, makeKeySet } from '../signed-answers/signer.ts';

const zone = name('example.');
const ksk = makeKey(257);
const zsk = makeKey(256);
const keySet = makeKeySet([ksk.dnskey, zsk.dnskey], [ksk]);

function dsOf(key: Dnskey, digestType = 2): Ds {
  const hash = digestType === 1 ? 'sha1' : digestType === 4 ? 'sha384' : 'sha256';
  const data = concatBytes(canonicalWire(zone), key.rdata);
  const digest = createHash(hash).update(data).digest();
  return { keyTag: key.keyTag, algorithm: key.algorithm, digestType, digest };
}

function wrongDs(key: Dnskey): Ds {
  return { ...dsOf(key), digest: new Uint8Array(32) };
}

function verify(ds: readonly Ds[], dnskeys = keySet, anchors: readonly Dnskey[] = []) {
  const entryPoints: EntryPoints = { ds, dnskeys: anchors };
  return verifyDelegation(zone, entryPoints, dnskeys, validationAt());
}

function summary(verdict: ReturnType<typeof verifyDelegation>) {
  const ede = verdict.status === 'secure' ? null : verdict.reason.ede;
  return [verdict.status, ede, ...verdict.observations.map((each) => each.code)];
}

describe('zones as independent signers made them', () => {
  it.each([
    'rsasha1-nsec',
    'rsasha256-nsec',
    'rsasha512-nsec3',
    'ecdsap256-nsec',
    'ecdsap384-nsec',
    'ed25519-nsec3',
    'ed448-nsec',
    'ldns-rsasha256-nsec3',
    'ldns-ed25519-nsec',
  ])('%s is reached through each of its DS records alone', (variant) => {
    const signed = readSignedZone(variant);
    const dnskeys = pick(signed.answer('example.', 'DNSKEY').answer, 'example.', 'DNSKEY');
    expect(signed.trust.ds.length).toBeGreaterThan(0);
    for (const ds of signed.trust.ds) {
      const entryPoints = { ds: [ds], dnskeys: [] };
      const verdict = verifyDelegation(zone, entryPoints, dnskeys, validationAt());
      expect(verdict.status).toBe('secure');
      expect(verdict.signedBy).toBe(ds.keyTag);
      expect(verdict.observations.some((each) => each.parameters['digestType'] === 1)).toBe(
        ds.digestType === 1,
      );
    }
  });
});

describe('a delegation is secure', () => {
  it('when a DS fits a key that signs the DNSKEY RRset; then all zone keys are believed', () => {
    const verdict = verify([dsOf(ksk.dnskey)]);
    if (verdict.status !== 'secure') throw new Error(verdict.reason.text);
    expect(verdict.zoneKeys.keys.map((each) => each.keyTag)).toEqual([
      ksk.dnskey.keyTag,
      zsk.dnskey.keyTag,
    ]);
    expect(verdict.dnskeys.map((each) => each.secureEntryPoint)).toEqual([true, false]);
    expect(verdict.signature).toMatchObject({ inception: AT - 864_000 });
  });

  it('and leaves out keys that may verify nothing', () => {
    const unfit = [makeKey(0x0180), makeKey(0), makeKey(256, 2)].map((each) => each.dnskey);
    const verdict = verify([dsOf(ksk.dnskey)], makeKeySet([...unfit, ksk.dnskey], [ksk]));
    if (verdict.status !== 'secure') throw new Error(verdict.reason.text);
    expect(verdict.zoneKeys.keys.map((each) => each.keyTag)).toEqual([ksk.dnskey.keyTag]);
  });

  it('when one DS of several fits (RFC 6840 §5.11)', () => {
    const gone = makeKey(257).dnskey;
    expect(verify([dsOf(gone), wrongDs(zsk.dnskey), dsOf(ksk.dnskey)]).status).toBe('secure');
  });

  it('through a trust anchor that is a whole key', () => {
    expect(verify([], keySet, [ksk.dnskey]).status).toBe('secure');
  });
});

describe('a delegation is bogus', () => {
  it('when no key is the one the DS names', () => {
    expect(summary(verify([dsOf(makeKey(257).dnskey)]))).toEqual(['bogus', 9, 'ds-mismatch']);
  });

  it('when the DS gives the key another algorithm than it has', () => {
    expect(verify([{ ...dsOf(ksk.dnskey), algorithm: 13 }]).status).toBe('bogus');
  });

  it('when the digest is another key’s', () => {
    expect(summary(verify([wrongDs(ksk.dnskey)]))).toEqual(['bogus', 9, 'ds-mismatch']);
  });

  it('when the digest is of the key under another zone’s name', () => {
    const digest = createHash('sha256')
      .update(concatBytes(canonicalWire(name('example.net.')), ksk.dnskey.rdata))
      .digest();
    expect(verify([{ ...dsOf(ksk.dnskey), digest }]).status).toBe('bogus');
  });

  it('when the anchor is a whole key that the zone does not have', () => {
    expect(verify([], keySet, [makeKey(257).dnskey]).status).toBe('bogus');
  });

  it('when the servers give no DNSKEY records', () => {
    const verdict = verifyDelegation(
      zone,
      { ds: [dsOf(ksk.dnskey)], dnskeys: [] },
      null,
      validationAt(),
    );
    expect(summary(verdict)).toEqual(['bogus', 9, 'dnskey-missing']);
  });

  it('when the key that fits does not sign the DNSKEY RRset', () => {
    const byOther = makeKeySet([ksk.dnskey, zsk.dnskey], [zsk]);
    expect(summary(verify([dsOf(ksk.dnskey)], byOther))).toEqual(['bogus', 10, 'rrsig-missing']);
  });

  it('when the DNSKEY RRset has no signature', () => {
    const bare = { ...keySet, signatures: [] };
    expect(summary(verify([dsOf(ksk.dnskey)], bare))).toEqual(['bogus', 10, 'rrsig-missing']);
  });

  it('when a key was put in after signing', () => {
    const added = makeKeySet([ksk.dnskey, zsk.dnskey, makeKey().dnskey], [ksk]);
    const forged = { rrset: added.rrset, signatures: keySet.signatures };
    expect(summary(verify([dsOf(ksk.dnskey)], forged))).toEqual(['bogus', 6, 'rrsig-invalid']);
  });

  it('when the key that fits is revoked (RFC 5011 §2.1)', () => {
    const revoked = makeKey(0x0181);
    const set = makeKeySet([revoked.dnskey], [revoked]);
    expect(verify([dsOf(revoked.dnskey)], set).status).toBe('bogus');
    expect(verify([], set, [revoked.dnskey]).status).toBe('bogus');
  });

  it('when the key that fits is no zone key (RFC 4034 §2.1.1)', () => {
    const host = makeKey(1);
    expect(summary(verify([dsOf(host.dnskey)], makeKeySet([host.dnskey], [host])))).toEqual([
      'bogus',
      11,
      'ds-mismatch',
    ]);
  });

  it('when the DS RRset holds nothing that can be read', () => {
    expect(verify([]).status).toBe('bogus');
  });
});

describe('a delegation is insecure', () => {
  const dsa: Ds = { ...dsOf(ksk.dnskey), algorithm: 3 };
  const gostDigest: Ds = { ...dsOf(ksk.dnskey), digestType: 3 };
  it('when every DS is of an unsupported algorithm', () => {
    expect(summary(verify([dsa]))).toEqual(['insecure', 1, 'algorithm-unsupported']);
  });

  it('when every DS is of an unsupported digest type', () => {
    expect(summary(verify([gostDigest]))).toEqual(['insecure', 2, 'algorithm-unsupported']);
  });

  it('even when it has no DNSKEY records, which need not be asked for then', () => {
    const entryPoints = { ds: [dsa, gostDigest], dnskeys: [] };
    expect(verifyDelegation(zone, entryPoints, null, validationAt()).status).toBe('insecure');
    expect(unsupportedEntryPoints(zone, entryPoints, validationAt())?.ede).toBe(2);
    const supported = { ds: [dsa, dsOf(ksk.dnskey)], dnskeys: [] };
    expect(unsupportedEntryPoints(zone, supported, validationAt())).toBeNull();
  });

  it('when the trust anchor itself is of an unsupported algorithm', () => {
    const anchor = { ...ksk.dnskey, algorithm: 12 };
    expect(verify([], keySet, [anchor]).status).toBe('insecure');
  });

  it('but not when one supported DS stands among them', () => {
    expect(verify([dsa, gostDigest, dsOf(ksk.dnskey)]).status).toBe('secure');
    expect(verify([dsa, gostDigest, wrongDs(ksk.dnskey)]).status).toBe('bogus');
  });
});

describe('a SHA-1 DS (RFC 4509 §3)', () => {
  it('is ignored beside a SHA-256 or SHA-384 DS', () => {
    for (const strong of [2, 4]) {
      const other = { ...dsOf(ksk.dnskey, strong), digest: new Uint8Array(32) };
      expect(verify([dsOf(ksk.dnskey, 1), other]).status).toBe('bogus');
      expect(summary(verify([dsOf(ksk.dnskey, 1), dsOf(ksk.dnskey, strong)]))).toEqual([
        'secure',
        null,
      ]);
    }
  });

  it('counts alone, and is called deprecated', () => {
    expect(summary(verify([dsOf(ksk.dnskey, 1)]))).toEqual([
      'secure',
      null,
      'algorithm-deprecated',
    ]);
  });

  it('counts beside a better digest that is of no use for its algorithm', () => {
    expect(verify([dsOf(ksk.dnskey, 1), { ...dsOf(ksk.dnskey, 2), algorithm: 3 }]).status).toBe(
      'secure',
    );
  });
});

describe('the keys of one zone', () => {
  it('are not another’s, though DS and signature fit them', () => {
    const host = name('host.example.');
    const moved = { ...keySet, rrset: { ...keySet.rrset, name: host } };
    const entryPoints = { ds: [dsOf(ksk.dnskey)], dnskeys: [] };
    expect(verifyDelegation(host, entryPoints, moved, validationAt()).status).toBe('bogus');
  });
});
