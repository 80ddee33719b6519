/** What was said on the wire to each address: the transcript with times, and what TLS came to. */
import { useState, type ReactNode } from 'react';
import type { HostReport, ProbeReport, Report } from '../../shared/inspection/report.ts';
import type { NodeId } from '../store/node-id.ts';
import { copyText } from '../store/settings-store.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Seen } from '../ui/seen.tsx';
import { TONE_ICON, type Tone } from '../ui/tone.ts';

export interface SmtpTabProps {
  readonly report: Report;
  readonly host: HostReport;
  readonly node: NodeId;
}

interface Conversation {
  readonly key: string;
  readonly label: string;
  readonly address: string;
  readonly probe: ProbeReport;
}

export function SmtpTab({ report, host, node }: SmtpTabProps): ReactNode {
  const conversations = conversationsOf(host);
  const [chosen, setChosen] = useState<string | null>(null);
  const wanted = node.kind === 'addresses' ? node.first : null;
  const shown =
    conversations.find(({ key }) => key === chosen) ??
    conversations.find(({ address }) => address === wanted) ??
    conversations.find(({ probe }) => probe.verdict === 'failed' || !probe.ok) ??
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
      <ul className="smtp-list" aria-label="Addresses">
        {conversations.map(({ key, label, probe }) => (
          <li key={key}>
            <button
              type="button"
              className="mono"
              aria-pressed={key === shown.key}
              onClick={() => {
                setChosen(key);
              }}
            >
              <Icon name={TONE_ICON[toneOf(probe)]} tone={toneOf(probe)} />
              {label}
            </button>
          </li>
        ))}
      </ul>
      <Transcript probe={shown.probe} />
      <Facts probe={shown.probe} />
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
      {probe.transcript.length === 0 && <p className="dim">Nothing was said.</p>}
      {text !== '' && <CopyButton text={text} copy={copyText} what="the transcript" />}
    </div>
  );
}

function Facts({ probe }: { readonly probe: ProbeReport }): ReactNode {
  const facts: readonly (readonly [string, string | null])[] = [
    ['STARTTLS', probe.starttls],
    ['TLS', probe.tlsVersion],
    ['cipher', probe.cipher],
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

const MARKS = { server: '<', client: '>', note: '·' } as const;

function conversationsOf(host: HostReport): readonly Conversation[] {
  return host.addresses.flatMap(({ address, probes }) =>
    probes.map((probe, index) => ({
      key: `${address} ${index}`,
      label: probes.length > 1 ? `${address} (${index + 1})` : address,
      address,
      probe,
    })),
  );
}

function toneOf(probe: ProbeReport): Tone {
  if (probe.verdict === 'authenticated') return 'ok';
  if (probe.verdict === 'failed') return 'err';
  return probe.ok ? 'none' : 'warn';
}
