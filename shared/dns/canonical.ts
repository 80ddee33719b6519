/** Canonical form of RDATA (RFC 4034 §6.2 as amended by RFC 6840 §5.1). */
import { concatBytes } from './bytes.ts';
import { canonicalWire, nameFromWire } from './name.ts';
import { fixedOctets, isCounted, rdataFormat } from './rdata-format.ts';
import { TYPE } from './record-type.ts';

/**
 * Types whose names are lower-cased: the list of RFC 4034 §6.2, from which RFC 6840 §5.1 takes NSEC
 * and into which it puts RRSIG. NXT and A6 are of irregular make and obsolete (RFC 3755, RFC 6563).
 */
const lowerCased: ReadonlySet<number> = new Set([
  TYPE.NS,
  TYPE.MD,
  TYPE.MF,
  TYPE.CNAME,
  TYPE.SOA,
  TYPE.MB,
  TYPE.MG,
  TYPE.MR,
  TYPE.PTR,
  TYPE.MINFO,
  TYPE.MX,
  TYPE.RP,
  TYPE.AFSDB,
  TYPE.RT,
  TYPE.SIG,
  TYPE.PX,
  TYPE.SRV,
  TYPE.NAPTR,
  TYPE.KX,
  TYPE.DNAME,
  TYPE.RRSIG,
]);

/** RDATA (uncompressed) as it is signed; RDATA that is not well formed comes back as it is. */
export function canonicalRdata(type: number, rdata: Uint8Array): Uint8Array {
  const format = rdataFormat(type);
  if (format === undefined || !lowerCased.has(type)) return rdata;
  const parts: Uint8Array[] = [];
  let offset = 0;
  for (const field of format) {
    if (field === 'name') {
      const read = nameFromWire(rdata, offset);
      if (read === null) return rdata;
      parts.push(canonicalWire(read.name));
      offset = read.next;
      continue;
    }
    const octets = isCounted(field) ? 1 + (rdata[offset] ?? 0) : fixedOctets(field);
    const end = octets === 0 ? rdata.length : offset + octets;
    if (end > rdata.length) return rdata;
    parts.push(rdata.subarray(offset, end));
    offset = end;
  }
  return offset === rdata.length ? concatBytes(...parts) : rdata;
}
