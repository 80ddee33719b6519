/** What was said on the wire to each address: the transcript by stages with times, and what TLS came to. */
import { useState, type ReactNode } from 'react';
import type { HostReport, ProbeReport, Report } from '../../shared/inspection/report.ts';
import type { NodeId } from '../store/node-id.ts';
import { Icon } from '../ui/icon.tsx';
import { Seen } from '../ui/seen.tsx';
import { TONE_ICON } from '../ui/tone.ts';
import { words } from '../words/words.ts';
import { ChainInput } from './chain-input.tsx';
import { commandChoices } from './command-choices.ts';
import { conversationsOf, type Conversation } from './conversations.ts';
import { CopyMenu } from './copy-menu.tsx';
import { EmptyState } from './empty-state.tsx';
import { conversationCommands, conversationText } from './smtp-copies.ts';
import { Transcript } from './transcript.tsx';

const said = words.details.smtp;

export interface SmtpTabProps {
  readonly report: Report;
  readonly host: HostReport;
  readonly node: NodeId;
}

export function SmtpTab({ report, host, node }: SmtpTabProps): ReactNode {
  const conversations = conversationsOf(host);
  const [chosen, setChosen] = useState<string | null>(null);
  const wanted = node.kind === 'addresses' ? node.first : null;
  const shown =
    conversations.find(({ key }) => key === chosen) ??
    conversations.find(({ addresses }) => wanted !== null && addresses.includes(wanted)) ??
    conversations.find(({ tone }) => tone === 'err') ??
    conversations.find(({ tone }) => tone === 'warn') ??
    conversations[0];
  if (shown === undefined) {
    const { smtp } = report.tool;
    const text = !smtp ? said.leftOut : report.finished ? said.noAddress : said.waiting;
    return <EmptyState waiting={smtp && !report.finished} text={text} />;
  }
  return (
    <div className="smtp">
      <ul className="smtp-list" aria-label={said.conversations}>
        {conversations.map(({ key, addresses, label, tone }) => (
          <li key={key}>
            <button
              type="button"
              aria-pressed={key === shown.key}
              onClick={() => {
                setChosen(key);
              }}
            >
              <Icon name={TONE_ICON[tone]} tone={tone} />
              <span>
                <span className="mono">{addresses.join(', ')}</span>
                <span className="smtp-offer">{label}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
      <Shown report={report} host={host} conversation={shown} />
      <div className="smtp-facts">
        <Facts probe={shown.probe} />
        <ChainInput key={host.name} host={host.name} given={shown.probe.source === 'file'} />
      </div>
    </div>
  );
}

interface ShownProps {
  readonly report: Report;
  readonly host: HostReport;
  readonly conversation: Conversation;
}

function Shown({ report, host, conversation }: ShownProps): ReactNode {
  const { addresses, label, probe } = conversation;
  return (
    <div className="transcript">
      <h3>
        <span className="mono">{addresses.join(', ')}</span>
        <span className="tag">{label}</span>
        <CopyMenu
          what={said.whatConversation(addresses.join(', '))}
          choices={[
            ...(probe.transcript.length === 0
              ? []
              : [{ ...said.asText, text: () => conversationText(report, host, conversation) }]),
            ...commandChoices(conversationCommands(report, host, conversation)),
          ]}
        />
      </h3>
      {probe.error !== null && (
        <p className="transcript-error">
          <Seen text={probe.error} />
        </p>
      )}
      <Transcript probe={probe} />
    </div>
  );
}

function Facts({ probe }: { readonly probe: ProbeReport }): ReactNode {
  const names = said.facts;
  const facts: readonly (readonly [string, string | null])[] = [
    [names.starttls, probe.starttls === null ? null : said.starttls[probe.starttls]],
    [names.tls, orNull(probe.tlsVersion)],
    [names.cipher, orNull(probe.cipher)],
    [names.key, probe.keyType],
    [names.sni, probe.sni],
    [names.withoutDane, probe.pkix],
    [names.injected, probe.injected ? said.injected : null],
  ];
  return (
    <dl className="facts">
      {facts.map(([name, value]) =>
        value === null ? null : (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <Seen text={value} />
            </dd>
          </div>
        ),
      )}
    </dl>
  );
}

/** A chain from a file has neither version nor cipher. */
function orNull(text: string | null): string | null {
  return text === '' ? null : text;
}
