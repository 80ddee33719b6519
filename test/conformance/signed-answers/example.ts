/** Examples printed in RFCs: a zone's key, perhaps its DS, and an RRset that the key signed. */
import { createDnssecCrypto } from '../../../electron/crypto/dnssec-crypto.ts';
import { TYPE } from '../../../shared/dns/record-type.ts';
import { parseDnskey, type Dnskey } from '../../../shared/dnssec/dnskey.ts';
import { dsDigestFits, parseDs } from '../../../shared/dnssec/ds.ts';
import { verifyRRset, type SignatureVerdict } from '../../../shared/dnssec/signature.ts';
import { signedRRsets } from '../../../shared/dnssec/signed-rrset.ts';
import { records, validationAt } from './answers.ts';

export interface Example {
  readonly key: Dnskey;
  /** Whether each DS of the text fits the key. */
  readonly dsFit: readonly boolean[];
  verify(at: number): SignatureVerdict;
}

/** Records in zone-file form: one DNSKEY, any DS, and one other RRset with its RRSIG. */
export function readExample(text: string): Example {
  const all = records(text);
  const [keyRecord] = all.filter((each) => each.type === TYPE.DNSKEY);
  const key = keyRecord === undefined ? null : parseDnskey(keyRecord.rdata);
  if (keyRecord === undefined || key === null) throw new Error('no DNSKEY');
  const zone = keyRecord.name;
  return {
    key,
    dsFit: all.flatMap((each) => {
      const ds = each.type === TYPE.DS ? parseDs(each.rdata) : null;
      return ds === null ? [] : [dsDigestFits(ds, zone, key, createDnssecCrypto())];
    }),
    verify(at) {
      const [signed] = signedRRsets(all).filter(
        ({ rrset }) => rrset.type !== TYPE.DNSKEY && rrset.type !== TYPE.DS,
      );
      if (signed === undefined) throw new Error('no signed RRset');
      return verifyRRset(signed, { zone, keys: [key] }, validationAt(at));
    },
  };
}
