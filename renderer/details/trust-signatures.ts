/** Who signs what on the way from the root to an answer, until when, and what ends first (RFC 4035 §5.3.1). */
import { fromHex } from '../../shared/dns/bytes.ts';
import { typeToText } from '../../shared/dns/record-type.ts';
import { validityPeriod } from '../../shared/dnssec/rrsig.ts';
import type { LookUpReport, Report } from '../../shared/inspection/report.ts';
import { messageSignatures } from '../../shared/outlook/message-signatures.ts';
import { answersTo } from './raw-messages.ts';
import { instantAt, type Span } from './validity.ts';

export interface Signature extends Span {
  readonly key: string;
  /** Apex of the zone whose key signs. */
  readonly signer: string;
  readonly keyTag: number | null;
  readonly algorithm: number | null;
  /** The RRset that it is over. */
  readonly owner: string;
  readonly type: string;
}

/** Bars on one time line; what has more signatures than this is no answer that mail needs. */
const MAX_SIGNATURES = 48;

/** Those over the keys of each zone from the root down, then those in the answers of the servers. */
export function signaturesOf(report: Report, lookUp: LookUpReport): readonly Signature[] {
  const found = new Map<string, Signature>();
  const add = (signature: Omit<Signature, 'key'>): void => {
    const { signer, keyTag, owner, type, from, until } = signature;
    const key = [owner, type, signer, keyTag, from, until].join(' ');
    if (found.size < MAX_SIGNATURES) found.set(key, { ...signature, key });
  };
  for (const { zone, dnskeys, signedBy, signature } of lookUp.chain) {
    if (signature === null) continue;
    const algorithm = dnskeys.find(({ keyTag }) => keyTag === signedBy)?.algorithm ?? null;
    const { inception: from, expiration: until } = signature;
    add({ signer: zone, keyTag: signedBy, algorithm, owner: zone, type: 'DNSKEY', from, until });
  }
  const at = Math.floor(Date.parse(report.at) / 1000);
  for (const { raw } of answersTo(report, lookUp.name, lookUp.type)) {
    for (const { owner, rrsig } of messageSignatures(fromHex(raw) ?? new Uint8Array(0))) {
      const { inception, expiration } = validityPeriod(rrsig, Number.isNaN(at) ? 0 : at);
      add({
        signer: rrsig.signer.key,
        keyTag: rrsig.keyTag,
        algorithm: rrsig.algorithm,
        owner,
        type: typeToText(rrsig.typeCovered),
        from: instantAt(inception * 1000),
        until: instantAt(expiration * 1000),
      });
    }
  }
  return [...found.values()];
}

/** The one that ends first of those that still hold; null where none does. */
export function nextToExpire(signatures: readonly Signature[], at: string): Signature | null {
  const now = Date.parse(at);
  const holding = signatures.filter(
    ({ from, until }) => Date.parse(from) <= now && Date.parse(until) >= now,
  );
  return holding.reduce<Signature | null>(
    (first, each) =>
      first === null || Date.parse(each.until) < Date.parse(first.until) ? each : first,
    null,
  );
}
