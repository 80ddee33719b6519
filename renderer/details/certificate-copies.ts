/** A certificate as text, and the commands that decode it and work out the data of its records. */
import {
  dataCommand,
  decodeCommand,
  servedDataCommand,
  type Association,
} from '../../shared/elsewhere/command-certificate.ts';
import type { MailServer } from '../../shared/elsewhere/command-mail.ts';
import { printable } from '../../shared/findings/safe-text.ts';
import type { CertificateReport, TlsaRecordReport } from '../../shared/inspection/report.ts';
import { words } from '../words/words.ts';
import type { CertificateFacts } from './certificate-facts.ts';
import type { NamedCommand } from './smtp-copies.ts';

const said = words.details.certificates;

export function certificateText(
  certificate: CertificateReport,
  facts: CertificateFacts | null,
): string {
  const lines: (readonly [string, string])[] = [
    [said.subject, certificate.subject],
    [said.issuer, certificate.issuer],
    [said.notBefore, certificate.notBefore],
    [said.notAfter, certificate.notAfter],
    [said.names, certificate.names.join(', ')],
    [said.key, certificate.keyType],
    [said.serial, certificate.serial],
    [said.signature, facts?.signatureAlgorithm ?? ''],
    [said.spkiSha256, certificate.spkiSha256],
    [said.spkiSha512, facts?.spkiSha512 ?? ''],
    [said.certSha256, certificate.certSha256],
    [said.certSha512, facts?.certSha512 ?? ''],
    ...(facts?.extensions ?? []),
  ];
  return lines
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}: ${printable(value)}\n`)
    .join('');
}

/** Decoding, then the data of each kind of record that names this certificate, or of the usual one. */
export function certificateCommands(
  certificate: CertificateReport,
  depth: number,
  server: MailServer | null,
  records: readonly TlsaRecordReport[],
): readonly NamedCommand[] {
  const decode = decodeCommand(certificate.pem);
  return [
    ...(decode === null ? [] : [{ about: said.decode, command: decode }]),
    ...associationsOf(records).flatMap((association) => {
      const { selector, matchingType } = association;
      const kind = `${selector} ${matchingType}`;
      const given = dataCommand(certificate.pem, association);
      const served = server === null ? null : servedDataCommand(server, depth, association);
      return [
        ...(given === null ? [] : [{ about: said.dataOf(kind), command: given }]),
        ...(served === null ? [] : [{ about: said.servedData, command: served }]),
      ];
    }),
  ];
}

/** RFC 7671 §5.1 recommends selector 1 with matching type 1. */
const USUAL: Association = { selector: 1, matchingType: 1 };

function associationsOf(records: readonly TlsaRecordReport[]): readonly Association[] {
  const kinds = new Map(
    records.map(({ selector, matchingType }) => [
      `${selector} ${matchingType}`,
      { selector, matchingType },
    ]),
  );
  return kinds.size === 0 ? [USUAL] : [...kinds.values()];
}
