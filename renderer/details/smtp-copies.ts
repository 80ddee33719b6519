/** A conversation as text, and the commands that hold it again. */
import {
  conversationCommand,
  opensslDaneCommand,
  postfixCommand,
  servedChainCommand,
  type MailServer,
} from '../../shared/elsewhere/command-mail.ts';
import { printable } from '../../shared/findings/safe-text.ts';
import type { HostReport, ProbeReport, Report } from '../../shared/inspection/report.ts';
import { words } from '../words/words.ts';
import type { Conversation } from './conversations.ts';
import { stagesOf } from './smtp-stages.ts';

const said = words.details.smtp.copies;

export const MARKS = { server: '<', client: '>', note: '·' } as const;

/** Milliseconds, who speaks, what was said; a heading for each stage. */
export function conversationText(
  report: Report,
  host: HostReport,
  { addresses, label, probe }: Conversation,
): string {
  const head = said.head(host.name, addresses.join(', '), report.tool.smtpPort, label, report.at);
  const stages = stagesOf(probe).flatMap(({ stage, durationMs, lines }) => [
    said.stage(stage, Math.round(durationMs)),
    ...lines.map((line) => `${said.time(Math.round(line.atMs))} ${MARKS[line.from]} ${line.text}`),
  ]);
  const error = probe.error === null ? [] : [probe.error];
  return `${[head, ...stages, ...error].map(printable).join('\n')}\n`;
}

export interface NamedCommand {
  readonly about: string;
  readonly command: string;
}

/** What shows the certificates, judges by the records, and has Postfix do all by itself. */
export function conversationCommands(
  report: Report,
  host: HostReport,
  { addresses, probe }: Conversation,
): readonly NamedCommand[] {
  const [address] = addresses;
  const { smtpPort: port } = report.tool;
  if (address === undefined) return [];
  const server = mailServer(report, host, address, probe);
  const dane = opensslDaneCommand(server, host.tlsa.baseDomain, host.tlsa.records);
  return [
    { about: said.chain, command: servedChainCommand(server) },
    ...(dane === null ? [] : [{ about: said.dane, command: dane }]),
    { about: said.postfix, command: postfixCommand(host.name, port) },
    { about: said.talk, command: conversationCommand(server) },
  ];
}

export function mailServer(
  report: Report,
  host: HostReport,
  address: string,
  probe: ProbeReport,
): MailServer {
  const name = probe.offer === 'no-sni' ? null : (probe.sni ?? host.name);
  const { smtpPort: port } = report.tool;
  return { host: host.name, address, port, sni: name, keys: keysOf(probe) };
}

/** What was asked for may have come to a key of another kind that was offered along. */
function keysOf({ offer, keyType }: ProbeReport): MailServer['keys'] {
  if (offer === 'usual' || offer === 'no-sni') return undefined;
  if (keyType === null) return offer;
  return keyType.startsWith('RSA') ? 'rsa' : keyType.startsWith('ECDSA') ? 'ecdsa' : 'eddsa';
}
