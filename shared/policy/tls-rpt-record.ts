/** The TXT record at `_smtp._tls.`: where senders report failures of TLS (RFC 8460 §3). */
import { fieldOf, readTextRecord } from './text-record.ts';
import { withoutWhiteSpaceAround } from './white-space.ts';

export interface TlsRptRecord {
  /** As published; null when there is none. */
  readonly record: string | null;
  /** `mailto:` and `https:` addresses. */
  readonly rua: readonly string[];
  /** Why senders cannot use it, in words without a full stop; null when they can, or there is none. */
  readonly problem: string | null;
}

/** `texts`: each TXT record at the name, its strings joined without spaces. */
export function readTlsRptRecord(texts: readonly string[]): TlsRptRecord {
  const found = readTextRecord(texts, 'TLSRPTv1');
  if (found.kind === 'none') return { record: null, rua: [], problem: null };
  if (found.kind === 'unusable') return { record: found.text, rua: [], problem: found.reason };
  const { rua, problem } = readAddresses(fieldOf(found.fields, 'rua'));
  return { record: found.text, rua, problem };
}

/** Addresses that are kept. */
const MAX_ADDRESSES = 50;

function readAddresses(rua: string | null): Omit<TlsRptRecord, 'record'> {
  if (rua === null) return { rua: [], problem: 'it has no rua, so it names no address' };
  const written = rua.split(',').map(withoutWhiteSpaceAround);
  if (written.length > MAX_ADDRESSES) {
    return { rua: [], problem: `it names more than ${MAX_ADDRESSES} addresses` };
  }
  const wrong = written.find((uri) => !URI.test(uri));
  if (wrong !== undefined) {
    return {
      rua: [],
      problem: wrong === '' ? 'an address in it is empty' : `“${wrong}” is no URI`,
    };
  }
  // RFC 8460 §3: mailto and https are what reports are sent to; others may come, and are passed over.
  const usable = written.filter((uri) => isMailAddress(uri) || isHttpsAddress(uri));
  return usable.length > 0
    ? { rua: usable, problem: null }
    : { rua: [], problem: 'none of its addresses is a mailto: address or an https: URL' };
}

/** RFC 3986 §3: a scheme, and the characters of a URI; `!` and `,` must be encoded here (RFC 8460 §3). */
const URI = /^[A-Za-z][A-Za-z0-9+.-]*:[A-Za-z0-9\-._~:/?#[\]@$&'()*+=%]+$/;

/** RFC 6068 §2: at least one address with a domain. */
function isMailAddress(uri: string): boolean {
  return /^mailto:[^@?]+@[^@?]+/i.test(uri);
}

function isHttpsAddress(uri: string): boolean {
  return /^https:\/\/[^/?#]+/i.test(uri);
}
