/** Canonical form of RDATA (RFC 4034 §6.2 as amended by RFC 6840 §5.1). */
import { concatBytes } from './bytes.ts';
import { canonicalWire, nameFromWire } from './name.ts';
import { fixedOctets, isCounted, rdataFormat } from './rdata-format.ts';
import { TYPE } from './record-type.ts';

/**
 * Types whose names are lower-cased: the list of RFC 4034 §6.2, from which RFC 6840 §5.1 takes NSEC
 * and into which it puts RRSIG; NXT and A6, of irregular make, are cut apart below.
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
  if (type === TYPE.NXT) return lowerCasedAt(rdata, 0);
  if (type === TYPE.A6) return lowerCasedAt(rdata, nameInA6(rdata));
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

/** The RDATA with the one name that begins at `offset` in lower case; null: it holds none. */
function lowerCasedAt(rdata: Uint8Array, offset: number | null): Uint8Array {
  const read = offset === null ? null : nameFromWire(rdata, offset);
  if (offset === null || read === null) return rdata;
  return concatBytes(
    rdata.subarray(0, offset),
    canonicalWire(read.name),
    rdata.subarray(read.next),
  );
}

/** RFC 2874 §3.1: prefix length, as many octets as the other bits take, and a name unless it is 0. */
function nameInA6(rdata: Uint8Array): number | null {
  const prefix = rdata[0] ?? 0;
  return prefix === 0 || prefix > 128 ? null : 1 + Math.ceil((128 - prefix) / 8);
}
