/** Names in a raw message, label by label, and where compression takes them on (RFC 1035 §4.1.4). */
import { readUint16 } from './bytes.ts';
import type { FieldFault, FieldList, Span } from './message-view-fields.ts';
import { MAX_NAME_OCTETS } from './name.ts';

const POINTER_BITS = 0xc0;
const DOT = 0x2e;
const BACKSLASH = 0x5c;

export interface NamePlace {
  readonly label: string;
  readonly from: number;
  /** Its own octets have to end here or before. */
  readonly end: number;
}

/**
 * The name as sent, with its case, and the offset behind it; null (and a fault) where that cannot be
 * told. A name whose own octets are in order and whose pointer is not ends in “…”.
 */
export function viewName(
  list: FieldList,
  bytes: Uint8Array,
  { label, from, end }: NamePlace,
): { readonly text: string; readonly next: number } | null {
  const field = list.open(label, from);
  const walk = walkName(list, bytes, from, end);
  const name = walk.labels.length === 0 ? '.' : `${walk.labels.join('.')}.`;
  if (walk.fault === null) {
    list.close(field, name, walk.next, walk.elsewhere);
    return { text: name, next: walk.next };
  }
  const begun = `${walk.labels.join('.')}…`;
  list.fault(
    walk.fault,
    walk.whole ? from : Math.min(walk.next, end),
    walk.whole ? walk.next : end,
  );
  list.close(field, begun, walk.whole ? walk.next : end, walk.elsewhere);
  return walk.whole ? { text: begun, next: walk.next } : null;
}

interface Walk {
  readonly labels: readonly string[];
  readonly elsewhere: readonly Span[];
  /** Behind its own octets. */
  readonly next: number;
  /** Its own octets end where `next` says. */
  readonly whole: boolean;
  readonly fault: FieldFault | null;
}

function walkName(list: FieldList, bytes: Uint8Array, from: number, end: number): Walk {
  const labels: string[] = [];
  const elsewhere: Span[] = [];
  let position = from;
  let earliest = from;
  let octets = 1;
  let next: number | null = null;
  const stop = (fault: FieldFault): Walk => ({
    labels,
    elsewhere,
    next: next ?? position,
    whole: next !== null,
    fault,
  });
  for (;;) {
    const bound = next === null ? end : bytes.length;
    const length = bytes[position];
    if (length === undefined || position >= bound) return stop('name-cut');
    const pointed = (length & POINTER_BITS) === POINTER_BITS;
    if (!pointed && (length & POINTER_BITS) !== 0) return stop('label-type');
    const to = position + (pointed ? 2 : 1 + length);
    if (to > bound) return stop('name-cut');
    const own = next === null;
    if (!own) elsewhere.push({ from: position, to });
    if (pointed) {
      const target = readUint16(bytes, position) & 0x3fff;
      if (own) list.add('pointer', `→ ${target}`, position, to, [{ from: target, to: target + 1 }]);
      // Each leads further back than all before it, so that no way is endless.
      next ??= to;
      if (target >= earliest) return stop('pointer');
      position = target;
      earliest = target;
      continue;
    }
    const text = labelText(bytes.subarray(position + 1, to));
    if (own) list.add(length === 0 ? 'root' : 'label', text, position, to);
    if (length === 0) return { labels, elsewhere, next: next ?? to, whole: true, fault: null };
    octets += 1 + length;
    if (octets > MAX_NAME_OCTETS) return stop('name-long');
    labels.push(text);
    position = to;
  }
}

/** RFC 1035 §5.1, the case as it is. */
function labelText(label: Uint8Array): string {
  let text = '';
  for (const byte of label) {
    if (byte === DOT || byte === BACKSLASH) text += `\\${String.fromCharCode(byte)}`;
    else if (byte < 0x21 || byte > 0x7e) text += `\\${String(byte).padStart(3, '0')}`;
    else text += String.fromCharCode(byte);
  }
  return text;
}
