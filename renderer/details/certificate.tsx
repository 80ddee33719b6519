/** One certificate decoded: names, dates on the chain's time line, digests, the extensions that matter. */
import { useState, type ReactNode } from 'react';
import type { MailServer } from '../../shared/elsewhere/command-mail.ts';
import type { CertificateReport, TlsaRecordReport } from '../../shared/inspection/report.ts';
import { copyText } from '../store/settings-store.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Seen } from '../ui/seen.tsx';
import { dayText, distanceText } from '../ui/time.ts';
import { words } from '../words/words.ts';
import { certificateCommands, certificateText } from './certificate-copies.ts';
import { certificateFacts, type CertificateFacts } from './certificate-facts.ts';
import { commandChoices } from './command-choices.ts';
import { CopyMenu } from './copy-menu.tsx';
import { ValidityBar } from './validity-bar.tsx';
import type { Period } from './validity.ts';

const said = words.details.certificates;

export interface CertificateProps {
  readonly certificate: CertificateReport;
  readonly depth: number;
  /** What is odd about its place in the list; null when nothing is. */
  readonly place: string | null;
  /** The records that equal it, in short form. */
  readonly matched: readonly string[];
  readonly records: readonly TlsaRecordReport[];
  /** Null where it was given, not served. */
  readonly server: MailServer | null;
  readonly at: string;
  readonly period: Period | null;
  readonly now: number;
  readonly open: boolean;
  readonly onTurn: () => void;
}

export function Certificate(props: CertificateProps): ReactNode {
  const { certificate, depth, place, matched, records, server, open, onTurn } = props;
  const choices = [
    { ...said.asPem, text: () => `${certificate.pem.trim()}\n` },
    {
      ...said.asText,
      text: () => certificateText(certificate, certificateFacts(certificate.pem)),
    },
    ...commandChoices(certificateCommands(certificate, depth, server, records)),
  ];
  return (
    <li className="certificate">
      <h4>
        <button
          type="button"
          className="message-fold"
          aria-expanded={open}
          aria-label={open ? said.fold(depth + 1) : said.unfold(depth + 1)}
          onClick={onTurn}
        >
          <Icon name={open ? 'down' : 'right'} size={10} />
          {depth + 1}
        </button>
        <span className="tag">{roleOf(certificate, depth)}</span>
        <span className="certificate-subject">
          <Seen text={certificate.subject || said.noSubject} />
        </span>
        {place !== null && <span className="tag tone-none">{place}</span>}
        {matched.map((record) => (
          <span key={record} className="tag tone-ok">
            {said.equals(record)}
          </span>
        ))}
        <CopyMenu what={said.whatCertificate(depth + 1)} choices={choices} />
      </h4>
      {open && <Decoded {...props} />}
    </li>
  );
}

function roleOf({ selfSigned }: CertificateReport, depth: number): string {
  if (depth === 0) return said.server;
  return selfSigned ? said.root : said.issuing;
}

function Decoded({ certificate, at, period, now }: CertificateProps): ReactNode {
  // Read once for each card that is opened.
  const [facts] = useState(() => certificateFacts(certificate.pem));
  return (
    <dl>
      <dt>{said.issuer}</dt>
      <dd>
        <Seen text={certificate.issuer || said.noIssuer} />
      </dd>
      <dt>{said.valid}</dt>
      <dd>
        {said.period(dayText(certificate.notBefore), dayText(certificate.notAfter))}{' '}
        <Until certificate={certificate} at={at} />
        <ValidityBar period={period} now={now} over="warn" />
      </dd>
      {certificate.names.length > 0 && (
        <>
          <dt>{said.countedNames(certificate.names.length)}</dt>
          <dd className="mono certificate-names">
            <Seen text={certificate.names.slice(0, MAX_NAMES).join(', ')} />
            {certificate.names.length > MAX_NAMES && (
              <span className="dim"> {said.moreNames(certificate.names.length - MAX_NAMES)}</span>
            )}
          </dd>
        </>
      )}
      <dt>{said.key}</dt>
      <dd>{certificate.keyType}</dd>
      <dt>{said.serial}</dt>
      <dd className="mono">{certificate.serial}</dd>
      <Digests certificate={certificate} facts={facts} />
      {facts === null ? (
        <dd className="certificate-note dim">{said.unreadable}</dd>
      ) : (
        <Extensions facts={facts} />
      )}
    </dl>
  );
}

/** Names that are shown at once; the text that is copied has them all. */
const MAX_NAMES = 40;

/** Amber, not red: under DANE-EE(3) dates do not count (RFC 7671 §5.1). */
function Until({ certificate, at }: Pick<CertificateProps, 'certificate' | 'at'>): ReactNode {
  const { notBefore, notAfter } = certificate;
  if (Date.parse(notBefore) > Date.parse(at)) {
    return <span className="tone-warn">({said.begins(distanceText(notBefore, at))})</span>;
  }
  return Date.parse(notAfter) < Date.parse(at) ? (
    <span className="tone-warn">({said.ended(distanceText(notAfter, at))})</span>
  ) : (
    <span className="dim">({said.ends(distanceText(notAfter, at))})</span>
  );
}

interface DigestsProps {
  readonly certificate: CertificateReport;
  readonly facts: CertificateFacts | null;
}

function Digests({ certificate, facts }: DigestsProps): ReactNode {
  const digests: readonly (readonly [string, string | undefined])[] = [
    [said.spkiSha256, certificate.spkiSha256],
    [said.spkiSha512, facts?.spkiSha512],
    [said.certSha256, certificate.certSha256],
    [said.certSha512, facts?.certSha512],
  ];
  return digests.map(([name, digest]) =>
    digest === undefined ? null : (
      <div key={name} className="certificate-row">
        <dt className="hash-name">
          {name} <CopyButton text={digest} copy={copyText} what={said.whatDigest(name)} />
        </dt>
        <dd className="mono hash">{digest}</dd>
      </div>
    ),
  );
}

function Extensions({ facts }: { readonly facts: CertificateFacts }): ReactNode {
  const rows = [[said.signature, facts.signatureAlgorithm] as const, ...facts.extensions];
  return (
    <>
      {rows.map(([name, value]) => (
        <div key={name} className="certificate-row">
          <dt>{name}</dt>
          <dd className="mono">
            <Seen text={value} />
          </dd>
        </div>
      ))}
      {facts.fault !== null && (
        <dd className="certificate-note tone-warn">
          <Seen text={said.fault(facts.fault)} />
        </dd>
      )}
    </>
  );
}
