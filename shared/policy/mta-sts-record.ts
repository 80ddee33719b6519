/** The TXT record at `_mta-sts.`: says that there is a policy, and which edition (RFC 8461 §3.1). */
import { fieldOf, readTextRecord } from './text-record.ts';

/** `id` is null where the record cannot be used; `problem` then says why, in words without a full stop. */
export type MtaStsRecord =
  | { readonly record: null; readonly id: null; readonly problem: null }
  | { readonly record: string; readonly id: string; readonly problem: null }
  | { readonly record: string; readonly id: null; readonly problem: string };

/** `texts`: each TXT record at the name, its strings joined without spaces. */
export function readMtaStsRecord(texts: readonly string[]): MtaStsRecord {
  const found = readTextRecord(texts, 'STSv1');
  if (found.kind === 'none') return { record: null, id: null, problem: null };
  if (found.kind === 'unusable') return { record: found.text, id: null, problem: found.reason };
  const id = fieldOf(found.fields, 'id');
  if (id === null) return unusable(found.text, 'it has no id');
  // RFC 8461 §3.1: 1*32(ALPHA / DIGIT)
  if (!/^[A-Za-z0-9]{1,32}$/.test(id)) {
    return unusable(found.text, 'its id is not 1 to 32 letters and digits');
  }
  return { record: found.text, id, problem: null };
}

function unusable(record: string, problem: string): MtaStsRecord {
  return { record, id: null, problem };
}
