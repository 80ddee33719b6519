/** What a record that matches nothing turned out to be, in a sentence. */
import { isUnexplained } from '../../shared/dane/detective.ts';
import type { RecordIdentity, TlsaRecordReport } from '../../shared/inspection/report.ts';

/**
 * `codes`: how it fared against the chains seen. Null for a record that matches somewhere, that cannot be
 * used at all, whose verdict says itself what is wrong, or that was compared with nothing.
 */
export function identityWords(record: TlsaRecordReport, codes: readonly string[]): string | null {
  if (record.matches || record.role !== 'next-or-stale') return null;
  const { identity } = record;
  if (identity !== null) return `${whatItIs(identity)}${whatWasMeant(identity)}`;
  return record.usable && codes.length > 0 && codes.every(isUnexplained)
    ? 'What it is cannot be told from outside: the record of a next key, or a leftover.'
    : null;
}

function whatItIs(identity: RecordIdentity): string {
  const { kind, algorithm, subject, host, depth } = identity;
  const digest = algorithm === 'Full' ? 'the octets' : `the ${algorithm} digest`;
  const place =
    host === null || depth === null ? '' : ` (${host}, certificate ${depth + 1} in its chain)`;
  const whose = subject === null ? 'a certificate' : subject;
  switch (kind) {
    case 'empty-input':
      return 'It is the digest of nothing at all: the script that made it hashed an empty input.';
    case 'certificate':
      return `It is ${digest} of the whole certificate of ${whose}${place}.`;
    case 'key':
      return `It is ${digest} of the public key of ${whose}${place}.`;
    case 'pem-certificate':
      return `It is ${digest} of the PEM text of the certificate of ${whose}${place}, not of the DER octets inside.`;
    case 'pem-key':
      return `It is ${digest} of the PEM text of the public key of ${whose}${place}, not of the DER octets inside.`;
  }
}

function whatWasMeant({ meant }: RecordIdentity): string {
  return meant === null ? '' : ` ${meant} was meant.`;
}
