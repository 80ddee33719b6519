/** The look-ups behind the selected thing, in presentation form, with status and reason. */
import type { ReactNode } from 'react';
import type {
  HostReport,
  LookUpReport,
  Report,
  TlsaRecordReport,
  TlsaReport,
} from '../../shared/inspection/report.ts';
import type { NodeId } from '../store/node-id.ts';
import { copyText } from '../store/settings-store.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { SecurityTag } from '../ui/security-tag.tsx';
import { Seen } from '../ui/seen.tsx';
import { identityWords } from './identity-words.ts';
import { tlsaWords } from './tlsa-words.ts';

export interface RecordsTabProps {
  readonly report: Report;
  readonly host: HostReport | null;
  readonly node: NodeId;
}

export function RecordsTab({ report, host, node }: RecordsTabProps): ReactNode {
  const lookUps = lookUpsFor(report, host, node);
  return (
    <div className="records">
      {host !== null && host.because !== '' && node.kind === 'host' && (
        <p className="records-because">
          <Seen text={host.because} />
        </p>
      )}
      {node.kind === 'tlsa' && host !== null && <TlsaRecord host={host} index={node.index} />}
      {lookUps.length === 0 && <p className="dim">Nothing has been answered yet.</p>}
      {lookUps.map((lookUp) => (
        <LookUp key={`${lookUp.name} ${lookUp.type}`} lookUp={lookUp} />
      ))}
      {host !== null && serversDiffer(host.tlsa) && <Servers tlsa={host.tlsa} />}
    </div>
  );
}

function lookUpsFor(
  report: Report,
  host: HostReport | null,
  node: NodeId,
): readonly LookUpReport[] {
  if (host === null) return report.mx.lookUp === null ? [] : [report.mx.lookUp];
  const tlsa = host.tlsa.lookUp === null ? [] : [host.tlsa.lookUp];
  switch (node.kind) {
    case 'tlsa':
    case 'no-tlsa':
      return tlsa;
    case 'addresses':
      return host.lookUps;
    default:
      return [...tlsa, ...host.lookUps];
  }
}

function LookUp({ lookUp }: { readonly lookUp: LookUpReport }): ReactNode {
  const lines = lookUp.answers.map(
    ({ name, ttl, type, data }) => `${name}. ${ttl} IN ${type} ${data}`,
  );
  return (
    <article className="look-up">
      <h3>
        <span className="mono">
          <Seen text={`${lookUp.name} ${lookUp.type}`} />
        </span>
        <span className="tag">{lookUp.rcode}</span>
        <SecurityTag security={lookUp.security} />
        {lookUp.ede !== null && <span className="tag">extended error {lookUp.ede}</span>}
        {lines.length > 0 && (
          <CopyButton text={lines.join('\n')} copy={copyText} what={`the ${lookUp.type} records`} />
        )}
      </h3>
      {lookUp.reason !== null && (
        <p className="look-up-reason">
          <Seen text={lookUp.reason} />
        </p>
      )}
      {lookUp.answers.length === 0 ? (
        <p className="dim">No records.</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">name</th>
              <th scope="col" className="number">
                TTL
              </th>
              <th scope="col">type</th>
              <th scope="col">data</th>
            </tr>
          </thead>
          <tbody className="mono">
            {lookUp.answers.map((answer, index) => (
              <tr key={index}>
                <td>
                  <Seen text={answer.name} />
                </td>
                <td className="number">{answer.ttl}</td>
                <td>{answer.type}</td>
                <td className="data">
                  <Seen text={answer.data} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </article>
  );
}

function TlsaRecord({
  host,
  index,
}: {
  readonly host: HostReport;
  readonly index: number;
}): ReactNode {
  const record = host.tlsa.records[index];
  if (record === undefined) return null;
  const seen = host.addresses.flatMap(({ probes }) =>
    probes.filter(({ offer }) => offer !== 'no-sni'),
  );
  const codes = seen.flatMap(({ associations }) => associations[index]?.code ?? []);
  const verdicts = host.addresses.flatMap(({ address, probes }) => {
    const reasons = probes.flatMap(({ associations }) => associations[index]?.reason ?? []);
    return [...new Set(reasons)].map((reason) => ({ address, reason }));
  });
  return (
    <article className="tlsa-record">
      <p>{tlsaWords(record)}</p>
      <Identity record={record} codes={codes} />
      <ul>
        {verdicts.map(({ address, reason }, place) => (
          <li key={place}>
            <span className="mono">{address}</span> <Seen text={reason} />
          </li>
        ))}
      </ul>
    </article>
  );
}

/** What the detective found, with the record that was meant. */
function Identity({
  record,
  codes,
}: {
  readonly record: TlsaRecordReport;
  readonly codes: readonly string[];
}): ReactNode {
  const words = identityWords(record, codes);
  if (words === null) return null;
  const meant = record.identity?.record ?? null;
  return (
    <p className="tlsa-identity">
      <Seen text={words} />
      {meant !== null && (
        <>
          {' '}
          <code className="mono">{meant}</code>{' '}
          <CopyButton text={meant} copy={copyText} what="the record that was meant" />
        </>
      )}
    </p>
  );
}

function Servers({ tlsa }: { readonly tlsa: TlsaReport }): ReactNode {
  return (
    <article className="look-up is-servers">
      <h3>The name servers do not say the same</h3>
      <table>
        <thead>
          <tr>
            <th scope="col">server</th>
            <th scope="col">address</th>
            <th scope="col">answer</th>
            <th scope="col">records</th>
          </tr>
        </thead>
        <tbody className="mono">
          {tlsa.servers.map((server) => (
            <tr key={`${server.server} ${server.address}`}>
              <td>
                <Seen text={server.server} />
              </td>
              <td>{server.address}</td>
              <td>
                {server.rcode} <SecurityTag security={server.security} />
              </td>
              <td className="data">
                {server.records.length === 0 ? 'none' : server.records.join('\n')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </article>
  );
}

function serversDiffer(tlsa: TlsaReport): boolean {
  const answers = tlsa.servers.map(({ rcode, records }) => `${rcode} ${records.join(' ')}`);
  return new Set(answers).size > 1;
}
