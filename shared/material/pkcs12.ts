/** Opens PKCS #12 files, and lets only certificates and the public halves of keys out (RFC 7292). */
import { sameBytes } from '../x509/encoding.ts';
import { TAG, contextTag } from '../x509/der.ts';
import { octetsOf, partsOf, readBer, type BerNode } from './ber.ts';
import { oidOf, readRounds } from './ber-values.ts';
import {
  bareKey,
  failed,
  found,
  gathered,
  readOneCertificate,
  type DerReading,
} from './der-reading.ts';
import { MAX_BAG_DEPTH, MAX_HASH_ROUNDS, MAX_ITEMS_PER_FILE } from './limits.ts';
import { openWithPassword, type Opened } from './password-encryption.ts';
import { DIGESTS, PURPOSE, WorkBudget, keyedDigest, pkcs12Key } from './password-key.ts';
import { publicHalf } from './private-key.ts';

/** Null when it is something else. Without a password the empty one and none at all are tried, as OpenSSL does. */
export function readPkcs12(bytes: Uint8Array, password: string | null): DerReading | null {
  const [version, authSafe, macData] = partsOf(readBer(bytes), TAG.sequence);
  const [type, holder] = partsOf(authSafe, TAG.sequence);
  if (version?.tag !== TAG.integer || version.content[0] !== VERSION_3) return null;
  if (oidOf(type) === SIGNED_DATA) {
    return failed('is a PKCS #12 file sealed with a certificate, which is not read here');
  }
  const octets = octetsOf(partsOf(holder, contextTag(0, true))[0]);
  if (oidOf(type) !== DATA || octets === null) return null;
  const isGiven = password !== null && password !== '';
  const budget = new WorkBudget();
  for (const candidate of isGiven ? [password] : ['', null]) {
    const reading = tryPassword(octets, macData, { password: candidate, budget });
    if (reading !== null) return reading;
  }
  return isGiven || password === ''
    ? failed('is a PKCS #12 file, and the password given does not open it', 'password-wrong')
    : failed('is a PKCS #12 file, which opens with its password only', 'password-needed');
}

interface Attempt {
  readonly password: string | null;
  readonly budget: WorkBudget;
}

/** Null when the password is wrong. */
function tryPassword(
  octets: Uint8Array,
  macData: BerNode | undefined,
  attempt: Attempt,
): DerReading | null {
  const seal = checkSeal(octets, macData, attempt);
  if (seal === 'too-much-work') return failed(TOO_MUCH_WORK);
  if (seal === 'broken') return null;
  const parts = partsOf(readBer(octets), TAG.sequence).slice(0, MAX_ITEMS_PER_FILE);
  const readings = parts.map((part) => readSafe(part, attempt));
  if (readings.some(isTooMuch)) return failed(TOO_MUCH_WORK);
  if (readings.includes(null) && seal === 'unknown') return null;
  const whole = gathered(
    readings.flatMap((each) => each ?? [failed('is damaged or has another password')]),
  );
  if (!whole.ok || whole.items.length > 0) return whole;
  return failed(
    whole.problems.length === 0
      ? 'is a PKCS #12 file without certificates and keys'
      : `is a PKCS #12 file that cannot be used. ${whole.problems.join(' ').replace(/\.$/, '')}`,
  );
}

function isTooMuch(reading: DerReading | null): boolean {
  return reading?.ok === false && reading.reason === TOO_MUCH_WORK;
}

const TOO_MUCH_WORK = `asks for more hashing of its password than the ${MAX_HASH_ROUNDS.toLocaleString('en')} rounds that are done here`;

/** RFC 7292 §4: MacData; one that is absent or of another kind says nothing about the password. */
function checkSeal(
  octets: Uint8Array,
  macData: BerNode | undefined,
  { password, budget }: Attempt,
): 'whole' | 'broken' | 'unknown' | 'too-much-work' {
  const [mac, saltNode, rounds] = partsOf(macData, TAG.sequence);
  const [algorithm, digestNode] = partsOf(mac, TAG.sequence);
  const hash = DIGESTS[oidOf(partsOf(algorithm, TAG.sequence)[0]) ?? ''];
  const salt = octetsOf(saltNode);
  const digest = octetsOf(digestNode);
  if (hash === undefined || salt === null || digest === null) return 'unknown';
  const stretching = { hash, salt, rounds: readRounds(rounds) };
  if (!budget.spend(stretching, hash.outputLen)) return 'too-much-work';
  const key = pkcs12Key(password, stretching, PURPOSE.mac, hash.outputLen);
  return sameBytes(keyedDigest(hash, key, octets), digest) ? 'whole' : 'broken';
}

/** One ContentInfo of the AuthenticatedSafe (RFC 7292 §4.1); null when the password is wrong. */
function readSafe(part: BerNode, attempt: Attempt): DerReading | null {
  const [type, holder] = partsOf(part, TAG.sequence);
  const [content] = partsOf(holder, contextTag(0, true));
  const oid = oidOf(type);
  if (oid === DATA) return readBags(octetsOf(content), attempt, 0);
  if (oid === ENVELOPED_DATA) return failed('is encrypted for a certificate, not with a password');
  if (oid !== ENCRYPTED_DATA) return failed('is of a kind that is not known here');
  // RFC 2315 §13: version, then what is inside, how it is encrypted, and its octets.
  const [, inner] = partsOf(content, TAG.sequence);
  const [, algorithm, encrypted] = partsOf(inner, TAG.sequence);
  const octets = octetsOf(encrypted);
  if (octets === null) return failed('is damaged');
  const opened = openWithPassword(algorithm, octets, attempt.password, attempt.budget);
  if (opened.kind !== 'open') return refusalOf(opened);
  const reading = readBags(opened.octets, attempt, 0);
  opened.octets.fill(0);
  return reading;
}

/** Padding is right by chance once in 256 wrong passwords; then what comes out is no list of bags. */
function readBags(octets: Uint8Array | null, attempt: Attempt, depth: number): DerReading | null {
  const list = octets === null ? null : readBer(octets);
  if (list?.tag !== TAG.sequence) return null;
  const bags = partsOf(list, TAG.sequence).slice(0, MAX_ITEMS_PER_FILE);
  const readings = bags.map((bag) => readBag(bag, attempt, depth));
  return readings.every((reading) => reading === null) && bags.length > 0
    ? null
    : gathered(readings.map((each) => each ?? failed('is a private key with another password')));
}

/** RFC 7292 §4.2; null when the password is wrong. */
function readBag(bag: BerNode, attempt: Attempt, depth: number): DerReading | null {
  const [type, holder] = partsOf(bag, TAG.sequence);
  const [value] = partsOf(holder, contextTag(0, true));
  if (!attempt.budget.takeItem()) return found();
  switch (oidOf(type)) {
    case BAG.certificate:
      return readCertificateBag(value);
    case BAG.key:
      return value === undefined ? failed('is damaged') : readKey(value.ber);
    case BAG.shroudedKey:
      return readShroudedKey(value, attempt);
    case BAG.safeContents:
      return depth >= MAX_BAG_DEPTH
        ? failed('lies too deep inside other parts')
        : readBags(value?.ber ?? null, attempt, depth + 1);
    case BAG.crl:
    case BAG.secret:
      return found();
    default:
      return failed('is of a kind that is not known here');
  }
}

function readCertificateBag(value: BerNode | undefined): DerReading {
  const [type, holder] = partsOf(value, TAG.sequence);
  const der = octetsOf(partsOf(holder, contextTag(0, true))[0]);
  if (oidOf(type) !== X509_CERTIFICATE || der === null) return failed('is no X.509 certificate');
  // A copy, for what was decrypted is wiped.
  return readOneCertificate(Uint8Array.from(der));
}

/** RFC 5208 §6: how it is encrypted, and the octets. */
function readShroudedKey(value: BerNode | undefined, attempt: Attempt): DerReading | null {
  const [algorithm, encrypted] = partsOf(value, TAG.sequence);
  const octets = octetsOf(encrypted);
  if (octets === null) return failed('is damaged');
  const opened = openWithPassword(algorithm, octets, attempt.password, attempt.budget);
  if (opened.kind !== 'open') return refusalOf(opened);
  const reading = readKey(opened.octets);
  opened.octets.fill(0);
  return reading;
}

function readKey(der: Uint8Array): DerReading {
  const half = publicHalf(der);
  if (half === null) return failed('is a private key of a kind that is not known here');
  return found(bareKey('private-key', half));
}

function refusalOf({ kind }: Exclude<Opened, { kind: 'open' }>): DerReading | null {
  if (kind === 'wrong-password') return null;
  return failed(
    kind === 'too-much-work' ? TOO_MUCH_WORK : 'is encrypted in a way that is not known here',
  );
}

const VERSION_3 = 3;
const DATA = '1.2.840.113549.1.7.1';
const SIGNED_DATA = '1.2.840.113549.1.7.2';
const ENVELOPED_DATA = '1.2.840.113549.1.7.3';
const ENCRYPTED_DATA = '1.2.840.113549.1.7.6';
const X509_CERTIFICATE = '1.2.840.113549.1.9.22.1';
const BAG = {
  key: '1.2.840.113549.1.12.10.1.1',
  shroudedKey: '1.2.840.113549.1.12.10.1.2',
  certificate: '1.2.840.113549.1.12.10.1.3',
  crl: '1.2.840.113549.1.12.10.1.4',
  secret: '1.2.840.113549.1.12.10.1.5',
  safeContents: '1.2.840.113549.1.12.10.1.6',
} as const;
