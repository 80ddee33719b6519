/** Reads a file that somebody dropped: PEM blocks among any text (RFC 7468), DER, or bare base64. */
import { base64ToBytes } from '../x509/encoding.ts';
import { MAX_FILE_OCTETS, MAX_ITEMS_PER_FILE } from './limits.ts';
import type { Material, MaterialFile } from './material.ts';
import { readDer } from './read-der.ts';

export interface ReadOptions {
  /** Opens PKCS #12 files that are locked. */
  readonly password?: string;
}

/** Never throws; what cannot be used is told in `problems`, and the rest still counts. */
export function readMaterialFile(
  name: string,
  bytes: Uint8Array,
  _options: ReadOptions = {},
): MaterialFile {
  if (bytes.length === 0) return nothing(name, 'The file is empty.');
  if (bytes.length > MAX_FILE_OCTETS) {
    return nothing(name, `The file is larger than ${MAX_FILE_OCTETS / 1024 / 1024} MiB.`);
  }
  if (bytes[0] === DER_SEQUENCE) {
    const reading = readDer(bytes);
    if (reading.ok) return { name, items: reading.items, problems: reading.problems, locked: null };
    return nothing(name, `It ${reading.reason}.`);
  }
  return readText(name, asciiOf(bytes));
}

const DER_SEQUENCE = 0x30;

function nothing(name: string, problem: string): MaterialFile {
  return { name, items: [], problems: [problem], locked: null };
}

function readText(name: string, text: string): MaterialFile {
  const blocks = [...text.matchAll(BLOCK)];
  if (blocks.length === 0) return readBareBase64(name, text);
  const items: Material[] = [];
  const problems: string[] = [];
  for (const [ordinal, block] of blocks.entries()) {
    if (items.length >= MAX_ITEMS_PER_FILE) {
      problems.push(`Only the first ${MAX_ITEMS_PER_FILE} certificates and keys were read.`);
      break;
    }
    const label = block[1] ?? '';
    if (PASSED_OVER.has(label)) continue;
    const reading = readBlock(block[2] ?? '');
    if (reading.ok) {
      items.push(...reading.items);
      problems.push(...reading.problems);
    } else {
      problems.push(`Block ${ordinal + 1} (${label}) ${reading.reason}.`);
    }
  }
  if (items.length === 0 && problems.length === 0) {
    problems.push('There is neither a certificate nor a key in it.');
  }
  return { name, items, problems, locked: null };
}

function readBlock(body: string): ReturnType<typeof readDer> {
  // RFC 1421 §4.6.1.1: how OpenSSL marks old-style encrypted keys.
  if (/^Proc-Type:.*ENCRYPTED/m.test(body)) {
    return { ok: false, reason: 'is a private key encrypted with a password' };
  }
  const der = base64ToBytes(body.replace(HEADERS, ''));
  if (der === null || der.length === 0) return { ok: false, reason: 'is not base64 text' };
  return readDer(der);
}

function readBareBase64(name: string, text: string): MaterialFile {
  const der = base64ToBytes(text);
  const reading = der?.[0] === DER_SEQUENCE ? readDer(der) : null;
  if (reading?.ok === true)
    return { name, items: reading.items, problems: reading.problems, locked: null };
  return nothing(name, 'There is neither a certificate nor a key in it.');
}

/** A block ends at its own end line; a begin line inside starts over, so one broken block loses no other. */
const BLOCK = /-----BEGIN ([A-Z0-9 #]+)-----((?:(?!-----BEGIN )[\s\S])*?)-----END \1-----/g;

/** `Name: value` lines and the continuation lines of RFC 1421, up to the empty line. */
const HEADERS = /^\s*(?:[A-Za-z-]+:.*\r?\n(?:[ \t].*\r?\n)*)+\r?\n/;

/** Blocks that hold neither key nor certificate and are usual beside them. */
const PASSED_OVER: ReadonlySet<string> = new Set([
  'EC PARAMETERS',
  'DH PARAMETERS',
  'X509 CRL',
  'SSL SESSION PARAMETERS',
]);

/** Octets above 127 stand in comments only; each becomes one character that no armour has. */
function asciiOf(bytes: Uint8Array): string {
  const pieces: string[] = [];
  for (let offset = 0; offset < bytes.length; offset += PIECE) {
    pieces.push(String.fromCharCode(...bytes.subarray(offset, offset + PIECE)));
  }
  return pieces.join('');
}

/** Arguments of one call: engines limit them. */
const PIECE = 8192;
