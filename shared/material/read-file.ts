/** Reads a file that somebody dropped: PEM blocks among any text (RFC 7468), DER, or bare base64. */
import { base64ToBytes } from '../x509/encoding.ts';
import { ENCRYPTED_KEY, failed, type DerReading } from './der-reading.ts';
import { textOf } from './file-text.ts';
import { MAX_FILE_OCTETS, MAX_ITEMS_PER_FILE } from './limits.ts';
import type { Material, MaterialFile } from './material.ts';
import { whatItIsInstead } from './other-files.ts';
import { readDer } from './read-der.ts';

export interface ReadOptions {
  /** Opens PKCS #12 files; nothing of it is kept. */
  readonly password?: string;
}

/** Never throws; what cannot be used is told in `problems`, and the rest still counts. */
export function readMaterialFile(
  name: string,
  bytes: Uint8Array,
  options: ReadOptions = {},
): MaterialFile {
  if (bytes.length === 0) return nothing(name, 'The file is empty.');
  if (bytes.length > MAX_FILE_OCTETS) {
    return nothing(name, `The file is larger than ${MAX_FILE_OCTETS / 1024 / 1024} MiB.`);
  }
  const password = options.password ?? null;
  const binary = bytes[0] === DER_SEQUENCE ? readBinary(name, bytes, password) : null;
  if (binary?.isUsable === true) return binary.file;
  const text = textOf(bytes);
  const blocks = [...text.matchAll(BLOCK)];
  // The octet is the digit 0 as well, which begins what s_client says about a chain.
  if (binary !== null && blocks.length === 0) return binary.file;
  const file =
    blocks.length > 0 ? readBlocks(name, blocks, password) : readBareBase64(name, text, password);
  const cutOff = cutOffBlocks(text, blocks.length);
  if (file !== null && file.items.length + file.problems.length > 0) {
    return { ...file, problems: [...file.problems, ...cutOff] };
  }
  if (cutOff.length > 0) return { name, items: [], problems: cutOff, locked: null };
  return nothing(
    name,
    whatItIsInstead(bytes, text) ?? 'There is neither a certificate nor a key in it.',
  );
}

const DER_SEQUENCE = 0x30;

function readBinary(
  name: string,
  bytes: Uint8Array,
  password: string | null,
): { readonly file: MaterialFile; readonly isUsable: boolean } {
  const reading = readDer(bytes, password);
  const file = fileOf(name, reading);
  if (!reading.ok) return { file, isUsable: reading.locked !== null };
  const [first] = reading.items;
  const trailing = first?.kind === 'certificate' ? first.certificate.trailing : 0;
  // X.690 §8.9: another SEQUENCE behind it, as where files were joined that are no text.
  const isFollowed = trailing > 0 && bytes[bytes.length - trailing] === DER_SEQUENCE;
  const problems = isFollowed ? [...file.problems, ONLY_FIRST] : file.problems;
  return { file: { ...file, problems }, isUsable: true };
}

const ONLY_FIRST =
  'Only the first certificate was read: others follow it, which only PEM files may hold.';

function nothing(name: string, problem: string): MaterialFile {
  return { name, items: [], problems: [problem], locked: null };
}

function fileOf(name: string, reading: DerReading): MaterialFile {
  if (!reading.ok) return { ...nothing(name, `It ${reading.reason}.`), locked: reading.locked };
  return { name, ...withinLimit(reading.items, reading.problems), locked: null };
}

function withinLimit(
  items: readonly Material[],
  problems: readonly string[],
): Pick<MaterialFile, 'items' | 'problems'> {
  if (items.length <= MAX_ITEMS_PER_FILE) return { items, problems };
  const most = MAX_ITEMS_PER_FILE.toLocaleString('en');
  return {
    items: items.slice(0, MAX_ITEMS_PER_FILE),
    problems: [...problems, `Only the first ${most} certificates and keys were read.`],
  };
}

function readBlocks(
  name: string,
  blocks: readonly RegExpMatchArray[],
  password: string | null,
): MaterialFile {
  const items: Material[] = [];
  const problems: string[] = [];
  let locked: MaterialFile['locked'] = null;
  for (const [ordinal, block] of blocks.entries()) {
    if (items.length > MAX_ITEMS_PER_FILE) break;
    if (problems.length >= MAX_PROBLEMS_PER_FILE) {
      problems.push(`The blocks from number ${ordinal + 1} on were not read.`);
      break;
    }
    const label = block[1] ?? '';
    if (PASSED_OVER.test(label)) continue;
    const reading = readBlock(block[2] ?? '', password);
    if (reading.ok) {
      items.push(...reading.items);
      problems.push(...reading.problems);
    } else {
      problems.push(`Block ${ordinal + 1} (${label}) ${reading.reason}.`);
      locked ??= reading.locked;
    }
  }
  return { name, ...withinLimit(items, problems), locked };
}

function readBlock(body: string, password: string | null): DerReading {
  // RFC 1421 §4.6.1.1: how OpenSSL marks old-style encrypted keys.
  if (/^Proc-Type:.*ENCRYPTED/m.test(body)) return failed(ENCRYPTED_KEY);
  const der = base64ToBytes(body.replace(HEADERS, ''));
  if (der === null || der.length === 0) return failed('is not base64 text');
  return readDer(der, password);
}

/** What was cut off, as while it was being written or copied, has a beginning only. */
function cutOffBlocks(text: string, whole: number): readonly string[] {
  const count = [...text.matchAll(BEGIN)].length - whole;
  if (count <= 0) return [];
  return [
    count === 1
      ? 'One block begins and does not end: the file was cut off there.'
      : `${count.toLocaleString('en')} blocks begin and do not end: parts of the file are missing.`,
  ];
}

/** Null when it is no such text. */
function readBareBase64(name: string, text: string, password: string | null): MaterialFile | null {
  const der = base64ToBytes(text);
  if (der?.[0] !== DER_SEQUENCE) return null;
  const reading = readDer(der, password);
  return reading.ok || reading.locked !== null ? fileOf(name, reading) : null;
}

const BEGIN = /-----BEGIN [A-Z0-9 #.]{1,64}-----/g;

/** A block ends at its own end line; a begin line inside starts over, so one broken block loses no other; labels have few words. */
const BLOCK = /-----BEGIN ([A-Z0-9 #.]{1,64})-----((?:(?!-----BEGIN )[\s\S])*?)-----END \1-----/g;

/** `Name: value` lines and the continuation lines of RFC 1421, up to the empty line. */
const HEADERS = /^\s*(?:[A-Za-z-]+:.*\r?\n(?:[ \t].*\r?\n)*)+\r?\n/;

/** Blocks that hold neither key nor certificate and are usual beside them, or are told by what they are. */
const PASSED_OVER = /PARAMETERS$|^X509 CRL$|^OPENSSH |^PGP |^SSH2 /;

/** Sentences about one file; a thousand broken blocks are told by the first of them. */
const MAX_PROBLEMS_PER_FILE = 100;
