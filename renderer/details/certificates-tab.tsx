/** The certificates as presented, decoded, with what each is equal to and its PEM to copy. */
import type { ReactNode } from 'react';
import type {
  CertificateReport,
  HostReport,
  ProbeReport,
  Report,
} from '../../shared/inspection/report.ts';
import type { NodeId } from '../store/node-id.ts';
import { presentedChains } from '../../shared/inspection/presented-chains.ts';
import { copyText } from '../store/settings-store.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Seen } from '../ui/seen.tsx';
import { countText, dayText, distanceText } from '../ui/time.ts';
import { TONE_ICON } from '../ui/tone.ts';
import { chainRemarks, placeWord } from './chain-words.ts';
import { RecordFates } from './record-fates.tsx';

export interface CertificatesTabProps {
  readonly report: Report;
  readonly host: HostReport;
  readonly node: NodeId;
}

export function CertificatesTab({ report, host, node }: CertificatesTabProps): ReactNode {
  const wanted = node.kind === 'chain' ? node.index : null;
  const chains = presentedChains(host).filter((_, index) => wanted === null || index === wanted);
  const presented = chains.flatMap(({ probe, addresses }) =>
    probe === null || probe.chain.length === 0 ? [] : [{ probe, addresses }],
  );
  if (presented.length === 0) {
    return (
      <p className="dim">
        <Seen text={chains[0]?.probe?.error ?? 'No certificate has been presented.'} />
      </p>
    );
  }
  return (
    <div className="certificates-tab">
      {presented.map(({ probe, addresses }, index) => (
        <section key={index} aria-label={`Chain of ${addresses.join(', ')}`}>
          <h3>
            {probe.source === 'file' ? 'from a file, for' : 'presented by'}{' '}
            <span className="mono">{addresses.join(', ')}</span>
            {probe.keyType !== null && <span className="tag">{probe.keyType}</span>}
            <CopyButton
              text={probe.chain.map(({ pem }) => pem.trim()).join('\n')}
              copy={copyText}
              what="the whole chain in PEM"
              label="Copy chain"
            />
          </h3>
          <ul className="remarks">
            {chainRemarks(probe).map(({ tone, text }) => (
              <li key={text}>
                <Icon name={TONE_ICON[tone]} tone={tone} size={12} />
                <Seen text={text} />
              </li>
            ))}
          </ul>
          <RecordFates host={host} probe={probe} />
          <ol>
            {probe.chain.map((certificate, depth) => (
              <Certificate
                key={depth}
                certificate={certificate}
                depth={depth}
                place={placeWord(probe, depth)}
                matched={matchedAt(host, probe, depth)}
                at={report.at}
              />
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
}

interface CertificateProps {
  readonly certificate: CertificateReport;
  readonly depth: number;
  /** What is odd about its place in the list; null when nothing is. */
  readonly place: string | null;
  /** The records that equal it, in short form. */
  readonly matched: readonly string[];
  readonly at: string;
}

function Certificate({ certificate, depth, place, matched, at }: CertificateProps): ReactNode {
  const expired = Date.parse(certificate.notAfter) < Date.parse(at);
  return (
    <li className="certificate">
      <h4>
        <span className="dim">{depth + 1}</span>
        <span className="tag">
          {depth === 0 ? 'server' : certificate.selfSigned ? 'root' : 'issuer'}
        </span>
        <span className="certificate-subject">
          <Seen text={certificate.subject || 'no subject'} />
        </span>
        {place !== null && <span className="tag tone-none">{place}</span>}
        {matched.map((record) => (
          <span key={record} className="tag tone-ok">
            = {record}
          </span>
        ))}
        <CopyButton
          text={certificate.pem}
          copy={copyText}
          what={`certificate ${depth} in PEM`}
          label="Copy PEM"
        />
      </h4>
      <dl>
        <dt>issuer</dt>
        <dd>
          <Seen text={certificate.issuer || 'none'} />
        </dd>
        <dt>valid</dt>
        <dd>
          {dayText(certificate.notBefore)} – {dayText(certificate.notAfter)}{' '}
          <span className={expired ? 'tone-warn' : 'dim'}>
            ({expired ? 'ended' : 'ends'} {distanceText(certificate.notAfter, at)})
          </span>
        </dd>
        {certificate.names.length > 0 && (
          <>
            <dt>{countText(certificate.names.length, 'name', 'names')}</dt>
            <dd className="mono">
              <Seen text={certificate.names.join(', ')} />
            </dd>
          </>
        )}
        <dt>key</dt>
        <dd>{certificate.keyType}</dd>
        <dt>serial</dt>
        <dd className="mono">{certificate.serial}</dd>
        <dt>SHA-256 of the key</dt>
        <dd className="mono hash">
          {certificate.spkiSha256}{' '}
          <CopyButton text={certificate.spkiSha256} copy={copyText} what="the hash of the key" />
        </dd>
        <dt>SHA-256 of all</dt>
        <dd className="mono hash">
          {certificate.certSha256}{' '}
          <CopyButton
            text={certificate.certSha256}
            copy={copyText}
            what="the hash of the certificate"
          />
        </dd>
      </dl>
    </li>
  );
}

function matchedAt(host: HostReport, probe: ProbeReport, depth: number): readonly string[] {
  return probe.associations.flatMap((association, index) => {
    const record = host.tlsa.records[index];
    if (!association.matches || association.matchedDepth !== depth || record === undefined)
      return [];
    return `${record.usage} ${record.selector} ${record.matchingType} ${record.data.slice(0, 8)}…`;
  });
}
