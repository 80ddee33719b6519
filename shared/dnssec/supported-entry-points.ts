/** Which DS records and anchors of a zone count, and when a zone is insecure for want of any (RFC 4035 §5.2). */
import { nameToText, type Name } from '../dns/name.ts';
import { DIGEST_TYPE } from './algorithm.ts';
import type { CryptoPort } from './crypto-port.ts';
import type { Ds } from './ds.ts';
import { EDE } from './ede.ts';
import type { Reason } from './reason.ts';
import type { EntryPoints } from './trust-anchor.ts';

export type Supported =
  (EntryPoints & { readonly kind: 'some' }) | { readonly kind: 'none'; readonly reason: Reason };

export function supportedEntryPoints(
  zone: Name,
  entryPoints: EntryPoints,
  crypto: CryptoPort,
): Supported {
  const dnskeys = entryPoints.dnskeys.filter((key) => crypto.supportsAlgorithm(key.algorithm));
  const ofAlgorithm = entryPoints.ds.filter((ds) => crypto.supportsAlgorithm(ds.algorithm));
  const ds = withoutWeakDigests(ofAlgorithm.filter((each) => isSupportedDigest(each.digestType)));
  const given = entryPoints.ds.length + entryPoints.dnskeys.length;
  if (ds.length + dnskeys.length > 0 || given === 0) return { kind: 'some', ds, dnskeys };
  return { kind: 'none', reason: whyNone(zone, entryPoints, ofAlgorithm) };
}

function isSupportedDigest(digestType: number): boolean {
  return (
    digestType === DIGEST_TYPE.SHA1 ||
    digestType === DIGEST_TYPE.SHA256 ||
    digestType === DIGEST_TYPE.SHA384
  );
}

/** RFC 4509 §3: SHA-1 digests are ignored where a better one stands beside them. */
function withoutWeakDigests(ds: readonly Ds[]): readonly Ds[] {
  const strong = ds.filter((each) => each.digestType !== DIGEST_TYPE.SHA1);
  return strong.length > 0 ? strong : ds;
}

function whyNone(zone: Name, entryPoints: EntryPoints, ofAlgorithm: readonly Ds[]): Reason {
  const all = [...entryPoints.ds, ...entryPoints.dnskeys];
  const [digest] = ofAlgorithm;
  if (digest !== undefined) {
    return {
      subject: zone.key,
      text: `The DS records for ${nameToText(zone)} use only digest types that are not supported here (${digest.digestType})`,
      ede: EDE.UNSUPPORTED_DS_DIGEST_TYPE,
      clause: 'RFC 4035 §5.2',
    };
  }
  const algorithms = [...new Set(all.map((each) => each.algorithm))].join(', ');
  return {
    subject: zone.key,
    text: `What vouches for ${nameToText(zone)} names only algorithms that are not supported here (${algorithms})`,
    ede: EDE.UNSUPPORTED_DNSKEY_ALGORITHM,
    clause: 'RFC 4035 §5.2',
  };
}
