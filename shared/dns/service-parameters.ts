/** SvcParams of SVCB and HTTPS in presentation form (RFC 9460 §2.1, §7, RFC 9461 §5). */
import { addressToText } from './address.ts';
import { readUint16, toBase64 } from './bytes.ts';
import { quoteText } from './text-string.ts';

const parameterNames: readonly string[] = [
  'mandatory',
  'alpn',
  'no-default-alpn',
  'port',
  'ipv4hint',
  'ech',
  'ipv6hint',
  'dohpath',
  'ohttp',
];

/** Keys in order with their values; null when they are not well formed (RFC 9460 §2.2). */
export function serviceParametersToText(bytes: Uint8Array): string | null {
  const parts: string[] = [];
  let offset = 0;
  let previous = -1;
  while (offset < bytes.length) {
    const key = readUint16(bytes, offset);
    const end = offset + 4 + readUint16(bytes, offset + 2);
    if (key <= previous || offset + 4 > bytes.length || end > bytes.length) return null;
    const value = valueToText(key, bytes.subarray(offset + 4, end));
    if (value === null) return null;
    parts.push(value === '' ? keyToText(key) : `${keyToText(key)}=${value}`);
    previous = key;
    offset = end;
  }
  return parts.join(' ');
}

function keyToText(key: number): string {
  return parameterNames[key] ?? `key${key}`;
}

function valueToText(key: number, bytes: Uint8Array): string | null {
  switch (parameterNames[key]) {
    case 'mandatory':
      return listOf(bytes, 2, (part) => keyToText(readUint16(part, 0)));
    case 'alpn':
      return protocolsToText(bytes);
    case 'no-default-alpn':
    case 'ohttp':
      return bytes.length === 0 ? '' : null;
    case 'port':
      return bytes.length === 2 ? String(readUint16(bytes, 0)) : null;
    case 'ipv4hint':
      return listOf(bytes, 4, addressToText);
    case 'ipv6hint':
      return listOf(bytes, 16, addressToText);
    case 'ech':
      return bytes.length === 0 ? null : toBase64(bytes);
    default:
      return bytes.length === 0 ? '' : quoteText(bytes);
  }
}

function listOf(
  bytes: Uint8Array,
  octets: number,
  show: (part: Uint8Array) => string | null,
): string | null {
  if (bytes.length === 0 || bytes.length % octets !== 0) return null;
  const parts = Array.from({ length: bytes.length / octets }, (_, index) =>
    show(bytes.subarray(index * octets, (index + 1) * octets)),
  );
  return parts.includes(null) ? null : parts.join(',');
}

/** Counted protocol names; a comma or backslash inside one is escaped twice (RFC 9460 §7.1.1). */
function protocolsToText(bytes: Uint8Array): string | null {
  const names: string[] = [];
  let offset = 0;
  while (offset < bytes.length) {
    const end = offset + 1 + (bytes[offset] ?? 0);
    if (end > bytes.length || end === offset + 1) return null;
    names.push(String.fromCharCode(...bytes.subarray(offset + 1, end)).replace(/[\\,]/g, '\\$&'));
    offset = end;
  }
  if (names.length === 0) return null;
  return quoteText(Uint8Array.from(names.join(','), (character) => character.charCodeAt(0)));
}
