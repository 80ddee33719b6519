/** Makes text of a file that should hold a list of domains, whatever wrote it. */
import { MAX_LIST_CHARACTERS } from '../../shared/batch/limits.ts';
import { words } from '../words/words.ts';

export type ListText =
  | { readonly ok: true; readonly text: string }
  /** One plain sentence. */
  | { readonly ok: false; readonly message: string };

const OCTETS_A_MEBIBYTE = 1024 * 1024;
/** Mebibytes of a file: a list of the greatest length, in UTF-16. */
export const MAX_LIST_MEBIBYTES = (2 * MAX_LIST_CHARACTERS) / OCTETS_A_MEBIBYTE;

const said = words.batch.refusals;

export async function readListFile(file: File): Promise<ListText> {
  if (file.size > MAX_LIST_MEBIBYTES * OCTETS_A_MEBIBYTE) {
    return { ok: false, message: said.tooLarge(file.name, MAX_LIST_MEBIBYTES) };
  }
  try {
    const text = decodeList(new Uint8Array(await file.arrayBuffer()));
    if (text.includes('\0')) return { ok: false, message: said.binary(file.name) };
    if (text.length <= MAX_LIST_CHARACTERS) return { ok: true, text };
    return { ok: false, message: said.tooLarge(file.name, MAX_LIST_MEBIBYTES) };
  } catch {
    return { ok: false, message: said.unreadable(file.name) };
  }
}

/** By its byte-order mark; else UTF-16 where every other octet is zero, else UTF-8, else what Windows wrote before. */
export function decodeList(octets: Uint8Array): string {
  const [first, second, third] = octets;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(octets);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(octets);
  if (first !== 0 && second === 0 && third !== 0) return new TextDecoder('utf-16le').decode(octets);
  if (first === 0 && second !== 0 && third === 0) return new TextDecoder('utf-16be').decode(octets);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(octets);
  } catch {
    return new TextDecoder('windows-1252').decode(octets);
  }
}
