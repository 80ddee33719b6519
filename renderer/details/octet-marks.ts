/** How an octet is marked while a field is selected. */
import type { MessageField } from '../../shared/dns/message-view-fields.ts';

export type OctetMark =
  | 'plain'
  /** Of the field. */
  | 'marked'
  /** Of octets that could not be read. */
  | 'unread'
  /** Where compression takes the field on. */
  | 'elsewhere';

export function markOf(field: MessageField | null, octet: number): OctetMark {
  if (field === null) return 'plain';
  if (field.from <= octet && octet < field.to) return field.fault === null ? 'marked' : 'unread';
  const elsewhere = field.elsewhere.some(({ from, to }) => from <= octet && octet < to);
  return elsewhere ? 'elsewhere' : 'plain';
}
