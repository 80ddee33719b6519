/** Raw DNS messages: who sent them, every field by name, and the octets; each marks the other. */
import { useMemo, useState, type ReactNode } from 'react';
import type { HostReport, Report } from '../../shared/inspection/report.ts';
import type { NodeId } from '../store/node-id.ts';
import { Icon } from '../ui/icon.tsx';
import { Seen } from '../ui/seen.tsx';
import { visibleText } from '../ui/visible-text.ts';
import { words } from '../words/words.ts';
import { CopyMenu } from './copy-menu.tsx';
import { EmptyState } from './empty-state.tsx';
import { messageChoices } from './message-copies.ts';
import { MessagePanes } from './message-panes.tsx';
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
      {message !== undefined && <Message key={message.key} report={report} message={message} />}
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

interface MessageProps {
  readonly report: Report;
  readonly message: RawMessage;
}

function Message({ report, message }: MessageProps): ReactNode {
  const { raw, server, address, name, type, transport, reason } = message;
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
        {raw !== '' && <span className="dim">{said.octets(raw.length / 2)}</span>}
        <CopyMenu
          what={said.whatMessage(address, type)}
          choices={messageChoices(report, address, message)}
        />
      </p>
      {raw === '' ? (
        <EmptyState waiting={false} text={said.whatSilent(server, reason)} />
      ) : (
        <MessagePanes raw={raw} />
      )}
    </div>
  );
}
