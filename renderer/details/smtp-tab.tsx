/** What was said on the wire to each address: the transcript with times, and what TLS came to. */
import { useState, type ReactNode } from 'react';
import type { HostReport, ProbeReport, Report } from '../../shared/inspection/report.ts';
import type { NodeId } from '../store/node-id.ts';
import { copyText } from '../store/settings-store.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Seen } from '../ui/seen.tsx';
import { TONE_ICON } from '../ui/tone.ts';
import { ChainInput } from './chain-input.tsx';
import { conversationsOf } from './conversations.ts';

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
    const why = report.tool.smtp
      ? 'No mail server has been spoken to yet.'
      : 'Mail servers were left out.';
    return (
      <p className="dim">
        {report.finished && report.tool.smtp ? 'There was no address to speak to.' : why}
      </p>
    );
  }
  return (
    <div className="smtp">
      <ul className="smtp-list" aria-label="Conversations">
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
      <Transcript probe={shown.probe} />
      <div>
        <Facts probe={shown.probe} />
        <ChainInput key={host.name} host={host.name} given={shown.probe.source === 'file'} />
      </div>
    </div>
  );
}

function Transcript({ probe }: { readonly probe: ProbeReport }): ReactNode {
  const text = probe.transcript.map(({ from, text: line }) => `${MARKS[from]} ${line}`).join('\n');
  return (
    <div className="transcript">
      {probe.error !== null && (
        <p className="transcript-error">
          <Seen text={probe.error} />
        </p>
      )}
      <table>
        <caption className="unseen">What was said, with milliseconds since the connection</caption>
        <tbody className="mono">
          {probe.transcript.map(({ from, text: line, atMs }, index) => (
            <tr key={index} className={`said-by-${from}`}>
              <td className="number">{Math.round(atMs)} ms</td>
              <td className="mark">
                <span className="unseen">{from}</span>
                <span aria-hidden>{MARKS[from]}</span>
              </td>
              <td className="data">
                <Seen text={line} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {probe.transcript.length === 0 && (
        <p className="dim">
          {probe.source === 'file'
            ? 'Nobody was spoken to: this chain was given, and stands in for what the server sends.'
            : 'Nothing was said.'}
        </p>
      )}
      {text !== '' && <CopyButton text={text} copy={copyText} what="the transcript" />}
    </div>
  );
}

function Facts({ probe }: { readonly probe: ProbeReport }): ReactNode {
  const facts: readonly (readonly [string, string | null])[] = [
    ['STARTTLS', probe.starttls],
    ['TLS', orNull(probe.tlsVersion)],
    ['cipher', orNull(probe.cipher)],
    ['key', probe.keyType],
    ['SNI', probe.sni],
    ['without DANE', probe.pkix],
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
      {probe.stages.map(({ stage, durationMs }) => (
        <div key={stage}>
          <dt>{stage}</dt>
          <dd className="mono">{Math.round(durationMs)} ms</dd>
        </div>
      ))}
      {probe.injected && (
        <div>
          <dt>injected</dt>
          <dd>plaintext arrived behind the answer to STARTTLS; it was thrown away</dd>
        </div>
      )}
    </dl>
  );
}

/** A chain from a file has neither version nor cipher. */
function orNull(text: string | null): string | null {
  return text === '' ? null : text;
}

const MARKS = { server: '<', client: '>', note: '·' } as const;
