/** Says in plain words what a record that matches nothing turned out to be, and whether that is a mistake. */
import { assertNever } from '../failure.ts';
import type { Identity } from './detective.ts';
import { MATCHING_TYPE, SELECTOR, USAGE } from './usability.ts';

/** A record's numbers and data, lower-case hex. */
export interface IdentifiedRecord {
  readonly usage: number;
  readonly selector: number;
  readonly matchingType: number;
  readonly data: string;
}

/**
 * No matter what the future brings, the record cannot be right: its data are no digest of octets,
 * or not what its own numbers say. False for the well-formed record of another host's key or issuer:
 * several hosts may share one set of records.
 */
export function isMistaken(record: IdentifiedRecord, identity: Identity): boolean {
  const { kind, depth } = identity;
  if (kind !== 'key' && kind !== 'certificate') return true;
  if (!isWhole(record, identity)) return true;
  if (record.selector !== (kind === 'key' ? SELECTOR.publicKey : SELECTOR.certificate)) return true;
  if (record.matchingType !== MATCHING_TYPES[identity.algorithm]) return true;
  if (identity.meant === null) return false;
  // RFC 7672 §3.1.3: usages 0 and 1 are right for nothing in mail.
  return record.usage !== (depth === 0 ? USAGE.daneEe : USAGE.daneTa);
}

const MATCHING_TYPES = {
  Full: MATCHING_TYPE.full,
  'SHA2-256': MATCHING_TYPE.sha256,
  'SHA2-512': MATCHING_TYPE.sha512,
} as const;
/** Hexadecimal digits. */
const DIGITS = { 'SHA2-256': 64, 'SHA2-512': 128 } as const;

function isWhole({ data }: IdentifiedRecord, { algorithm }: Identity): boolean {
  return algorithm === 'Full' ? !isDigitsAsText(data) : data.length === DIGITS[algorithm];
}

/** For the end of a sentence, e.g. `the SHA2-256 digest of the public key of its issuer (CN=R11): 2 1 1 was meant`. */
export function describeIdentity(
  record: IdentifiedRecord,
  identity: Identity,
  host: string,
): string {
  const what = digestOf(record, identity, objectOf(identity, host));
  const { meant, kind } = identity;
  if (kind === 'empty-input') return `${what}: whatever made it was given no input`;
  if (!isMistaken(record, identity)) return what;
  if (kind !== 'key' && kind !== 'certificate') {
    return `${what}, where a record is made from the DER octets`;
  }
  if (meant === null) return what;
  return meant === numbersOf(record) ? what : `${what}: ${meant} was meant`;
}

function numbersOf({ usage, selector, matchingType }: IdentifiedRecord): string {
  return `${usage} ${selector} ${matchingType}`;
}

function digestOf(record: IdentifiedRecord, identity: Identity, object: string): string {
  const { algorithm } = identity;
  const digest = algorithm === 'Full' ? `${object} itself` : `the ${algorithm} digest of ${object}`;
  if (isWhole(record, identity)) return digest;
  const { length } = record.data;
  if (algorithm !== 'Full' && length < DIGITS[algorithm]) {
    return `the first ${length / 2} octets of ${digest}`;
  }
  return isDigitsAsText(record.data)
    ? `${digest}, its hexadecimal digits taken for the octets`
    : `${digest} with something behind it`;
}

/** ASCII digits only: 0 to 9, a to f in either case, colons and white space. */
function isDigitsAsText(data: string): boolean {
  return /^(?:3[0-9a]|[46][1-6]|20|0a|0d)+$/.test(data);
}

function objectOf({ kind, host, depth, subject }: Identity, own: string): string {
  const whose = depth === 0 ? (host ?? own) : issuerOf(host, subject, own);
  switch (kind) {
    case 'empty-input':
      return 'nothing at all';
    case 'key':
      return `the public key of ${whose}`;
    case 'certificate':
      return `the certificate of ${whose}`;
    case 'pem-key':
      return `the PEM text of the public key of ${whose}`;
    case 'pem-certificate':
      return `the PEM text of the certificate of ${whose}`;
    default:
      return assertNever(kind);
  }
}

function issuerOf(host: string | null, subject: string | null, own: string): string {
  const issuer = host === own || host === null ? 'its issuer' : `the issuer of ${host}`;
  return subject === null ? issuer : `${issuer} (${subject})`;
}
