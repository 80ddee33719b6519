/** The options of an OPT record in a raw message (RFC 6891 §6.1.2; IANA DNS EDNS0 Option Codes). */
import { readUint16, toHex } from './bytes.ts';
import type { FieldList, Span } from './message-view-fields.ts';
import { quoteText } from './text-string.ts';

/** OPTION-CODE and OPTION-LENGTH. */
const HEAD_OCTETS = 4;
/** RFC 7873 §4.1. */
const CLIENT_COOKIE_OCTETS = 8;

const OPTION = { NSID: 3, COOKIE: 10, EDE: 15 } as const;

const NAMES: Readonly<Record<number, string>> = {
  [OPTION.NSID]: 'NSID',
  5: 'DAU',
  6: 'DHU',
  7: 'N3U',
  8: 'edns-client-subnet',
  9: 'EDNS EXPIRE',
  [OPTION.COOKIE]: 'COOKIE',
  11: 'edns-tcp-keepalive',
  12: 'Padding',
  13: 'CHAIN',
  14: 'edns-key-tag',
  [OPTION.EDE]: 'Extended DNS Error',
  18: 'Report-Channel',
  19: 'ZONEVERSION',
};

export function viewOptions(list: FieldList, bytes: Uint8Array, { from, to }: Span): void {
  if (from === to) return;
  const rdata = list.open('RDATA', from);
  let offset = from;
  while (offset < to && !list.full) {
    const end = offset + HEAD_OCTETS + readUint16(bytes, offset + 2);
    if (offset + HEAD_OCTETS > to || end > to) {
      list.fault('option-cut', offset, to);
      break;
    }
    viewOption(list, bytes, { from: offset, to: end });
    offset = end;
  }
  list.close(rdata, '', to);
}

function viewOption(list: FieldList, bytes: Uint8Array, { from, to }: Span): void {
  const code = readUint16(bytes, from);
  const name = NAMES[code];
  const option = list.open('option', from);
  list.add('OPTION-CODE', name === undefined ? String(code) : `${code} (${name})`, from, from + 2);
  const data = from + HEAD_OCTETS;
  list.add('OPTION-LENGTH', String(to - data), from + 2, data);
  if (data < to) viewData(list, bytes, code, { from: data, to });
  list.close(option, name ?? `option ${code}`, to);
}

function viewData(list: FieldList, bytes: Uint8Array, code: number, { from, to }: Span): void {
  const part = (at: number, end: number): Uint8Array => bytes.subarray(at, end);
  switch (code) {
    case OPTION.NSID:
      list.add('NSID', quoteText(part(from, to)), from, to);
      return;
    case OPTION.COOKIE: {
      const server = Math.min(from + CLIENT_COOKIE_OCTETS, to);
      list.add('client cookie', toHex(part(from, server)), from, server);
      if (server < to) list.add('server cookie', toHex(part(server, to)), server, to);
      return;
    }
    case OPTION.EDE:
      if (to - from < 2) {
        list.fault('option-cut', from, to);
        return;
      }
      list.add('INFO-CODE', String(readUint16(bytes, from)), from, from + 2);
      if (from + 2 < to) list.add('EXTRA-TEXT', quoteText(part(from + 2, to)), from + 2, to);
      return;
    default:
      list.add('OPTION-DATA', toHex(part(from, to)), from, to);
  }
}
