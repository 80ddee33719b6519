/** RDATA from the tokens of a zone file, the inverse of the presentation form (RFC 1035 §5.1, RFC 3597 §5). */
import { fail, succeed, type Result } from '../failure.ts';
import { ipv4FromText, ipv6FromText } from './address.ts';
import {
  concatBytes,
  fromBase32Hex,
  fromBase64,
  fromHex,
  uint16Bytes,
  uint32Bytes,
} from './bytes.ts';
import { nameToWire, readEscape, type Name } from './name.ts';
import { rdataFormat, type Field } from './rdata-format.ts';
import { TYPE, typeFromText, typeToText } from './record-type.ts';
import { securityAlgorithmFromText } from './security-algorithm.ts';
import { writeTypeBitmap } from './type-bitmap.ts';
import type { Token } from './zone-tokens.ts';

type ReadName = (text: string) => Result<Name>;

/** Fails as `malformed`; types without a format need the generic form `\# length hex`. */
export function rdataFromTokens(
  type: number,
  tokens: readonly Token[],
  readName: ReadName,
): Result<Uint8Array> {
  const what = typeToText(type);
  if (tokens[0]?.text === '\\#') return genericRdata(what, tokens.slice(1));
  const format = rdataFormat(type);
  if (format === undefined) return malformed(`${what} needs the generic form \\# length hex`);
  const parts: Uint8Array[] = [];
  let index = 0;
  for (const field of format) {
    const rest = takesRest(field);
    const taken = rest ? tokens.slice(index) : tokens.slice(index, index + 1);
    if (taken.length === 0 && field !== 'bitmap') return malformed(`${what} has too few fields`);
    if (field === 'name' || field === 'plain-name') {
      const name = readName(taken[0]?.text ?? '');
      if (!name.ok) return name;
      parts.push(nameToWire(name.value));
    } else {
      const algorithm = field === 'uint8' ? algorithmOctet(type, taken[0]?.text ?? '') : null;
      const bytes = algorithm ?? fieldFromTokens(field, taken);
      if (bytes === null) {
        return malformed(`“${taken.map((token) => token.text).join(' ')}” does not fit ${what}`);
      }
      parts.push(bytes);
    }
    index += taken.length;
  }
  if (index < tokens.length) return malformed(`${what} has too many fields`);
  return succeed(concatBytes(...parts));
}

/** RFC 4034 §2.2, §3.2 and §5.3: the algorithm is a number or a mnemonic. No other field has such a name. */
function algorithmOctet(type: number, text: string): Uint8Array | null {
  if (!HOLDS_ALGORITHM.has(type)) return null;
  const algorithm = securityAlgorithmFromText(text);
  return algorithm === null ? null : Uint8Array.of(algorithm);
}

const HOLDS_ALGORITHM: ReadonlySet<number> = new Set([
  TYPE.DS,
  TYPE.CDS,
  TYPE.DNSKEY,
  TYPE.CDNSKEY,
  TYPE.RRSIG,
]);

function takesRest(field: Field): boolean {
  return field === 'strings' || field === 'hex' || field === 'base64' || field === 'bitmap';
}

function genericRdata(what: string, tokens: readonly Token[]): Result<Uint8Array> {
  const [length, ...digits] = tokens.map((token) => token.text);
  const bytes = fromHex(digits.join(''));
  if (bytes === null || bytes.length !== Number(length)) {
    return malformed(`the generic form of ${what} has the wrong length or is not hexadecimal`);
  }
  return succeed(bytes);
}

function fieldFromTokens(field: Field, tokens: readonly Token[]): Uint8Array | null {
  const text = tokens[0]?.text ?? '';
  const joined = tokens.map((token) => token.text).join('');
  switch (field) {
    case 'uint8':
      return integer(text, 1);
    case 'uint16':
      return integer(text, 2);
    case 'uint32':
      return integer(text, 4);
    case 'type': {
      const type = typeFromText(text);
      return type === null ? null : uint16Bytes(type);
    }
    case 'time':
      return timeFromText(text);
    case 'ipv4':
      return ipv4FromText(text);
    case 'ipv6':
      return ipv6FromText(text);
    case 'string':
    case 'tag':
      return counted(stringFromText(text));
    case 'strings':
      return concatAll(tokens.map((token) => counted(stringFromText(token.text))));
    case 'text':
      return stringFromText(text);
    case 'salt':
      return counted(text === '-' ? new Uint8Array(0) : fromHex(text));
    case 'hash':
      return counted(fromBase32Hex(text));
    case 'hex':
      return fromHex(joined);
    case 'base64':
      return fromBase64(joined);
    case 'bitmap': {
      const types = tokens.map((token) => typeFromText(token.text));
      return types.includes(null) ? null : writeTypeBitmap(types.map((type) => type ?? 0));
    }
    case 'eui48':
      return exactly(6, fromHex(text.replaceAll('-', '')));
    case 'eui64':
      return exactly(8, fromHex(text.replaceAll('-', '')));
    case 'locator':
      return exactly(8, fromHex(text.split(':').map(groupOfFour).join('')));
    // LOC and SvcParams are read in the generic form only.
    case 'location':
    case 'service-parameters':
    case 'name':
    case 'plain-name':
      return null;
  }
}

/** An unsigned decimal number in so many octets. */
function integer(text: string, octets: number): Uint8Array | null {
  if (!/^\d{1,10}$/.test(text) || Number(text) >= 2 ** (8 * octets)) return null;
  return uint32Bytes(Number(text)).slice(4 - octets);
}

/** `YYYYMMDDHHmmSS` or seconds since the epoch (RFC 4034 §3.2). */
function timeFromText(text: string): Uint8Array | null {
  const calendar = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(text);
  if (calendar === null) return integer(text, 4);
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = calendar
    .slice(1)
    .map(Number);
  return uint32Bytes(Date.UTC(year, month - 1, day, hour, minute, second) / 1000);
}

function stringFromText(text: string): Uint8Array | null {
  const bytes: number[] = [];
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code > 0x7f) return null;
    const escape = text[index] === '\\' ? readEscape(text, index) : { byte: code, length: 1 };
    if (escape === null) return null;
    bytes.push(escape.byte);
    index += escape.length - 1;
  }
  return Uint8Array.from(bytes);
}

function counted(bytes: Uint8Array | null): Uint8Array | null {
  if (bytes === null || bytes.length > 255) return null;
  return concatBytes(Uint8Array.of(bytes.length), bytes);
}

function exactly(octets: number, bytes: Uint8Array | null): Uint8Array | null {
  return bytes?.length === octets ? bytes : null;
}

function groupOfFour(text: string): string {
  return text.padStart(4, '0');
}

function concatAll(parts: readonly (Uint8Array | null)[]): Uint8Array | null {
  const present = parts.flatMap((part) => (part === null ? [] : [part]));
  return present.length === parts.length ? concatBytes(...present) : null;
}

function malformed(detail: string): Result<never> {
  return fail({ kind: 'malformed', detail });
}
