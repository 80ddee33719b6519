/** What the fields of RDATA are called by the RFC of each type, in the order of `rdataFormat`. */
import { TYPE } from './record-type.ts';

const DIGEST = ['key tag', 'algorithm', 'digest type', 'digest'] as const;
const PUBLIC_KEY = ['flags', 'protocol', 'algorithm', 'public key'] as const;
const ASSOCIATION = [
  'certificate usage',
  'selector',
  'matching type',
  'certificate association data',
] as const;
const SIGNATURE = [
  'type covered',
  'algorithm',
  'labels',
  'original TTL',
  'signature expiration',
  'signature inception',
  'key tag',
  'signer’s name',
  'signature',
] as const;
const SERVICE = ['SvcPriority', 'TargetName', 'SvcParams'] as const;
const TEXT = ['TXT-DATA'] as const;

const names: ReadonlyMap<number, readonly string[]> = new Map<number, readonly string[]>([
  [TYPE.A, ['address']],
  [TYPE.NS, ['NSDNAME']],
  [TYPE.CNAME, ['CNAME']],
  [TYPE.SOA, ['MNAME', 'RNAME', 'SERIAL', 'REFRESH', 'RETRY', 'EXPIRE', 'MINIMUM']],
  [TYPE.PTR, ['PTRDNAME']],
  [TYPE.HINFO, ['CPU', 'OS']],
  [TYPE.MX, ['preference', 'exchange']],
  [TYPE.TXT, TEXT],
  [TYPE.SIG, SIGNATURE],
  [TYPE.KEY, PUBLIC_KEY],
  [TYPE.AAAA, ['address']],
  [TYPE.SRV, ['priority', 'weight', 'port', 'target']],
  [TYPE.NAPTR, ['order', 'preference', 'flags', 'services', 'regexp', 'replacement']],
  [TYPE.CERT, ['type', 'key tag', 'algorithm', 'certificate']],
  [TYPE.DNAME, ['target']],
  [TYPE.DS, DIGEST],
  [TYPE.SSHFP, ['key algorithm', 'fingerprint type', 'fingerprint']],
  [TYPE.RRSIG, SIGNATURE],
  [TYPE.NSEC, ['next domain name', 'type bit maps']],
  [TYPE.DNSKEY, PUBLIC_KEY],
  [
    TYPE.NSEC3,
    ['hash algorithm', 'flags', 'iterations', 'salt', 'next hashed owner name', 'type bit maps'],
  ],
  [TYPE.NSEC3PARAM, ['hash algorithm', 'flags', 'iterations', 'salt']],
  [TYPE.TLSA, ASSOCIATION],
  [TYPE.SMIMEA, ASSOCIATION],
  [TYPE.CDS, DIGEST],
  [TYPE.CDNSKEY, PUBLIC_KEY],
  [TYPE.OPENPGPKEY, ['public key']],
  [TYPE.CSYNC, ['SOA serial', 'flags', 'type bit map']],
  [TYPE.ZONEMD, ['serial', 'scheme', 'hash algorithm', 'digest']],
  [TYPE.SVCB, SERVICE],
  [TYPE.HTTPS, SERVICE],
  [TYPE.SPF, TEXT],
  [TYPE.URI, ['priority', 'weight', 'target']],
  [TYPE.CAA, ['flags', 'tag', 'value']],
]);

/** Empty for types whose fields have no name here: those are called by their kind. */
export function rdataFieldNames(type: number): readonly string[] {
  return names.get(type) ?? [];
}
