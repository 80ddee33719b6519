/** What RDATA of each type consists of: the one table behind canonical, presentation and zone-file forms. */
import { TYPE } from './record-type.ts';

/**
 * Fields in wire order. `name` may be compressed by old servers (RFC 3597 §4); `plain-name` never is.
 * `string` is a counted <character-string>, `strings` one or more up to the end, `text` the rest as one
 * string, `tag` a counted string shown bare; `salt` and `hash` are counted and shown in hexadecimal and
 * base32hex; `hex`, `base64`, `bitmap` (RFC 4034 §4.1.2) and `service-parameters` take the rest.
 */
export type Field =
  | 'uint8'
  | 'uint16'
  | 'uint32'
  | 'ipv4'
  | 'ipv6'
  | 'type'
  | 'time'
  | 'name'
  | 'plain-name'
  | 'string'
  | 'strings'
  | 'text'
  | 'tag'
  | 'salt'
  | 'hash'
  | 'hex'
  | 'base64'
  | 'bitmap'
  | 'locator'
  | 'eui48'
  | 'eui64'
  | 'location'
  | 'service-parameters';

const DIGEST: readonly Field[] = ['uint16', 'uint8', 'uint8', 'hex'];
const PUBLIC_KEY: readonly Field[] = ['uint16', 'uint8', 'uint8', 'base64'];
const CERTIFICATE: readonly Field[] = ['uint8', 'uint8', 'uint8', 'hex'];
const SIGNATURE: readonly Field[] = [
  'type',
  'uint8',
  'uint8',
  'uint32',
  'time',
  'time',
  'uint16',
  'name',
  'base64',
];
const SERVICE: readonly Field[] = ['uint16', 'plain-name', 'service-parameters'];

/** Types that are not here have the generic form of RFC 3597 §5. */
const formats: ReadonlyMap<number, readonly Field[]> = new Map<number, readonly Field[]>([
  [TYPE.A, ['ipv4']],
  [TYPE.NS, ['name']],
  [TYPE.MD, ['name']],
  [TYPE.MF, ['name']],
  [TYPE.CNAME, ['name']],
  [TYPE.SOA, ['name', 'name', 'uint32', 'uint32', 'uint32', 'uint32', 'uint32']],
  [TYPE.MB, ['name']],
  [TYPE.MG, ['name']],
  [TYPE.MR, ['name']],
  [TYPE.PTR, ['name']],
  [TYPE.HINFO, ['string', 'string']],
  [TYPE.MINFO, ['name', 'name']],
  [TYPE.MX, ['uint16', 'name']],
  [TYPE.TXT, ['strings']],
  [TYPE.RP, ['name', 'name']],
  [TYPE.AFSDB, ['uint16', 'name']],
  [TYPE.X25, ['string']],
  [TYPE.ISDN, ['strings']],
  [TYPE.RT, ['uint16', 'name']],
  [TYPE.SIG, SIGNATURE],
  [TYPE.KEY, PUBLIC_KEY],
  [TYPE.PX, ['uint16', 'name', 'name']],
  [TYPE.GPOS, ['string', 'string', 'string']],
  [TYPE.AAAA, ['ipv6']],
  [TYPE.LOC, ['location']],
  [TYPE.SRV, ['uint16', 'uint16', 'uint16', 'name']],
  [TYPE.NAPTR, ['uint16', 'uint16', 'string', 'string', 'string', 'name']],
  [TYPE.KX, ['uint16', 'name']],
  [TYPE.CERT, ['uint16', 'uint16', 'uint8', 'base64']],
  [TYPE.DNAME, ['name']],
  [TYPE.DS, DIGEST],
  [TYPE.SSHFP, ['uint8', 'uint8', 'hex']],
  [TYPE.RRSIG, SIGNATURE],
  [TYPE.NSEC, ['name', 'bitmap']],
  [TYPE.DNSKEY, PUBLIC_KEY],
  [TYPE.DHCID, ['base64']],
  [TYPE.NSEC3, ['uint8', 'uint8', 'uint16', 'salt', 'hash', 'bitmap']],
  [TYPE.NSEC3PARAM, ['uint8', 'uint8', 'uint16', 'salt']],
  [TYPE.TLSA, CERTIFICATE],
  [TYPE.SMIMEA, CERTIFICATE],
  [TYPE.NINFO, ['strings']],
  [TYPE.RKEY, PUBLIC_KEY],
  [TYPE.TALINK, ['plain-name', 'plain-name']],
  [TYPE.CDS, DIGEST],
  [TYPE.CDNSKEY, PUBLIC_KEY],
  [TYPE.OPENPGPKEY, ['base64']],
  [TYPE.CSYNC, ['uint32', 'uint16', 'bitmap']],
  [TYPE.ZONEMD, ['uint32', 'uint8', 'uint8', 'hex']],
  [TYPE.SVCB, SERVICE],
  [TYPE.HTTPS, SERVICE],
  [TYPE.DSYNC, ['type', 'uint8', 'uint16', 'plain-name']],
  [TYPE.SPF, ['strings']],
  [TYPE.NID, ['uint16', 'locator']],
  [TYPE.L32, ['uint16', 'ipv4']],
  [TYPE.L64, ['uint16', 'locator']],
  [TYPE.LP, ['uint16', 'plain-name']],
  [TYPE.EUI48, ['eui48']],
  [TYPE.EUI64, ['eui64']],
  [TYPE.URI, ['uint16', 'uint16', 'text']],
  [TYPE.CAA, ['uint8', 'tag', 'text']],
  [TYPE.AVC, ['strings']],
  [TYPE.RESINFO, ['strings']],
  [TYPE.WALLET, ['strings']],
  [TYPE.TA, DIGEST],
  [TYPE.DLV, DIGEST],
]);

/** The fields of a type's RDATA; undefined for types of unknown or irregular make. */
export function rdataFormat(type: number): readonly Field[] | undefined {
  return formats.get(type);
}

/** Octets of fields of fixed size; 0 for the others. */
export function fixedOctets(field: Field): number {
  switch (field) {
    case 'uint8':
      return 1;
    case 'uint16':
    case 'type':
      return 2;
    case 'uint32':
    case 'time':
    case 'ipv4':
      return 4;
    case 'eui48':
      return 6;
    case 'locator':
    case 'eui64':
      return 8;
    case 'ipv6':
    case 'location':
      return 16;
    default:
      return 0;
  }
}

/** Whether the field starts with a length octet that counts the octets after it. */
export function isCounted(field: Field): boolean {
  return field === 'string' || field === 'tag' || field === 'salt' || field === 'hash';
}
