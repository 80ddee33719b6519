/** Raw DNS messages: who sent them, every field by name, and the octets; each marks the other. */
import { useMemo, useState, type ReactNode } from 'react';
import { fromHex } from '../../shared/dns/bytes.ts';
import { viewMessage } from '../../shared/dns/message-view.ts';
import { digCommand } from '../../shared/elsewhere/command-dns.ts';
import type { HostReport, Report } from '../../shared/inspection/report.ts';
import type { NodeId } from '../store/node-id.ts';
import { Icon } from '../ui/icon.tsx';
import { Seen } from '../ui/seen.tsx';
import { visibleText } from '../ui/visible-text.ts';
import { words } from '../words/words.ts';
import { CopyMenu } from './copy-menu.tsx';
import { EmptyState } from './empty-state.tsx';
import { FieldTree } from './field-tree.tsx';
import { hexDump } from './hex-dump.ts';
import { fieldsText } from './message-text.ts';
import { OctetGrid } from './octet-grid.tsx';
import { mainQuestion, rawQuestions, type RawMessage, type RawQuestion } from './raw-messages.ts';

const said = words.details.raw;

export interface RawTabProps {
  readonly report: Report;
  readonly host: HostReport | null;
  readonly node: NodeId;
}

export function RawTab({ report, host, node }: RawTabProps): ReactNode {
  const questions = useMemo(() => rawQuestions(report, host), [report, host]);
  const [chosen, setChosen] = useState<string | null>(null);
  const [from, setFrom] = useState<string | null>(null);
  const question =
    questions.find(({ key }) => key === chosen) ?? mainQuestion(questions, host, node);
  if (question === undefined) {
    return (
      <EmptyState waiting={!report.finished} text={report.finished ? said.none : said.waiting} />
    );
  }
  const message =
    question.messages.find(({ key }) => key === from) ??
    question.messages.find(({ raw }) => raw !== '') ??
    question.messages[0];
  return (
    <div className="raw">
      <div className="raw-choice">
        <label>
          <span className="unseen">{said.question}</span>
          <select
            className="mono"
            value={question.key}
            onChange={(event) => {
              setChosen(event.currentTarget.value);
            }}
          >
            {questions.map(({ key, name, type }) => (
              <option key={key} value={key}>
                {visibleText(`${name} ${type}`)}
              </option>
            ))}
          </select>
        </label>
        <Servers question={question} shown={message} onChoose={setFrom} />
      </div>
      {message !== undefined && <Message key={message.key} message={message} />}
    </div>
  );
}

interface ServersProps {
  readonly question: RawQuestion;
  readonly shown: RawMessage | undefined;
  readonly onChoose: (key: string) => void;
}

function Servers({ question, shown, onChoose }: ServersProps): ReactNode {
  return (
    <ul className="raw-servers smtp-list scroll" aria-label={said.servers}>
      {question.messages.map(({ key, server, address, transport, rcode, raw }) => (
        <li key={key}>
          <button
            type="button"
            aria-pressed={key === shown?.key}
            title={visibleText(server)}
            onClick={() => {
              onChoose(key);
            }}
          >
            {raw === '' && <Icon name="ring" tone="none" size={11} />}
            <span>
              <span className="mono">
                <Seen text={address} />
              </span>
              <span className="smtp-offer">
                {said.over(transport.toUpperCase())} · {rcode}
              </span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function Message({ message }: { readonly message: RawMessage }): ReactNode {
  const { raw, server, address, name, type, transport, reason } = message;
  const bytes = useMemo(() => fromHex(raw) ?? new Uint8Array(0), [raw]);
  const fields = useMemo(() => viewMessage(bytes), [bytes]);
  const [selected, setSelected] = useState(0);
  const field = fields[selected] ?? null;
  const faults = fields.filter(({ fault }) => fault !== null);
  const command = (): string =>
    `${digCommand({ name, type }, { address, tcp: transport === 'tcp' })}\n`;
  const asCommand = { ...said.asCommand, text: command };
  const choices =
    raw === ''
      ? [asCommand]
      : [
          { ...said.asFields, text: () => fieldsText(fields) },
          { ...said.asDump, text: () => `${hexDump(raw)}\n` },
          { ...said.asHex, text: () => raw },
          asCommand,
        ];
  return (
    <div className="raw-message">
      <p className="raw-head">
        <span className="mono">
          <Seen text={`${name} ${type}`} />
        </span>
        <span className="dim">
          <Seen text={server} /> · {said.over(transport.toUpperCase())}
        </span>
        <span className="tag">{message.rcode}</span>
        {raw !== '' && <span className="dim">{said.octets(bytes.length)}</span>}
        <CopyMenu what={said.whatMessage(address, type)} choices={choices} />
      </p>
      {faults.length > 0 && raw !== '' && (
        <p className="note">
          <Icon name="triangle" tone="warn" size={12} />
          <span>
            {said.malformed(faults.length)}{' '}
            <button
              type="button"
              className="text-link"
              onClick={() => {
                setSelected(faults[0]?.id ?? 0);
              }}
            >
              {said.showFault}
            </button>
          </span>
        </p>
      )}
      {raw === '' ? (
        <EmptyState waiting={false} text={said.whatSilent(server, reason)} />
      ) : (
        <div className="raw-panes">
          <FieldTree fields={fields} selected={selected} onSelect={setSelected} />
          <OctetGrid bytes={bytes} fields={fields} field={field} onSelect={setSelected} />
        </div>
      )}
    </div>
  );
}
