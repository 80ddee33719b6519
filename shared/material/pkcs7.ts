/** Takes the certificates out of a PKCS #7 bundle (RFC 2315 §9.1). */
import { TAG, contextTag } from '../x509/der.ts';
import { partsOf, readBer } from './ber.ts';
import { oidOf } from './ber-values.ts';
import { failed, gathered, readOneCertificate, type DerReading } from './der-reading.ts';
import { MAX_ITEMS_PER_FILE } from './limits.ts';

/** Null when it is something else. */
export function readPkcs7(bytes: Uint8Array): DerReading | null {
  const [type, holder] = partsOf(readBer(bytes), TAG.sequence);
  if (oidOf(type) !== SIGNED_DATA) return null;
  const [signed] = partsOf(holder, contextTag(0, true));
  const list = partsOf(signed, TAG.sequence).find(({ tag }) => tag === contextTag(0, true));
  // One more than is kept, so that there is something to tell.
  const certificates = partsOf(list, contextTag(0, true)).slice(0, MAX_ITEMS_PER_FILE + 1);
  if (certificates.length === 0) return failed('is a PKCS #7 file without certificates');
  return gathered(certificates.map(({ ber }) => readOneCertificate(ber)));
}

const SIGNED_DATA = '1.2.840.113549.1.7.2';
