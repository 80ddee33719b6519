/** What a record that matches nothing turned out to be, in a sentence. */
import { isUnexplained } from '../../shared/dane/detective.ts';
import type { RecordIdentity, TlsaRecordReport } from '../../shared/inspection/report.ts';
import { words } from '../words/words.ts';

const said = words.details.tlsa.identity;

/**
 * `codes`: how it fared against the chains seen. Null for a record that matches somewhere, that cannot be
 * used at all, whose verdict says itself what is wrong, or that was compared with nothing.
 */
export function identityWords(record: TlsaRecordReport, codes: readonly string[]): string | null {
  if (record.matches || record.role !== 'next-or-stale') return null;
  const { identity } = record;
  if (identity !== null) {
    const meant = identity.meant === null ? '' : said.meant(identity.meant);
    return `${whatItIs(identity)}${meant}`;
  }
  return record.usable && codes.length > 0 && codes.every(isUnexplained) ? said.unknown : null;
}

function whatItIs({ kind, algorithm, subject, host, depth }: RecordIdentity): string {
  const what = algorithm === 'Full' ? said.octets : said.digest(algorithm);
  const place = host === null || depth === null ? '' : said.place(host, depth + 1);
  const whose = subject ?? said.someCertificate;
  switch (kind) {
    case 'empty-input':
      return said.empty;
    case 'certificate':
      return said.certificate(what, whose, place);
    case 'key':
      return said.key(what, whose, place);
    case 'pem-certificate':
      return said.pemCertificate(what, whose, place);
    case 'pem-key':
      return said.pemKey(what, whose, place);
  }
}
