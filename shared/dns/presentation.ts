/** RDATA for people, in the presentation form of each type's RFC, else in that of RFC 3597 §5. */
import { addressToText } from './address.ts';
import { readUint16, readUint32, toBase32Hex, toBase64, toHex } from './bytes.ts';
import { locationToText } from './location.ts';
import { nameFromWire, nameToText } from './name.ts';
import { fixedOctets, isCounted, rdataFormat, type Field } from './rdata-format.ts';
import { typeToText } from './record-type.ts';
import type { ResourceRecord } from './record.ts';
import { serviceParametersToText } from './service-parameters.ts';
import { quoteText } from './text-string.ts';
import { readTypeBitmap } from './type-bitmap.ts';

/**
 * RDATA (uncompressed) in presentation form. Names are absolute and lower-case: answers may repeat the
 * random case of a question. RDATA that its type's format does not fit is shown as `\# length hex`.
 */
export function rdataToText(type: number, rdata: Uint8Array): string {
  const format = rdataFormat(type);
  return (format === undefined ? null : fieldsToText(format, rdata)) ?? genericText(rdata);
}

/** `\# length hex` (RFC 3597 §5). */
export function genericText(rdata: Uint8Array): string {
  return rdata.length === 0 ? '\\# 0' : `\\# ${rdata.length} ${toHex(rdata)}`;
}

/** One line of a zone file: owner, TTL, class, type and data. */
export function recordToText(record: ResourceRecord): string {
  const owner = nameToText(record.name);
  const data = rdataToText(record.type, record.rdata);
  const ofClass = record.class === 1 ? 'IN' : `CLASS${record.class}`;
  return `${owner} ${record.ttl} ${ofClass} ${typeToText(record.type)} ${data}`;
}

function fieldsToText(format: readonly Field[], rdata: Uint8Array): string | null {
  const parts: string[] = [];
  let offset = 0;
  for (const field of format) {
    if (field === 'name' || field === 'plain-name') {
      const read = nameFromWire(rdata, offset);
      if (read === null) return null;
      parts.push(nameToText(read.name));
      offset = read.next;
      continue;
    }
    const counted = isCounted(field);
    const octets = counted ? 1 + (rdata[offset] ?? 0) : fixedOctets(field);
    const end = octets === 0 ? rdata.length : offset + octets;
    if (end > rdata.length) return null;
    const text = fieldToText(field, rdata.subarray(counted ? offset + 1 : offset, end));
    if (text === null) return null;
    if (text !== '') parts.push(text);
    offset = end;
  }
  return offset === rdata.length ? parts.join(' ') : null;
}

/** One field without its length octet; null when it is not well formed, '' when it shows nothing. */
export function fieldToText(field: Field, bytes: Uint8Array): string | null {
  switch (field) {
    case 'uint8':
      return String(bytes[0] ?? 0);
    case 'uint16':
      return String(readUint16(bytes, 0));
    case 'uint32':
      return String(readUint32(bytes, 0));
    case 'ipv4':
    case 'ipv6':
      return addressToText(bytes);
    case 'type':
      return typeToText(readUint16(bytes, 0));
    case 'time':
      return timeToText(readUint32(bytes, 0));
    case 'string':
    case 'text':
      return quoteText(bytes);
    case 'strings':
      return stringsToText(bytes);
    case 'tag':
      return /^[0-9a-z]+$/i.test(String.fromCharCode(...bytes))
        ? String.fromCharCode(...bytes)
        : null;
    case 'salt':
      return bytes.length === 0 ? '-' : toHex(bytes);
    case 'hash':
      return bytes.length === 0 ? null : toBase32Hex(bytes);
    // Text cannot show an empty last field: the generic form can.
    case 'hex':
      return bytes.length === 0 ? null : toHex(bytes);
    case 'base64':
      return bytes.length === 0 ? null : toBase64(bytes);
    case 'bitmap':
      return readTypeBitmap(bytes)?.map(typeToText).join(' ') ?? null;
    case 'locator':
      return [0, 2, 4, 6]
        .map((at) => readUint16(bytes, at).toString(16).padStart(4, '0'))
        .join(':');
    case 'eui48':
    case 'eui64':
      return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('-');
    case 'location':
      return locationToText(bytes);
    case 'service-parameters':
      return serviceParametersToText(bytes);
    case 'name':
    case 'plain-name':
      return null;
  }
}

/** One or more counted strings up to the end. */
function stringsToText(bytes: Uint8Array): string | null {
  const parts: string[] = [];
  let offset = 0;
  while (offset < bytes.length) {
    const end = offset + 1 + (bytes[offset] ?? 0);
    if (end > bytes.length) return null;
    parts.push(quoteText(bytes.subarray(offset + 1, end)));
    offset = end;
  }
  return parts.length === 0 ? null : parts.join(' ');
}

/** `YYYYMMDDHHmmSS` in UTC (RFC 4034 §3.2). */
function timeToText(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(/[-T:]|\.\d+Z$/g, '');
}
