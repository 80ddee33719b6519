/** The look-ups behind the selected thing: every record as each server answered it, with its TTL. */
import { useMemo, type ReactNode } from 'react';
import { edeToText } from '../../shared/dnssec/ede.ts';
import type { HostReport, LookUpReport, Report } from '../../shared/inspection/report.ts';
import type { NodeId } from '../store/node-id.ts';
import { Icon } from '../ui/icon.tsx';
import { SecurityTag } from '../ui/security-tag.tsx';
import { Seen } from '../ui/seen.tsx';
import { words } from '../words/words.ts';
import { CopyMenu } from './copy-menu.tsx';
import { EmptyState } from './empty-state.tsx';
import {
  answerGroups,
  lookUpRecords,
  type AnswerGroup,
  type AnswerRecord,
} from './record-answers.ts';
import { recordCommands, zoneFileText } from './record-copies.ts';
import { TlsaRecord } from './tlsa-record.tsx';

const said = words.details.records;

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
      {lookUps.length === 0 && (
        <EmptyState
          waiting={!report.finished}
          text={report.finished ? said.nothing : said.waiting}
        />
      )}
      {lookUps.map((lookUp) => (
        <LookUp key={`${lookUp.name} ${lookUp.type}`} report={report} lookUp={lookUp} />
      ))}
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

interface LookUpProps {
  readonly report: Report;
  readonly lookUp: LookUpReport;
}

function LookUp({ report, lookUp }: LookUpProps): ReactNode {
  const groups = useMemo(() => answerGroups(report, lookUp), [report, lookUp]);
  const asked = groups.reduce((count, { messages }) => count + messages.length, 0);
  const { name, type, rcode, security, ede, reason } = lookUp;
  return (
    <article className="look-up" aria-label={`${name} ${type}`}>
      <h3>
        <span className="mono">
          <Seen text={`${name} ${type}`} />
        </span>
        <span className="tag">{rcode}</span>
        <SecurityTag security={security} />
        {ede !== null && <span className="tag">{said.extendedError(edeToText(ede))}</span>}
        <CopyMenu
          what={said.whatRecords(name, type)}
          choices={[
            { ...said.asZoneFile, text: () => zoneFileText(lookUp, groups) },
            {
              ...(asked === 0
                ? said.asDelv
                : { name: said.asCommands.name, about: said.asCommands.about(asked) }),
              text: () => recordCommands(report, lookUp, groups),
            },
          ]}
        />
      </h3>
      {reason !== null && (
        <p className="look-up-reason">
          <Seen text={reason} />
        </p>
      )}
      {groups.length === 0 && (
        <>
          <p className="answer-servers dim">{said.resolved}</p>
          <Records records={lookUpRecords(lookUp)} />
        </>
      )}
      {groups.length > 1 && (
        <p className="answers-unlike">
          <Icon name="triangle" tone="warn" size={12} />
          {said.unlike}
        </p>
      )}
      {groups.map((group) => (
        <Answer key={group.key} group={group} asked={asked} lookUp={lookUp} />
      ))}
    </article>
  );
}

interface AnswerProps {
  readonly group: AnswerGroup;
  readonly asked: number;
  readonly lookUp: LookUpReport;
}

function Answer({ group, asked, lookUp }: AnswerProps): ReactNode {
  const { rcode, security, reason, records, messages } = group;
  const alike = messages.length === asked;
  return (
    <section className="answer">
      <p className="answer-servers">
        <span>{alike ? said.all(messages.length) : said.some(messages.length, asked)}</span>
        {rcode !== lookUp.rcode && <span className="tag">{rcode}</span>}
        {security !== lookUp.security && <SecurityTag security={security} />}
        {messages.map(({ key, server, address }) => (
          <span key={key} className="answer-server mono dim" title={server}>
            <Seen text={address} />
          </span>
        ))}
      </p>
      {reason !== '' && reason !== lookUp.reason && (
        <p className="look-up-reason">
          <Seen text={reason} />
        </p>
      )}
      <Records records={records} />
    </section>
  );
}

function Records({ records }: { readonly records: readonly AnswerRecord[] }): ReactNode {
  if (records.length === 0) return <p className="dim">{said.none}</p>;
  const { name, ttl, type, data } = said.columns;
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{name}</th>
          <th scope="col" className="number">
            {ttl}
          </th>
          <th scope="col">{type}</th>
          <th scope="col">{data}</th>
        </tr>
      </thead>
      <tbody className="mono">
        {records.map((record, index) => (
          <tr key={index} className={record.type === 'RRSIG' ? 'is-signature' : undefined}>
            <td>
              <Seen text={record.owner} />
            </td>
            <td className="number">{record.ttl ?? said.noTtl}</td>
            <td>{record.type}</td>
            <td className="data">
              <Seen text={record.data} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
